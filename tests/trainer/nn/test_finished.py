from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import normal
from trainer import weights
from trainer.nn.plan import build_network
from trainer.resources import DEFAULT_WEIGHTS, RECORD_WEIGHTS, asset


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


def test_the_shipped_network_reads_as_its_layers_do() -> None:
    for name in (DEFAULT_WEIGHTS, RECORD_WEIGHTS):
        network = weights.load(asset(name)).network
        compiled = network.compile(2)
        compiled.input[...] = x = normal(2, *network.input_shape, dtype=np.float32)
        np.testing.assert_allclose(compiled(), network.forward(x), rtol=1e-4, atol=1e-4)
