"""One training run of an experiment, with its learning curve."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from trainer.data.dataset import Dataset
from trainer.model.model import Model
from trainer.nn.to_dense import unrolled
from trainer.training.loop import EpochDone, train
from trainer.training.recipe import Recipe
from trainer.training.stage import fitted_to

T = TypeVar("T")
Curve = dict[str, list[float | None]]
"""By quantity, a number per epoch; None where there is none, or where it is not finite."""

_QUANTITIES = ("loss", "accuracy", "validation_loss", "validation_accuracy")


def fit(
    recipe: Recipe,
    dataset: Dataset,
    then: Callable[[Model], T],
    validation: Dataset | None = None,
    *,
    dense: Recipe | None = None,
) -> tuple[T, Curve]:
    """Trains, and returns what `then` makes of the finished model, with the learning curve.

    The model is valid only within `then`. With `dense`, the recipe trains a convolutional network,
    which is written as a fully-connected one and trained further by `dense`.
    """
    if dense is None:
        return _fit(recipe, dataset, then, validation)
    start, curve = _fit(recipe, dataset, _as_dense, validation)
    result, further = _fit(dense, dataset, then, validation, start)
    return result, {name: curve[name] + further[name] for name in _QUANTITIES}


def _as_dense(model: Model) -> Model:
    return replace(model, network=unrolled(model.network))


def _fit(
    recipe: Recipe,
    dataset: Dataset,
    then: Callable[[Model], T],
    validation: Dataset | None,
    start: Model | None = None,
) -> tuple[T, Curve]:
    curve: Curve = {name: [] for name in _QUANTITIES}
    result: list[T] = []
    # Divergence at a high learning rate is a result, too, and no reason for a warning.
    with np.errstate(over="ignore", invalid="ignore"):
        for event in train(fitted_to(recipe, dataset), dataset, validation, start=start):
            if not isinstance(event, EpochDone):
                continue
            for name in _QUANTITIES:
                value: float | None = getattr(event, name)
                usable = value is not None and math.isfinite(value)
                curve[name].append(round(value, 6) if value is not None and usable else None)
            if event.epoch == recipe.epochs - 1:
                result.append(then(event.model))
    return result[0], curve


def validated(
    dataset: Dataset, held: NDArray[np.bool_], recipe: Recipe, dense: Recipe | None = None
) -> dict[str, Any]:
    """Accuracy, loss and curve of a recipe on held-out rows (n,) of a data set, as JSON values."""
    known, unknown = dataset.subset(~held), dataset.subset(held)
    _, curve = fit(recipe, known, lambda model: None, unknown, dense=dense)
    return {
        "accuracy": curve["validation_accuracy"][-1],
        "loss": curve["validation_loss"][-1],
        "curve": curve,
    }
