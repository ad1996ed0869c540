"""What one image may cost a network: more is a damaged or hostile description."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from trainer.nn.layers.layer import Layer, Shape

MAX_PARAMETERS = 50_000_000
"""200 MB of float32."""

MAX_ACTIVATIONS = 8_000_000
"""Values between the layers, and in the unrolled patches of convolutions, for one image; 32 MB."""

MAX_WORK = 2_000_000_000
"""Multiplications for one image: about a tenth of a second on one core."""


def check_cost(layers: Iterable[Layer], input_shape: Shape, dense: Sequence[int] = ()) -> None:
    """Refuses networks that are too large to use.

    Args:
        layers: The first layers.
        input_shape: Shape of one input sample.
        dense: Widths of fully-connected layers that follow and need not exist yet.

    Raises:
        ValueError: The network has too many parameters, activations or multiplications.
    """
    shape, parameters, activations, work = input_shape, 0, 0, 0
    for layer in layers:
        after = layer.output_shape(shape)
        own = sum(parameter.value.size for parameter in layer.parameters())
        positions = math.prod(after[:-1])
        parameters += own
        # A convolution unrolls the patch at each position: one value for each weight of a channel.
        activations += math.prod(after) + (positions * own // after[-1] if positions > 1 else 0)
        work += positions * own + math.prod(shape)
        shape = after
    inputs = math.prod(shape)
    for width in dense:
        parameters += inputs * width
        activations += width
        work += inputs * width
        inputs = width
    for count, most, what in (
        (parameters, MAX_PARAMETERS, "parameters"),
        (activations, MAX_ACTIVATIONS, "activations for an image"),
        (work, MAX_WORK, "multiplications for an image"),
    ):
        if count > most:
            raise ValueError(f"the network has {count:,} {what}, and {most:,} are supported")
