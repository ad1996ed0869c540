from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

import trainer.nn.layers.pooling as pooling
from tests.trainer.nn.checks import assert_gradients, normal
from trainer.nn.layers.layer import Layer
from trainer.nn.layers.pooling import GlobalAveragePool, MaxPool2d

POOLS: list[Callable[[], Layer]] = [
    lambda: MaxPool2d(1),
    lambda: MaxPool2d(2),
    lambda: MaxPool2d(3),
    GlobalAveragePool,
]


@pytest.mark.parametrize("make", POOLS)
@pytest.mark.parametrize("shape", [(2, 6, 6, 3), (3, 7, 5, 2)])
def test_gradients(make: Callable[[], Layer], shape: tuple[int, ...]) -> None:
    assert_gradients(make(), normal(*shape))


@pytest.mark.parametrize("make", POOLS)
def test_gradients_of_several_parts(
    make: Callable[[], Layer], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pooling, "_PART_BYTES", 2 * 6 * 6 * 2 * 8)
    assert_gradients(make(), normal(5, 6, 6, 2))


def test_values() -> None:
    x = np.arange(20.0).reshape(1, 4, 5, 1)
    assert MaxPool2d(2).forward(x, training=False).ravel().tolist() == [6, 8, 16, 18]
    assert GlobalAveragePool().forward(x, training=False).ravel() == pytest.approx([9.5])


def test_the_first_of_equal_values_gets_the_whole_gradient() -> None:
    x = np.zeros((1, 2, 4, 1), np.float32)
    x[0, 1, 2:] = 1
    pool = MaxPool2d(2)
    pool.forward(x, training=True)
    d_x = pool.backward(np.array([[[[0.1], [0.7]]]], np.float32))
    assert d_x is not None
    np.testing.assert_array_equal(d_x[0, :, :, 0], np.float32([[0.1, 0, 0, 0], [0, 0, 0.7, 0]]))


@pytest.mark.parametrize("make", POOLS)
def test_backward_without_need_or_without_forward(make: Callable[[], Layer]) -> None:
    pool, x = make(), normal(2, 6, 6, 1)
    y = pool.forward(x, training=True)
    assert pool.backward(y, need_d_x=False) is None
    y = pool.forward(x, training=False)
    with pytest.raises(RuntimeError, match="training=True"):
        pool.backward(y)


@pytest.mark.parametrize("shape", [(9,), (1, 4, 2), (4, 1, 2)])
def test_other_inputs_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="cannot take"):
        MaxPool2d(2).output_shape(shape)


def test_a_global_pool_needs_images() -> None:
    with pytest.raises(ValueError, match="takes"):
        GlobalAveragePool().output_shape((5,))


def test_no_window_is_refused() -> None:
    with pytest.raises(ValueError, match="size"):
        MaxPool2d(0)
