"""Batch normalisation."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from trainer.nn.layers.layer import Array, Buffers, Layer, Parameter, Shape

_PART_BYTES = 1 << 20
"""Activations processed at a time, so that the next operation finds them in the cache."""


class BatchNorm(Layer):
    """y = γ (x − μ) / √(σ² + ε) + β per channel, the last axis, of vectors or images.

    In training μ and σ² are those of the batch, over every axis but the last. Inference uses their
    running averages, which have no gradient (Ioffe and Szegedy, "Batch Normalization", 2015,
    algorithms 1 and 2). With N values per channel, x̂ = (x − μ) / √(σ² + ε), backward is

    dβ = Σ dy, dγ = Σ dy x̂, dx = γ / √(σ² + ε) · (dy − dβ / N − x̂ dγ / N).

    Memory bandwidth is the limit here, not arithmetic. So dx is evaluated as a · dy + b · x + c
    with three numbers per channel, x̂ is never stored, batches are processed in parts that fit in
    the cache, and the numbers per channel are repeated along a row of pixels, which gives NumPy
    long inner loops.

    Args:
        channels: Size of the last axis.
        momentum: Weight of a batch in the running averages.
        epsilon: ε, against division by zero.
        dtype: float32, or float64 for gradient checks.
    """

    kind = "batch_norm"

    def __init__(
        self,
        channels: int,
        *,
        momentum: float = 0.1,
        epsilon: float = 1e-5,
        dtype: type[np.floating[Any]] = np.float32,
    ) -> None:
        if channels < 1:
            raise ValueError(f"a batch norm needs channels, not {channels}")
        if not (0 < momentum <= 1 and 0 < epsilon < 1):
            raise ValueError("momentum and epsilon of a batch norm lie between 0 and 1")
        self.momentum = momentum
        self.epsilon = epsilon
        gamma, beta = np.ones(channels, dtype), np.zeros(channels, dtype)
        self.gamma = Parameter("gamma", gamma, np.zeros_like(gamma), decays=False)
        self.beta = Parameter("beta", beta, np.zeros_like(beta), decays=False)
        self.mean = np.zeros(channels, dtype)
        self.variance = np.ones(channels, dtype)
        self._buffers = Buffers()
        self._x: Array | None = None
        self._batch_mean = self.mean
        self._inverse = self.variance
        self._frozen = False

    def freeze(self) -> None:
        """Uses the running averages in training, too, and no longer updates them.

        A few images of one person would move them away from those of all other people.
        """
        self._frozen = True

    def affine(self) -> tuple[Array, Array]:
        """a and b (channels,) of y = a x + b, the layer with its running averages."""
        a = self.gamma.value / np.sqrt(self.variance + self.epsilon)
        return a, self.beta.value - a * self.mean

    def output_shape(self, input_shape: Shape) -> Shape:
        """The input's shape, whose last axis must be the channels."""
        if not input_shape or input_shape[-1] != self.mean.size:
            raise ValueError(f"a batch norm of {self.mean.size} channels cannot take {input_shape}")
        return input_shape

    def forward(self, x: Array, *, training: bool) -> Array:
        """x (n, …, channels) → y (n, …, channels)."""
        y = self._buffers.get("y", x.shape, x.dtype)
        if not training:
            self._x = None
            _affine(x, *self.affine(), y)
            return y
        if self._frozen:
            self._x = x
            self._batch_mean = self.mean
            self._inverse = 1 / np.sqrt(self.variance + self.epsilon)
            a = self.gamma.value * self._inverse
            _affine(x, a, self.beta.value - a * self.mean, y)
            return y
        n = x.size // self.mean.size
        mean = _per_channel(self._column_sums(x), self.mean.size) / n
        variance = self._centre(x, mean, y) / n
        # The samples' variance underestimates that of their distribution by (n − 1) / n.
        self._update_average(self.mean, mean)
        self._update_average(self.variance, variance * (n / max(1, n - 1)))
        self._x = x
        self._batch_mean = mean
        self._inverse = 1 / np.sqrt(variance + self.epsilon)
        _affine(y, self.gamma.value * self._inverse, self.beta.value, y)
        return y

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """dy (n, …, channels) → dx (n, …, channels)."""
        x = self._x
        if x is None:
            raise RuntimeError("backward needs a forward pass with training=True before it")
        channels = self.mean.size
        n = x.size // channels
        d_beta = _per_channel(self._column_sums(d_y), channels)
        product = np.zeros(_wide(x).shape[1])
        for part in _parts(_wide(x)):
            product += np.einsum("ij,ij->j", _wide(d_y)[part], _wide(x)[part])
        d_gamma = (_per_channel(product, channels) - self._batch_mean * d_beta) * self._inverse
        self.beta.grad[...] = d_beta
        self.gamma.grad[...] = d_gamma
        if not need_d_x:
            return None
        a = self.gamma.value * self._inverse
        if self._frozen:
            d_x = self._buffers.get("d_x", x.shape, d_y.dtype)
            _affine(d_y, a, np.zeros_like(a), d_x)
            return d_x
        b = -a * self._inverse * d_gamma / n
        c = -a * d_beta / n - b * self._batch_mean
        return self._combine(d_y, a, x, b, c)

    def parameters(self) -> Sequence[Parameter]:
        """γ, β."""
        return (self.gamma, self.beta)

    def state(self) -> dict[str, Array]:
        """γ, β and the running averages."""
        return {**super().state(), "mean": self.mean, "variance": self.variance}

    def spec(self) -> dict[str, Any]:
        """Kind, size and constants."""
        return {
            "kind": self.kind,
            "channels": self.mean.size,
            "momentum": self.momentum,
            "epsilon": self.epsilon,
        }

    def _column_sums(self, x: Array) -> Array:
        """Σ over the rows of the wide view, in float64 from part to part."""
        rows = _wide(x)
        total = np.zeros(rows.shape[1])
        for part in _parts(rows):
            # As a product with ones: BLAS sums faster than add.reduce.
            total += self._ones(len(rows[part]), x.dtype) @ rows[part]
        return total

    def _centre(self, x: Array, mean: Array, y: Array) -> Array:
        """y = x − mean, and Σ y² per channel: free of the cancellation in E[x²] − E[x]²."""
        source, target = _wide(x), _wide(y)
        wide_mean = _repeat(mean, source)
        total = np.zeros(source.shape[1])
        for part in _parts(source):
            np.subtract(source[part], wide_mean, out=target[part])
            total += np.einsum("ij,ij->j", target[part], target[part])
        return _per_channel(total, mean.size)

    def _combine(self, d_y: Array, a: Array, x: Array, b: Array, c: Array) -> Array:
        """a · dy + b · x + c, part by part."""
        d_x = self._buffers.get("d_x", x.shape, d_y.dtype)
        source, other, target = _wide(d_y), _wide(x), _wide(d_x)
        wide_a, wide_b, wide_c = (_repeat(factor, source) for factor in (a, b, c))
        for part in _parts(source):
            s = self._buffers.get("s", other[part].shape, x.dtype)
            np.multiply(other[part], wide_b, out=s)
            np.add(s, wide_c, out=s)
            np.multiply(source[part], wide_a, out=target[part])
            np.add(target[part], s, out=target[part])
        return d_x

    def _ones(self, n: int, dtype: np.dtype[Any]) -> Array:
        ones = self._buffers.get("ones", (n,), dtype)
        ones.fill(1)
        return ones

    def _update_average(self, running: Array, batch: Array) -> None:
        running *= 1 - self.momentum
        running += self.momentum * batch.astype(running.dtype)


