"""The convolution by a 3 × 3 kernel with fewer multiplications, for finished networks."""

from __future__ import annotations

import numpy as np

from trainer.nn.convolution import Conv2d
from trainer.nn.layer import Array, Step

_KERNEL_TO_TILE = np.array([[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]])
_TILE_TO_OUTPUT = np.array([[1, 1, 1, 0], [0, 1, -1, -1]])

_LEAST_CHANNELS = 16
"""With fewer, the products are too narrow to be fast."""


class WinogradConvolution:
    """What `Conv2d` gives for a 3 × 3 kernel at stride 1 with one zero around the picture.

    Winograd's F(2 × 2, 3 × 3) (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks",
    2016, section 4.1): every tile of 2 × 2 outputs comes from 4 × 4 inputs d by

        Y = Aᵀ [Σ over channels of (G W Gᵀ) ⊙ (Bᵀ d B)] A,

    which takes 16 multiplications for each pair of channels instead of 36. Bᵀ d B are sums and
    differences of two values; the sums over channels are 16 matrix products. It rounds otherwise
    than `Conv2d`, by little: training, which must not change, does not use it.

    A tile is what a 2 × 2 pool sees. The pool after the convolution then costs next to nothing.

    Args:
        convolution: One that `suits`. Its weights are copied; its bias is left out.
        pooled: Whether to give the maximum of every 2 × 2 outputs.
    """

    def __init__(self, convolution: Conv2d, *, pooled: bool) -> None:
        if not self.suits(convolution):
            raise ValueError(f"no convolution for tiles of 2 × 2: {convolution.spec()}")
        weight = convolution.weight.value
        g = _KERNEL_TO_TILE
        # Axes: column and row of the tile, as the input's transform leaves them.
        tiles = np.einsum("au,bv,uvco->baco", g, g, weight.astype(np.float64))
        self._weight = tiles.reshape(16, *weight.shape[2:]).astype(weight.dtype)
        self._pooled = pooled

    @staticmethod
    def suits(convolution: Conv2d) -> bool:
        """Whether this is a convolution of the kind, and faster so."""
        kernel, _, inputs, _ = convolution.weight.value.shape
        shape = (kernel, convolution.stride, convolution.padding)
        return shape == (3, 1, 1) and inputs >= _LEAST_CHANNELS

    def compile(self, x: Array) -> tuple[Array, list[Step]]:
        """Transforms, 16 products and the transform back, each from buffer to buffer."""
        n, h, w, _ = x.shape
        _, inputs, outputs = self._weight.shape
        down, across = (h + 1) // 2, (w + 1) // 2
        tiles, to_tiles = _tiles(x, down, across)
        products = np.empty((16, n * down * across, outputs), x.dtype)
        back = np.kron(_TILE_TO_OUTPUT, _TILE_TO_OUTPUT).astype(x.dtype)
        # Axes: column and row in the tile's output as one, then the tiles.
        y = np.empty((4, n, down, across, outputs), x.dtype)

        def multiply() -> None:
            np.matmul(tiles.reshape(16, -1, inputs), self._weight, out=products)
            np.matmul(back, products.reshape(16, -1), out=y.reshape(4, -1))

        finish = _compile_pool if self._pooled else _compile_interleaving
        out, from_tiles = finish(y, h, w)
        return out, [*to_tiles, multiply, *from_tiles]


def _tiles(x: Array, down: int, across: int) -> tuple[Array, list[Step]]:
    """Bᵀ d B of all tiles (4, 4, n, down, across, c), with column and row of the tile in front."""
    n, h, w, c = x.shape
    # Even and odd columns apart: the columns of all tiles in a row then lie in one run. Only the
    # inside is ever written, so that the zeros around it stay.
    padded = np.zeros((2, n, 2 * down + 2, across + 1, c), x.dtype)
    inside = padded[:, :, 1 : h + 1]
    odd, even = inside[1, :, :, : (w + 1) // 2], inside[0, :, :, 1 : w // 2 + 1]
    rows_done = np.empty((2, 4, n, down, across + 1, c), x.dtype)
    rows = [padded[:, :, u : u + 2 * down - 1 : 2] for u in range(4)]
    columns = [rows_done[v % 2, ..., v // 2 : v // 2 + across, :] for v in range(4)]
    tiles = np.empty((4, 4, n, down, across, c), x.dtype)

    def pad() -> None:
        np.copyto(odd, x[:, :, 0::2])
        np.copyto(even, x[:, :, 1::2])

    def transform() -> None:
        _differences(rows, [rows_done[:, u] for u in range(4)])
        _differences(columns, list(tiles))

    return tiles, [pad, transform]


def _differences(d: list[Array], out: list[Array]) -> None:
    """Bᵀ d: d₀ − d₂, d₁ + d₂, d₂ − d₁, d₁ − d₃."""
    np.subtract(d[0], d[2], out=out[0])
    np.add(d[1], d[2], out=out[1])
    np.subtract(d[2], d[1], out=out[2])
    np.subtract(d[1], d[3], out=out[3])


def _compile_pool(y: Array, h: int, w: int) -> tuple[Array, list[Step]]:
    """The maximum of every tile's outputs; of an odd number of rows, the last is left out."""
    # Each is (n, ⌊h / 2⌋, ⌊w / 2⌋, c).
    a, b, c, d = y[:, :, : h // 2, : w // 2]
    pooled = np.empty(a.shape, y.dtype)

    def step() -> None:
        np.maximum(a, b, out=a)
        np.maximum(c, d, out=c)
        np.maximum(a, c, out=pooled)

    return pooled, [step]


def _compile_interleaving(y: Array, h: int, w: int) -> tuple[Array, list[Step]]:
    """Every tile's outputs at their places in the picture."""
    _, n, _, _, channels = y.shape
    whole = np.empty((n, h, w, channels), y.dtype)
    parts = [whole[:, u::2, v::2] for v, u in np.ndindex(2, 2)]
    owns = [own[:, : part.shape[1], : part.shape[2]] for part, own in zip(parts, y, strict=True)]

    def step() -> None:
        for part, own in zip(parts, owns, strict=True):
            np.copyto(part, own)

    return whole, [step]
