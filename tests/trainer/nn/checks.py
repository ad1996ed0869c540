"""What every layer's tests ask."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np

from trainer.nn.gradient_check import layer_errors
from trainer.nn.layers.layer import Array, Layer
from trainer.nn.sequential import UFUNC_BUFFER


def assert_gradients(layer: Layer, x: Array, tolerance: float = 1e-6) -> None:
    """dx and every parameter's gradient agree with finite differences, in float64."""
    assert x.dtype == np.float64
    for place, parameter in enumerate(layer.parameters()):
        assert parameter.value.dtype == np.float64
        # The layers of a residual may use a name twice.
        parameter.name = str(place)
    errors = layer_errors(layer, x, np.random.default_rng(5))
    assert len(errors) == 1 + len(layer.parameters())
    assert max(errors.values()) < tolerance, errors


def assert_compiled(layer: Layer, x: Array, tolerance: float = 1e-5) -> None:
    """The compiled pass gives what `forward` gives, twice, and allocates nothing.

    Nothing but NumPy's own scratch, that is, which the size of the arrays has no part in.
    """
    expected = layer.forward(x, training=False).copy()
    assert expected.shape == (len(x), *layer.output_shape(x.shape[1:]))
    held = x.copy()
    y, steps = layer.compile(held)
    for _ in range(2):
        # A step may work in place.
        held[...] = x
        for step in steps:
            step()
        np.testing.assert_allclose(y, expected, rtol=tolerance, atol=tolerance)

    def run() -> None:
        for step in steps:
            step()

    default = np.setbufsize(UFUNC_BUFFER)
    try:
        assert peak_bytes(run) < 8 * UFUNC_BUFFER + 4096 < x.nbytes
    finally:
        np.setbufsize(default)


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