def _wide(x: Array) -> Array:
    """A view with a row of pixels as one row: (n, h, w, c) → (n · h, w · c); (n, c) unchanged."""
    return x if x.ndim == 2 else x.reshape(-1, x.shape[-2] * x.shape[-1])


def _parts(rows: Array) -> Iterator[slice]:
    """Slices of rows that fit in the cache."""
    step = max(1, _PART_BYTES // (rows.shape[1] * rows.itemsize))
    for start in range(0, len(rows), step):
        yield slice(start, min(start + step, len(rows)))


def _repeat(factor: Array, rows: Array) -> Array:
    """A number per channel → a number per column of the wide view."""
    return np.tile(factor, rows.shape[1] // factor.size).astype(rows.dtype)


def _per_channel(columns: Array, channels: int) -> Array:
    """A sum per column of the wide view → a sum per channel."""
    total: Array = columns.reshape(-1, channels).sum(axis=0)
    return total


def _affine(x: Array, a: Array, b: Array, y: Array) -> None:
    """y = a x + b with a and b per channel; y may be x."""
    source, target = _wide(x), _wide(y)
    wide_a, wide_b = _repeat(a, source), _repeat(b, source)
    for part in _parts(source):
        np.multiply(source[part], wide_a, out=target[part])
        np.add(target[part], wide_b, out=target[part])
