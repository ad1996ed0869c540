"""The convolution by a 3 × 3 kernel with fewer multiplications.

Without it, a reading (frame → letter) takes 1.32 times and a training step of the default recipe,
whose teacher is compiled, 1.15 times as long (`benchmarks.compiled`, one core).
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from trainer.nn.fast.scratch import Scratch
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Array, Shape

_POINTS = {2: (0, 1, -1), 4: (0, 2 / 3, -2 / 3, 3 / 2, -3 / 2)}
"""Side m of a tile → where polynomials are evaluated, besides infinity.

The usual points of F(4 × 4, 3 × 3), 0, ±1 and ±2, double the rounding error: fractions near 1 keep
the matrices' entries similar (Alam et al., "Winograd Convolution for Deep Neural Networks:
Efficient Point Selection", 2022).
"""

_WEIGHTS = 16
"""Tiles that are computed in the time in which the weights come from memory: those of larger tiles
are more."""

_MIN_CHANNELS = 8
"""With fewer, the matrix products are too narrow to be fast."""


_PART_BYTES = 1 << 20
"""Products computed at a time, so that the transform back reads them from the cache."""

Step = Callable[[], object]


class WinogradConvolution:
    """The output of a `Conv2d` with a 3 × 3 kernel, stride 1 and padding 1.

    Winograd's F(m × m, 3 × 3) (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks",
    2016, section 4) computes every tile of m × m outputs from (m + 2) × (m + 2) inputs d by

        Y = Aᵀ [Σ over channels of (G W Gᵀ) ⊙ (Bᵀ d B)] A.

    For each pair of channels this takes 16 multiplications in place of 36 with m = 2, and 36 in
    place of 144 with m = 4. The sums over channels are (m + 2)² matrix products. The transforms are
    products with the small matrices G, B and A, too, first of the rows, then of the columns.

    A tile holds whole windows of a 2 × 2 pool, so that the pool and a ReLU cost little here.

    Args:
        convolution: One that `suits`. Its weights are copied.
        shape: (n, h, w, inputs) of the images.
        scratch: The network's, for what is needed during a call only.
        pooled: Whether to return the maximum of every 2 × 2 outputs.
        rectified: Whether to return the maximum with 0.
    """

    def __init__(
        self,
        convolution: Conv2d,
        shape: Shape,
        scratch: Scratch,
        *,
        pooled: bool,
        rectified: bool = False,
    ) -> None:
        if not self.suits(convolution):
            raise ValueError(f"Winograd tiles do not suit this convolution: {convolution.spec()}")
        self._convolution = convolution
        dtype = convolution.weight.value.dtype
        n, h, w, inputs = shape
        outputs = convolution.weight.value.shape[3]
        m = min(_POINTS, key=lambda m: (n * -(-h // m) * -(-w // m) + _WEIGHTS) * (m + 2) ** 2)
        t, down, across = m + 2, -(-h // m), -(-w // m)
        # Rows of tiles are computed in parts of equal size.
        row_bytes = n * across * t * t * outputs * dtype.itemsize
        fitting = [r for r in range(1, down + 1) if down % r == 0 and r * row_bytes <= _PART_BYTES]
        rows = max(fitting, default=1)
        tiles = n * rows * across
        self._to_kernel, to_tile, to_output = _transforms(m)
        to_tile, to_output = to_tile.astype(dtype), to_output.astype(dtype)
        self._weight = np.empty((t, t, inputs, outputs), dtype)

        # Only the inside is ever written, so that the zeros around it stay.
        padded = np.zeros((n, m * down + 2, m * across + 2, inputs), dtype)
        self._inside = padded[:, 1 : h + 1, 1 : w + 1]
        windows = sliding_window_view(padded, (t, t), axis=(1, 2))[:, ::m, ::m]
        windows = windows.transpose(4, 5, 0, 1, 2, 3)
        # Axes: row and column within the tile, then the tiles.
        cut, rows_done, products, out_rows = scratch.take(
            [
                (t, t, n, rows, across, inputs),
                (t, t, tiles * inputs),
                (t, t, tiles, outputs),
                (m, t, tiles * outputs),
            ],
            dtype,
        )
        # What is not read any more makes room for what comes next.
        transformed = cut.reshape(t, t, tiles, inputs)
        y = products.reshape(-1)[: m * m * tiles * outputs].reshape(m, m, n, rows, across, outputs)
        self._bias = np.zeros(outputs, dtype)
        # Making the views at every call would take a tenth of the time.
        compute: list[Step] = [
            partial(np.matmul, to_tile, cut.reshape(t, -1), out=rows_done.reshape(t, -1)),
            partial(np.matmul, to_tile, rows_done, out=transformed.reshape(t, t, -1)),
            partial(np.matmul, transformed, self._weight, out=products),
            partial(np.matmul, to_output, products.reshape(t, -1), out=out_rows.reshape(m, -1)),
            partial(np.matmul, to_output, out_rows, out=y.reshape(m, m, -1)),
        ]
        if pooled:
            y, maxima = _pool(y)
            compute += maxima
            h, w, m = h // 2, w // 2, m // 2
        # Behind the pool, where there is less to add it to.
        compute.append(partial(np.add, y, self._bias, out=y))
        self._y = np.empty((n, h, w, outputs), dtype)
        self._steps: list[Step] = []
        for first in range(0, down, rows):
            self._steps += [partial(np.copyto, cut, windows[:, :, :, first : first + rows])]
            self._steps += compute
            self._steps += _write(y, self._y[:, first * m : (first + rows) * m], rectified)
        self.refresh()

    @staticmethod
    def suits(convolution: Conv2d) -> bool:
        """Whether a convolution is of this kind, and faster this way."""
        kernel, _, inputs, _ = convolution.weight.value.shape
        shape = (kernel, convolution.stride, convolution.padding)
        return shape == (3, 1, 1) and inputs >= _MIN_CHANNELS

    def refresh(self) -> None:
        """Copies the convolution's weights and bias as they are now."""
        bias = self._convolution.bias
        flat = self._convolution.weight.value.reshape(9, -1)
        transformed = np.kron(self._to_kernel, self._to_kernel) @ flat
        np.copyto(self._weight, transformed.reshape(self._weight.shape))
        self._bias[...] = 0 if bias is None else bias.value

    def __call__(self, x: Array) -> Array:
        """x (n, h, w, inputs) → y (n, h, w, outputs), or (n, ⌊h / 2⌋, ⌊w / 2⌋, outputs) pooled.

        y is valid until the next call.
        """
        np.copyto(self._inside, x)
        for step in self._steps:
            step()
        return self._y


