"""Finite differences: a check of backward passes against forward passes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from trainer.nn.layers.layer import Array, Layer


def numerical_gradient(f: Callable[[], float], x: Array, step: float = 1e-6) -> Array:
    """dF/dx by central differences, (f(x + h) − f(x − h)) / 2h, one element of x at a time.

    Args:
        f: Reads x and returns a number.
        x: float64; changed during the call and restored.
        step: h.
    """
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        value = x[index]
        x[index] = value + step
        above = f()
        x[index] = value - step
        below = f()
        x[index] = value
        gradient[index] = (above - below) / (2 * step)
    return gradient


def relative_error(a: Array, b: Array) -> float:
    """‖a − b‖ / max(‖a‖, ‖b‖): 1e-8 for a correct float64 gradient, 1 for a wrong one."""
    scale = max(float(np.linalg.norm(a)), float(np.linalg.norm(b)))
    return float(np.linalg.norm(a - b)) / scale if scale else 0.0


def layer_errors(layer: Layer, x: Array, rng: np.random.Generator) -> dict[str, float]:
    """Relative errors of a layer's dx and of its parameters' gradients, by name.

    The loss is a random linear function of the output, L = Σ r · y, so that dL/dy = r.

    Args:
        layer: A deterministic layer with float64 parameters.
        x: (n, …) float64.
        rng: Source of r.
    """
    r = rng.standard_normal(layer.forward(x, training=True).shape)

    def loss() -> float:
        return float((layer.forward(x, training=True) * r).sum())

    loss()
    d_x = layer.backward(r)
    if d_x is None:
        raise RuntimeError(f"{layer.kind} returned no gradient for its input")
    analytical = {"x": d_x.copy()} | {p.name: p.grad.copy() for p in layer.parameters()}
    arrays = {"x": x} | {p.name: p.value for p in layer.parameters()}
    return {
        name: relative_error(analytical[name], numerical_gradient(loss, array))
        for name, array in arrays.items()
    }
