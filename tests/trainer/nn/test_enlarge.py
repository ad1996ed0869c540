"""A network that grows reads the same in a finer image."""

from __future__ import annotations

import numpy as np
import pytest

from trainer.nn.enlarge import enlarge
from trainer.nn.plan import build_network
from trainer.nn.sequential import Sequential


def network(size: int, plan: str = "6 p 8 p", seed: int = 0) -> Sequential:
    return build_network(size, plan, (), np.random.default_rng(seed))


def test_an_even_image_gives_the_same_logits() -> None:
    rng = np.random.default_rng(3)
    small, large = network(16, "6 p"), network(24, "6 p", seed=1)
    for name, array in small.state().items():
        if name.split(".")[1] in ("mean", "variance", "beta", "bias"):
            array[...] = rng.uniform(0.5, 2, array.shape)
    # Of black, a convolution without bias makes 0, at the rim as in the middle, and the norm the
    # same value everywhere; the head sums it up over all places alike.
    head = small.layers[-1].parameters()[0].value.reshape(64, 6, -1)
    head[...] = rng.normal(size=(1, *head.shape[1:]))
    enlarge(small, large)
    expected = small.forward(np.zeros((1, 16 * 16), np.float32))
    assert np.ptp(expected) > 1
    np.testing.assert_allclose(
        large.forward(np.zeros((1, 24 * 24), np.float32)), expected, rtol=1e-4, atol=1e-4
    )


def test_weights_stay_at_their_place() -> None:
    small, large = network(16), network(24, seed=1)
    head = small.layers[-1].parameters()[0].value
    head[...] = 0
    # Output 3 looks at the lower left corner of the map of channel 5 alone.
    head.reshape(4, 4, 8, -1)[3, 0, 5, 3] = 1
    enlarge(small, large)
    grown = large.layers[-1].parameters()[0].value.reshape(6, 6, 8, -1)
    # 16 places are 36 now, so each counts less, and the corner is one and a half places wide.
    assert grown[5, 0, 5, 3] == pytest.approx(16 / 36)
    assert grown[:4].max() == grown[:, 2:].max() == 0
    assert grown.sum() == pytest.approx(1, abs=0.15)
    assert np.abs(np.delete(grown, 5, axis=2)).max() == 0


def test_the_same_size_is_a_copy() -> None:
    small, other = network(16), network(16, seed=1)
    enlarge(small, other)
    np.testing.assert_array_equal(other.theta, small.theta)


def test_other_plans_are_refused() -> None:
    with pytest.raises(ValueError, match="same plan"):
        enlarge(network(16), network(24, "6 p 8"))
