"""Training passes of a network whose batch norms are frozen, without the batch norms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from trainer.nn.fast.folding import folded
from trainer.nn.fast.tiled import tiled
from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Array, Layer, Shape, Step
from trainer.nn.layers.residual import Residual
from trainer.nn.sequential import Sequential
from trainer.nn.spec import copied


class FrozenPass:
    """A copy of a network for training passes, whose frozen batch norms are part of convolutions.

    A frozen batch norm is y = a v + b of v = W ∗ u + c, so that it needs no passes over images of
    its own, of which its backward pass has four: with the gradient dU of a W and db of the bias

        dW = a dU, dc = a db, dβ = db, dγ = (Σ W dU + (c − μ) db) / √(σ² + ε),

    where Σ is over all but the channels (the chain rule through the folding of Jacob et al.,
    "Quantization and Training of Neural Networks", 2018, section 3.2).

    Args:
        network: Whose weights `follow` takes and whose gradient `add_gradient` adds to.
        rng: Source of the layers' randomness.
        fixed: First convolutions that get no gradient, where a network has more than these.
    """

    def __init__(self, network: Sequential, rng: np.random.Generator, fixed: int = 0) -> None:
        copy = copied(network)
        copy.reseed(rng)
        copy.freeze()
        self.network = Sequential(_without_norms(copy.layers, fixed), copy.input_shape)
        self._source = network
        self._copied: list[tuple[Layer, Layer]] = []
        self._folded: list[tuple[Conv2d, BatchNorm, Conv2d]] = []
        self._pair(network.layers, self.network.layers)

    def _pair(self, sources: Sequence[Layer], own: Sequence[Layer]) -> None:
        """Notes which of the source's layers each of this network's layers stands for."""
        targets = iter(own)
        rest = list(sources)
        while rest:
            layer, target = rest.pop(0), next(targets)
            norm = rest[0] if rest else None
            if isinstance(layer, Residual) and isinstance(target, Residual):
                self._pair(layer.layers, target.layers)
                self._pair(layer.shortcut, target.shortcut)
            elif isinstance(layer, Conv2d) and isinstance(norm, BatchNorm):
                rest.pop(0)
                if isinstance(target, Conv2d):
                    self._folded.append((layer, norm, target))
            elif not isinstance(target, _Fixed):
                self._copied.append((layer, target))

    def follow(self) -> None:
        """Takes the network's weights as they are now."""
        for source, target in self._copied:
            for theirs, own in zip(source.parameters(), target.parameters(), strict=True):
                np.copyto(own.value, theirs.value)
        for convolution, norm, target in self._folded:
            a, b = norm.affine()
            if convolution.bias is not None:
                b = b + a * convolution.bias.value
            for own, value in zip(target.parameters(), (convolution.weight.value, b), strict=True):
                np.copyto(own.value, value)
            target.weight.value *= a

    def add_gradient(self) -> None:
        """Adds the gradient of the last backward pass to the network's."""
        for source, target in self._copied:
            for theirs, own in zip(source.parameters(), target.parameters(), strict=True):
                theirs.grad += own.grad
        for convolution, norm, target in self._folded:
            weight, d_folded = convolution.weight.value, target.weight.grad
            d_bias = target.parameters()[1].grad
            a, _ = norm.affine()
            centre = -norm.mean
            if convolution.bias is not None:
                centre = centre + convolution.bias.value
                convolution.bias.grad += a * d_bias
            product = np.einsum("uvco,uvco->o", weight, d_folded)
            inverse = 1 / np.sqrt(norm.variance + norm.epsilon)
            norm.gamma.grad += (product + centre * d_bias) * inverse
            norm.beta.grad += d_bias
            d_folded *= a
            convolution.weight.grad += d_folded


class _Fixed(Layer):
    """A layer that learns nothing, so that a backward pass ends behind it."""

    kind = "fixed"

    def __init__(self, layer: Layer) -> None:
        self._layer = layer

    def output_shape(self, input_shape: Shape) -> Shape:
        return self._layer.output_shape(input_shape)

    def forward(self, x: Array, *, training: bool) -> Array:
        return self._layer.forward(x, training=False)

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        raise RuntimeError("nothing before a fixed layer learns")

    def compile(self, x: Array) -> tuple[Array, list[Step]]:
        return self._layer.compile(x)

    def spec(self) -> dict[str, Any]:
        return self._layer.spec()


def _without_norms(layers: Sequence[Layer], fixed: int) -> list[Layer]:
    """The layers for a training pass with frozen batch norms, those in residuals as well."""
    made = [
        Residual(_without_norms(layer.layers, fixed), _without_norms(layer.shortcut, fixed))
        if isinstance(layer, Residual)
        else tiled(layer)
        for layer in folded(layers)
    ]
    convolutions = [place for place, layer in enumerate(made) if isinstance(layer, Conv2d)]
    if fixed and len(convolutions) > fixed:
        first = convolutions[fixed]
        made[:first] = [_Fixed(layer) for layer in made[:first]]
    return made
