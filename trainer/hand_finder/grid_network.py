"""The layers that both of the finder's networks are made of."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Layer
from trainer.nn.layers.oriented_gradients import OrientedGradients
from trainer.nn.layers.pooling import MaxPool2d
from trainer.nn.layers.relu import ReLU
from trainer.nn.layers.reshape import Flatten, Reshape
from trainer.nn.sequential import Sequential

CHANNELS = 5
"""Numbers for each cell of a grid: a score, and where the four sides of the hand box are."""


def grid_network(
    height: int, width: int, convolutions: Iterable[tuple[int, bool]], rng: np.random.Generator
) -> Sequential:
    """Flat gray images (n, height · width), standardised → (n, cells · CHANNELS).

    Args:
        height: Of the images, in pixels.
        width: Likewise.
        convolutions: Channels of each, and whether a pool halves the image's size behind it.
        rng: Source of the weights.
    """
    gradients = OrientedGradients()
    layers: list[Layer] = [Reshape((height, width, 1)), gradients]
    inputs = gradients.directions
    for channels, pooled in convolutions:
        layers += [Conv2d(inputs, channels, 3, rng, bias=False), BatchNorm(channels)]
        # Pooling first leaves ReLU a quarter of the work.
        layers += [MaxPool2d(2), ReLU()] if pooled else [ReLU()]
        inputs = channels
    layers += [Conv2d(inputs, CHANNELS, 1, rng, padding=0, gain=1.0), Flatten()]
    return Sequential(layers, (height * width,))
