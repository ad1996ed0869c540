"""Local gradient orientations: a fixed first layer that looks past light and skin."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.nn.layers.layer import Array, Buffers, Layer, Shape, Step

WINDOW = 7
"""Side of the neighbourhood, in pixels of the output, that a gradient is measured against."""

FLOOR = 0.02
"""Added to the mean energy, so that noise on a flat wall is not blown up."""


class OrientedGradients(Layer):
    """Half-rectified gradients in `directions` directions, locally normalised, at half the size.

    With the gradient g at every pixel of (h, w, 1) and the directions dₖ on a circle,
    aₖ = mean over 2 × 2 pixels of max(g · dₖ, 0), and yₖ = aₖ / √(mean over 7 × 7 of Σₖ aₖ² + ε):
    the idea of histograms of oriented gradients (Dalal and Triggs, 2005, sections 6.2 to 6.4), with
    soft votes and without the block overlap. There is nothing to learn, so it must come first, and
    no gradient passes through it.

    Args:
        directions: Channels of the output.
    """

    kind = "oriented_gradients"

    def __init__(self, directions: int = 8) -> None:
        if not 2 <= directions <= 64:
            raise ValueError(f"gradients are sorted into 2 to 64 directions, not {directions}")
        self.directions = directions
        angle = 2 * np.pi * np.arange(directions) / directions
        self.compass = np.stack([np.cos(angle), np.sin(angle)]).astype(np.float32)
        self._buffers = Buffers()

    def output_shape(self, input_shape: Shape) -> Shape:
        """(h / 2, w / 2, directions), given (h, w, 1) with even h and w."""
        h, w = input_shape[:2] if len(input_shape) == 3 else (1, 1)
        if len(input_shape) != 3 or input_shape[2] != 1 or h % 2 or w % 2:
            raise ValueError(f"oriented gradients take (even, even, 1), not {input_shape}")
        return (h // 2, w // 2, self.directions)

    def forward(self, x: Array, *, training: bool) -> Array:
        """x (n, h, w, 1) → y (n, h/2, w/2, directions)."""
        y = self._buffers.get("y", (len(x), *self.output_shape(x.shape[1:])), x.dtype)
        # A few images at a time: the votes of a whole mini-batch would not fit in the cache.
        for start in range(0, len(x), 8):
            part = slice(start, min(start + 8, len(x)))
            self._look(x[part], y[part])
        return y

    def _look(self, x: Array, y: Array) -> None:
        n, h, w, _ = x.shape
        image = x[..., 0]
        gradient = self._buffers.get("gradient", (n, h, w, 2), x.dtype)
        _difference(image, gradient[..., 0])
        _difference(image.transpose(0, 2, 1), gradient[..., 1].transpose(0, 2, 1))
        votes = self._buffers.get("votes", (n * h * w, self.directions), x.dtype)
        np.matmul(gradient.reshape(-1, 2), self.compass.astype(x.dtype, copy=False), out=votes)
        np.maximum(votes, 0, out=votes)
        cells = votes.reshape(n, h // 2, 2, w // 2, 2 * self.directions)
        rows = self._buffers.get("rows", (n, h // 2, w // 2, 2 * self.directions), x.dtype)
        np.add(cells[:, :, 0], cells[:, :, 1], out=rows)
        np.add(rows[..., : self.directions], rows[..., self.directions :], out=y)
        y *= 0.25
        energy = np.einsum("nhwk,nhwk->nhw", y, y)
        y /= np.sqrt(_local_mean(energy) + FLOOR)[..., None]

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """Nothing: the layer is fixed and comes first."""
        if need_d_x:
            raise RuntimeError("oriented gradients pass no gradient on and must come first")
        return None

    def compile(self, x: Array) -> tuple[Array, list[Step]]:
        """The planes of `compile_planes`, turned to channels last in the end."""
        planes, steps = self.compile_planes(x)
        y = np.empty(planes.shape, planes.dtype)
        return y, [*steps, lambda: np.copyto(y, planes)]

    def compile_planes(self, x: Array) -> tuple[Array, list[Step]]:
        """The forward pass with one plane for each direction; y is a view of them, channels last.

        With eight values a pixel, operations on planes are several times as fast.
        """
        n, h, w, _ = x.shape
        places = n * (h // 2) * (w // 2)
        image = x[..., 0]
        gradient = np.empty((2, n, h, w), x.dtype)
        # The four pixels of a 2 × 2 cell stand in four planes: what is summed lies in long runs.
        quarters = np.empty((2, 2, 2, n, h // 2, w // 2), x.dtype)
        votes = np.empty((self.directions, 2, 2 * places), x.dtype)
        zeros = np.zeros(4 * places, x.dtype)
        planes = np.empty((self.directions, places), x.dtype)
        squares = np.empty_like(planes)
        energy = np.empty((n, h // 2, w // 2), x.dtype)
        mean_down = np.empty_like(energy)
        down, across = (_window(size).astype(x.dtype) for size in energy.shape[1:])
        quarter_compass = np.ascontiguousarray(self.compass.T / 4).astype(x.dtype)

        def vote() -> None:
            _difference(image, gradient[0])
            _difference(image.transpose(0, 2, 1), gradient[1].transpose(0, 2, 1))
            for u, v in np.ndindex(2, 2):
                np.copyto(quarters[:, u, v], gradient[:, :, u::2, v::2])
            flat = votes.reshape(self.directions, -1)
            np.matmul(quarter_compass, quarters.reshape(2, -1), out=flat)
            np.maximum(flat, zeros, out=flat)

        def add() -> None:
            np.add(votes[:, 0], votes[:, 1], out=votes[:, 0])
            np.add(votes[:, 0, :places], votes[:, 0, places:], out=planes)

        def normalise() -> None:
            np.multiply(planes, planes, out=squares)
            np.add.reduce(squares, axis=0, out=energy.reshape(-1))
            np.matmul(down, energy, out=mean_down)
            np.matmul(mean_down, across.T, out=energy)
            np.add(energy, FLOOR, out=energy)
            np.sqrt(energy, out=energy)
            np.divide(planes, energy.reshape(-1), out=planes)

        y = planes.reshape(self.directions, *energy.shape).transpose(1, 2, 3, 0)
        return y, [vote, add, normalise]

    def mirrored_directions(self) -> NDArray[np.intp] | None:
        """For each direction the one that it is in the mirror; None where there is no such one."""
        if self.directions % 2:
            return None
        return (self.directions // 2 - np.arange(self.directions)) % self.directions

    def spec(self) -> dict[str, Any]:
        """Kind and directions."""
        return {"kind": self.kind, "directions": self.directions}


def _difference(image: Array, out: Array) -> None:
    """Right neighbour minus left one along the last axis; at the edges the edge stands for both."""
    np.subtract(image[..., 2:], image[..., :-2], out=out[..., 1:-1])
    np.subtract(image[..., 1], image[..., 0], out=out[..., 0])
    np.subtract(image[..., -1], image[..., -2], out=out[..., -1])


def _local_mean(energy: Array) -> Array:
    """Mean of (n, h, w) over windows of `WINDOW` × `WINDOW`, of what lies inside the image."""
    _, h, w = energy.shape
    down, across = _window(h).astype(energy.dtype), _window(w).astype(energy.dtype)
    mean: Array = down @ energy @ across.T
    return mean


@cache
def _window(size: int) -> NDArray[np.float32]:
    """(size, size): row i, times a column of values, is their mean around place i."""
    place = np.arange(size)
    near = np.abs(place[:, None] - place) <= WINDOW // 2
    return np.asarray(near / near.sum(axis=1, keepdims=True), np.float32)
