"""Distillation: a network learns from the outputs of trained models, its teachers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.images.preprocessing import Preprocessing
from trainer.model.model import Model, Predictor, with_outputs
from trainer.nn.layers.layer import Array
from trainer.nn.sequential import Sequential
from trainer.training.recipe import Recipe


class Teacher:
    """Targets for mini-batches: partly the teachers' probabilities, for the rest the labels.

    Probabilities of a trained model tell more about an image than its label (Hinton, Vinyals and
    Dean, "Distilling the Knowledge in a Neural Network", 2015, section 2). Several teachers are an
    ensemble: their probabilities are averaged (Hansen and Salamon, "Neural Network Ensembles",
    1990), and a single network learns them.

    Args:
        models: The teachers, at least one. Temperature and bias of "no sign" are not used. A model
            for smaller images sees the middle of each image, by its margin compared with the first
            model's.
        recipe: The training's: the teachers' weight in the targets, and the network's input.

    Raises:
        ValueError: A teacher cannot read the network's images, or one of teacher and network knows
            "no sign" and the other does not. The message lacks the teacher's name.
    """

    def __init__(self, models: Sequence[Model], recipe: Recipe) -> None:
        for model in models:
            check_teacher(model, recipe)
        self._first = models[0].network
        self.about: Any = [model.about for model in models] if models[1:] else models[0].about
        """How the teacher was made; a list where there are several."""
        self._weight = np.float32(recipe.distillation_weight)
        self._views = [_View(model, models[0].preprocessing) for model in models]

    def targets(self, inputs: NDArray[np.float32], labels: NDArray[np.int64]) -> Array:
        """(n, classes) for network inputs (n, size²) and labels (n,)."""
        targets: Array = np.sum([view.probabilities(inputs) for view in self._views], axis=0)
        targets *= self._weight / len(self._views)
        targets[np.arange(len(inputs)), labels] += 1 - self._weight
        return targets

    def begin(self, network: Sequential) -> None:
        """Copies the first teacher's weights into a network with the same layers.

        Outputs that the teacher lacks, such as joints, get small random weights.
        """
        first = with_outputs(self._first, network.output_shape[0], np.random.default_rng(0))
        if first.spec() == network.spec():
            network.load_state(first.state())


def check_teacher(model: Model, recipe: Recipe) -> None:
    """Checks that a model can be a teacher.

    Raises:
        ValueError: It cannot; the message continues a sentence about the model.
    """
    own, needed = model.preprocessing, recipe.preprocessing
    if own.size > needed.size or replace(own, size=needed.size, margin=needed.margin) != needed:
        raise ValueError("reads larger images, or images with another normalisation")
    if model.knows_no_sign != (recipe.no_sign > 0):
        knows = "knows" if model.knows_no_sign else "does not know"
        raise ValueError(f'{knows} "no sign"')


class _View:
    """A teacher that is shown another network's inputs."""

    def __init__(self, model: Model, first: Preprocessing) -> None:
        self._preprocessing = model.preprocessing
        self._share = min(1.0, model.preprocessing.margin / first.margin)
        uncalibrated = replace(model.inference, temperature=1.0, no_sign_bias=0.0)
        self._predictor = Predictor(replace(model, inference=uncalibrated))

    def probabilities(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, outcomes) for another network's inputs (n, size²)."""
        size, own = int(inputs.shape[1] ** 0.5), self._preprocessing
        if own.size == size:
            return self._predictor(inputs)
        border = round(size * (1 - self._share) / 2)
        middle = inputs.reshape(-1, size, size)[:, border : size - border, border : size - border]
        smaller = [
            cv2.resize(image, (own.size, own.size), interpolation=cv2.INTER_AREA)
            for image in middle
        ]
        return self._predictor(np.stack(smaller).reshape(len(inputs), -1))
