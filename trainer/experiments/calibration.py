"""Whether a network that says 0.9 is right nine times in ten."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 10


def calibration(probabilities: NDArray[np.float32], labels: NDArray[np.int64]) -> dict[str, Any]:
    """The reliability curve and the expected calibration error, as JSON values.

    Rows fall into `BINS` equal bins of the confidence in their best letter; the error is the mean
    distance between a bin's confidence and its accuracy, weighted by its rows (Guo et al., "On
    Calibration of Modern Neural Networks", 2017, eq. 3).
    """
    confidence = probabilities.max(axis=1).astype(np.float64)
    right = probabilities.argmax(axis=1) == labels
    place = np.minimum((confidence * BINS).astype(np.int64), BINS - 1)
    n = np.bincount(place, minlength=BINS)
    filled = np.maximum(n, 1)
    mean_confidence = np.bincount(place, weights=confidence, minlength=BINS) / filled
    accuracy = np.bincount(place, weights=right, minlength=BINS) / filled
    error = float((n * np.abs(mean_confidence - accuracy)).sum() / n.sum())
    return {
        "error": error,
        "n": n.tolist(),
        "confidence": mean_confidence.round(6).tolist(),
        "accuracy": accuracy.round(6).tolist(),
    }
