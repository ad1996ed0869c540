from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import normal
from trainer.model import weights
from trainer.model.inference import Inference
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.relu import ReLU
from trainer.nn.layers.residual import Residual
from trainer.nn.layers.zoom import Zoom
from trainer.nn.plan import build_network
from trainer.nn.sequential import Sequential
from trainer.support.paths import DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS, asset


@pytest.mark.parametrize(
    "plan",
    [
        "",
        "o",
        "o g",
        "o p 16",
        "o 16 p 24 p 20 20",
        "16 p 24 p 20",
        "16 16 p",
        "24k5s2 32 p 16k1 g",
        "4 p 16 p p 16",
    ],
)
@pytest.mark.parametrize("batch", [1, 2, 3])
def test_a_finished_network_reads_as_its_layers_do(plan: str, batch: int) -> None:
    rng = np.random.default_rng(0)
    network = build_network(24, plan, [16], rng, dropout=0.1)
    network.reseed(rng)
    # Batch norms that scale and shift, also by negative numbers.
    network.forward(rng.normal(1, 2, (16, 576)).astype(np.float32), training=True)
    for parameter in network.parameters():
        parameter.value += rng.normal(0, 0.1, parameter.value.shape).astype(np.float32)
    before = network.theta.copy()
    compiled = network.compile(batch)
    for seed in (1, 2):
        x = normal(batch, 576, seed=seed, dtype=np.float32)
        compiled.input[...] = x
        expected = network.forward(x)
        assert np.ptp(expected) > 0.1
        np.testing.assert_allclose(compiled(), expected, rtol=1e-4, atol=2e-5)
    np.testing.assert_array_equal(network.theta, before)


def shown(x: np.ndarray, *, mirrored: bool) -> np.ndarray:
    """The images, each before its mirror image where that is read, too."""
    inference = Inference(mirror=mirrored)
    out = np.empty((len(x) * inference.views, x.shape[1]), x.dtype)
    inference.show(x, out)
    return out


@pytest.mark.parametrize("mirrored", [False, True])
def test_networks_side_by_side_are_finished_as_well(mirrored: bool) -> None:
    rng = np.random.default_rng(0)
    one, other = (build_network(size, "o 16 p 24", [], rng) for size in (24, 16))
    ways = [one.layers, [Zoom(24, 0.9, 16), *other.layers]]
    network = Sequential([Residual(*ways)], (576,))
    network.forward(rng.normal(1, 2, (16, 576)).astype(np.float32), training=True)
    compiled = network.compile(2, mirrored=mirrored)
    compiled.input[...] = x = normal(2, 576, dtype=np.float32)
    expected = network.forward(shown(x, mirrored=mirrored))
    np.testing.assert_allclose(compiled(), expected, rtol=1e-4, atol=2e-5)
    # Each way by the steps that it has alone, without the copy of its input; and the sum.
    alone = [Sequential(way, (576,)).compile(2, mirrored=mirrored)._steps for way in ways]
    assert len(compiled._steps) == 3 + sum(len(steps) - 1 for steps in alone)


@pytest.mark.parametrize("mirrored", [False, True])
def test_a_residual_with_a_plain_way_around(mirrored: bool) -> None:
    rng = np.random.default_rng(0)
    network = Sequential([Residual([Linear(16, 16, rng), ReLU()]), Linear(16, 3, rng)], (16,))
    compiled = network.compile(2, mirrored=mirrored)
    compiled.input[...] = x = normal(2, 16, dtype=np.float32)
    expected = network.forward(shown(x, mirrored=mirrored))
    np.testing.assert_allclose(compiled(), expected, rtol=1e-4, atol=2e-5)


def test_the_shipped_network_reads_as_its_layers_do() -> None:
    for name in (DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS):
        network = weights.load(asset(name)).network
        compiled = network.compile(2)
        compiled.input[...] = x = normal(2, *network.input_shape, dtype=np.float32)
        np.testing.assert_allclose(compiled(), network.forward(x), rtol=1e-4, atol=1e-4)
