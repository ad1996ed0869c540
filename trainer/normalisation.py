"""The numbers of a normalisation that looks at the whole training set."""

from __future__ import annotations

from dataclasses import replace

from trainer.data.dataset import Dataset
from trainer.recipe import Recipe


def fitted_to(recipe: Recipe, dataset: Dataset) -> Recipe:
    """The recipe with the pictures' mean and standard deviation, where it normalises by them."""
    if recipe.preprocessing.normalise != "fixed":
        return recipe
    mean, deviation = float(dataset.pictures.mean()), float(dataset.pictures.std())
    fixed = replace(recipe.preprocessing, mean=mean, deviation=max(deviation, 1.0))
    return replace(recipe, preprocessing=fixed)
