"""The rectified linear unit."""

from __future__ import annotations

from typing import Any

import numpy as np

from trainer.nn.layers.layer import Array, Buffers, Layer, Shape


class ReLU(Layer):
    """y = max(x, 0), elementwise, for samples of any shape. Backward: dx = dy where y > 0."""

    kind = "relu"

    def __init__(self) -> None:
        self._buffers = Buffers()
        self._y: Array | None = None

    def output_shape(self, input_shape: Shape) -> Shape:
        """The input's shape."""
        return input_shape

    def forward(self, x: Array, *, training: bool) -> Array:
        """x (n, …) → y (n, …)."""
        y = self._buffers.get("y", x.shape, x.dtype)
        np.maximum(x, 0, out=y)
        self._y = y if training else None
        return y

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """dy (n, …) → dx (n, …)."""
        if self._y is None:
            raise RuntimeError("backward needs a forward pass with training=True before it")
        if not need_d_x:
            return None
        passes = self._buffers.get("passes", d_y.shape, np.dtype(bool))
        np.greater(self._y, 0, out=passes)
        d_x = self._buffers.get("d_x", d_y.shape, d_y.dtype)
        return np.multiply(d_y, passes, out=d_x)

    def spec(self) -> dict[str, Any]:
        """Kind."""
        return {"kind": self.kind}
