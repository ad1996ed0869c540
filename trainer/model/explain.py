"""Images that explain a network: first-layer weights and occlusion maps."""

from __future__ import annotations

from itertools import product
from math import prod

import numpy as np
from numpy.typing import NDArray

from trainer.images.preprocessing import Image
from trainer.model.model import Model
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Array, Shape
from trainer.nn.layers.linear import Linear
from trainer.nn.sequential import Sequential

_PATCH = 0.2
"""Side of the cover, as a share of the image's side."""

_MAX_POSITIONS = 24
"""About so many positions per side in a large image: more show no more and take a minute."""


def first_layer(model: Model, most: int = 64) -> NDArray[np.float32]:
    """Weights of the first trained layer as images (k, h, w), the strongest ones first.

    Of a fully-connected layer each image is one unit's weights on the pixels or on the map that it
    sees; of a convolution one channel's kernel. Both are summed over their input channels.

    Args:
        model: Any.
        most: Number of images.
    """
    size = model.preprocessing.size
    images = _first(model.network, (size, size, 1))
    strength = np.abs(images).sum(axis=(1, 2))
    return np.asarray(images[np.argsort(-strength, kind="stable")[:most]], np.float32)


def _first(network: Sequential, seen: Shape) -> Array:
    """Weights (units, h, w) of the first trained layer of a network that sees images (h, w, c)."""
    shape = network.input_shape
    for layer in network.layers:
        if isinstance(layer, Conv2d):
            return np.transpose(layer.weight.value.sum(axis=2), (2, 0, 1))
        if isinstance(layer, Linear):
            return np.asarray(layer.weight.value.T.reshape(-1, *seen).sum(axis=3))
        shape = layer.output_shape(shape)
        if len(shape) == 3:
            seen = shape
        elif prod(shape) != prod(seen):
            seen = (1, 1, *shape)
    raise ValueError("the network has no linear or convolutional layer")


def occlusion(model: Model, image: Image, letter: int) -> NDArray[np.float32]:
    """The drop of a letter's probability when a part of the image is covered.

    A gray square covers one position after the other (Zeiler and Fergus, "Visualizing and
    Understanding Convolutional Networks", 2014).

    Args:
        model: The model to explain.
        image: (size, size) uint8, as the network sees it.
        letter: Class index.

    Returns:
        (rows, columns) float32 from left to right and top to bottom: the drop in probability;
        negative where covering the position raises it.
    """
    size = model.preprocessing.size
    half = max(1, round(size * _PATCH / 2))
    stride = max(2, size // _MAX_POSITIONS)
    gray = int(image.mean())
    centres = range(stride // 2, size, stride)
    covered = np.repeat(image[None], len(centres) ** 2, axis=0)
    for index, (y, x) in enumerate(product(centres, centres)):
        covered[index, max(y - half, 0) : y + half + 1, max(x - half, 0) : x + half + 1] = gray
    shown = np.concatenate([image[None], covered])
    p = model.probabilities(model.preprocessing.normalised(shown))[:, letter]
    return np.asarray((p[0] - p[1:]).reshape(len(centres), len(centres)), np.float32)
