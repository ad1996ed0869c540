"""The largest of several arrays, value by value, and where its gradient goes."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trainer.nn.layer import Array, Buffers


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
