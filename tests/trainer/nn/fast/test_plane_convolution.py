from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import normal
from trainer.nn.fast import plane_convolution
from trainer.nn.fast.plane_convolution import PlaneConvolution
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.pooling import MaxPool2d


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("pool", [1, 2, 3])
@pytest.mark.parametrize(("kernel", "padding"), [(3, 1), (5, 2), (3, 0), (1, 0), (4, 3)])
@pytest.mark.parametrize("column_bytes", [0, 10_000, 1 << 20])
def test_the_convolution_and_its_pool(
    kernel: int,
    padding: int,
    pool: int,
    bias: bool,
    column_bytes: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(plane_convolution, "_COLUMN_BYTES", column_bytes)
    rng = np.random.default_rng(0)
    convolution = Conv2d(3, 5, kernel, rng, padding=padding, bias=bias, dtype=np.float64)
    shift = None
    if convolution.bias is not None:
        convolution.bias.value[...] = shift = rng.standard_normal(5)
    held = np.empty((2, 11, 8, 3))
    made = PlaneConvolution(convolution.weight.value, shift, padding, pool)
    y, steps = made.compile(held)
    for seed in (1, 2):
        held[...] = x = normal(2, 11, 8, 3, seed=seed)
        for step in steps:
            step()
        expected = convolution.forward(x, training=False)
        expected = MaxPool2d(pool).forward(expected, training=False)
        np.testing.assert_allclose(y, expected, rtol=1e-10, atol=1e-12)
    assert y.flags.c_contiguous
