"""Scores on the official test file of Sign Language MNIST."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from trainer.data.dataset import Dataset
from trainer.data.groups import group
from trainer.evaluation.metrics import score
from trainer.experiments.fit import fit
from trainer.experiments.statistics import calibration, interval
from trainer.letters import LETTERS
from trainer.model.model import Model
from trainer.training.recipe import Recipe

SEEDS = (0, 1, 2, 3, 4)

SIZES = (("2k7s2 p 4k3", 16), ("4k7s2 p 8k3", 32), ("6k7s2 p 16k3", 64), ("8k7s2 p 24k3", 96))
"""Plans and hidden widths smaller than those of the shipped network."""


def scored(
    train: Dataset, test: Dataset, recipe: Recipe, dense: Recipe | None = None
) -> dict[str, Any]:
    """Trains on all of `train` and reads `test` once: scores as JSON values.

    With `dense`, in two stages; see `fit`. `wrong` gives the number of misread rows by photograph,
    for photographs with any.
    """

    def measure(model: Model) -> dict[str, Any]:
        p = model.probabilities(test.inputs(model.preprocessing))
        wrong = p.argmax(axis=1) != test.labels
        photographs, counts = np.unique(group(test).photograph[wrong], return_counts=True)
        return score(p, test.labels).to_json() | {
            "calibration": calibration(p, test.labels),
            "parameters": int(model.network.theta.size),
            "wrong": {str(g): int(n) for g, n in zip(photographs, counts, strict=True)},
        }

    result, curve = fit(recipe, train, measure, dense=dense)
    return result | {"curve": curve}


def summary(cells: Sequence[Mapping[str, Any]], test: Dataset) -> dict[str, Any]:
    """Mean, range and bootstrap interval over several `scored` cells, as JSON values.

    The interval is of the mean accuracy over the seeds, and draws photographs: it says how the
    accuracy could have come out with other photographs of the same people.
    """
    photograph = group(test).photograph
    rows = np.bincount(photograph)
    accuracy = np.ones(len(rows))
    for cell in cells:
        for name, count in cell["wrong"].items():
            accuracy[int(name)] -= count / rows[int(name)] / len(cells)
    low, high = interval(accuracy[photograph], photograph)
    accuracies = [cell["accuracy"] for cell in cells]
    return {
        "seeds": len(cells),
        "accuracy_mean": float(np.mean(accuracies)),
        "accuracy_min": min(accuracies),
        "accuracy_max": max(accuracies),
        "accuracy_interval": [low, high],
        "macro_f1_mean": float(np.mean([cell["macro_f1"] for cell in cells])),
        "macro_f1_min": min(cell["macro_f1"] for cell in cells),
        "photographs": int((rows > 0).sum()),
        "photographs_by_letter": photographs_by_letter(test),
    }


def photographs_by_letter(dataset: Dataset) -> dict[str, int]:
    """How many different photographs there are of each letter."""
    pairs = np.unique(np.stack([dataset.labels, group(dataset).photograph]), axis=1)
    return {LETTERS[i]: int((pairs[0] == i).sum()) for i in np.unique(dataset.labels)}
