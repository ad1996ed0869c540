"""What every layer's tests ask."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np

from trainer.nn.gradient_check import layer_errors
from trainer.nn.layers.layer import Array, Layer


def assert_gradients(layer: Layer, x: Array, tolerance: float = 1e-6) -> None:
    """dx and every parameter's gradient agree with finite differences, in float64."""
    assert x.dtype == np.float64
    assert all(parameter.value.dtype == np.float64 for parameter in layer.parameters())
    errors = layer_errors(layer, x, np.random.default_rng(5))
    assert len(errors) == 1 + len(layer.parameters())
    assert max(errors.values()) < tolerance, errors


def peak_bytes(call: Callable[[], Any]) -> int:
    """The most memory that a call holds beyond what was held before it."""
    call()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        call()
        return tracemalloc.get_traced_memory()[1] - before
    finally:
        tracemalloc.stop()


def normal(*shape: int, seed: int = 0, dtype: type[np.floating[Any]] = np.float64) -> Array:
    """Standard normal numbers."""
    return np.random.default_rng(seed).standard_normal(shape).astype(dtype)
