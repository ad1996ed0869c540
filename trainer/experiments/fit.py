"""One training run of an experiment, with its learning curve."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from trainer.data.dataset import Dataset
from trainer.model.model import Model
from trainer.nn.to_dense import to_dense
from trainer.training.loop import DivergenceError
from trainer.training.recipe import Recipe
from trainer.training.stage import fitted_to
from trainer.training.train import EpochDone, train

T = TypeVar("T")
Curve = dict[str, list[float | None]]
"""By quantity, a number per epoch; None where there is none, or where training diverged."""

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

    Raises:
        DivergenceError: The learning rate is too high.
    """
    if dense is None:
        return _fit(recipe, dataset, then, validation)
    start, curve = _fit(recipe, dataset, _as_dense, validation)
    result, further = _fit(dense, dataset, then, validation, start)
    return result, {name: curve[name] + further[name] for name in _QUANTITIES}


def _as_dense(model: Model) -> Model:
    return replace(model, network=to_dense(model.network))


def _fit(
    recipe: Recipe,
    dataset: Dataset,
    then: Callable[[Model], T],
    validation: Dataset | None,
    start: Model | None = None,
) -> tuple[T, Curve]:
    curve: Curve = {name: [] for name in _QUANTITIES}
    result: list[T] = []
    for event in train(fitted_to(recipe, dataset), dataset, validation, start=start):
        if not isinstance(event, EpochDone):
            continue
        for name in _QUANTITIES:
            value: float | None = getattr(event, name)
            curve[name].append(None if value is None else round(value, 6))
        if event.epoch == recipe.epochs - 1:
            result.append(then(event.model))
    return result[0], curve


def validated(
    dataset: Dataset, held: NDArray[np.bool_], recipe: Recipe, dense: Recipe | None = None
) -> dict[str, Any]:
    """Accuracy, loss and curve of a recipe on held-out rows (n,) of a data set, as JSON values.

    A learning rate that is too high for a network is a result, too: accuracy 0 and no loss.
    """
    known, unknown = dataset.subset(~held), dataset.subset(held)
    try:
        _, curve = fit(recipe, known, lambda model: None, unknown, dense=dense)
    except DivergenceError:
        epochs = recipe.epochs + (0 if dense is None else dense.epochs)
        curve = {name: [None] * epochs for name in _QUANTITIES}
    return {
        "accuracy": curve["validation_accuracy"][-1] or 0.0,
        "loss": curve["validation_loss"][-1],
        "curve": curve,
    }
