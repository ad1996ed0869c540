"""Images that explain a network: first-layer weights and occlusion maps."""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from trainer.images.preprocessing import Image
from trainer.model.model import Model
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Layer
from trainer.nn.layers.linear import Linear

_PATCH = 0.2
"""Side of the cover, as a share of the image's side."""

_MAX_POSITIONS = 24
"""About so many positions per side in a large image: more show no more and take a minute."""


def first_layer(model: Model, most: int = 64) -> NDArray[np.float32]:
    """Weights of the first trained layer as images (k, h, w), the strongest ones first.

    Of a fully-connected layer each image is one unit's weights on the pixels; of a convolution
    one channel's kernel, summed over its input channels.

    Args:
        model: Any.
        most: Number of images.
    """
    layer = _first(model.network.layers)
    weight = layer.parameters()[0].value
    if isinstance(layer, Linear):
        size = model.preprocessing.size
        images = weight.T.reshape(-1, size, size)
    else:
        kernel = layer.spec()["kernel"]
        outputs = layer.spec()["outputs"]
        images = weight.reshape(kernel, kernel, -1, outputs).sum(axis=2).transpose(2, 0, 1)
    strength = np.abs(images).sum(axis=(1, 2))
    return np.asarray(images[np.argsort(-strength, kind="stable")[:most]], np.float32)


def _first(layers: list[Layer]) -> Linear | Conv2d:
    for layer in layers:
        if isinstance(layer, Linear | Conv2d):
            return layer
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
