from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import normal
from trainer.nn.fast.frozen import FrozenPass
from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Parameter
from trainer.nn.layers.reshape import Flatten, Reshape
from trainer.nn.layers.residual import Residual
from trainer.nn.layers.zoom import Zoom
from trainer.nn.plan import build_network
from trainer.nn.sequential import Sequential
from trainer.nn.spec import copied


def with_bias_and_norm() -> Sequential:
    rng = np.random.default_rng(0)
    layers = [Reshape((12, 12, 1)), Conv2d(1, 4, 3, rng), BatchNorm(4), Conv2d(4, 3, 3, rng)]
    return Sequential([*layers, Flatten()], (144,))


def side_by_side(rng: np.random.Generator) -> Sequential:
    one, other = (build_network(size, "o 16 p 20", [5], rng) for size in (12, 8))
    return Sequential([Residual(one.layers, [Zoom(12, 0.9, 8), *other.layers])], (144,))


def first_convolutions(network: Sequential, count: int) -> list[Parameter]:
    """The parameters before the next convolution, in every chain that has one."""
    (only, *rest) = network.layers
    chains = [network.layers]
    if isinstance(only, Residual) and not rest:
        chains = [only.layers, only.shortcut]
    found = []
    for chain in chains:
        places = [place for place, layer in enumerate(chain) if isinstance(layer, Conv2d)]
        before = places[count] if count and len(places) > count else 0
        found += [p for layer in chain[:before] for p in layer.parameters()]
    return found


@pytest.mark.parametrize("fixed", [0, 1, 2])
@pytest.mark.parametrize("plan", ["o 16 p 20 p 24", "4 p 16 16", "", None, "two"])
def test_logits_and_gradient_are_those_of_frozen_batch_norms(plan: str | None, fixed: int) -> None:
    rng = np.random.default_rng(0)
    if plan == "two":
        network = side_by_side(rng)
    else:
        network = with_bias_and_norm() if plan is None else build_network(12, plan, [5], rng)
    network.reseed(rng)
    network.forward(rng.normal(1, 2, (16, 144)).astype(np.float32), training=True)
    made = FrozenPass(network, rng, fixed)
    still = first_convolutions(network, fixed)
    before = [parameter.value.copy() for parameter in still]
    # It learns of these only by `follow`.
    network.theta += rng.normal(0, 0.1, network.theta.shape).astype(np.float32)
    for parameter, value in zip(still, before, strict=True):
        parameter.value[...] = value
    made.follow()
    alone = copied(network)
    alone.freeze()
    x = normal(6, 144, dtype=np.float32)
    expected = alone.forward(x, training=True)
    np.testing.assert_allclose(made.network.forward(x, training=True), expected, atol=1e-4)
    d_logits = normal(*expected.shape, seed=1, dtype=np.float32)
    alone.backward(d_logits)
    made.network.backward(d_logits)
    network.gradient.fill(1)
    made.add_gradient()
    for parameter in first_convolutions(alone, fixed):
        parameter.grad[...] = 0
    largest = np.abs(alone.gradient).max()
    assert largest > 0.1
    np.testing.assert_allclose(network.gradient - 1, alone.gradient, atol=2e-5 * max(1, largest))


def test_what_comes_before_the_third_convolution_may_stay() -> None:
    network = build_network(12, "8 8 8 8", [], np.random.default_rng(0))
    made = FrozenPass(network, np.random.default_rng(0), fixed=2)
    learned = sum(p.value.size for p in made.network.parameters())
    # The norms of the others are their biases now.
    assert learned == 2 * (9 * 8 * 8 + 8) + sum(
        p.value.size for p in network.layers[-1].parameters()
    )
