"""Optimisers: from a gradient to a step of the parameters."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import numpy as np

from trainer.nn.layers.layer import Array
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
        self._decaying = [p.value for p in network.parameters() if p.decays and p.trainable]
        self._elementwise = [slice(0, self._theta.size)]
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
        for part in self._elementwise:
            for start in range(part.start, part.stop, _CHUNK):
                self._update(slice(start, min(start + _CHUNK, part.stop)), learning_rate)

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


class Muon(Adam):
    """Adam, but hidden layers' weights take steps whose singular values are all about the same.

    M ← β M + (1−β) G, Θ ← Θ − lr · l √max(rows, columns) · O(β M + (1−β) G), where O turns
    U S Vᵀ into about U Vᵀ: what the gradient seldom asks for is learned as fast as what it asks for
    all the time (Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024).
    A convolution's kernel is a matrix of (kernel · kernel · inputs) rows and (outputs) columns.
    Biases, norms and the last layer take Adam's step.

    A step costs some ten products of the weights with themselves: little beside a convolution's
    work, much beside that of a wide fully-connected layer.

    Args:
        network: Whose `theta` is moved by its `gradient`.
        weight_decay: Decay per unit of learning rate.
        momentum: β.
        length: l. With 0.2 a step is about as long as Adam's (Liu et al., "Muon is scalable for LLM
            training", 2025); three times that read more of the hands of others after 8 epochs.
    """

    def __init__(
        self,
        network: Sequential,
        weight_decay: float = 0.0,
        momentum: float = 0.95,
        length: float = 0.6,
    ) -> None:
        super().__init__(network, weight_decay)
        self._length = length
        self._momentum = momentum
        weights = [p for p in network.parameters() if p.value.ndim > 1][:-1]
        self._matrices: list[tuple[Array, Array, Array]] = []
        self._elementwise = []
        start = done = 0
        for parameter in network.parameters():
            stop = start + parameter.value.size
            if any(parameter is weight for weight in weights):
                mean = self.state["mean"][start:stop]
                columns = parameter.value.shape[-1]
                self._matrices.append(
                    (
                        parameter.value.reshape(-1, columns),
                        parameter.grad.reshape(-1, columns),
                        mean.reshape(-1, columns),
                    )
                )
                self._elementwise.append(slice(done, start))
                done = stop
            start = stop
        self._elementwise.append(slice(done, start))

    def step(self, learning_rate: float) -> None:
        """One update with the gradient of the last backward pass."""
        super().step(learning_rate)
        beta = self._momentum
        for value, gradient, mean in self._matrices:
            share = (1 - beta) * gradient
            mean *= beta
            mean += share
            direction = orthogonalised(beta * mean + share)
            value -= learning_rate * self._length * max(value.shape) ** 0.5 * direction


OPTIMISERS: dict[str, Callable[[Sequential, float], Optimiser]] = {
    "sgd": SGD,
    "momentum": Momentum,
    "adam": Adam,
    "muon": Muon,
}
"""By the name that a recipe uses."""


_COEFFICIENTS = (3.4445, -4.7750, 2.0315)
"""Of s ↦ a s + b s³ + c s⁵, which sends small singular values up fastest and keeps large ones near
1: those of Jordan et al. (see `orthogonalised`)."""

_ITERATIONS = 5
"""Takes singular values from 0.01 of the matrix's norm on to between 0.6 and 1.3."""


def orthogonalised(matrix: Array) -> Array:
    """U S Vᵀ → about U Vᵀ, with singular values between 0.6 and 1.3 in place of 1.

    A Newton-Schulz iteration needs products of matrices only, where a singular value decomposition
    is many times as slow: Jordan et al., "Muon: An optimizer for hidden layers in neural networks",
    2024.

    Args:
        matrix: (rows, columns), float; 0 stays 0.

    Returns:
        A new array of the same shape and dtype.
    """
    a, b, c = _COEFFICIENTS
    # The products of the shorter side with itself are the smaller ones.
    turned = matrix.shape[0] > matrix.shape[1]
    x = matrix.T if turned else matrix
    # The Frobenius norm is no smaller than the largest singular value; the least float is for 0.
    x = x / max(float(np.linalg.norm(x)), float(np.finfo(x.dtype).tiny))
    for _ in range(_ITERATIONS):
        squares = x @ x.T
        x = a * x + (b * squares + c * (squares @ squares)) @ x
    return x.T if turned else x


_EVERY = 8
"""Steps between updates: the average moves so slowly that every eighth step is enough."""


class WeightAverage:
    """a ← d a + (1 − d) θ after every step, with the first steps forgotten faster.

    Polyak and Juditsky, 1992, in its exponential form; the decay grows as (1+t)/(10+t) until it
    reaches d, so that a short run is not held back by its random start.

    Args:
        network: Whose `theta` is averaged.
        decay: d per step; 0 switches the average off.
    """

    def __init__(self, network: Sequential, decay: float) -> None:
        self._theta = network.theta
        self._decay = decay
        self.steps = 0
        """Steps of the optimiser seen so far."""
        self.average = network.theta.copy()

    def update(self) -> None:
        """To be called after every step of the optimiser."""
        if not self._decay:
            return
        self.steps += 1
        if self.steps % _EVERY:
            return
        decay = min(self._decay, (1 + self.steps) / (10 + self.steps)) ** _EVERY
        self.average *= decay
        self.average += (1 - decay) * self._theta

    @contextmanager
    def applied(self) -> Iterator[Array]:
        """The network holds the average inside of the `with`, and its own weights again after.

        The `with` gives the network's own weights.
        """
        if not self._decay:
            yield self._theta
            return
        kept = self._theta.copy()
        self._theta[...] = self.average
        try:
            yield kept
        finally:
            self._theta[...] = kept
