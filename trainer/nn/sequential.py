"""A network: a sequence of layers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Array, Layer, Parameter, Shape


class Sequential:
    """A sequence of layers from a batch of inputs to a batch of logits.

    All parameters are views of one flat vector `theta`, and their gradients of `gradient`, so that
    optimisers, averages of weights and checkpoints handle one array instead of dozens.

    Args:
        layers: In the order in which a sample passes them.
        input_shape: Shape of one input sample.

    Raises:
        ValueError: A layer cannot take the output of the one before it.
    """

    def __init__(self, layers: Sequence[Layer], input_shape: Shape) -> None:
        self.layers = list(layers)
        self.input_shape = input_shape
        self._frozen = 0  # First layer that learns.
        shape = input_shape
        for index, layer in enumerate(self.layers):
            try:
                shape = layer.output_shape(shape)
            except ValueError as error:
                raise ValueError(f"layer {index}: {error}") from None
        self.output_shape = shape
        self._parameters = [p for layer in self.layers for p in layer.parameters()]
        self.theta, self.gradient = _flatten(self._parameters)

    def forward(self, x: Array, *, training: bool = False) -> Array:
        """x (n, *input_shape) → logits (n, classes), valid until the next call."""
        for index, layer in enumerate(self.layers):
            x = layer.forward(x, training=training and index >= self._frozen)
        return x

    def backward(self, d_logits: Array) -> None:
        """dL/dlogits (n, classes) → fills `gradient` for the last training forward pass."""
        # Layers before the first one that learns need no gradient.
        learns = [any(p.trainable for p in layer.parameters()) for layer in self.layers]
        first = learns.index(True)
        d_y: Array | None = d_logits
        for index in range(len(self.layers) - 1, first - 1, -1):
            if d_y is None:
                raise RuntimeError("a layer in the middle of the network returned no gradient")
            d_y = self.layers[index].backward(d_y, need_d_x=index > first)

    def reseed(self, rng: np.random.Generator) -> None:
        """Gives every layer a new random generator."""
        for layer, stream in zip(self.layers, rng.spawn(len(self.layers)), strict=True):
            layer.reseed(stream)

    def freeze(self, convolutions: int = 0) -> None:
        """Stops updating the batch norms' statistics, for fine-tuning on few images.

        Args:
            convolutions: In a network with more of them, the first ones stay as they are, too, and
                so does every layer before the next one.
        """
        for layer in self.layers:
            layer.freeze()
        found = [i for i, layer in enumerate(self.layers) if isinstance(layer, Conv2d)]
        self._frozen = found[convolutions] if 0 < convolutions < len(found) else 0
        for layer in self.layers[: self._frozen]:
            for parameter in layer.parameters():
                parameter.trainable = False

    def parameters(self) -> Sequence[Parameter]:
        """Every layer's parameters, in order."""
        return self._parameters

    def state(self) -> dict[str, Array]:
        """Every array by `LAYER.NAME`, for a weight file."""
        return {
            f"{index}.{name}": array
            for index, layer in enumerate(self.layers)
            for name, array in layer.state().items()
        }

    def load_state(self, state: dict[str, Array]) -> None:
        """Copies arrays from `state` into this network.

        Raises:
            ValueError: Names or shapes differ from this network's.
        """
        own = self.state()
        missing, extra = sorted(own.keys() - state.keys()), sorted(state.keys() - own.keys())
        if missing or extra:
            raise ValueError(f"missing arrays {missing}, unexpected arrays {extra}")
        for name, array in own.items():
            if array.shape != state[name].shape:
                raise ValueError(f"array {name} is {state[name].shape}, not {array.shape}")
            array[...] = state[name]

    def spec(self) -> list[dict[str, Any]]:
        """Every layer's spec, in order."""
        return [layer.spec() for layer in self.layers]


def _flatten(parameters: Sequence[Parameter]) -> tuple[Array, Array]:
    """Moves values and gradients into two flat vectors and makes the parameters views of them."""
    if not parameters:
        raise ValueError("a network needs at least one layer with parameters")
    theta = np.concatenate([p.value.ravel() for p in parameters])
    gradient = np.zeros_like(theta)
    start = 0
    for parameter in parameters:
        stop = start + parameter.value.size
        parameter.value = theta[start:stop].reshape(parameter.value.shape)
        parameter.grad = gradient[start:stop].reshape(parameter.value.shape)
        start = stop
    return theta, gradient
