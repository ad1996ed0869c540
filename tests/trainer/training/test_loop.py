from __future__ import annotations

import threading
from collections.abc import Iterator

import numpy as np
import pytest

from trainer.nn.layers.layer import Array
from trainer.nn.layers.linear import Linear
from trainer.nn.optimisers import SGD, WeightEMA
from trainer.nn.sequential import Sequential
from trainer.training.loop import Batch, DivergenceError, check_finite, descend

RATE = 0.1


def network() -> Sequential:
    return Sequential([Linear(3, 2, np.random.default_rng(0))], (3,))


def squared(output: Array, wanted: Array) -> tuple[float, Array]:
    off = output - wanted
    return float((off * off).sum() / 2), off


def batches(n: int, value: float = 1.0) -> Iterator[Batch[Array]]:
    for _ in range(n):
        yield np.full((2, 3), value, np.float32), np.zeros((2, 2), np.float32)


def test_a_step_is_forward_loss_backward_and_update() -> None:
    net, other = network(), network()
    average = WeightEMA(net, 0.5)
    rates = [RATE, RATE / 2]
    steps = descend(net, SGD(net), batches(2), squared, rates.__getitem__, average=average)
    for rate, step in zip(rates, steps, strict=True):
        inputs, targets = next(batches(1))
        loss, gradient = squared(other.forward(inputs, training=True), targets)
        other.backward(gradient)
        other.theta -= np.float32(rate) * other.gradient
        assert step.loss == pytest.approx(loss)
        assert step.learning_rate == rate
        np.testing.assert_allclose(net.theta, other.theta, rtol=1e-6)
    assert average.steps == 2


def test_a_pull_follows_every_step() -> None:
    net, pulls = network(), []
    list(descend(net, SGD(net), batches(3), squared, lambda _: RATE, pull=pulls.append))
    assert pulls == [RATE] * 3


def test_closing_leaves_no_thread() -> None:
    net = network()
    running = descend(net, SGD(net), batches(9), squared, lambda _: RATE)
    next(running)
    running.close()
    assert [t.name for t in threading.enumerate() if "batches" in t.name] == []


def test_an_error_in_a_batch_reaches_the_caller() -> None:
    def broken() -> Iterator[Batch[Array]]:
        yield from batches(1)
        raise ValueError("no such image")

    net = network()
    with pytest.raises(ValueError, match="no such image"):
        list(descend(net, SGD(net), broken(), squared, lambda _: RATE))


@pytest.mark.parametrize(("value", "rate"), [(np.inf, RATE), (1.0, 1e39), (1e30, 1e30)])
def test_divergence_ends_training_at_once(value: float, rate: float) -> None:
    net = network()
    with pytest.raises(DivergenceError, match="Lower the learning rate"):
        list(descend(net, SGD(net), batches(1, value), squared, lambda _: rate))


def test_weights_that_read_nothing_are_refused() -> None:
    net = network()
    x = np.ones((1, 3), np.float32)
    check_finite(net, x)
    net.theta[...] = 3e38
    with pytest.raises(DivergenceError):
        check_finite(net, x)
