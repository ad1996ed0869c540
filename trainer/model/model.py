"""A network with all that is needed to use it: preprocessing, letters, and how it was made."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.images.preprocessing import Preprocessing
from trainer.joints import JOINTS
from trainer.letters import LETTERS
from trainer.model.inference import Inference
from trainer.model.view import View, views
from trainer.nn.fast.compiler import CompiledNetwork
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.linear import Linear
from trainer.nn.sequential import Sequential
from trainer.nn.spec import copied

_DENSE_BATCH = 64
"""Images at a time without convolutions: large weights are then read from memory once for all."""

_SMALL = 0.01
"""Gain of a new output's initial weights."""

_FARTHEST = 3.0
"""Largest distance of a joint from the image's middle, in half sides: weights may be untrusted."""


@dataclass
class Model:
    """The content of a weight file.

    Attributes:
        network: Flat images (n, size²) → logits (n, 24), or (n, 25) with the outcome "no sign", and
            behind them, in some networks, x and y of 21 joints, from -1 to 1 across the image.
        preprocessing: From image and box to the network's input.
        inference: From logits to probabilities.
        letters: Class index → letter.
        about: How it was made, as JSON values: recipe, command, data digests, seeds, scores.
    """

    network: Sequential
    preprocessing: Preprocessing
    letters: str = LETTERS
    about: dict[str, Any] = field(default_factory=dict)
    inference: Inference = field(default_factory=Inference)

    @property
    def outcomes(self) -> int:
        """25 for a network with the outcome "no sign", else 24."""
        return self.network.output_shape[0] - 2 * JOINTS * self.has_joints

    @property
    def has_joints(self) -> bool:
        """Whether the network gives the hand's joints."""
        return self.network.output_shape[0] >= 2 * JOINTS

    @property
    def knows_no_sign(self) -> bool:
        """Whether there is an outcome for images without a letter."""
        return self.outcomes > len(self.letters)

    def probabilities(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, 24) for network inputs (n, size²).

        The rest to a sum of 1 is the probability that an image shows no letter.
        """
        return self.outcome_probabilities(inputs)[:, : len(self.letters)]

    def outcome_probabilities(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, outcomes) for network inputs (n, size²): the letters, then "no sign" if known."""
        return Predictor(self)(inputs)


class Prediction(NamedTuple):
    """What a model says of n images.

    Attributes:
        probabilities: (n, outcomes) float32: the letters, then "no sign" if known.
        joints: (n, 21, 2) float32, x and y from -1 to 1 across the image; None: not known.
    """

    probabilities: NDArray[np.float32]
    joints: NDArray[np.float32] | None

    @classmethod
    def mean(cls, views: Sequence[Prediction]) -> Prediction:
        """What several views of the same images say together."""
        joints = [view.joints for view in views if view.joints is not None]
        return cls(
            np.mean([view.probabilities for view in views], axis=0),
            np.mean(joints, axis=0) if joints else None,
        )


class Predictor:
    """The only way from network inputs to probabilities, in live reading, evaluation and training.

    It holds a copy of the model's weights, compiled. For one thread at a time.

    Args:
        model: The model to use.
        batch: Images at a time; None for what is fastest with many images: one by one through
            convolutions, whose intermediate results then stay in the cache, else `_DENSE_BATCH`.

    Attributes:
        views: In which an image is read; the answers are averaged.
    """

    def __init__(self, model: Model, batch: int | None = None) -> None:
        if batch is None:
            has_convolutions = any(isinstance(layer, Conv2d) for layer in model.network.layers)
            batch = 1 if has_convolutions else _DENSE_BATCH
        self._inference = model.inference
        self._outcomes, self._has_joints = model.outcomes, model.has_joints
        self._network = CompiledNetwork(model.network, batch)
        self.views = views(model.inference, model.preprocessing.size)

    def __call__(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, outcomes) for network inputs (n, size²)."""
        return self.predict(inputs).probabilities

    def predict(self, inputs: NDArray[np.float32]) -> Prediction:
        """Probabilities and joints for network inputs (n, size²)."""
        probabilities = np.empty((len(inputs), self._outcomes), np.float32)
        joints = np.empty((len(inputs), JOINTS, 2), np.float32) if self._has_joints else None
        batch = len(self._network.input)
        for start in range(0, len(inputs), batch):
            rows = slice(start, start + batch)
            seen = [self.seen(inputs[rows], view) for view in self.views]
            probabilities[rows], found = Prediction.mean(seen)
            if joints is not None:
                joints[rows] = found
        return Prediction(probabilities, joints)

    def seen(self, images: NDArray[np.float32], view: View) -> Prediction:
        """What the network says of one view of a batch of images, or fewer."""
        n = len(images)
        self._network.input[:n] = view(images)
        output = self._network()[:n]
        probabilities = self._inference.probabilities(output[:, : self._outcomes])
        if not self._has_joints:
            return Prediction(probabilities, None)
        places = np.clip(np.nan_to_num(output[:, self._outcomes :]), -_FARTHEST, _FARTHEST)
        return Prediction(probabilities, view.back(places.reshape(n, JOINTS, 2)))


def with_outputs(network: Sequential, outputs: int, rng: np.random.Generator) -> Sequential:
    """A copy of a network whose last layer has fewer outputs, or more, at first near zero.

    Raises:
        ValueError: The last layer is not linear.
    """
    layers = copied(network).layers
    last = layers.pop()
    if not isinstance(last, Linear):
        raise ValueError("only a network that ends in a linear layer can get other outputs")
    inputs, before = last.weight.value.shape
    both = min(before, outputs)
    head = Linear(inputs, outputs, rng, gain=_SMALL)
    head.weight.value[:, :both] = last.weight.value[:, :both]
    head.bias.value[:both] = last.bias.value[:both]
    return Sequential([*layers, head], network.input_shape)
