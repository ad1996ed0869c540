"""k nearest neighbours: the yardstick without any training."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from trainer.letters import CLASSES


def nearest_neighbours(
    train: NDArray[np.float32],
    labels: NDArray[np.int64],
    queries: NDArray[np.float32],
    ks: Sequence[int],
    batch: int = 256,
) -> dict[int, NDArray[np.int64]]:
    """By k: the most frequent class (q,) among the k nearest rows of `train`.

    Distances are Euclidean. Of classes that are equally frequent, the one of the nearer row wins.

    Args:
        train: (n, d).
        labels: (n,) class indices of its rows.
        queries: (q, d).
        ks: Numbers of neighbours.
        batch: Queries at a time: all distances at once would not fit in memory.
    """
    most = max(ks)
    squares = np.einsum("ij,ij->i", train, train)
    read = {k: np.empty(len(queries), np.int64) for k in ks}
    for start in range(0, len(queries), batch):
        part = queries[start : start + batch]
        # |a − b|² without |a|², which is the same for all rows.
        distances = squares - 2 * (part @ train.T)
        near = np.argpartition(distances, most - 1, axis=1)[:, :most]
        order = np.argsort(np.take_along_axis(distances, near, axis=1), axis=1, kind="stable")
        found = labels[np.take_along_axis(near, order, axis=1)]
        for k in ks:
            votes = np.zeros((len(part), CLASSES))
            for rank in range(k):
                # A little more for the nearer: it decides between equals and nothing else.
                votes[np.arange(len(part)), found[:, rank]] += 1 + 0.1 / 2**rank
            read[k][start : start + batch] = votes.argmax(axis=1)
    return read
