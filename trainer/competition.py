"""The loss where only some letters compete."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trainer.nn.layer import Array
from trainer.nn.loss import softmax_cross_entropy


def cross_entropy_among(
    logits: Array, labels: NDArray[np.int64], competing: NDArray[np.int64], smoothing: float
) -> tuple[float, Array]:
    """Cross-entropy among some classes, and its gradient by all logits.

    In fine-tuning, classes without pictures would only ever be wrong, and be forgotten.

    Args:
        logits: (n, classes) float32.
        labels: (n,) classes, all of them competing ones.
        competing: Classes, ascending.
        smoothing: Share of the target given to all competing classes alike.
    """
    place = np.searchsorted(competing, labels)
    d_logits = np.zeros_like(logits)
    loss, d_logits[:, competing] = softmax_cross_entropy(
        logits[:, competing], place, smoothing=smoothing
    )
    return loss, d_logits
