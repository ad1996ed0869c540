from __future__ import annotations

import numpy as np

from trainer.experiments.ablation import nearest_neighbours


def test_neighbours_are_the_nearest() -> None:
    rng = np.random.default_rng(0)
    train = rng.standard_normal((300, 10)).astype(np.float32)
    labels = rng.integers(0, 4, 300)
    queries = rng.standard_normal((40, 10)).astype(np.float32)
    read = nearest_neighbours(train, labels, queries, (1, 5), batch=7)
    for query, one, five in zip(queries, read[1], read[5], strict=True):
        order = np.argsort(((train - query) ** 2).sum(axis=1))
        assert one == labels[order[0]]
        votes = np.bincount(labels[order[:5]], minlength=4)
        best = np.flatnonzero(votes == votes.max())
        assert five == next(label for label in labels[order[:5]] if label in best)


def test_of_equally_frequent_classes_the_nearest_wins() -> None:
    train = np.arange(5, dtype=np.float32)[:, None]
    read = nearest_neighbours(train, np.array([3, 1, 1, 3, 0]), np.zeros((1, 1), np.float32), (5,))
    assert read[5].tolist() == [3]
