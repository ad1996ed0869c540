"""The convolution of images with few channels, for finished networks."""

from __future__ import annotations

from functools import partial
from itertools import product

import numpy as np
from numpy.lib.stride_tricks import as_strided

from trainer.nn.layers.layer import Array, Step

MOST_CHANNELS = 15
"""With more, channels last is faster."""

_COLUMN_BYTES = 192 << 10
"""Unrolled at a time: this, its product and what is pooled from it share a second-level cache."""


class PlaneConvolution:
    """A convolution at stride 1, and perhaps the pool after it, over planes.

    `Conv2d` unrolls few channels in runs as long as a row of the image. Here a row of zeros'
    padding is part of the run, so that the runs of all rows join: what the kernel's place (u, v)
    sees of one plane is one single run of memory. The few columns too many that come of it, where
    the kernel wraps around the image's edge, are multiplied and then not looked at.

    Args:
        weight: (kernel, kernel, inputs, outputs).
        bias: (outputs,), or None.
        padding: Zeros on each side.
        pool: Side of the windows whose maxima are given; 1 for every output.
    """

    def __init__(self, weight: Array, bias: Array | None, padding: int, pool: int = 1) -> None:
        self._weight = weight
        self._bias = bias
        self._padding = padding
        self._pool = pool

    def compile(self, x: Array) -> tuple[Array, list[Step]]:
        """Some rows at a time: unrolls, multiplies and pools while they are in the cache."""
        n, h, w, c = x.shape
        kernel, _, _, outputs = self._weight.shape
        p = self._padding
        wide = w + 2 * p
        # Only the inside is ever written. The row more is for the wrapped run at the end.
        padded = np.zeros((c, n, h + 2 * p + 1, wide), x.dtype)
        inside = padded[:, :, p : p + h, p : p + w].transpose(1, 2, 3, 0)
        steps: list[Step] = [partial(np.copyto, inside, x)]

        size = self._pool
        down, across = (h + 2 * p - kernel + 1) // size, (wide - kernel + 1) // size
        window_bytes = kernel * kernel * c * size * wide * x.itemsize
        rows = max(1, _COLUMN_BYTES // window_bytes)
        most = rows * size * wide
        # The last row stays 1 and is multiplied by the bias: that saves a pass over the products.
        bias = np.zeros(outputs, x.dtype) if self._bias is None else self._bias
        weight = np.vstack([self._weight.reshape(-1, outputs), bias])
        matrix = np.ones((len(weight), most), x.dtype)
        columns = matrix[:-1].reshape(kernel, kernel, c, most)
        products = np.empty((most, outputs), x.dtype)
        out = np.empty((n, down, across, outputs), x.dtype)
        for image, start in product(range(n), range(0, down, rows)):
            stop = min(start + rows, down)
            run = (stop - start) * size * wide
            planes = padded[:, image, start * size :]
            strides = (wide * x.itemsize, x.itemsize, planes.strides[0], x.itemsize)
            seen = as_strided(planes, (kernel, kernel, c, run), strides)
            y = products[:run].reshape(stop - start, size, wide, outputs)
            whole = y[:, 0, : across * size]
            target = out[image, start:stop]
            steps += [
                partial(np.copyto, columns[..., :run], seen),
                partial(np.matmul, matrix[:, :run].T, weight, out=products[:run]),
                *(partial(np.maximum, y[:, 0], y[:, u], out=y[:, 0]) for u in range(1, size)),
                partial(np.maximum, whole[:, ::size], whole[:, 1 % size :: size], out=target),
                *(
                    partial(np.maximum, target, whole[:, v::size], out=target)
                    for v in range(2, size)
                ),
            ]
        return out, steps
