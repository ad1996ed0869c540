"""What each part of the recipe is worth: one switch at a time, by grouped validation."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.data.dataset import Dataset
from trainer.experiments.fit import validated
from trainer.experiments.neighbours import nearest_neighbours
from trainer.images.preprocessing import Preprocessing
from trainer.training.augment import Augmentation
from trainer.training.recipe import Recipe

NEIGHBOURS = (1, 5)


def switches(base: Recipe) -> dict[str, Recipe]:
    """The recipe as it is, and with one thing changed, by a name that says what."""
    cells = {"the recipe": base}

    def change(name: str, **settings: Any) -> None:
        cells[name] = replace(base, **settings)

    change("normalised by the whole set", preprocessing=Preprocessing(normalise="fixed"))
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
    change("no average of weights", average=0.0)
    smoothing = 0.0 if base.label_smoothing else 0.1
    change(f"label smoothing {smoothing:g}", label_smoothing=smoothing)
    change("no weight decay", weight_decay=0.0)
    change("logistic regression", hidden=(), dropout=0.0, augmentation=Augmentation.none())
    return cells


def switched(train: Dataset, held: NDArray[np.bool_], recipe: Recipe) -> dict[str, Any]:
    """One row of the table, without its learning curve."""
    cell = validated(train, held, recipe)
    return {name: cell[name] for name in ("accuracy", "loss")}


def neighbours(train: Dataset, held: NDArray[np.bool_]) -> dict[str, dict[str, Any]]:
    """The rows of k nearest neighbours, on standardised pixels."""
    inputs = train.inputs(Preprocessing())
    read = nearest_neighbours(inputs[~held], train.labels[~held], inputs[held], NEIGHBOURS)
    return {
        f"{k} nearest neighbour{'s' if k > 1 else ''}": {
            "accuracy": float((classes == train.labels[held]).mean()),
            "loss": None,
        }
        for k, classes in read.items()
    }
