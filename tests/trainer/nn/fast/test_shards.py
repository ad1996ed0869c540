from __future__ import annotations

import threading

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from trainer.nn.fast.shards import Shards
from trainer.nn.plan import build_network
from trainer.nn.sequential import Sequential
from trainer.nn.spec import copied


@pytest.fixture
def network() -> Sequential:
    return build_network(16, "o 4 p 8 p", (10,), np.random.default_rng(0), dropout=0.0)


@pytest.fixture
def x() -> np.ndarray:
    return np.random.default_rng(1).standard_normal((7, 256), np.float32)


def test_logits_and_gradient_are_those_of_the_whole_mini_batch(
    network: Sequential, x: np.ndarray
) -> None:
    alone = copied(network)
    alone.freeze()
    wanted = alone.forward(x, training=True).copy()
    d_logits = np.random.default_rng(2).standard_normal(wanted.shape, np.float32)
    alone.backward(d_logits)
    with Shards(network, np.random.default_rng(3)) as shards:
        np.testing.assert_allclose(shards.forward(x), wanted, atol=1e-5)
        shards.backward(d_logits)
    assert np.abs(alone.gradient).max() > 0.1
    np.testing.assert_allclose(network.gradient, alone.gradient, atol=1e-4)


def test_every_part_sees_a_step(network: Sequential, x: np.ndarray) -> None:
    with Shards(network, np.random.default_rng(3)) as shards:
        before = shards.forward(x)
        network.theta *= 0.5
        after = shards.forward(x)
    assert (np.abs(after - before).max(axis=1) > 1e-4).all()


def test_parts_drop_other_values(x: np.ndarray) -> None:
    network = build_network(16, "4 p", (), np.random.default_rng(0), dropout=0.5)
    same = np.stack([x[0], x[0]])
    with Shards(network, np.random.default_rng(3)) as shards:
        first, second = shards.forward(same)
    assert np.abs(first - second).max() > 1e-3


def test_threads_and_limits_end_with_the_block(network: Sequential, x: np.ndarray) -> None:
    def blas_threads() -> list[int]:
        return [lib["num_threads"] for lib in threadpool_info() if lib["user_api"] == "blas"]

    before = blas_threads()
    assert before
    with Shards(network, np.random.default_rng(3)) as shards:
        shards.forward(x)
        assert set(blas_threads()) == {1}
    assert blas_threads() == before
    assert not [t for t in threading.enumerate() if t.name.startswith("shard")]
