"""How far an accuracy could lie elsewhere by chance."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def interval(
    right: NDArray[np.float64],
    groups: NDArray[np.int64],
    confidence: float = 0.95,
    draws: int = 10_000,
    seed: int = 0,
) -> tuple[float, float]:
    """Percentile bootstrap interval of the mean of `right`, drawing whole groups.

    Variants of one photograph are read rightly or wrongly together. Drawing rows one by one would
    take them for independent, and the interval would come out far too narrow (Efron and Tibshirani,
    "An Introduction to the Bootstrap", 1993, chapters 8 and 13).

    Args:
        right: (n,) 0–1: how rightly each row was read.
        groups: (n,) the group of each row.
        confidence: Of the interval.
        draws: Resamples.
        seed: Of the draws.
    """
    _, place = np.unique(groups, return_inverse=True)
    rows = np.bincount(place)
    sums = np.bincount(place, weights=right)
    rng = np.random.default_rng(seed)
    counts = rng.multinomial(len(rows), np.full(len(rows), 1 / len(rows)), size=draws)
    means = (counts @ sums) / (counts @ rows)
    tail = (1 - confidence) / 2
    low, high = np.quantile(means, [tail, 1 - tail])
    return float(low), float(high)
