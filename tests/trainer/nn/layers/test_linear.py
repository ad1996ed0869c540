from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import assert_gradients, normal
from trainer.nn.layers.linear import Linear


def test_gradients() -> None:
    layer = Linear(4, 3, np.random.default_rng(1), dtype=np.float64)
    layer.bias.value[...] = normal(3, seed=2)
    assert_gradients(layer, normal(5, 4))


def test_forward_by_hand() -> None:
    layer = Linear(2, 2, np.random.default_rng(1))
    layer.weight.value[...] = [[1, 2], [3, 4]]
    layer.bias.value[...] = [10, 20]
    y = layer.forward(np.float32([[1, 1], [0, 2]]), training=False)
    np.testing.assert_array_equal(y, [[14, 26], [16, 28]])


def test_same_seed_same_weights_of_the_variance_of_he() -> None:
    a, b = (Linear(300, 200, np.random.default_rng(4)) for _ in range(2))
    np.testing.assert_array_equal(a.weight.value, b.weight.value)
    assert a.weight.value.std() == pytest.approx((2 / 300) ** 0.5, rel=0.02)
    logits = Linear(300, 200, np.random.default_rng(4), gain=1.0)
    assert logits.weight.value.std() == pytest.approx((1 / 300) ** 0.5, rel=0.02)


def test_biases_do_not_decay() -> None:
    layer = Linear(2, 2, np.random.default_rng(0))
    assert [(p.name, p.decays) for p in layer.parameters()] == [("weight", True), ("bias", False)]


def test_other_inputs_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot take"):
        Linear(2, 2, np.random.default_rng(0)).output_shape((3,))


def test_backward_without_need_or_without_forward() -> None:
    layer, x = Linear(2, 2, np.random.default_rng(0)), normal(3, 2, dtype=np.float32)
    layer.forward(x, training=True)
    assert layer.backward(x, need_d_x=False) is None
    layer.forward(x, training=False)
    with pytest.raises(RuntimeError, match="training=True"):
        layer.backward(x)
