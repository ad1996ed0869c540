"""Layers with a way around them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from trainer.nn.layers.layer import Array, Buffers, Compile, Layer, Parameter, Shape, Step


class Residual(Layer):
    """y = f(x) + g(x): f a chain of layers, g the identity or another, shorter chain.

    He et al., "Deep Residual Learning for Image Recognition", 2016, eq. 1 and 2. Backward:
    dx = f′(dy) + g′(dy).

    In `state` an array of f is called by its place in the chain, `0.weight`, and one of g
    `shortcut.0.weight`. Parameters keep the name that they have in their own layer.

    Args:
        layers: f, at least one layer.
        shortcut: g, such as a 1 × 1 convolution where f changes the shape; none for the identity.
    """

    kind = "residual"

    def __init__(self, layers: Sequence[Layer], shortcut: Sequence[Layer] = ()) -> None:
        if not layers:
            raise ValueError("a residual needs at least one layer to go around")
        self.layers = list(layers)
        self.shortcut = list(shortcut)
        self._buffers = Buffers()

    def output_shape(self, input_shape: Shape) -> Shape:
        """What both ways give, which must be the same."""
        shapes = []
        for chain in (self.layers, self.shortcut):
            shape = input_shape
            for layer in chain:
                shape = layer.output_shape(shape)
            shapes.append(shape)
        if shapes[0] != shapes[1]:
            raise ValueError(f"a residual gives {shapes[0]}, the way around it {shapes[1]}")
        return shapes[0]

    def reseed(self, rng: np.random.Generator) -> None:
        """Gives every inner layer a stream of its own."""
        inner = [*self.layers, *self.shortcut]
        for layer, stream in zip(inner, rng.spawn(len(inner)), strict=True):
            layer.reseed(stream)

    def freeze(self) -> None:
        """Freezes every inner layer."""
        for layer in (*self.layers, *self.shortcut):
            layer.freeze()

    def forward(self, x: Array, *, training: bool) -> Array:
        """x (n, …) → y (n, …)."""
        through, around = x, x
        for layer in self.layers:
            through = layer.forward(through, training=training)
        for layer in self.shortcut:
            around = layer.forward(around, training=training)
        y = self._buffers.get("y", through.shape, through.dtype)
        return np.add(through, around, out=y)

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """dy (n, …) → dx (n, …)."""
        through = _backward(self.layers, d_y, need_d_x)
        around = _backward(self.shortcut, d_y, need_d_x)
        if not need_d_x:
            return None
        if through is None or around is None:
            raise RuntimeError("a way of a residual returned no gradient")
        d_x = self._buffers.get("d_x", through.shape, through.dtype)
        return np.add(through, around, out=d_x)

    def compile(self, x: Array) -> tuple[Array, list[Step]]:
        """Both ways, layer by layer, and one addition."""
        ways = [[layer.compile for layer in chain] for chain in (self.layers, self.shortcut)]
        return added(ways[0], ways[1], x)

    def parameters(self) -> Sequence[Parameter]:
        """Those of f, then those of g."""
        return [p for layer in (*self.layers, *self.shortcut) for p in layer.parameters()]

    def state(self) -> dict[str, Array]:
        """The arrays of f and g by place and name."""
        return {
            f"{prefix}{place}.{name}": array
            for prefix, chain in (("", self.layers), ("shortcut.", self.shortcut))
            for place, layer in enumerate(chain)
            for name, array in layer.state().items()
        }

    def spec(self) -> dict[str, Any]:
        """Kind and the specs of f and g."""
        return {
            "kind": self.kind,
            "layers": [layer.spec() for layer in self.layers],
            "shortcut": [layer.spec() for layer in self.shortcut],
        }


def added(
    layers: Sequence[Compile], shortcut: Sequence[Compile], x: Array
) -> tuple[Array, list[Step]]:
    """The sum of both ways, from a copy of x each, for either may work in place."""
    copy = np.empty_like(x)
    steps: list[Step] = [lambda: np.copyto(copy, x)]
    through, around = x, copy
    for compile_next in layers:
        through, more = compile_next(through)
        steps += more
    for compile_next in shortcut:
        around, more = compile_next(around)
        steps += more

    def add() -> None:
        np.add(through, around, out=through)

    return through, [*steps, add]


def _backward(chain: Sequence[Layer], d_y: Array, need_d_x: bool) -> Array | None:
    """The gradient through a chain; without `need_d_x`, no further than to the first parameters."""
    first = 0
    if not need_d_x:
        learns = (place for place, layer in enumerate(chain) if layer.parameters())
        first = next(learns, len(chain))
    flowing: Array | None = d_y
    for place in range(len(chain) - 1, first - 1, -1):
        if flowing is None:
            raise RuntimeError("a layer in the middle of a residual returned no gradient")
        flowing = chain[place].backward(flowing, need_d_x=need_d_x or place > first)
    return flowing
