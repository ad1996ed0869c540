"""The record: one recipe with several seeds on the official test file."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from trainer.data.dataset import Dataset
from trainer.data.groups import group
from trainer.evaluation.metrics import score
from trainer.experiments.fit import fit
from trainer.experiments.statistics import calibration, interval
from trainer.letters import LETTERS
from trainer.model import weights
from trainer.model.model import Model
from trainer.training.recipe import Recipe
from trainer.training.run_folder import history

SEEDS = (0, 1, 2, 3, 4)

SHAPED = Recipe(convolutions="12k7s2 p 48k3", hidden=(256,), epochs=24, batch_size=128)
"""Trains the convolutional network that the record begins as."""

FREED = Recipe(epochs=6, learning_rate=5e-4)
"""Trains it on, written out as a fully-connected network whose weights are all free."""


def scored(
    train: Dataset,
    test: Dataset,
    recipe: Recipe,
    freed: Recipe | None = None,
    keep: tuple[Path, str] | None = None,
) -> dict[str, Any]:
    """Trains on all of `train` and reads `test` once: scores as JSON values.

    With `freed`, in two stages; see `fit`.
    With `keep`, a path and the command that makes the same weights, the weights are written there.
    `wrong` gives the number of wrongly read rows by photograph, for photographs with any.
    """

    def measure(model: Model) -> dict[str, Any]:
        if keep is not None:
            path, command = keep
            about = history(command, freed or recipe, train.digests, {})
            if freed is not None:
                about["begun_as"] = recipe.to_json()
            weights.save(replace(model, about=about), path)
        p = model.probabilities(test.inputs(model.preprocessing))
        wrong = p.argmax(axis=1) != test.labels
        photographs, counts = np.unique(group(test).photograph[wrong], return_counts=True)
        return score(p, test.labels).to_json() | {
            "calibration": calibration(p, test.labels),
            "parameters": int(model.network.theta.size),
            "wrong": {str(g): int(n) for g, n in zip(photographs, counts, strict=True)},
        }

    result, curve = fit(recipe, train, measure, freed=freed)
    return result | {"curve": curve}


def summary(cells: Sequence[Mapping[str, Any]], test: Dataset) -> dict[str, Any]:
    """Mean, range and bootstrap interval over several `scored` cells, as JSON values.

    The interval is of the mean accuracy over the seeds, and draws photographs: it says how the
    accuracy could have come out with other photographs of the same people.
    """
    photograph = group(test).photograph
    rows = np.bincount(photograph)
    right = np.ones(len(rows))
    for cell in cells:
        for name, count in cell["wrong"].items():
            right[int(name)] -= count / rows[int(name)] / len(cells)
    low, high = interval(right[photograph], photograph)
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


def command(shaped: Recipe, freed: Recipe, train: Path) -> str:
    """The command lines that make the weights of both recipes' own seed."""
    hidden = ",".join(map(str, shaped.hidden))
    lines = [
        f"train --train {train} --convolutions '{shaped.convolutions}' --hidden {hidden} "
        f"--epochs {shaped.epochs} --batch-size {shaped.batch_size} --seed {shaped.seed} "
        "--out shaped.safetensors",
        "unroll --weights shaped.safetensors --out begun.safetensors",
        f"train --train {train} --start-from begun.safetensors --epochs {freed.epochs} "
        f"--learning-rate {freed.learning_rate:g} --batch-size {freed.batch_size} "
        f"--seed {freed.seed} --out W.safetensors",
    ]
    return " && ".join(f"trainer {line}" for line in lines)


def photographs_by_letter(dataset: Dataset) -> dict[str, int]:
    """How many different photographs there are of each letter."""
    pairs = np.unique(np.stack([dataset.labels, group(dataset).photograph]), axis=1)
    return {LETTERS[i]: int((pairs[0] == i).sum()) for i in np.unique(dataset.labels)}
