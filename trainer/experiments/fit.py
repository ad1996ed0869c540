"""One training run of an experiment, with its learning curve."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from trainer.data.dataset import Dataset
from trainer.model import Model
from trainer.normalisation import fitted_to
from trainer.recipe import Recipe
from trainer.train import EpochDone, train

T = TypeVar("T")
Curve = dict[str, list[float | None]]
"""By quantity, a number per epoch; None where there is none, or where it is not finite."""

_QUANTITIES = ("loss", "accuracy", "validation_loss", "validation_accuracy")


def fit(
    recipe: Recipe,
    dataset: Dataset,
    then: Callable[[Model], T],
    validation: Dataset | None = None,
) -> tuple[T, Curve]:
    """Trains, and hands the finished model to `then`, whose result is returned with the curve.

    The model is valid only within `then`.
    """
    curve: Curve = {name: [] for name in _QUANTITIES}
    result: list[T] = []
    # A rate may be too high for a network: that is a result, too, and no reason for a warning.
    with np.errstate(over="ignore", invalid="ignore"):
        for event in train(fitted_to(recipe, dataset), dataset, validation):
            if not isinstance(event, EpochDone):
                continue
            for name in _QUANTITIES:
                value: float | None = getattr(event, name)
                usable = value is not None and math.isfinite(value)
                curve[name].append(round(value, 6) if value is not None and usable else None)
            if event.epoch == recipe.epochs - 1:
                result.append(then(event.model))
    return result[0], curve


def validated(dataset: Dataset, held: NDArray[np.bool_], recipe: Recipe) -> dict[str, Any]:
    """Accuracy, loss and curve of a recipe on held-out rows (n,) of a data set, as JSON values."""
    _, curve = fit(recipe, dataset.subset(~held), lambda model: None, dataset.subset(held))
    return {
        "accuracy": curve["validation_accuracy"][-1],
        "loss": curve["validation_loss"][-1],
        "curve": curve,
    }