def _pool(y: Array) -> tuple[Array, list[Step]]:
    """The maximum of every 2 × 2 outputs of tiles (m, m, …), and the steps to it."""
    m, _, *tiles = y.shape
    pairs = y.reshape(m // 2, 2, m // 2, 2, *tiles)
    upper, lower = pairs[:, 0], pairs[:, 1]
    left, right = upper[:, :, 0], upper[:, :, 1]
    return left, [
        partial(np.maximum, upper, lower, out=upper),
        partial(np.maximum, left, right, out=left),
    ]


def _write(y: Array, image: Array, rectified: bool) -> list[Step]:
    """Steps from the outputs of tiles (m, m, n, down, across, c) to an image (n, h, w, c)."""
    steps: list[Step] = []
    m = len(y)
    # NumPy takes the maximum of two arrays several times as fast as of an array and a number.
    zeros = np.zeros(y.shape[-1], y.dtype)
    for u, v in np.ndindex(m, m):
        part = image[:, u::m, v::m]
        own = y[u, v, :, : part.shape[1], : part.shape[2]]
        steps.append(
            partial(np.maximum, own, zeros, out=part)
            if rectified
            else partial(np.copyto, part, own)
        )
    return steps


def _transforms(m: int) -> tuple[Array, Array, Array]:
    """G, Bᵀ and Aᵀ of F(m, 3), float64.

    Toom and Cook's method: evaluating two polynomials at m + 2 points, multiplying there and
    interpolating gives their product; its transpose is the correlation (Lavin and Gray, section 4).
    """
    points = np.array(_POINTS[m], np.float64)

    def evaluate(length: int) -> Array:
        at_infinity = np.eye(length)[-1:]
        return np.vstack([np.vander(points, length, increasing=True), at_infinity])

    return evaluate(3), np.linalg.inv(evaluate(m + 2)).T, evaluate(m).T
