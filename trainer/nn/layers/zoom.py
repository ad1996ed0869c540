"""A nearer look at the middle of an image: a fixed layer."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.nn.layers.layer import Array, Layer, Shape, Step


class Zoom(Layer):
    """The middle of a flat square image at another size: y = W x Wᵀ for each image.

    A row of W holds the weights of the old pixels in a new one: a triangle as wide as the step
    between new pixels where these are coarser, so that nothing aliases. There is nothing to learn,
    so it must come first, and no gradient passes through it.

    Args:
        side: Of the image that comes in, in pixels.
        share: Of that side that is looked at, above 0 and up to 1.
        size: Pixels a side of what is seen.
    """

    kind = "zoom"

    def __init__(self, side: int, share: float, size: int) -> None:
        if not 0 < share <= 1:
            raise ValueError(f"a zoom's share must lie above 0 and up to 1, not at {share!r}")
        self.side, self.share, self.size = side, share, size
        self.weights = _triangles(side, share, size)

    def output_shape(self, input_shape: Shape) -> Shape:
        """(size²,), given (side²,)."""
        if input_shape != (self.side**2,):
            raise ValueError(f"a zoom takes ({self.side**2},) and not {input_shape}")
        return (self.size**2,)

    def forward(self, x: Array, *, training: bool) -> Array:
        """x (n, side²) → y (n, size²)."""
        weights = self.weights.astype(x.dtype, copy=False)
        seen: Array = weights @ x.reshape(len(x), self.side, self.side) @ weights.T
        return seen.reshape(len(x), self.size**2)

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """Nothing: the layer is fixed and comes first."""
        if need_d_x:
            raise RuntimeError("a zoom passes no gradient on and must come first")
        return None

    def compile(self, x: Array) -> tuple[Array, list[Step]]:
        """Two products of matrices."""
        n = len(x)
        weights = self.weights.astype(x.dtype)
        images = x.reshape(n, self.side, self.side)
        down = np.empty((n, self.size, self.side), x.dtype)
        seen = np.empty((n, self.size, self.size), x.dtype)

        def resample() -> None:
            np.matmul(weights, images, out=down)
            np.matmul(down, weights.T, out=seen)

        return seen.reshape(n, -1), [resample]

    def spec(self) -> dict[str, Any]:
        """Kind, sizes and share."""
        return {"kind": self.kind, "side": self.side, "share": self.share, "size": self.size}


def _triangles(side: int, share: float, size: int) -> NDArray[np.float32]:
    """(size, side): every row adds up to 1."""
    step = side * share / size
    middle = (np.arange(size) + 0.5 - size / 2) * step + side / 2 - 0.5
    distance = np.abs(middle[:, None] - np.arange(side)) / max(step, 1.0)
    weights = np.maximum(1 - distance, 0)
    return np.asarray(weights / weights.sum(axis=1, keepdims=True), np.float32)
