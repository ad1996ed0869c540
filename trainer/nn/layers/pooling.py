"""Pooling: images made smaller by a summary of every window."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from trainer.nn.layers.layer import Array, Buffers, Layer, Shape, Step

_PART_BYTES = 1 << 20
"""Input handled at a time, so that its windows are read from the cache."""


class _Pool2d(Layer):
    """A pool over windows of size × size that touch but do not overlap.

    (n, h, w, c) → (n, ⌊h / size⌋, ⌊w / size⌋, c); rows and columns left over are not looked at.

    Args:
        size: Height and width of a window.
    """

    def __init__(self, size: int) -> None:
        if size < 1:
            raise ValueError(f"a pool's window needs a size of 1 and more, not {size}")
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
            self._pool(list(self.places(x[part])), y[part])
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
            self._spread(
                d_y[part], y[part], list(self.places(x[part])), list(self.places(d_x[part]))
            )
        return d_x

    def compile(self, x: Array) -> tuple[Array, list[Step]]:
        """The forward pass into a buffer."""
        y = np.empty((len(x), *self.output_shape(x.shape[1:])), x.dtype)
        places = list(self.places(x))

        def step() -> None:
            self._pool(places, y)

        return y, [step]

    def spec(self) -> dict[str, Any]:
        """Kind and size."""
        return {"kind": self.kind, "size": self.size}

    def places(self, x: Array) -> Iterator[Array]:
        """Views (n, h', w', c) of x: the first value of every window, the second, and so on."""
        size = self.size
        h, w, _ = self.output_shape(x.shape[1:])
        for u in range(size):
            for v in range(size):
                yield x[:, u : h * size : size, v : w * size : size]

    @abstractmethod
    def _pool(self, places: list[Array], y: Array) -> None:
        """Fills y from its windows' values."""

    @abstractmethod
    def _spread(self, d_y: Array, y: Array, places: list[Array], d_places: list[Array]) -> None:
        """Fills the gradients of the windows' values."""


class MaxPool2d(_Pool2d):
    """The largest value of every window, channel by channel.

    Backward: dx = dy where x was the largest of its window, the first of equals, and 0 elsewhere.

    max and a rectifier commute, so that a ReLU after the pool gives the same as one before it, for
    a size²-th of the work.
    """

    kind = "max_pool2d"

    def compile(self, x: Array) -> tuple[Array, list[Step]]:
        """The largest of every window's rows, in long runs; then of their columns."""
        size = self.size
        h, w, c = self.output_shape(x.shape[1:])
        rows = np.empty((len(x), h, w * size, c), x.dtype)
        y = np.empty((len(x), h, w, c), x.dtype)
        from_rows = [x[:, u : h * size : size, : w * size] for u in range(size)]
        from_columns = [rows[:, :, v::size] for v in range(size)]

        def step() -> None:
            self._pool(from_rows, rows)
            self._pool(from_columns, y)

        return y, [step]

    def _pool(self, places: list[Array], y: Array) -> None:
        largest(places, y)

    def _spread(self, d_y: Array, y: Array, places: list[Array], d_places: list[Array]) -> None:
        to_the_largest(d_y, y, places, d_places, self._buffers)


class AveragePool2d(_Pool2d):
    """The mean of every window, channel by channel. Backward: dx = dy / size²."""

    kind = "average_pool2d"

    def _pool(self, places: list[Array], y: Array) -> None:
        np.copyto(y, places[0])
        for place in places[1:]:
            np.add(y, place, out=y)
        np.multiply(y, 1 / self.size**2, out=y)

    def _spread(self, d_y: Array, y: Array, places: list[Array], d_places: list[Array]) -> None:
        for d_place in d_places:
            np.multiply(d_y, 1 / self.size**2, out=d_place)


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

    def compile(self, x: Array) -> tuple[Array, list[Step]]:
        """One product with equal weights into a buffer."""
        n, h, w, c = x.shape
        pixels = x.reshape(n, h * w, c)
        share = np.full(h * w, 1 / (h * w), x.dtype)
        y = np.empty((n, c), x.dtype)

        def step() -> None:
            np.matmul(share, pixels, out=y)

        return y, [step]

    def spec(self) -> dict[str, Any]:
        """Kind."""
        return {"kind": self.kind}


def _parts(x: Array) -> Iterator[slice]:
    """Slices that cut a batch into parts that fit in the cache."""
    step = max(1, _PART_BYTES // max(1, x[0].nbytes))
    for start in range(0, len(x), step):
        yield slice(start, min(start + step, len(x)))


def largest(arrays: Sequence[Array], y: Array) -> None:
    """Fills y with the largest of arrays of its shape."""
    np.maximum(arrays[0], arrays[1 % len(arrays)], out=y)
    for array in arrays[2:]:
        np.maximum(y, array, out=y)


def to_the_largest(
    d_y: Array, y: Array, arrays: Sequence[Array], d_arrays: Sequence[Array], buffers: Buffers
) -> None:
    """Fills the gradients of `arrays`, given dy for the y that `largest` made of them.

    dy goes to the array whose value was the largest, the first of equals, and 0 to the others.
    """
    # What is left of dy after the first value equal to the maximum took it is exactly 0, so that
    # the last value gets what no other took.
    left = buffers.get("left", d_y.shape, d_y.dtype)
    taken = buffers.get("taken", d_y.shape, d_y.dtype)
    is_largest = buffers.get("is_largest", d_y.shape, np.dtype(bool))
    np.copyto(left, d_y)
    for array, d_array in zip(arrays[:-1], d_arrays[:-1], strict=True):
        np.equal(array, y, out=is_largest)
        np.multiply(left, is_largest, out=taken)
        np.copyto(d_array, taken)
        np.subtract(left, taken, out=left)
    np.copyto(d_arrays[-1], left)
