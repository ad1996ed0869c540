from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import assert_gradients, normal
from trainer.nn.layers.layer import Layer
from trainer.nn.layers.reshape import Flatten, Reshape


@pytest.mark.parametrize("layer", [Reshape((2, 3, 1)), Flatten(), Reshape((6,))])
def test_gradients(layer: Layer) -> None:
    assert_gradients(layer, normal(4, 6))
    assert_gradients(layer, normal(4, 3, 2))


def test_order_is_row_major_and_nothing_is_copied() -> None:
    x = np.arange(12.0).reshape(1, 12)
    y = Reshape((3, 4, 1)).forward(x, training=False)
    assert y[0, 1, 2, 0] == 6
    back = Flatten().forward(y, training=False)
    np.testing.assert_array_equal(back, x)
    assert np.shares_memory(x, back)


def test_other_inputs_are_refused() -> None:
    with pytest.raises(ValueError, match="cannot be reshaped"):
        Reshape((2, 3)).output_shape((7,))


@pytest.mark.parametrize("shape", [(), (0, 3), (2, -1)])
def test_impossible_shapes_are_refused(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="sizes"):
        Reshape(shape)


@pytest.mark.parametrize("layer", [Reshape((3,)), Flatten()])
def test_backward_needs_forward(layer: Layer) -> None:
    with pytest.raises(RuntimeError, match="training=True"):
        layer.backward(normal(2, 3))
