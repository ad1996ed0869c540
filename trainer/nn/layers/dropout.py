"""Dropout."""

from __future__ import annotations

from typing import Any

import numpy as np

from trainer.nn.layers.layer import Array, Buffers, Layer, Shape


class Dropout(Layer):
    """In training, sets each value to 0 with probability `rate` and scales the rest by 1/(1−rate).

    In inference it is the identity: the scaling preserves the expected value, so that none is
    needed there (Srivastava et al., "Dropout", 2014; in its inverted form).

    Args:
        rate: Probability of dropping a value, 0 ≤ rate < 1.
        rng: Source of the masks; None if `reseed` is called before training.
    """

    kind = "dropout"

    def __init__(self, rate: float, rng: np.random.Generator | None) -> None:
        if not 0 <= rate < 1:
            raise ValueError(f"a dropout rate must lie in [0, 1), not at {rate}")
        self.rate = rate
        self._rng = rng
        self._buffers = Buffers()
        self._mask: Array | None = None

    def reseed(self, rng: np.random.Generator) -> None:
        """Draws all further masks from `rng`."""
        self._rng = rng

    def output_shape(self, input_shape: Shape) -> Shape:
        """The input's shape."""
        return input_shape

    def forward(self, x: Array, *, training: bool) -> Array:
        """x (n, …) → y (n, …)."""
        if not training or self.rate == 0:
            self._mask = None
            return x
        if self._rng is None:
            raise RuntimeError("dropout needs a random generator: call reseed before training")
        # Uniform float32 numbers take half the time of float64 ones.
        uniform = self._buffers.get("uniform", x.shape, np.dtype(np.float32))
        self._rng.random(dtype=np.float32, out=uniform)
        mask = self._buffers.get("mask", x.shape, x.dtype)
        np.greater_equal(uniform, self.rate, out=mask, casting="unsafe")
        mask *= 1 / (1 - self.rate)
        self._mask = mask
        y = self._buffers.get("y", x.shape, x.dtype)
        return np.multiply(x, mask, out=y)

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """dy (n, …) → dx (n, …): through the mask of the last forward pass."""
        if self._mask is None:
            return d_y
        d_x = self._buffers.get("d_x", d_y.shape, d_y.dtype)
        return np.multiply(d_y, self._mask, out=d_x)

    def spec(self) -> dict[str, Any]:
        """Kind and rate."""
        return {"kind": self.kind, "rate": self.rate}
