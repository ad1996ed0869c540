"""Pooling: smaller images by summarising every window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from trainer.nn.layers.layer import Array, Buffers, Layer, Shape

_PART_BYTES = 1 << 20
"""Input processed at a time, so that windows are read from the cache."""


class MaxPool2d(Layer):
    """The largest value of every window, channel by channel; windows are adjacent.

    (n, h, w, c) → (n, ⌊h / size⌋, ⌊w / size⌋, c); the remaining rows and columns are ignored.

    Backward: dx = dy where x was the largest of its window, the first of equals, and 0 elsewhere.

    max and ReLU commute: a ReLU after the pool gives the same as one before it, with 1 / size² of
    the work.

    Args:
        size: Height and width of a window.
    """

    kind = "max_pool2d"

    def __init__(self, size: int) -> None:
        if size < 1:
            raise ValueError(f"the size of a pool's windows must be at least 1, not {size}")
        self.size = size
        self._buffers = Buffers()
        self._x: Array | None = None
        self._y: Array | None = None

    def output_shape(self, input_shape: Shape) -> Shape:
        """(⌊h / size⌋, ⌊w / size⌋, c), given (h, w, c)."""
        if len(input_shape) != 3 or min(input_shape[:2]) < self.size:
            raise ValueError(f"a pool of {self.size} × {self.size} cannot take {input_shape}")
        h, w, c = input_shape
        return (h // self.size, w // self.size, c)

    def forward(self, x: Array, *, training: bool) -> Array:
        """x (n, h, w, c) → y (n, ⌊h / size⌋, ⌊w / size⌋, c)."""
        y = self._buffers.get("y", (len(x), *self.output_shape(x.shape[1:])), x.dtype)
        for part in _parts(x):
            self._pool(x[part], y[part])
        self._x, self._y = (x, y) if training else (None, None)
        return y

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """dy (n, ⌊h / size⌋, ⌊w / size⌋, c) → dx (n, h, w, c)."""
        x, y = self._x, self._y
        if x is None or y is None:
            raise RuntimeError("backward needs a forward pass with training=True before it")
        if not need_d_x:
            return None
        d_x = self._buffers.get("d_x", x.shape, d_y.dtype)
        if x.shape[1] % self.size or x.shape[2] % self.size:
            d_x.fill(0)
        for part in _parts(x):
            elements, d_elements = self.window_elements(x[part]), self.window_elements(d_x[part])
            max_backward(d_y[part], y[part], elements, d_elements, self._buffers)
        return d_x

    def spec(self) -> dict[str, Any]:
        """Kind and size."""
        return {"kind": self.kind, "size": self.size}

    def window_elements(self, x: Array) -> list[Array]:
        """Views (n, h', w', c) of x: the first element of every window, the second, and so on."""
        size = self.size
        h, w, _ = self.output_shape(x.shape[1:])
        return [x[:, u : h * size : size, v : w * size : size] for u, v in np.ndindex(size, size)]

    def _pool(self, x: Array, y: Array) -> None:
        # First of the windows' rows, which is fast as these are contiguous, then of their columns.
        size = self.size
        n, h, w, c = y.shape
        rows = self._buffers.get("rows", (n, h, w * size, c), x.dtype)
        max_forward([x[:, u : h * size : size, : w * size] for u in range(size)], rows)
        max_forward([rows[:, :, v::size] for v in range(size)], y)


class GlobalAveragePool(Layer):
    """The mean of every channel over the whole image: (n, h, w, c) → (n, c).

    Lin et al., "Network In Network", 2014, section 3.2. Backward: dx = dy / (h · w).
    """

    kind = "global_average_pool"

    def __init__(self) -> None:
        self._buffers = Buffers()
        self._input_shape: Shape | None = None

    def output_shape(self, input_shape: Shape) -> Shape:
        """(c,), given (h, w, c)."""
        if len(input_shape) != 3:
            raise ValueError(f"a global average pool takes (h, w, c), not {input_shape}")
        return (input_shape[2],)

    def forward(self, x: Array, *, training: bool) -> Array:
        """x (n, h, w, c) → y (n, c)."""
        n, h, w, c = x.shape
        self._input_shape = (h, w, c) if training else None
        y = self._buffers.get("y", (n, c), x.dtype)
        share = self._buffers.get("share", (h * w,), x.dtype)
        share.fill(1 / (h * w))
        return np.matmul(share, x.reshape(n, h * w, c), out=y)

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """dy (n, c) → dx (n, h, w, c)."""
        if self._input_shape is None:
            raise RuntimeError("backward needs a forward pass with training=True before it")
        if not need_d_x:
            return None
        h, w, _ = self._input_shape
        d_x = self._buffers.get("d_x", (len(d_y), *self._input_shape), d_y.dtype)
        return np.multiply(d_y[:, None, None, :], 1 / (h * w), out=d_x)

    def spec(self) -> dict[str, Any]:
        """Kind."""
        return {"kind": self.kind}


def _parts(x: Array) -> Iterator[slice]:
    """Slices of a batch that fit in the cache."""
    step = max(1, _PART_BYTES // max(1, x[0].nbytes))
    for start in range(0, len(x), step):
        yield slice(start, min(start + step, len(x)))


def max_forward(arrays: Sequence[Array], y: Array) -> None:
    """Fills y with the elementwise maximum of arrays of its shape."""
    np.maximum(arrays[0], arrays[1 % len(arrays)], out=y)
    for array in arrays[2:]:
        np.maximum(y, array, out=y)


def max_backward(
    d_y: Array, y: Array, arrays: Sequence[Array], d_arrays: Sequence[Array], buffers: Buffers
) -> None:
    """Fills the gradients of `arrays`, given dy for the y that `max_forward` computed from them.

    dy goes to the array with the maximum, the first one of equals, and 0 to all others.
    """
    # `rest` becomes exactly 0 where an array had the maximum, so that the last array gets dy
    # where no other did.
    rest = buffers.get("rest", d_y.shape, d_y.dtype)
    share = buffers.get("share", d_y.shape, d_y.dtype)
    is_max = buffers.get("is_max", d_y.shape, np.dtype(bool))
    np.copyto(rest, d_y)
    for array, d_array in zip(arrays[:-1], d_arrays[:-1], strict=True):
        np.equal(array, y, out=is_max)
        np.multiply(rest, is_max, out=share)
        np.copyto(d_array, share)
        np.subtract(rest, share, out=rest)
    np.copyto(d_arrays[-1], rest)
