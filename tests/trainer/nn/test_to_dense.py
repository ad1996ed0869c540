from __future__ import annotations

import numpy as np
import pytest

from trainer.nn.layers.linear import Linear
from trainer.nn.plan import build_network
from trainer.nn.sequential import Sequential
from trainer.nn.to_dense import to_dense


def made(plan: str, hidden: tuple[int, ...] = (12,)) -> Sequential:
    """With batch norms that do something."""
    rng = np.random.default_rng(0)
    network = build_network(14, plan, hidden, rng, dropout=0.2)
    network.reseed(rng)
    for _ in range(3):
        network.forward(rng.normal(1, 2, (8, 196)).astype(np.float32), training=True)
    network.theta += rng.normal(0, 0.05, network.theta.shape).astype(np.float32)
    return network


@pytest.mark.parametrize("plan", ["4k5s2 8 6s2", "5s2 g", "3k1 4k4s3", "4 p 6k5 p", "4k2s2 p"])
def test_logits_are_the_same(plan: str) -> None:
    network = made(plan)
    flat = to_dense(network)
    x = np.random.default_rng(1).standard_normal((9, 196), np.float32)
    wanted = network.forward(x, training=False)
    assert np.ptp(wanted) > 0.5
    np.testing.assert_allclose(flat.forward(x, training=False), wanted, atol=1e-4)


def test_every_layer_is_fully_connected_or_has_no_weights() -> None:
    flat = to_dense(made("4k5s2 8s2"))
    assert {layer.kind for layer in flat.layers} == {"linear", "relu", "dropout"}
    sizes = [layer.weight.value.shape for layer in flat.layers if isinstance(layer, Linear)]
    assert sizes == [(196, 196), (196, 128), (128, 12), (12, 24)]


def test_training_frees_the_weights_that_were_shared_or_zero() -> None:
    flat = to_dense(made("4k5s2"))
    flat.reseed(np.random.default_rng(2))
    weight = flat.layers[0].parameters()[0]
    zero = weight.value == 0
    assert 0.5 < zero.mean() < 0.95
    x = np.random.default_rng(1).standard_normal((9, 196), np.float32)
    logits = flat.forward(x, training=True)
    flat.backward(logits)
    assert (weight.grad[zero] != 0).mean() > 0.9


def test_weights_are_its_own() -> None:
    network = made("4k5s2")
    before = network.theta.copy()
    to_dense(network).theta[...] = 0
    np.testing.assert_array_equal(network.theta, before)


def test_maxima_become_maxout() -> None:
    flat = to_dense(made("3k5s2 p"))
    kinds = [layer.kind for layer in flat.layers]
    assert kinds[:4] == ["linear", "maxout", "relu", "dropout"]
    # 7 × 7 places, of which the pool leaves out the last row and column.
    sizes = [layer.weight.value.shape for layer in flat.layers if isinstance(layer, Linear)]
    assert sizes == [(196, 4 * 27), (27, 12), (12, 24)]


def test_what_is_written_out_stays_as_it_is() -> None:
    flat = to_dense(made("3k5s2 p"))
    again = to_dense(flat)
    assert again.spec() == flat.spec()
    np.testing.assert_array_equal(again.theta, flat.theta)


def test_a_maximum_of_what_is_no_linear_map_is_refused() -> None:
    with pytest.raises(ValueError, match=r"no dense equivalent .* max_pool2d"):
        to_dense(made("p 4"))
