"""Training of the finder's two networks, on scenes and windows that are drawn for every batch."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from trainer.hand_finder.detection import detection_network
from trainer.hand_finder.detection_loss import detection_loss, detection_target
from trainer.hand_finder.refinement import refinement_network
from trainer.hand_finder.refinement_loss import refinement_loss, refinement_target
from trainer.hand_finder.scenes import Scenes
from trainer.hand_finder.windows import Windows
from trainer.images.preprocessing import standardise
from trainer.nn.layers.layer import Array
from trainer.nn.optimisers import OPTIMISERS, WeightEMA
from trainer.nn.schedules import cosine
from trainer.nn.sequential import Sequential
from trainer.training.loop import Batch, check_finite, descend
from trainer.training.recipe import NetworkRecipe

Targets = TypeVar("Targets")
Report = Callable[[float], None]


def train_detection(
    recipe: NetworkRecipe, scenes: Scenes, report: Report = lambda loss: None
) -> Sequential:
    """Trains coarse detection from random weights.

    Args:
        recipe: Hyper-parameters.
        scenes: Draws the images.
        report: Called with the loss of every mini-batch.

    Raises:
        DivergenceError: The loss or a weight is no longer finite.
    """
    rng = np.random.default_rng([recipe.seed, 1])

    def batches() -> Iterator[Batch[tuple[Array, Array]]]:
        for _ in range(recipe.steps):
            images, hands = zip(*(scenes.draw(rng) for _ in range(recipe.batch_size)), strict=True)
            wanted, reach = zip(*map(detection_target, hands), strict=True)
            yield _inputs(images), (np.stack(wanted), np.stack(reach))

    network = detection_network(recipe.widths, np.random.default_rng([recipe.seed]))
    return _train(recipe, network, batches(), detection_loss, report)


def train_refinement(
    recipe: NetworkRecipe, windows: Windows, report: Report = lambda loss: None
) -> Sequential:
    """Trains box refinement from random weights.

    Args:
        recipe: Hyper-parameters.
        windows: Draws the images.
        report: Called with the loss of every mini-batch.

    Raises:
        DivergenceError: The loss or a weight is no longer finite.
    """
    rng = np.random.default_rng([recipe.seed, 3])

    def batches() -> Iterator[Batch[Array]]:
        for _ in range(recipe.steps):
            images, hands = zip(*(windows.draw(rng) for _ in range(recipe.batch_size)), strict=True)
            yield _inputs(images), np.stack([refinement_target(hand) for hand in hands])

    network = refinement_network(recipe.widths, np.random.default_rng([recipe.seed, 2]))
    return _train(recipe, network, batches(), refinement_loss, report)


def _train(
    recipe: NetworkRecipe,
    network: Sequential,
    batches: Iterator[Batch[Targets]],
    loss: Callable[[Array, Targets], tuple[float, Array]],
    report: Report,
) -> Sequential:
    average = WeightEMA(network, recipe.ema)
    for step in descend(
        network,
        OPTIMISERS[recipe.optimiser](network, recipe.weight_decay),
        batches,
        loss,
        lambda step: recipe.learning_rate * cosine((step + 1) / recipe.steps),
        average=average,
    ):
        report(step.loss)
    average.apply()
    check_finite(network, step.batch[0])
    return network


def _inputs(images: tuple[NDArray[np.float32], ...]) -> NDArray[np.float32]:
    inputs = np.stack([values.ravel() for values in images])
    standardise(inputs)
    return inputs
