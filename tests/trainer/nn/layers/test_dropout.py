from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import assert_gradients, normal
from trainer.nn.layers.dropout import Dropout


class SameMask(np.random.Generator):
    """Gives the same uniform numbers at every call, as a gradient check needs."""

    def __init__(self) -> None:
        super().__init__(np.random.PCG64(3))

    def random(self, *args: object, **kwargs: object) -> object:  # type: ignore[override]
        fresh = np.random.default_rng(3)
        return fresh.random(*args, **kwargs)  # type: ignore[call-overload]


def test_gradients() -> None:
    assert_gradients(Dropout(0.4, SameMask()), normal(4, 6))


def test_drops_its_rate_and_keeps_the_mean() -> None:
    y = Dropout(0.3, np.random.default_rng(0)).forward(np.ones((200, 500)), training=True)
    assert (y == 0).mean() == pytest.approx(0.3, abs=0.01)
    assert y.mean() == pytest.approx(1, abs=0.01)
    assert set(np.unique(y)) == {0, 1 / 0.7}


def test_backward_uses_the_masks_of_forward() -> None:
    layer = Dropout(0.5, np.random.default_rng(0))
    y = layer.forward(np.ones((10, 10)), training=True).copy()
    np.testing.assert_array_equal(layer.backward(np.ones((10, 10))), y)


def test_same_seed_same_masks_and_another_at_every_step() -> None:
    x = np.ones((10, 10))
    a, b = (Dropout(0.5, np.random.default_rng(7)) for _ in range(2))
    first = a.forward(x, training=True).copy()
    np.testing.assert_array_equal(first, b.forward(x, training=True))
    assert (first != a.forward(x, training=True)).any()


@pytest.mark.parametrize("training", [True, False])
def test_is_the_identity_in_inference_and_at_rate_0(training: bool) -> None:
    layer, x = Dropout(0.0 if training else 0.5, np.random.default_rng(0)), normal(3, 4)
    assert layer.forward(x, training=training) is x
    assert layer.backward(x) is x


@pytest.mark.parametrize("rate", [-0.1, 1.0, float("nan")])
def test_impossible_rates_are_refused(rate: float) -> None:
    with pytest.raises(ValueError, match="rate"):
        Dropout(rate, np.random.default_rng(0))
