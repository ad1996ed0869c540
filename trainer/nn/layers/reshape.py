"""Changes of shape: the same values in another arrangement."""

from __future__ import annotations

from math import prod
from typing import Any

from trainer.nn.layers.layer import Array, Layer, Shape


class Reshape(Layer):
    """Gives every sample another shape, such as a flat image (h·w,) the shape (h, w, 1).

    Forward and backward are views: nothing is copied.

    Args:
        shape: Of one output sample, sizes of at least 1; row-major order.
    """

    kind = "reshape"

    def __init__(self, shape: Shape) -> None:
        if not shape or min(shape) < 1:
            raise ValueError(f"the sizes of a shape must be at least 1, not {shape}")
        self.shape = tuple(shape)
        self._input_shape: Shape | None = None

    def output_shape(self, input_shape: Shape) -> Shape:
        """`shape`, given any shape of as many values."""
        if prod(input_shape) != prod(self.shape):
            raise ValueError(f"{input_shape} cannot be reshaped to {self.shape}")
        return self.shape

    def forward(self, x: Array, *, training: bool) -> Array:
        """x (n, …) → y (n, *shape), a view."""
        self._input_shape = x.shape[1:] if training else None
        return x.reshape(len(x), *self.shape)

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """dy (n, *shape) → dx (n, …), a view."""
        if self._input_shape is None:
            raise RuntimeError("backward needs a forward pass with training=True before it")
        return d_y.reshape(len(d_y), *self._input_shape)

    def spec(self) -> dict[str, Any]:
        """Kind and shape."""
        return {"kind": self.kind, "shape": list(self.shape)}


class Flatten(Layer):
    """Arranges the values of every sample in one row: (n, h, w, c) → (n, h·w·c), a view."""

    kind = "flatten"

    def __init__(self) -> None:
        self._input_shape: Shape | None = None

    def output_shape(self, input_shape: Shape) -> Shape:
        """(values,)."""
        return (prod(input_shape),)

    def forward(self, x: Array, *, training: bool) -> Array:
        """x (n, …) → y (n, values), a view."""
        self._input_shape = x.shape[1:] if training else None
        return x.reshape(len(x), -1)

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """dy (n, values) → dx (n, …), a view."""
        if self._input_shape is None:
            raise RuntimeError("backward needs a forward pass with training=True before it")
        return d_y.reshape(len(d_y), *self._input_shape)

    def spec(self) -> dict[str, Any]:
        """Kind."""
        return {"kind": self.kind}
