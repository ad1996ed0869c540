from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import assert_compiled, assert_gradients, normal
from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Layer
from trainer.nn.layers.linear import Linear
from trainer.nn.layers.relu import ReLU
from trainer.nn.layers.residual import Residual
from trainer.nn.sequential import Sequential

RNG = np.random.default_rng(1)


def conv(inputs: int, outputs: int, kernel: int = 3, stride: int = 1) -> Conv2d:
    return Conv2d(inputs, outputs, kernel, RNG, stride=stride, bias=False, dtype=np.float64)


def norm(channels: int) -> BatchNorm:
    return BatchNorm(channels, dtype=np.float64)


def identity() -> Residual:
    return Residual([conv(2, 3), norm(3), ReLU(), conv(3, 2)])


def projection() -> Residual:
    return Residual([ReLU(), conv(2, 4, stride=2), norm(4)], [conv(2, 4, kernel=1, stride=2)])


def nested() -> Residual:
    return Residual([identity(), norm(2)])


@pytest.mark.parametrize("make", [identity, projection, nested])
def test_gradients(make: type[Residual]) -> None:
    assert_gradients(make(), normal(3, 4, 4, 2))


@pytest.mark.parametrize("make", [identity, projection, nested])
def test_compiled(make: type[Residual]) -> None:
    assert_compiled(make(), normal(4, 16, 17, 2))


def test_work_in_place_spares_the_way_around() -> None:
    assert_compiled(Residual([ReLU()]), normal(2, 1200))
    assert_compiled(Residual([ReLU()], [norm(1200)]), normal(2, 1200))


def test_names_of_nested_arrays() -> None:
    layer = Residual([identity(), norm(2)], [conv(2, 2, kernel=1)])
    assert list(layer.state()) == [
        "0.0.weight",
        "0.1.gamma",
        "0.1.beta",
        "0.1.mean",
        "0.1.variance",
        "0.3.weight",
        "1.gamma",
        "1.beta",
        "1.mean",
        "1.variance",
        "shortcut.0.weight",
    ]


def test_a_network_owns_the_parameters_inside() -> None:
    network = Sequential([Residual([Linear(3, 3, RNG), ReLU()]), Linear(3, 2, RNG)], (3,))
    network.theta.fill(0)
    assert all(not array.any() for array in network.state().values())


def test_without_need_no_dx() -> None:
    layer, x = Residual([conv(1, 1)]), normal(2, 4, 4, 1)
    y = layer.forward(x, training=True)
    assert layer.backward(y, need_d_x=False) is None
    assert layer.parameters()[0].grad.any()


@pytest.mark.parametrize(
    ("layers", "shortcut"),
    [([conv(2, 3)], []), ([conv(2, 3)], [conv(2, 4)]), ([conv(3, 3)], [])],
)
def test_ways_that_do_not_meet_are_refused(layers: list[Layer], shortcut: list[Layer]) -> None:
    with pytest.raises(ValueError, match=r"residual gives|cannot take"):
        Residual(layers, shortcut).output_shape((4, 4, 2))


def test_no_layers_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Residual([])
