"""Training passes of a network whose batch norms are frozen, without the batch norms."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from trainer.nn.batch_norm import BatchNorm
from trainer.nn.build import copied
from trainer.nn.convolution import Conv2d
from trainer.nn.folding import folded
from trainer.nn.layer import Layer
from trainer.nn.residual import Residual
from trainer.nn.sequential import Sequential
from trainer.nn.tiled import tiled


class FrozenPass:
    """A copy of a network for training passes, whose frozen batch norms are part of convolutions.

    A frozen batch norm is y = a v + b of v = W ∗ u + c, so that it needs no passes over pictures of
    its own, of which its backward pass has four: with the gradient dU of a W and db of the bias

        dW = a dU, dc = a db, dβ = db, dγ = (Σ W dU + (c − μ) db) / √(σ² + ε),

    where Σ is over all but the channels (the chain rule through the folding of Jacob et al.,
    "Quantization and Training of Neural Networks", 2018, section 3.2).

    Args:
        network: Whose weights `follow` takes and whose gradient `add_gradient` adds to.
        rng: Source of the layers' randomness.
    """

    def __init__(self, network: Sequential, rng: np.random.Generator) -> None:
        copy = copied(network)
        copy.reseed(rng)
        copy.freeze()
        self.network = Sequential(_without_norms(copy.layers), copy.input_shape)
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
            elif (
                isinstance(layer, Conv2d)
                and isinstance(target, Conv2d)
                and isinstance(norm, BatchNorm)
            ):
                self._folded.append((layer, norm, target))
                rest.pop(0)
            else:
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


def _without_norms(layers: Sequence[Layer]) -> list[Layer]:
    """The layers for a training pass with frozen batch norms, those in residuals as well."""
    return [
        Residual(_without_norms(layer.layers), _without_norms(layer.shortcut))
        if isinstance(layer, Residual)
        else tiled(layer)
        for layer in folded(layers)
    ]
