"""Distillation: a network in training learns what a finished model, its teacher, says."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from trainer.model.ensemble import first_of
from trainer.model.model import Model
from trainer.nn.layers.layer import Array
from trainer.nn.sequential import Sequential
from trainer.training.recipe import Recipe


class Teacher:
    """Targets for mini-batches, which are the teacher's in part and the labels' for the rest.

    What a teacher takes to be possible besides tells more of an image than its label does (Hinton,
    Vinyals and Dean, "Distilling the Knowledge in a Neural Network", 2015, section 2). A teacher of
    several networks, who sees the mirror image, too, can so be put into a single network.

    Args:
        model: The teacher. Its logits count as they are: temperature and the bias of "no sign" are
            for reading.
        recipe: Of the training: how much the teacher counts, and what it must be able to read.

    Raises:
        ValueError: The teacher sees other images, or knows "no sign" where the network does not,
            or the other way round.
    """

    def __init__(self, model: Model, recipe: Recipe) -> None:
        seen = replace(model.preprocessing, margin=recipe.preprocessing.margin)
        if seen != recipe.preprocessing:
            raise ValueError("sees images of another size, or normalised otherwise")
        if model.knows_no_sign != (recipe.no_sign > 0):
            knows = "knows" if model.knows_no_sign else "does not know"
            raise ValueError(f'{knows} "no sign"')
        self._first = first_of(model.network)
        self.about = model.about
        """How the teacher came to be."""
        self._share = np.float32(recipe.distillation_weight)
        self._inference = replace(model.inference, temperature=1.0, no_sign_bias=0.0)
        self._network = model.network.compile(recipe.batch_size, mirrored=model.inference.mirror)

    def targets(self, inputs: NDArray[np.float32], labels: NDArray[np.int64]) -> Array:
        """(n, classes) for network inputs (n, size²) and labels (n,)."""
        n = len(inputs)
        self._network.input[:n] = inputs
        logits = self._network()[: n * self._inference.views]
        targets: Array = self._inference.probabilities(logits) * self._share
        targets[np.arange(n), labels] += 1 - self._share
        return targets

    def begin(self, network: Sequential) -> None:
        """Gives a network the weights of the teacher's first one, where they are built alike."""
        if self._first.spec() == network.spec():
            network.load_state(self._first.state())
