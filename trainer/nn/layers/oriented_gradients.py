"""Oriented gradients: a fixed first layer, largely invariant to light and skin colour."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.nn.layers.layer import Array, Buffers, Layer, Shape

WINDOW = 7
"""Side of the neighbourhood, in pixels of the output, that normalises a gradient."""

FLOOR = 0.02
"""ε: added to the mean energy, so that noise on a uniform surface is not amplified."""


class OrientedGradients(Layer):
    """Rectified gradients in `directions` directions, locally normalised, at half the size.

    With the gradient g at every pixel of (h, w, 1) and the directions dₖ on a circle,
    aₖ = mean over 2 × 2 pixels of max(g · dₖ, 0), and yₖ = aₖ / √(mean over 7 × 7 of Σₖ aₖ² + ε):
    histograms of oriented gradients (Dalal and Triggs, 2005, sections 6.2 to 6.4) with soft votes
    and without overlapping blocks. The layer has no parameters and no backward pass, so it must be
    the first one.

    Args:
        directions: Channels of the output.
    """

    kind = "oriented_gradients"

    def __init__(self, directions: int = 8) -> None:
        if not 2 <= directions <= 64:
            raise ValueError(f"oriented gradients need 2 to 64 directions, not {directions}")
        self.directions = directions
        angle = 2 * np.pi * np.arange(directions) / directions
        self.compass = np.stack([np.cos(angle), np.sin(angle)], axis=1).astype(np.float32)
        """(directions, 2): x and y of every dₖ."""
        self._buffers = Buffers()

    def output_shape(self, input_shape: Shape) -> Shape:
        """(h / 2, w / 2, directions), given (h, w, 1) with even h and w."""
        h, w = input_shape[:2] if len(input_shape) == 3 else (1, 1)
        if len(input_shape) != 3 or input_shape[2] != 1 or h % 2 or w % 2:
            raise ValueError(f"oriented gradients take (even, even, 1), not {input_shape}")
        return (h // 2, w // 2, self.directions)

    def forward(self, x: Array, *, training: bool) -> Array:
        """x (n, h, w, 1) → y (n, h/2, w/2, directions), a view of a plane for each direction."""
        n, h, w, _ = x.shape
        planes = self._buffers.get("y", (n, self.directions, h // 2 * (w // 2)), x.dtype)
        for image, out in zip(x[..., 0], planes, strict=True):
            self._orient(image, out)
        return planes.reshape(n, self.directions, h // 2, w // 2).transpose(0, 2, 3, 1)

    def _orient(self, image: Array, y: Array) -> None:
        """(h, w) → y (directions, h/2 · w/2)."""
        h, w = image.shape
        gradient = self._buffers.get("gradient", (2, h, w), image.dtype)
        _difference(image, gradient[0])
        _difference(image.T, gradient[1].T)
        # The four pixels of every 2 × 2 cell lie in four planes, so that sums run over long rows.
        cells = self._buffers.get("cells", (2, 2, 2, h // 2, w // 2), image.dtype)
        np.copyto(cells, gradient.reshape(2, h // 2, 2, w // 2, 2).transpose(0, 2, 4, 1, 3))
        votes = self._buffers.get("votes", (self.directions, h * w), image.dtype)
        np.matmul(self.compass.astype(y.dtype, copy=False), cells.reshape(2, -1), out=votes)
        # An array of zeros, for NumPy's maximum with a number is several times as slow.
        zeros = self._buffers.get("zeros", (h * w,), image.dtype)
        zeros.fill(0)
        np.maximum(votes, zeros, out=votes)
        np.add.reduce(votes.reshape(self.directions, 4, -1), axis=1, out=y)
        y *= 0.25
        energy = np.einsum("kp,kp->p", y, y).reshape(h // 2, w // 2)
        y /= np.sqrt(_local_mean(energy) + FLOOR).ravel()

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """None: the layer is fixed and must be the first one."""
        if need_d_x:
            raise RuntimeError("oriented gradients have no backward pass and must come first")
        return None

    def spec(self) -> dict[str, Any]:
        """Kind and directions."""
        return {"kind": self.kind, "directions": self.directions}


def _difference(image: Array, out: Array) -> None:
    """Right neighbour minus left one along the last axis; an edge pixel is its own neighbour."""
    np.subtract(image[..., 2:], image[..., :-2], out=out[..., 1:-1])
    np.subtract(image[..., 1], image[..., 0], out=out[..., 0])
    np.subtract(image[..., -1], image[..., -2], out=out[..., -1])


def _local_mean(energy: Array) -> Array:
    """Mean of (h, w) over windows of `WINDOW` × `WINDOW`, cut off at the image's edge."""
    h, w = energy.shape
    down, across = _window(h), _window(w)
    mean: Array = down.astype(energy.dtype, copy=False) @ energy @ across.T
    return mean.astype(energy.dtype, copy=False)


@cache
def _window(size: int) -> NDArray[np.float32]:
    """(size, size): row i times a column of values is their mean around index i."""
    index = np.arange(size)
    near = np.abs(index[:, None] - index) <= WINDOW // 2
    return np.asarray(near / near.sum(axis=1, keepdims=True), np.float32)
