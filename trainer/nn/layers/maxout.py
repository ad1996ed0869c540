"""Maxout: the maximum of several linear maps."""

from __future__ import annotations

from typing import Any

import numpy as np

from trainer.nn.layers.layer import Array, Buffers, Layer, Shape
from trainer.nn.layers.pooling import max_backward, max_forward


class Maxout(Layer):
    """y_j = max over k of x_{k m + j}, for x (n, pieces · m) and y (n, m).

    After a Linear, every output is the maximum of `pieces` linear maps of the input, a convex
    function whose shape is learned (Goodfellow et al., "Maxout Networks", 2013, eq. 1). x holds the
    first pieces of all outputs, then all second pieces, and so on.

    Backward: dx = dy where x was the maximum of its pieces, the first one of equals, 0 elsewhere.

    Args:
        pieces: Inputs per output.
    """

    kind = "maxout"

    def __init__(self, pieces: int) -> None:
        if pieces < 2:
            raise ValueError(f"maxout needs at least two pieces, not {pieces}")
        self.pieces = pieces
        self._buffers = Buffers()
        self._x: Array | None = None
        self._y: Array | None = None

    def output_shape(self, input_shape: Shape) -> Shape:
        """(m,), given (pieces · m,)."""
        if len(input_shape) != 1 or input_shape[0] % self.pieces:
            raise ValueError(f"maxout of {self.pieces} pieces cannot take {input_shape}")
        return (input_shape[0] // self.pieces,)

    def forward(self, x: Array, *, training: bool) -> Array:
        """x (n, pieces · m) → y (n, m)."""
        y = self._buffers.get("y", (len(x), *self.output_shape(x.shape[1:])), x.dtype)
        max_forward(self._pieces(x), y)
        self._x, self._y = (x, y) if training else (None, None)
        return y

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """dy (n, m) → dx (n, pieces · m)."""
        x, y = self._x, self._y
        if x is None or y is None:
            raise RuntimeError("backward needs a forward pass with training=True before it")
        if not need_d_x:
            return None
        d_x = self._buffers.get("d_x", x.shape, d_y.dtype)
        max_backward(d_y, y, self._pieces(x), self._pieces(d_x), self._buffers)
        return d_x

    def spec(self) -> dict[str, Any]:
        """Kind and number of pieces."""
        return {"kind": self.kind, "pieces": self.pieces}

    def _pieces(self, x: Array) -> list[Array]:
        """Views (n, m) of x: the first pieces of all outputs, the second pieces, and so on."""
        return np.split(x, self.pieces, axis=1)
