"""A running average of the weights, which reads better than the last weights do."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from trainer.nn.layer import Array
from trainer.nn.sequential import Sequential

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
