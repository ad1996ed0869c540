"""The training loop: forward, loss, backward, step. All networks of this project learn by it."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import numpy as np

from trainer.nn.layers.layer import Array
from trainer.nn.optimisers import Optimiser, WeightEMA
from trainer.nn.sequential import Sequential
from trainer.support.errors import UserError

Targets = TypeVar("Targets")


Batch = tuple[Array, Targets]
"""Inputs (n, *input_shape), and whatever the loss compares the output with."""


@dataclass(frozen=True)
class StepDone(Generic[Targets]):
    """A step of the optimiser.

    Attributes:
        batch: The mini-batch.
        output: The network's output for it before the step; valid until the next step.
        loss: Mean over the mini-batch, before the step.
        learning_rate: Learning rate of the step.
    """

    batch: Batch[Targets]
    output: Array
    loss: float
    learning_rate: float


class DivergenceError(UserError):
    """The loss, a weight or an output is no longer a finite number."""

    def __init__(self) -> None:
        super().__init__(
            "Training diverged: the loss or the weights are no longer finite numbers. Nothing was "
            "saved since. Lower the learning rate."
        )


def descend(
    network: Sequential,
    optimiser: Optimiser,
    batches: Iterable[Batch[Targets]],
    loss: Callable[[Array, Targets], tuple[float, Array]],
    learning_rate: Callable[[int], float],
    *,
    average: WeightEMA | None = None,
    pull: Callable[[float], None] | None = None,
) -> Generator[StepDone[Targets], None, None]:
    """Takes one step of the optimiser for every mini-batch.

    Args:
        network: Trained in place.
        optimiser: Of this network.
        batches: Iterated in a background thread, one mini-batch ahead of the network.
        loss: (output, targets) → mean loss of the mini-batch, and its gradient by the output.
        learning_rate: Step of this call, from 0 → learning rate.
        average: Moving average of the weights, updated after every step.
        pull: Changes the weights after every step; takes the learning rate.

    Yields:
        A StepDone after every step. Closing the generator ends training.

    Raises:
        DivergenceError: The loss or a weight is no longer finite.
    """
    with closing(_one_ahead(batches)) as ready:
        for step, batch in enumerate(ready):
            rate = learning_rate(step)
            # A step that is too long ends in DivergenceError, and not in a warning.
            with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
                inputs, targets = batch
                output = network.forward(inputs, training=True)
                value, gradient = loss(output, targets)
                network.backward(gradient)
                optimiser.step(rate)
                if pull is not None:
                    pull(rate)
            if not (np.isfinite(value) and np.isfinite(network.theta).all()):
                raise DivergenceError
            if average is not None:
                average.update()
            yield StepDone(batch, output, value, rate)


def _one_ahead(batches: Iterable[Batch[Targets]]) -> Generator[Batch[Targets], None, None]:
    """The mini-batches; each is made while the network learns from the one before it."""
    source = iter(batches)
    with ThreadPoolExecutor(1, "batches") as background:
        waiting = background.submit(next, source, None)
        while (batch := waiting.result()) is not None:
            waiting = background.submit(next, source, None)
            yield batch


def check_finite(network: Sequential, inputs: Array) -> None:
    """Makes sure that a network is worth saving: a weight file that reads NaN would be refused.

    Args:
        network: With the weights to save.
        inputs: (n, *input_shape) to try it on.

    Raises:
        DivergenceError: A weight, a statistic or an output is not finite.
    """
    with np.errstate(over="ignore", invalid="ignore", divide="ignore"):
        arrays: list[Any] = [*network.state().values(), network.forward(inputs)]
    if not all(np.isfinite(array).all() for array in arrays):
        raise DivergenceError
