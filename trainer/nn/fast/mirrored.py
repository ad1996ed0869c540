"""An image and its mirror image, read in one pass."""

from __future__ import annotations

from collections.abc import Sequence
from math import isqrt

import numpy as np

from trainer.nn.fast.plane_convolution import MOST_CHANNELS, PlaneConvolution
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Array, Compile, Layer, Step
from trainer.nn.layers.oriented_gradients import OrientedGradients
from trainer.nn.layers.pooling import MaxPool2d
from trainer.nn.layers.reshape import Reshape
from trainer.nn.layers.zoom import Zoom


def both_views(layers: Sequence[Layer]) -> tuple[list[Compile], list[Layer]]:
    """What turns images into both views of each, behind some of the layers; and the other layers.

    In a mirrored image gradients point to mirrored directions, and a convolution gives the
    mirror image of what one with a mirrored kernel gives for the image itself. So oriented
    gradients are made once, their unrolled values are multiplied by both kernels in one product,
    and what is mirrored in the end are the few values after the pool. It is an instance of group
    convolution (Cohen and Welling, "Group Equivariant Convolutional Networks", 2016, section 6.1).
    A network that begins otherwise gets both views of the image.
    """
    if layers and isinstance(layers[0], Zoom):
        # It looks at the middle, and so sees the mirror image of what it sees in the image.
        made, rest = both_views(layers[1:])
        return [layers[0].compile, *made], rest
    shared = _shared_start(layers)
    if shared is None:
        return [_mirrored_images], list(layers)
    return shared


def _shared_start(layers: Sequence[Layer]) -> tuple[list[Compile], list[Layer]] | None:
    if len(layers) < 3:
        return None
    reshape, gradients, convolution, *rest = layers
    if not (isinstance(reshape, Reshape) and isinstance(gradients, OrientedGradients)):
        return None
    if not isinstance(convolution, Conv2d) or gradients.directions > MOST_CHANNELS:
        return None
    kernel, _, _, outputs = convolution.weight.value.shape
    order = gradients.mirrored_directions()
    if order is None or convolution.stride != 1 or 2 * convolution.padding + 1 != kernel:
        return None
    pool = rest[0] if rest and isinstance(rest[0], MaxPool2d) else None
    across = reshape.shape[1] // 2
    if pool is not None:
        if across % pool.size:
            # The pool would leave out another column of the mirrored image.
            return None
        rest = rest[1:]
    weight = convolution.weight.value
    weights = np.concatenate([weight, weight[:, ::-1, order]], axis=3)
    bias = None if convolution.bias is None else np.tile(convolution.bias.value, 2)

    def apart(x: Array) -> tuple[Array, list[Step]]:
        n, h, w, _ = x.shape
        y = np.empty((n, 2, h, w, outputs), x.dtype)
        plain, mirrored = x[..., :outputs], x[:, :, ::-1, outputs:]

        def step() -> None:
            np.copyto(y[:, 0], plain)
            np.copyto(y[:, 1], mirrored)

        return y.reshape(2 * n, h, w, outputs), [step]

    start = PlaneConvolution(weights, bias, convolution.padding, pool.size if pool else 1)
    return [reshape.compile, gradients.compile_planes, start.compile, apart], rest


def _mirrored_images(x: Array) -> tuple[Array, list[Step]]:
    """Flat or other images (n, …) → (2 n, …), each before its mirror image."""
    n, *shape = x.shape
    side = isqrt(x[0].size)
    images = x.reshape(n, side, side) if x.ndim == 2 else x
    y = np.empty((n, 2, *images.shape[1:]), x.dtype)

    def step() -> None:
        np.copyto(y[:, 0], images)
        np.copyto(y[:, 1], images[:, :, ::-1])

    return y.reshape(2 * n, *shape), [step]
