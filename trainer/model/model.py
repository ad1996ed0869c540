"""A network with all that is needed to use it: preprocessing, letters, and how it was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.images.preprocessing import Preprocessing
from trainer.letters import LETTERS
from trainer.model.inference import Inference
from trainer.nn.sequential import Sequential


@dataclass
class Model:
    """What a weight file holds.

    Attributes:
        network: Flat images (n, size²) → logits (n, 24), or (n, 25) with the outcome "no sign".
        preprocessing: From image and box to the network's input.
        inference: From logits to probabilities.
        letters: Class index → letter.
        about: How it came to be, as JSON values: recipe, command, data digests, seeds, scores.
    """

    network: Sequential
    preprocessing: Preprocessing
    letters: str = LETTERS
    about: dict[str, Any] = field(default_factory=dict)
    inference: Inference = field(default_factory=Inference)

    @property
    def outcomes(self) -> int:
        """25 for a network that knows images without a letter, else 24."""
        return self.network.output_shape[0]

    @property
    def knows_no_sign(self) -> bool:
        """Whether there is an outcome for images without a letter."""
        return self.outcomes > len(self.letters)

    def probabilities(self, inputs: NDArray[np.float32], batch: int = 64) -> NDArray[np.float32]:
        """(n, 24) for preprocessed inputs (n, size²), a mini-batch at a time.

        What is missing to a sum of 1 is the probability that an image shows no letter.
        """
        return self.outcome_probabilities(inputs, batch)[:, : len(self.letters)]

    def outcome_probabilities(
        self, inputs: NDArray[np.float32], batch: int = 64
    ) -> NDArray[np.float32]:
        """(n, outcomes): the letters', and behind them that of "no sign" where it is known."""
        result = np.empty((len(inputs), self.outcomes), np.float32)
        for start in range(0, len(inputs), batch):
            part = inputs[start : start + batch]
            views = np.empty((len(part) * self.inference.views, part.shape[1]), np.float32)
            self.inference.show(part, views)
            logits = self.network.forward(views)
            result[start : start + batch] = self.inference.probabilities(logits)
        return result
