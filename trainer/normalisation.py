"""The numbers of a normalisation that looks at the whole training set."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.recipe import Recipe


def fitted_to(recipe: Recipe, data: Dataset | Collection) -> Recipe:
    """The recipe with the pictures' mean and standard deviation, where it normalises by them."""
    if recipe.preprocessing.normalise != "fixed":
        return recipe
    datasets = data.datasets if isinstance(data, Collection) else [data]
    levels = np.arange(256)
    counts = sum(np.bincount(d.pictures.ravel(), minlength=256) for d in datasets)
    mean = float(np.average(levels, weights=counts))
    deviation = float(np.sqrt(np.average((levels - mean) ** 2, weights=counts)))
    fixed = replace(recipe.preprocessing, mean=mean, deviation=max(deviation, 1.0))
    return replace(recipe, preprocessing=fixed)
