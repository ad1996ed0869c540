"""A network with all that is needed to use it: preprocessing, letters, and how it was made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.inference import Inference
from trainer.letters import LETTERS
from trainer.nn.sequential import Sequential
from trainer.preprocess import Preprocessing


@dataclass
class Model:
    """What a weight file holds.

    Attributes:
        network: Flat pictures (n, size²) → logits (n, 24).
        preprocessing: From picture and box to the network's input.
        inference: From logits to probabilities.
        letters: Class index → letter.
        about: How it came to be, as JSON values: recipe, command, data digests, seeds, scores.
    """

    network: Sequential
    preprocessing: Preprocessing
    letters: str = LETTERS
    about: dict[str, Any] = field(default_factory=dict)
    inference: Inference = field(default_factory=Inference)

    def probabilities(self, inputs: NDArray[np.float32], batch: int = 512) -> NDArray[np.float32]:
        """(n, 24) for preprocessed inputs (n, size²), a mini-batch at a time."""
        result = np.empty((len(inputs), len(self.letters)), np.float32)
        for start in range(0, len(inputs), batch):
            part = inputs[start : start + batch]
            views = np.empty((len(part) * self.inference.views, part.shape[1]), np.float32)
            self.inference.show(part, views)
            logits = self.network.forward(views)
            result[start : start + batch] = self.inference.probabilities(logits)
        return result
