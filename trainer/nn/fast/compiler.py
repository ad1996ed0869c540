"""What a finished network computes by: steps that are fewer and faster than its layers'."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from trainer.nn.fast.folding import folded
from trainer.nn.fast.mirrored import both_views
from trainer.nn.fast.plane_convolution import MOST_CHANNELS, PlaneConvolution
from trainer.nn.fast.winograd import WinogradConvolution
from trainer.nn.layers.convolution import Conv2d, compile_shift
from trainer.nn.layers.layer import Compile, Layer
from trainer.nn.layers.oriented_gradients import OrientedGradients
from trainer.nn.layers.pooling import MaxPool2d
from trainer.nn.layers.residual import Residual, added


def finished(layers: Sequence[Layer], *, mirrored: bool = False) -> list[Compile]:
    """What compiles to the same as the layers one by one, to rounding.

    Batch norms are folded into the convolutions before them. A bias is added after the pool where
    there is one: it moves all values of a window alike, and there are fewer then. Convolutions of
    few channels (`PlaneConvolution`) or by 3 × 3 kernels (`WinogradConvolution`) take their pool
    along, and oriented gradients leave their planes as they are to the convolution after them.
    Both ways of a residual are finished likewise.

    Args:
        layers: In the order in which a sample passes them.
        mirrored: Whether to read each image and, behind it in the batch, its mirror image.
    """
    made: list[Compile] = []
    rest = folded(layers)
    if mirrored:
        first = rest[0] if rest else None
        if isinstance(first, Residual):
            made, rest = [_residual(first, mirrored=True)], rest[1:]
        else:
            made, rest = both_views(rest)
    while rest:
        layer, *rest = rest
        following = rest[0] if rest else None
        if isinstance(layer, Conv2d):
            pool = following if isinstance(following, MaxPool2d) else None
            made += _convolution(layer, pool)
            rest = rest[1:] if pool else rest
        elif isinstance(layer, OrientedGradients) and isinstance(following, Conv2d):
            made.append(layer.compile_planes)
        elif isinstance(layer, Residual):
            made.append(_residual(layer, mirrored=False))
        else:
            made.append(layer.compile)
    return made


def _residual(layer: Residual, *, mirrored: bool) -> Compile:
    ways = [finished(chain, mirrored=mirrored) for chain in (layer.layers, layer.shortcut)]
    return partial(added, ways[0], ways[1])


def _convolution(layer: Conv2d, pool: MaxPool2d | None) -> list[Compile]:
    """A convolution and perhaps the pool after it."""
    weight, bias = layer.weight.value, None if layer.bias is None else layer.bias.value
    if WinogradConvolution.suits(layer):
        pooled = pool is not None and pool.size == 2
        by_tiles = WinogradConvolution(layer, pooled=pooled).compile
        return [by_tiles] if pooled or pool is None else [by_tiles, pool.compile]
    if weight.shape[2] <= MOST_CHANNELS and layer.stride == 1:
        size = 1 if pool is None else pool.size
        return [PlaneConvolution(weight, bias, layer.padding, size).compile]
    made: list[Compile] = (
        [layer.compile_products] if pool is None else [layer.compile_products, pool.compile]
    )
    return made if bias is None else [*made, lambda x: (x, compile_shift(x, bias))]
