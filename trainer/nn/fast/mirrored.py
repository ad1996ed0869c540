"""An image and its mirror image in one pass (test-time augmentation).

Without `shared_start`, a reading (frame → letter) takes 1.05 times and a training step of the
default recipe 1.02 times as long (`benchmarks.compiled`, one core).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import isqrt

import numpy as np

from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Array, Layer, Shape
from trainer.nn.layers.oriented_gradients import OrientedGradients
from trainer.nn.layers.pooling import MaxPool2d
from trainer.nn.layers.relu import ReLU
from trainer.nn.layers.reshape import Reshape


def shared_start(layers: Sequence[Layer]) -> list[Layer]:
    """Layers that compute the first ones for an image and for its mirror image at once.

    In a mirrored image gradients point to mirrored directions, and a convolution gives the mirror
    image of what the mirrored kernel gives for the image itself. So oriented gradients are computed
    once, a single convolution has the channels of both kernels, and only its few pooled outputs are
    mirrored (`separate_views`): an instance of group convolution (Cohen and Welling, "Group
    Equivariant Convolutional Networks", 2016, section 6.1).

    Returns:
        As many layers as they replace, whose output (h, w, 2 c) holds both views; none for networks
        that start otherwise.
    """
    match layers[:4]:
        case [
            Reshape() as reshape,
            OrientedGradients() as gradients,
            Conv2d() as convolution,
            MaxPool2d() as pool,
        ] if (
            gradients.directions % 2 == 0
            and convolution.stride == 1
            and 2 * convolution.padding + 1 == len(convolution.weight.value)
            # Otherwise the pool would ignore another column of the mirrored image.
            and reshape.shape[1] // 2 % pool.size == 0
        ):
            both = _with_mirrored_kernel(convolution, gradients)
            relu = [layer for layer in layers[4:5] if isinstance(layer, ReLU)]
            return [reshape, gradients, both, pool, *relu]
    return []


def _with_mirrored_kernel(convolution: Conv2d, gradients: OrientedGradients) -> Conv2d:
    weight = convolution.weight.value
    kernel, _, inputs, outputs = weight.shape
    mirrored = weight[:, ::-1, gradients.mirrored_directions()]
    both = Conv2d(inputs, 2 * outputs, kernel, None, bias=convolution.bias is not None)
    both.weight.value[...] = np.concatenate([weight, mirrored], axis=3)
    if both.bias is not None and convolution.bias is not None:
        both.bias.value[...] = np.tile(convolution.bias.value, 2)
    return both


def separate_views(shape: Shape) -> Callable[[Array], Array]:
    """An operation from the output (n, h, w, 2 c) of `shared_start` to both views (2 n, h, w, c).

    Each image precedes its mirror image.
    """
    n, h, w, channels = shape
    y = np.empty((n, 2, h, w, channels // 2), np.float32)

    def separate(x: Array) -> Array:
        np.copyto(y[:, 0], x[..., : channels // 2])
        np.copyto(y[:, 1], x[:, :, ::-1, channels // 2 :])
        return y.reshape(2 * n, h, w, -1)

    return separate


def with_mirror_images(x: Array) -> Array:
    """Flat square images (n, size²) → (2 n, size²): each image before its mirror image."""
    side = isqrt(x.shape[1])
    images = x.reshape(-1, side, side)
    return np.stack([images, images[:, :, ::-1]], axis=1).reshape(-1, side * side)
