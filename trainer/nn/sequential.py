"""Layers one after the other: the network."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from trainer.nn.fast.compiler import finished
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.dropout import Dropout
from trainer.nn.layers.layer import Array, Layer, Parameter, Shape, Step
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.maxout import Maxout
from trainer.nn.layers.relu import ReLU

UFUNC_BUFFER = 512
"""Elements of the scratch that NumPy allocates, uses up and frees in every broadcasting operation.

The default of 8192 is 32 KiB an operation, of no use to arrays as small as inference has."""

_WHOLE = (Linear, ReLU, Maxout, Dropout)
"""Layers that do not broadcast where there is one sample, and so use no scratch."""


class Sequential:
    """A chain of layers from a batch of inputs to a batch of logits.

    All parameters are views of one flat vector `theta`, and their gradients of `gradient`: an
    optimiser, an average of weights or a checkpoint then handles one array instead of dozens.

    Args:
        layers: In the order in which a sample passes them.
        input_shape: Shape of one input sample.

    Raises:
        ValueError: A layer cannot take what the one before it gives.
    """

    def __init__(self, layers: Sequence[Layer], input_shape: Shape) -> None:
        self.layers = list(layers)
        self.input_shape = input_shape
        self._frozen = 0  # First layer that learns.
        shape = input_shape
        for place, layer in enumerate(self.layers):
            try:
                shape = layer.output_shape(shape)
            except ValueError as error:
                raise ValueError(f"layer {place}: {error}") from None
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
        # Layers before the first one with parameters have nothing to learn from dL/dx.
        learns = [any(p.trainable for p in layer.parameters()) for layer in self.layers]
        first = learns.index(True)
        flowing: Array | None = d_logits
        for place in range(len(self.layers) - 1, first - 1, -1):
            if flowing is None:
                raise RuntimeError("a layer in the middle of the network returned no gradient")
            flowing = self.layers[place].backward(flowing, need_d_x=place > first)

    def reseed(self, rng: np.random.Generator) -> None:
        """Starts the randomness of all layers anew, each with a stream of its own."""
        for layer, stream in zip(self.layers, rng.spawn(len(self.layers)), strict=True):
            layer.reseed(stream)

    def freeze(self, convolutions: int = 0) -> None:
        """Keeps the batch norms' statistics as they are, for fine-tuning on few images.

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

    def compile(self, batch: int = 1, *, mirrored: bool = False) -> CompiledNetwork:
        """The inference path, with every buffer allocated now, for batches of one size."""
        return CompiledNetwork(self, batch, mirrored=mirrored)

    def parameters(self) -> Sequence[Parameter]:
        """Every layer's parameters, in order."""
        return self._parameters

    def state(self) -> dict[str, Array]:
        """Every array by `LAYER.NAME`, for a weight file."""
        return {
            f"{place}.{name}": array
            for place, layer in enumerate(self.layers)
            for name, array in layer.state().items()
        }

    def load_state(self, state: dict[str, Array]) -> None:
        """Copies arrays that `state` gave into this network.

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


class CompiledNetwork:
    """A finished network's forward pass for one batch size, without allocation.

    It computes as the network is now: some weights are copies (trainer/nn/fast/compiler.py), others
    are shared with the network, which must not be trained meanwhile.

    Args:
        network: The finished network.
        batch: Images at a time.
        mirrored: Whether to give two rows of logits an image, of itself and of its mirror image.
    """

    def __init__(self, network: Sequential, batch: int, *, mirrored: bool = False) -> None:
        dtype = network.theta.dtype
        self.input = np.zeros((batch, *network.input_shape), dtype)
        """Write the batch here before a call."""
        # The first layer may work in place; the caller's input must survive that.
        first = np.empty_like(self.input)
        # To set it takes as long as a small layer.
        self._sets_scratch = batch > 1 or not all(isinstance(x, _WHOLE) for x in network.layers)
        self._steps: list[Step] = [lambda: np.copyto(first, self.input)]
        buffer: Array = first
        for compile_next in finished(network.layers, mirrored=mirrored):
            buffer, steps = compile_next(buffer)
            self._steps += steps
        self.logits: Array = buffer

    def __call__(self) -> Array:
        """Logits (batch · views, classes) of what stands in `input`, valid until the next call."""
        default = np.setbufsize(UFUNC_BUFFER) if self._sets_scratch else None
        try:
            for step in self._steps:
                step()
        finally:
            if default is not None:
                np.setbufsize(default)
        return self.logits


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
