"""Optimisers: from a gradient to a step of the parameters."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable

import numpy as np

from trainer.nn.layer import Array
from trainer.nn.sequential import Sequential

_CHUNK = 1 << 15
"""Parameters updated at a time: 128 KiB an array, so that all of them stay in the cache."""


class Optimiser(ABC):
    """Moves a network's parameters against the gradient, in place.

    Weight decay is decoupled (Loshchilov and Hutter, 2019): θ ← θ − lr · decay · θ, and skips
    parameters that say so (biases, norms).

    Args:
        network: Whose `theta` is moved by its `gradient`.
        weight_decay: Decay per unit of learning rate.
    """

    def __init__(self, network: Sequential, weight_decay: float = 0.0) -> None:
        self._theta = network.theta
        self._gradient = network.gradient
        self._weight_decay = weight_decay
        self._decaying = [p.value for p in network.parameters() if p.decays]
        self.state: dict[str, Array] = {}
        """Running averages, each shaped like theta: what a checkpoint has to keep."""
        self.steps = 0
        """Steps taken so far."""

    def step(self, learning_rate: float) -> None:
        """One update with the gradient of the last backward pass."""
        self.steps += 1
        if self._weight_decay:
            for value in self._decaying:
                value *= 1 - learning_rate * self._weight_decay
        for start in range(0, self._theta.size, _CHUNK):
            self._update(slice(start, start + _CHUNK), learning_rate)

    @abstractmethod
    def _update(self, chunk: slice, learning_rate: float) -> None:
        """Moves `theta[chunk]`."""

    def _scratch(self) -> Array:
        return np.empty(min(_CHUNK, self._theta.size), self._theta.dtype)


class SGD(Optimiser):
    """Stochastic gradient descent: θ ← θ − lr · g."""

    def __init__(self, network: Sequential, weight_decay: float = 0.0) -> None:
        super().__init__(network, weight_decay)
        self._s = self._scratch()

    def _update(self, chunk: slice, learning_rate: float) -> None:
        theta = self._theta[chunk]
        s = self._s[: theta.size]
        np.multiply(self._gradient[chunk], learning_rate, out=s)
        theta -= s


class Momentum(Optimiser):
    """SGD with Nesterov momentum: v ← μ v + g, θ ← θ − lr · (g + μ v).

    The form of Sutskever et al., "On the importance of initialization and momentum", 2013, with the
    look-ahead folded into the step.
    """

    def __init__(
        self, network: Sequential, weight_decay: float = 0.0, momentum: float = 0.9
    ) -> None:
        super().__init__(network, weight_decay)
        self._momentum = momentum
        self.state["velocity"] = np.zeros_like(self._theta)
        self._s = self._scratch()

    def _update(self, chunk: slice, learning_rate: float) -> None:
        theta, g = self._theta[chunk], self._gradient[chunk]
        v, s = self.state["velocity"][chunk], self._s[: theta.size]
        v *= self._momentum
        v += g
        np.multiply(v, self._momentum, out=s)
        s += g
        s *= learning_rate
        theta -= s


class Adam(Optimiser):
    """Adam: steps scaled by running averages of the gradient and of its square.

    m ← β₁ m + (1−β₁) g, v ← β₂ v + (1−β₂) g², θ ← θ − lr · m̂ / (√v̂ + ε), with m̂ and v̂ corrected
    for their start at zero (Kingma and Ba, 2015, algorithm 1).
    """

    def __init__(
        self,
        network: Sequential,
        weight_decay: float = 0.0,
        betas: tuple[float, float] = (0.9, 0.999),
        epsilon: float = 1e-8,
    ) -> None:
        super().__init__(network, weight_decay)
        self._betas = betas
        self._epsilon = epsilon
        self.state["mean"] = np.zeros_like(self._theta)
        self.state["square"] = np.zeros_like(self._theta)
        self._s = self._scratch()
        self._t = self._scratch()

    def _update(self, chunk: slice, learning_rate: float) -> None:
        theta, g = self._theta[chunk], self._gradient[chunk]
        m, v = self.state["mean"][chunk], self.state["square"][chunk]
        s, t = self._s[: theta.size], self._t[: theta.size]
        beta1, beta2 = self._betas
        m *= beta1
        np.multiply(g, 1 - beta1, out=s)
        m += s
        v *= beta2
        np.multiply(g, g, out=s)
        s *= 1 - beta2
        v += s
        np.multiply(v, 1 / (1 - beta2**self.steps), out=s)
        np.sqrt(s, out=s)
        s += self._epsilon
        np.multiply(m, learning_rate / (1 - beta1**self.steps), out=t)
        t /= s
        theta -= t


OPTIMISERS: dict[str, Callable[[Sequential, float], Optimiser]] = {
    "sgd": SGD,
    "momentum": Momentum,
    "adam": Adam,
}
"""By the name that a recipe uses."""
