"""What each part of the recipe is worth: one change at a time, on held-out photographs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.data.dataset import Dataset
from trainer.experiments.fit import validated
from trainer.images.preprocessing import Preprocessing
from trainer.letters import CLASSES
from trainer.training.augment import Augmentation
from trainer.training.recipe import Recipe

EPOCHS = 6
HIDDEN = (512, 256, 128)
"""Fewer and narrower than the recipe's: two dozen networks would take hours otherwise."""

NEIGHBOURS = (1, 5)


def changed(base: Recipe) -> dict[str, Recipe]:
    """The recipe as it is, and with one thing changed, by a name that says what."""
    cells = {"the recipe": base}

    def change(name: str, **settings: Any) -> None:
        cells[name] = replace(base, **settings)

    change("normalised by the whole set", preprocessing=Preprocessing(normalise="dataset"))
    change("no augmentation", augmentation=Augmentation.none())
    for setting in fields(Augmentation):
        if getattr(base.augmentation, setting.name):
            without = replace(base.augmentation, **{setting.name: 0.0})
            change(f"without {setting.name}", augmentation=without)
    change("dropout 0" if base.dropout else "dropout 0.2", dropout=0.0 if base.dropout else 0.2)
    change("twice as wide", hidden=tuple(width * 2 for width in base.hidden))
    change("one hidden layer", hidden=base.hidden[:1])
    change("two hidden layers", hidden=base.hidden[:2])
    change("momentum in place of Adam", optimiser="momentum", learning_rate=0.05)
    change("plain SGD in place of Adam", optimiser="sgd", learning_rate=0.2)
    change("constant learning rate", schedule="constant")
    change("stepped learning rate", schedule="step")
    change("no average of weights", ema=0.0)
    smoothing = 0.0 if base.label_smoothing else 0.1
    change(f"label smoothing {smoothing:g}", label_smoothing=smoothing)
    change("no weight decay", weight_decay=0.0)
    change("logistic regression", hidden=(), dropout=0.0, augmentation=Augmentation.none())
    return cells


def measured(train: Dataset, held: NDArray[np.bool_], recipe: Recipe) -> dict[str, Any]:
    """One row of the table."""
    cell = validated(train, held, recipe)
    return {name: cell[name] for name in ("accuracy", "loss")}


def neighbours(train: Dataset, held: NDArray[np.bool_]) -> dict[str, dict[str, Any]]:
    """The rows of k nearest neighbours on standardised pixels, the yardstick without training."""
    inputs = train.inputs(Preprocessing())
    read = nearest_neighbours(inputs[~held], train.labels[~held], inputs[held], NEIGHBOURS)
    return {
        f"{k} nearest neighbour{'s' if k > 1 else ''}": {
            "accuracy": float((classes == train.labels[held]).mean()),
            "loss": None,
        }
        for k, classes in read.items()
    }


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
                # A little more for the nearer, which decides between equals and nothing else.
                votes[np.arange(len(part)), found[:, rank]] += 1 + 0.1 / 2**rank
            read[k][start : start + batch] = votes.argmax(axis=1)
    return read
