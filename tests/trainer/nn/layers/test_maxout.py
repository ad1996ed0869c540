from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import assert_gradients, normal
from trainer.nn.layers.maxout import Maxout


@pytest.mark.parametrize("pieces", [2, 3, 4])
def test_gradients(pieces: int) -> None:
    assert_gradients(Maxout(pieces), normal(4, 5 * pieces))


def test_values_and_shape() -> None:
    x = np.array([[1.0, -5.0, 0.0, -2.0, -3.0, 4.0]])
    np.testing.assert_array_equal(Maxout(2).forward(x, training=False), [[1, -3, 4]])
    np.testing.assert_array_equal(Maxout(3).forward(x, training=False), [[1, 4]])
    assert Maxout(3).output_shape((6,)) == (2,)


def test_of_equals_the_first_learns() -> None:
    layer = Maxout(3)
    layer.forward(np.array([[1.0, 2.0, 2.0]]), training=True)
    np.testing.assert_array_equal(layer.backward(np.array([[7.0]])), [[0, 7, 0]])


def test_backward_without_need_or_without_forward() -> None:
    layer, x = Maxout(2), normal(3, 2)
    layer.forward(x, training=True)
    assert layer.backward(normal(3, 1), need_d_x=False) is None
    layer.forward(x, training=False)
    with pytest.raises(RuntimeError, match="training=True"):
        layer.backward(normal(3, 1))


@pytest.mark.parametrize("shape", [(5,), (2, 2, 4)])
def test_shapes_that_do_not_divide_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="maxout of 2 pieces cannot take"):
        Maxout(2).output_shape(shape)


def test_one_piece_is_refused() -> None:
    with pytest.raises(ValueError, match="at least two pieces, not 1"):
        Maxout(1)
