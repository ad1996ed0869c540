"""The weights of a network in a network of the same plan for larger images."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trainer.nn.layers.layer import Array, Shape
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.reshape import Flatten
from trainer.nn.sequential import Sequential


def enlarge(network: Sequential, larger: Sequential) -> None:
    """Copies all weights and statistics of `network` into `larger`, whose images have more pixels.

    Convolutions and norms do not depend on the image's size. A linear layer after a flattened
    feature map does: its weights are a map for every output, which is resampled linearly and scaled
    down, as it now sums over more pixels. So the logits stay about the same for the same image.

    Args:
        network: The source; unchanged.
        larger: With the same layers, except for the size of the image and its feature maps.

    Raises:
        ValueError: The layers differ.
    """
    if [layer.kind for layer in network.layers] != [layer.kind for layer in larger.layers]:
        raise ValueError("only a network of the same plan can be enlarged")
    old, new = network.input_shape, larger.input_shape
    maps: tuple[Shape, Shape] | None = None
    for before, after in zip(network.layers, larger.layers, strict=True):
        if isinstance(before, Linear) and isinstance(after, Linear) and maps:
            after.weight.value[...] = _resampled(before.weight.value, *maps)
            after.bias.value[...] = before.bias.value
            maps = None
        else:
            for name, array in before.state().items():
                after.state()[name][...] = array
        if isinstance(before, Flatten) and len(old) == len(new) == 3:
            maps = old, new
        old, new = before.output_shape(old), after.output_shape(new)


def _resampled(weight: Array, old: Shape, new: Shape) -> Array:
    """(h·w·c, outputs) → (h'·w'·c, outputs), for the feature maps' shapes (h, w, c)."""
    down, across = (_interpolation(a, b) for a, b in zip(old[:2], new[:2], strict=True))
    resampled = np.einsum("pi,qj,ijc->pqc", down, across, weight.reshape(*old[:2], -1))
    resampled *= old[0] * old[1] / (new[0] * new[1])
    return np.asarray(resampled.reshape(-1, weight.shape[1]), weight.dtype)


def _interpolation(old: int, new: int) -> NDArray[np.float64]:
    """(new, old): linear interpolation between pixel centres, constant at the edges."""
    centres = (np.arange(new) + 0.5) * old / new - 0.5
    return np.stack([np.interp(centres, np.arange(old), row) for row in np.eye(old)], axis=1)
