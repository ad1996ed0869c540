from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import normal
from trainer.nn.fast.folding import fold_batch_norms
from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Layer
from trainer.nn.layers.relu import ReLU


def through(layers: list[Layer], x: np.ndarray) -> np.ndarray:
    for layer in layers:
        x = layer.forward(x, training=False)
    return x


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("stride", [1, 2])
def test_a_folded_convolution_gives_the_same(bias: bool, stride: int) -> None:
    rng = np.random.default_rng(0)
    convolution = Conv2d(3, 5, 3, rng, stride=stride, bias=bias, dtype=np.float64)
    if convolution.bias is not None:
        convolution.bias.value[...] = rng.normal(size=5)
    norm = BatchNorm(5, dtype=np.float64)
    norm.gamma.value[...] = rng.normal(size=5)  # negative ones, too
    norm.beta.value[...] = rng.normal(size=5)
    norm.forward(2 + 3 * normal(64, 4, 4, 5), training=True)
    layers: list[Layer] = [convolution, norm, ReLU()]
    made = fold_batch_norms(layers)
    assert [layer.kind for layer in made] == ["conv2d", "relu"]
    x = normal(2, 6, 6, 3)
    np.testing.assert_allclose(through(made, x), through(layers, x), rtol=1e-10, atol=1e-12)
    # The network itself stays as it was.
    assert (convolution.bias is not None) is bias
    assert layers == [convolution, norm, layers[2]]


def test_a_batch_norm_behind_something_else_stays() -> None:
    layers: list[Layer] = [BatchNorm(3), ReLU(), BatchNorm(3)]
    assert fold_batch_norms(layers) == layers
    assert fold_batch_norms([]) == []
