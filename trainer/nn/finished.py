"""What a finished network computes by: steps that are fewer and faster than its layers'."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from trainer.nn.convolution import Conv2d, compile_shift
from trainer.nn.folding import folded
from trainer.nn.layer import Array, Layer, Step
from trainer.nn.oriented_gradients import OrientedGradients
from trainer.nn.pooling import MaxPool2d
from trainer.nn.winograd import WinogradConvolution

Compile = Callable[[Array], tuple[Array, list[Step]]]
"""As `Layer.compile`."""


def finished(layers: Sequence[Layer]) -> list[Compile]:
    """What compiles to the same as the layers one by one, to rounding.

    Batch norms are folded into the convolutions before them. A bias is added after the pool where
    there is one: it moves all values of a window alike, and there are fewer then. Convolutions by
    3 × 3 kernels take their pool along (`WinogradConvolution`), and oriented gradients leave their
    planes as they are to the convolution after them.
    """
    made: list[Compile] = []
    rest = folded(layers)
    while rest:
        layer, *rest = rest
        following = rest[0] if rest else None
        if isinstance(layer, Conv2d):
            pool = following if isinstance(following, MaxPool2d) else None
            made += _convolution(layer, pool)
            rest = rest[1:] if pool else rest
        elif isinstance(layer, OrientedGradients) and isinstance(following, Conv2d):
            made.append(layer.compile_planes)
        else:
            made.append(layer.compile)
    return made


def _convolution(layer: Conv2d, pool: MaxPool2d | None) -> list[Compile]:
    """A convolution and perhaps the pool after it."""
    made: list[Compile] = []
    if WinogradConvolution.suits(layer):
        pooled = pool is not None and pool.size == 2
        made.append(WinogradConvolution(layer, pooled=pooled).compile)
        pool = None if pooled else pool
    else:
        made.append(layer.compile_products)
    if pool is not None:
        made.append(pool.compile)
    if layer.bias is not None:
        shift = layer.bias.value
        made.append(lambda x: (x, compile_shift(x, shift)))
    return made
