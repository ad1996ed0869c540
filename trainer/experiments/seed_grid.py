"""The search that the project began with: three widths × three learning rates, reproduced.

A network 784 – h – h – h – 24 with a ReLU after the first and the third layer only, trained by
plain SGD on mini-batches of 512 for 20 epochs. Its gradient was *summed* over the mini-batch, so
that a rate r there is r · 512 here, where the gradient is averaged. Pixels were normalised by the
training set's mean and standard deviation; no augmentation, no decay, no dropout.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from trainer.images.preprocessing import Preprocessing
from trainer.training.augment import Augmentation
from trainer.training.recipe import Recipe

WIDTHS = (300, 500, 700)
RATES = (1e-3, 5e-4, 1e-4)
EPOCHS = 20
BATCH_SIZE = 512

PUBLISHED = {
    (300, 5e-4): 0.8224,
    (300, 1e-3): 0.8045,
    (500, 1e-3): 0.8067,
    (500, 5e-4): 0.7987,
    (500, 1e-4): 0.7836,
}
"""Accuracy on half of the official test file, by width and rate: the five that were published."""


def seed_recipe(width: int, rate: float, epochs: int = EPOCHS, seed: int = 0) -> Recipe:
    """The recipe of one cell.

    Args:
        width: Of all three hidden layers.
        rate: Learning rate on the summed loss.
        epochs: Passes over the images.
        seed: Of everything random.
    """
    return Recipe(
        hidden=(width, width, width),
        without_relu=(2,),
        epochs=epochs,
        batch_size=BATCH_SIZE,
        optimiser="sgd",
        learning_rate=rate * BATCH_SIZE,
        schedule="constant",
        weight_decay=0.0,
        dropout=0.0,
        label_smoothing=0.0,
        average=0.0,
        augmentation=Augmentation.none(),
        preprocessing=Preprocessing(normalise="fixed"),
        seed=seed,
    )


def cell_name(width: int, rate: float) -> str:
    """Such as "300 × 0.0005"."""
    return f"{width} × {rate:g}"


def choose(cells: Mapping[str, Any]) -> str:
    """The name of the cell with the highest accuracy; of equals, the one with the lower loss."""

    def worth(name: str) -> tuple[float, float]:
        loss = cells[name]["loss"]
        return cells[name]["accuracy"], -math.inf if loss is None else -loss

    return max(cells, key=worth)
