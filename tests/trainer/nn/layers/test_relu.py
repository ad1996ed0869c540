from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import assert_gradients, normal
from trainer.nn.layers.relu import ReLU


@pytest.mark.parametrize("shape", [(4, 5), (2, 3, 3, 2)])
def test_gradients(shape: tuple[int, ...]) -> None:
    assert_gradients(ReLU(), normal(*shape))


def test_values_and_shape() -> None:
    y = ReLU().forward(np.array([[-1.0, 0.0, 2.0]]), training=False)
    np.testing.assert_array_equal(y, [[0, 0, 2]])
    assert ReLU().output_shape((3, 4)) == (3, 4)


def test_backward_without_need_or_without_forward() -> None:
    layer, x = ReLU(), normal(3, 2)
    layer.forward(x, training=True)
    assert layer.backward(x, need_d_x=False) is None
    layer.forward(x, training=False)
    with pytest.raises(RuntimeError, match="training=True"):
        layer.backward(x)
