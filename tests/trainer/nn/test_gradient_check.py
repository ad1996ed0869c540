from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import normal
from trainer.nn.gradient_check import layer_errors, numerical_gradient, relative_error
from trainer.nn.layers.layer import Array
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.relu import ReLU


class WrongWeight(Linear):
    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        d_x = super().backward(d_y, need_d_x=need_d_x)
        self.weight.grad[0, 0] += 0.01
        return d_x


class WrongBias(Linear):
    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        d_x = super().backward(d_y, need_d_x=need_d_x)
        self.bias.grad /= len(d_y)
        return d_x


class WrongInput(ReLU):
    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        return d_y


class NoInput(ReLU):
    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        return None


def test_a_wrong_gradient_is_found_where_it_is() -> None:
    rng = np.random.default_rng(0)
    x = normal(4, 3)
    right = layer_errors(Linear(3, 2, rng, dtype=np.float64), x, rng)
    assert max(right.values()) < 1e-7
    weight = layer_errors(WrongWeight(3, 2, rng, dtype=np.float64), x, rng)
    assert weight["weight"] > 1e-4
    assert max(weight["x"], weight["bias"]) < 1e-7
    bias = layer_errors(WrongBias(3, 2, rng, dtype=np.float64), x, rng)
    assert bias["bias"] > 0.5
    assert layer_errors(WrongInput(), x, rng)["x"] > 0.1


def test_no_gradient_is_an_error() -> None:
    with pytest.raises(RuntimeError, match="no gradient"):
        layer_errors(NoInput(), normal(2, 2), np.random.default_rng(0))


def test_numerical_gradient_of_a_cube_restores_its_input() -> None:
    x = normal(2, 3)
    before = x.copy()
    np.testing.assert_allclose(numerical_gradient(lambda: float((x**3).sum()), x), 3 * before**2)
    np.testing.assert_array_equal(x, before)


def test_relative_error() -> None:
    assert relative_error(np.zeros(2), np.zeros(2)) == 0
    assert relative_error(np.array([3.0, 4.0]), np.array([3.0, 4.0])) == 0
    assert relative_error(np.array([3.0, 4.0]), np.zeros(2)) == 1
