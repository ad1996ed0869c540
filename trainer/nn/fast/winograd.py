"""The convolution by a 3 × 3 kernel with fewer multiplications."""

from __future__ import annotations

from functools import partial

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from trainer.nn.fast.large_pages import on_large_pages
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Array, Step

_POINTS = {2: (0, 1, -1), 4: (0, 2 / 3, -2 / 3, 3 / 2, -3 / 2)}
"""By the tile's side: where polynomials are evaluated, besides infinity.

The usual points of F(4 × 4, 3 × 3), 0, ±1 and ±2, round twice as much: fractions near 1 keep the
matrices' entries alike (Alam et al., "Winograd Convolution for Deep Neural Networks: Efficient
Point Selection", 2022).
"""

_FETCH = 8
"""Tiles whose product takes as long as it takes to fetch a matrix of weights from memory."""

_LEAST_CHANNELS = 16
"""With fewer, the products are too narrow to be fast."""


class WinogradConvolution:
    """What `Conv2d` gives for a 3 × 3 kernel at stride 1 with one zero around the image.

    Winograd's F(m × m, 3 × 3) (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks",
    2016, section 4): every tile of m × m outputs comes from (m + 2) × (m + 2) inputs d by

        Y = Aᵀ [Σ over channels of (G W Gᵀ) ⊙ (Bᵀ d B)] A,

    which takes 16 multiplications for each pair of channels instead of 36 with m = 2, and 36
    instead of 144 with m = 4. The sums over channels are (m + 2)² matrix products. The transforms
    are products with the small matrices, too, rows first: memory is their limit, and BLAS passes
    through it once where sums and differences of arrays do for every term. It rounds otherwise than
    `Conv2d`, by little: training from the start, which must not change, does not use it, but
    fine-tuning does (`TiledConv2d`).

    A tile holds whole windows of a 2 × 2 pool. The pool after the convolution then costs next to
    nothing.

    Args:
        convolution: One that `suits`. Its weights are copied when this is compiled, and again by
            `refresh`.
        pooled: Whether to give the maximum of every 2 × 2 outputs.
    """

    def __init__(self, convolution: Conv2d, *, pooled: bool) -> None:
        if not self.suits(convolution):
            raise ValueError(f"no convolution for Winograd's tiles: {convolution.spec()}")
        self._kernel = convolution.weight.value
        bias = convolution.bias
        self._bias = np.zeros(self._kernel.shape[3]) if bias is None else bias.value
        self._filled: list[tuple[Array, Array, Array]] = []
        self._pooled = pooled

    @staticmethod
    def suits(convolution: Conv2d) -> bool:
        """Whether this is a convolution of the kind, and faster so."""
        kernel, _, inputs, _ = convolution.weight.value.shape
        shape = (kernel, convolution.stride, convolution.padding)
        return shape == (3, 1, 1) and inputs >= _LEAST_CHANNELS

    def refresh(self) -> None:
        """Takes weights and bias as they are now into what was compiled."""
        self._fill(self._kernel)

    def _fill(self, kernel: Array) -> None:
        """Transforms weights in the precision that they are given in."""
        flat = kernel.reshape(9, -1)
        for to_kernel, weight, bias in self._filled:
            transformed = to_kernel.astype(flat.dtype, copy=False) @ flat
            np.copyto(weight, transformed.reshape(weight.shape))
            bias.reshape(len(bias), -1, self._bias.size)[...] = self._bias

    def compile(self, x: Array) -> tuple[Array, list[Step]]:
        """Transforms, products and the transform back, each from buffer to buffer."""
        n, h, w, inputs = x.shape
        outputs = self._kernel.shape[3]
        m = min(_POINTS, key=lambda m: (n * -(-h // m) * -(-w // m) + _FETCH) * (m + 2) ** 2)
        t, down, across = m + 2, -(-h // m), -(-w // m)
        tiles = n * down * across
        to_kernel, to_tile, to_output = _transforms(m)
        to_tile, to_output = to_tile.astype(x.dtype), to_output.astype(x.dtype)
        weight = on_large_pages(np.zeros((t, t, inputs, outputs), x.dtype))

        # Only the inside is ever written, so that the zeros around it stay.
        padded = np.zeros((n, m * down + 2, m * across + 2, inputs), x.dtype)
        inside = padded[:, 1 : h + 1, 1 : w + 1]
        windows = sliding_window_view(padded, (t, t), axis=(1, 2))[:, ::m, ::m]
        windows = windows.transpose(4, 5, 0, 1, 2, 3)
        cut = np.empty(windows.shape, x.dtype)
        rows_done = np.empty((t, t, tiles * inputs), x.dtype)
        transformed = np.empty((t, t, tiles, inputs), x.dtype)
        products = np.empty((t, t, tiles, outputs), x.dtype)
        # One column more, which holds the bias and goes to every output alike.
        rows_back = np.empty((m, t + 1, tiles * outputs), x.dtype)
        self._filled.append((np.kron(to_kernel, to_kernel), weight, rows_back[:, t]))
        self._fill(self._kernel.astype(np.float64))
        to_output_and_bias = np.hstack([to_output, np.ones((m, 1), x.dtype)])
        # Axes: row and column in the tile's output, then the tiles.
        y = np.empty((m, m, n, down, across, outputs), x.dtype)
        without_bias = rows_back.reshape(m, -1)[:, : t * tiles * outputs]
        steps: list[Step] = [
            partial(np.copyto, inside, x),
            partial(np.copyto, cut, windows),
            partial(np.matmul, to_tile, cut.reshape(t, -1), out=rows_done.reshape(t, -1)),
            partial(np.matmul, to_tile, rows_done, out=transformed.reshape(t, t, -1)),
            partial(np.matmul, transformed, weight, out=products),
            partial(np.matmul, to_output, products.reshape(t, -1), out=without_bias),
            partial(np.matmul, to_output_and_bias, rows_back, out=y.reshape(m, m, -1)),
        ]
        finish = _compile_pool if self._pooled else _compile_interleaving
        out, from_tiles = finish(y, h, w)
        return out, [*steps, *from_tiles]


def _transforms(m: int) -> tuple[Array, Array, Array]:
    """G, Bᵀ and Aᵀ of F(m, 3).

    Toom and Cook's way: to evaluate two polynomials at m + 2 points, multiply there and interpolate
    is the product of the two; its transpose is the correlation (Lavin and Gray, section 4).
    """
    points = np.array(_POINTS[m], np.float64)

    def evaluate(length: int) -> Array:
        at_infinity = np.eye(length)[-1:]
        return np.vstack([np.vander(points, length, increasing=True), at_infinity])

    return evaluate(3), np.linalg.inv(evaluate(m + 2)).T, evaluate(m).T


def _compile_pool(y: Array, h: int, w: int) -> tuple[Array, list[Step]]:
    """The maximum of every 2 × 2 outputs; of an odd number of rows, the last is left out."""
    m, _, *tiles = y.shape
    windows = y.reshape(m // 2, 2, m // 2, 2, *tiles)
    upper, lower = windows[:, 0], windows[:, 1]
    whole, parts, left = _interleaved(upper[:, :, 0], h // 2, w // 2)
    _, _, right = _interleaved(upper[:, :, 1], h // 2, w // 2)
    columns = list(zip(left, right, parts, strict=True))

    def step() -> None:
        np.maximum(upper, lower, out=upper)
        for a, b, part in columns:
            np.maximum(a, b, out=part)

    return whole, [step]


def _compile_interleaving(y: Array, h: int, w: int) -> tuple[Array, list[Step]]:
    """Every tile's outputs at their places in the image."""
    whole, parts, owns = _interleaved(y, h, w)

    def step() -> None:
        for part, own in zip(parts, owns, strict=True):
            np.copyto(part, own)

    return whole, [step]


def _interleaved(y: Array, h: int, w: int) -> tuple[Array, list[Array], list[Array]]:
    """An image (n, h, w, c), its parts and which of y (m, m, n, down, across, c) go there."""
    m, _, n, _, _, channels = y.shape
    whole = np.empty((n, h, w, channels), y.dtype)
    places = list(np.ndindex(m, m))
    parts = [whole[:, u::m, v::m] for u, v in places]
    owns = [
        y[u, v, :, : part.shape[1], : part.shape[2]]
        for (u, v), part in zip(places, parts, strict=True)
    ]
    return whole, parts, owns
