"""A network with all that is needed to use it: preprocessing, letters, and how it was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.images.preprocessing import Preprocessing
from trainer.letters import LETTERS
from trainer.model.inference import Inference
from trainer.nn.fast.compiler import CompiledNetwork
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.sequential import Sequential

_DENSE_BATCH = 64
"""Images at a time without convolutions: large weights are then read from memory once for all."""


@dataclass
class Model:
    """The content of a weight file.

    Attributes:
        network: Flat images (n, size²) → logits (n, 24), or (n, 25) with the outcome "no sign".
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
        return self.network.output_shape[0]

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


class Predictor:
    """The only way from network inputs to probabilities, in live reading, evaluation and training.

    It holds a copy of the model's weights, compiled. For one thread at a time.

    Args:
        model: The model to use.
        batch: Images at a time; None for what is fastest with many images: one by one through
            convolutions, whose intermediate results then stay in the cache, else `_DENSE_BATCH`.
    """

    def __init__(self, model: Model, batch: int | None = None) -> None:
        if batch is None:
            has_convolutions = any(isinstance(layer, Conv2d) for layer in model.network.layers)
            batch = 1 if has_convolutions else _DENSE_BATCH
        self._inference = model.inference
        self._outcomes = model.outcomes
        self._network = CompiledNetwork(model.network, batch, mirrored=model.inference.mirror)

    def __call__(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n, outcomes) for network inputs (n, size²)."""
        probabilities = np.empty((len(inputs), self._outcomes), np.float32)
        batch = len(self._network.input)
        for start in range(0, len(inputs), batch):
            part = inputs[start : start + batch]
            self._network.input[: len(part)] = part
            outcomes = self._inference.probabilities(self._network())
            probabilities[start : start + batch] = outcomes[: len(part)]
        return probabilities
