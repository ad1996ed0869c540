"""How far an accuracy could lie elsewhere by chance."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

_DRAWS = 10_000
_TAIL = (1 - 0.95) / 2


def interval(accuracy: NDArray[np.float64], groups: NDArray[np.int64]) -> tuple[float, float]:
    """Percentile bootstrap interval (95 %) of the mean of `accuracy`, drawing whole groups.

    Variants of one photograph are read correctly or misread together. Drawing single rows would
    take them for independent, and the interval would be far too narrow (Efron and Tibshirani, "An
    Introduction to the Bootstrap", 1993, chapters 8 and 13).

    Args:
        accuracy: (n,) 0–1: in what share of the runs each row was read correctly.
        groups: (n,) the group of each row.
    """
    _, group = np.unique(groups, return_inverse=True)
    rows = np.bincount(group)
    sums = np.bincount(group, weights=accuracy)
    rng = np.random.default_rng(0)
    counts = rng.multinomial(len(rows), np.full(len(rows), 1 / len(rows)), size=_DRAWS)
    means = (counts @ sums) / (counts @ rows)
    low, high = np.quantile(means, [_TAIL, 1 - _TAIL])
    return float(low), float(high)


BINS = 10


def calibration(probabilities: NDArray[np.float32], labels: NDArray[np.int64]) -> dict[str, Any]:
    """The reliability curve and the expected calibration error, as JSON values.

    Rows fall into `BINS` equal bins of the confidence in their best letter; the error is the mean
    distance between a bin's confidence and its accuracy, weighted by its rows (Guo et al., "On
    Calibration of Modern Neural Networks", 2017, eq. 3).
    """
    confidence = probabilities.max(axis=1).astype(np.float64)
    correct = probabilities.argmax(axis=1) == labels
    bins = np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
    n = np.bincount(bins, minlength=BINS)
    filled = np.maximum(n, 1)
    mean_confidence = np.bincount(bins, weights=confidence, minlength=BINS) / filled
    accuracy = np.bincount(bins, weights=correct, minlength=BINS) / filled
    error = float((n * np.abs(mean_confidence - accuracy)).sum() / n.sum())
    return {
        "error": error,
        "n": n.tolist(),
        "confidence": mean_confidence.round(6).tolist(),
        "accuracy": accuracy.round(6).tolist(),
    }
