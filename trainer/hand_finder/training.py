"""Training of the finder's two networks: scenes and windows are made anew for every batch."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.hand_finder.finder import FinderModel, finder_network
from trainer.hand_finder.loss import finder_loss, target
from trainer.hand_finder.refinement import closer_network
from trainer.hand_finder.refinement_loss import closer_loss, closer_target
from trainer.hand_finder.scenes import Scenes
from trainer.hand_finder.windows import Windows
from trainer.images.preprocessing import standardise
from trainer.nn.optimisers import OPTIMISERS, Adam, WeightAverage
from trainer.nn.schedules import cosine
from trainer.nn.sequential import Sequential


@dataclass(frozen=True)
class FinderRecipe:
    """Hyper-parameters of a finder.

    Attributes:
        widths: Channels at a half, a quarter, an eighth and a sixteenth of the image's size.
        steps: Mini-batches.
        batch_size: Scenes of one.
        learning_rate: Its peak; the schedule is a cosine.
        weight_decay: Decoupled decay of the weights.
        average: Decay of the running average of the weights that is kept.
        seed: Of everything random.
    """

    widths: tuple[int, ...] = (16, 32, 64, 96)
    steps: int = 4000
    batch_size: int = 32
    learning_rate: float = 3e-3
    weight_decay: float = 0.02
    average: float = 0.998
    seed: int = 0

    def to_json(self) -> dict[str, Any]:
        """The recipe as JSON values."""
        return asdict(self) | {"widths": list(self.widths)}


def train_finder(recipe: FinderRecipe, scenes: Scenes) -> Iterator[float | FinderModel]:
    """Trains a finder from fresh weights.

    Yields:
        The loss of every mini-batch, and in the end the model.
    """
    network = finder_network(recipe.widths, np.random.default_rng([recipe.seed]))
    optimiser = Adam(network, recipe.weight_decay)
    average = WeightAverage(network, recipe.average)
    rng = np.random.default_rng([recipe.seed, 1])
    with ThreadPoolExecutor(1, "scenes") as background:
        upcoming = background.submit(_scene_batch, scenes, recipe.batch_size, rng)
        for step in range(recipe.steps):
            inputs, wanted, reach = upcoming.result()
            if step + 1 < recipe.steps:
                upcoming = background.submit(_scene_batch, scenes, recipe.batch_size, rng)
            output = network.forward(inputs, training=True)
            loss, d_output = finder_loss(output, wanted, reach)
            network.backward(d_output)
            optimiser.step(recipe.learning_rate * cosine((step + 1) / recipe.steps))
            average.update()
            yield loss
    with average.applied():
        kept = network.theta.copy()
    network.theta[...] = kept
    yield FinderModel(network, {"recipe": recipe.to_json()})


def _scene_batch(
    scenes: Scenes, n: int, rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    drawn = [scenes.draw(rng) for _ in range(n)]
    inputs = np.stack([values.ravel() for values, _ in drawn])
    standardise(inputs)
    targets = [target(hands) for _, hands in drawn]
    return inputs, np.stack([t for t, _ in targets]), np.stack([r for _, r in targets])


@dataclass(frozen=True)
class CloserRecipe:
    """Hyper-parameters of the second look.

    Attributes:
        widths: Channels of its convolutions: one layer at a half of the window's size, one at a
            quarter, the others at an eighth.
        steps: Mini-batches.
        batch_size: Windows of one.
        optimiser: As in `trainer.training.recipe.Recipe`.
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
        upcoming = background.submit(_window_batch, windows, recipe.batch_size, rng)
        for step in range(recipe.steps):
            inputs, wanted = upcoming.result()
            if step + 1 < recipe.steps:
                upcoming = background.submit(_window_batch, windows, recipe.batch_size, rng)
            loss, d_output = closer_loss(network.forward(inputs, training=True), wanted)
            network.backward(d_output)
            optimiser.step(recipe.learning_rate * cosine((step + 1) / recipe.steps))
            average.update()
            yield loss
    with average.applied():
        kept = network.theta.copy()
    network.theta[...] = kept
    yield network


def _window_batch(
    windows: Windows, n: int, rng: np.random.Generator
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    drawn = [windows.draw(rng) for _ in range(n)]
    inputs = np.stack([values.ravel() for values, _ in drawn])
    standardise(inputs)
    return inputs, np.stack([closer_target(hand) for _, hand in drawn])
