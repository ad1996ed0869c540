"""Training of the second look: windows are made anew for every mini-batch."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.finder.closer import closer_network
from trainer.finder.closer_loss import closer_loss, closer_target
from trainer.finder.windows import Windows
from trainer.nn.average import WeightAverage
from trainer.nn.optimisers import OPTIMISERS
from trainer.nn.schedules import cosine
from trainer.nn.sequential import Sequential
from trainer.preprocess import standardise


@dataclass(frozen=True)
class CloserRecipe:
    """Hyper-parameters of the second look.

    Attributes:
        widths: Channels of its convolutions: one layer at a half of the window's size, one at a
            quarter, the others at an eighth.
        steps: Mini-batches.
        batch_size: Windows of one.
        optimiser: As in `trainer.recipe.Recipe`.
        learning_rate: Its peak; the schedule is a cosine.
        weight_decay: Decoupled decay of the weights.
        average: Decay of the running average of the weights that is kept.
        seed: Of everything random.
    """

    widths: tuple[int, ...] = (24, 48, 96, 96, 96)
    steps: int = 2400
    batch_size: int = 64
    optimiser: str = "muon"
    learning_rate: float = 3e-3
    weight_decay: float = 0.1
    average: float = 0.995
    seed: int = 0

    def to_json(self) -> dict[str, Any]:
        """The recipe as JSON values."""
        return asdict(self) | {"widths": list(self.widths)}


def train_closer(recipe: CloserRecipe, windows: Windows) -> Iterator[float | Sequential]:
    """Trains a second look from fresh weights.

    Yields:
        The loss of every mini-batch, and in the end the network.
    """
    network = closer_network(recipe.widths, np.random.default_rng([recipe.seed, 2]))
    optimiser = OPTIMISERS[recipe.optimiser](network, recipe.weight_decay)
    average = WeightAverage(network, recipe.average)
    rng = np.random.default_rng([recipe.seed, 3])
    with ThreadPoolExecutor(1, "windows") as background:
        upcoming = background.submit(_batch, windows, recipe.batch_size, rng)
        for step in range(recipe.steps):
            inputs, wanted = upcoming.result()
            if step + 1 < recipe.steps:
                upcoming = background.submit(_batch, windows, recipe.batch_size, rng)
            loss, d_output = closer_loss(network.forward(inputs, training=True), wanted)
            network.backward(d_output)
            optimiser.step(recipe.learning_rate * cosine((step + 1) / recipe.steps))
            average.update()
            yield loss
    with average.applied():
        kept = network.theta.copy()
    network.theta[...] = kept
    yield network


def _batch(
    windows: Windows, n: int, rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    drawn = [windows.draw(rng) for _ in range(n)]
    inputs = np.stack([values.ravel() for values, _ in drawn])
    standardise(inputs)
    return inputs, np.stack([closer_target(hand) for _, hand in drawn])
