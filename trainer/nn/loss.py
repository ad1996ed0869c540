"""Softmax and cross-entropy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trainer.nn.layers.layer import Array


def softmax(logits: Array) -> Array:
    """Probabilities (n, classes) of logits (n, classes): exp(z) / Σ exp(z), row by row.

    The row's maximum is subtracted first, so that exp cannot overflow; the result is the same.
    """
    _, p, total = _exponentials(logits)
    p /= total
    return p


def softmax_cross_entropy(
    logits: Array, labels: NDArray[np.integer], *, smoothing: float = 0.0
) -> tuple[float, Array]:
    """Mean cross-entropy of softmax(logits) against the labels, and its gradient.

    The two are one function because L = Σₖ tₖ (log Σ exp(z) − zₖ) needs no logarithm of a
    probability that may be 0, and dL/dz is softmax(z) − t (Bishop, "Pattern Recognition and Machine
    Learning", 2006, eq. 4.109).

    Args:
        logits: (n, classes).
        labels: (n,) class indices.
        smoothing: Label smoothing s: the target of the true class is 1 − s + s/classes, of every
            other class s/classes (Szegedy et al., "Rethinking the Inception Architecture", 2016).

    Returns:
        The loss averaged over the batch, and dL/dlogits (n, classes), averaged likewise.
    """
    n, classes = logits.shape
    rows = np.arange(n)
    shifted, d_logits, total = _exponentials(logits)
    log_total = np.log(total[:, 0])
    loss = log_total - (1 - smoothing) * shifted[rows, labels]
    if smoothing:
        loss -= smoothing * shifted.mean(axis=1)
    d_logits /= total
    d_logits[rows, labels] -= 1 - smoothing
    if smoothing:
        d_logits -= smoothing / classes
    d_logits /= n
    return float(loss.mean()), d_logits


def soft_cross_entropy(logits: Array, targets: Array) -> tuple[float, Array]:
    """Mean cross-entropy of softmax(logits) against probabilities, and its gradient.

    As `softmax_cross_entropy`, with any targets t whose rows add up to 1.

    Args:
        logits: (n, classes).
        targets: (n, classes).

    Returns:
        The loss averaged over the batch, and dL/dlogits (n, classes), averaged likewise.
    """
    shifted, d_logits, total = _exponentials(logits)
    loss = np.log(total[:, 0]) - np.einsum("nk,nk->n", targets, shifted)
    d_logits /= total
    d_logits -= targets
    d_logits /= len(logits)
    return float(loss.mean()), d_logits


def _exponentials(logits: Array) -> tuple[Array, Array, Array]:
    """z, exp(z) and its sum (n, 1) over each row, with z = logits − the row's maximum."""
    shifted = logits - logits.max(axis=1, keepdims=True)
    exponentials = np.exp(shifted)
    return shifted, exponentials, exponentials.sum(axis=1, keepdims=True)


def cross_entropy_among(
    logits: Array, labels: NDArray[np.int64], competing: NDArray[np.int64], smoothing: float
) -> tuple[float, Array]:
    """Cross-entropy among some of the classes, and its gradient with respect to all logits.

    In fine-tuning, classes without images would only be pushed down, and be forgotten.

    Args:
        logits: (n, classes) float32.
        labels: (n,) class indices, all of them in `competing`.
        competing: Class indices, ascending.
        smoothing: Share of the target distributed over the competing classes.
    """
    index = np.searchsorted(competing, labels)
    d_logits = np.zeros_like(logits)
    loss, d_logits[:, competing] = softmax_cross_entropy(
        logits[:, competing], index, smoothing=smoothing
    )
    return loss, d_logits
