from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import normal
from trainer.nn.fast import winograd
from trainer.nn.fast.scratch import Scratch
from trainer.nn.fast.winograd import WinogradConvolution
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Array
from trainer.nn.layers.pooling import MaxPool2d


def expected(convolution: Conv2d, x: Array, pooled: bool) -> Array:
    y = convolution.forward(x, training=False)
    return MaxPool2d(2).forward(y, training=False) if pooled else y


@pytest.mark.parametrize("rectified", [False, True])
@pytest.mark.parametrize("pooled", [False, True])
@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("part_bytes", [0, 512 << 10])
@pytest.mark.parametrize("shape", [(1, 8, 8), (3, 7, 6), (2, 6, 9), (1, 5, 5), (2, 2, 3)])
def test_the_convolution_its_pool_and_its_relu(
    shape: tuple[int, ...],
    part_bytes: int,
    bias: bool,
    pooled: bool,
    rectified: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(winograd, "_PART_BYTES", part_bytes)
    rng = np.random.default_rng(0)
    convolution = Conv2d(16, 7, 3, rng, bias=bias, dtype=np.float64)
    if convolution.bias is not None:
        convolution.bias.value[...] = rng.standard_normal(7)
    x = normal(*shape, 16)
    fast = WinogradConvolution(convolution, x.shape, Scratch(), pooled=pooled, rectified=rectified)
    # Buffers are reused; the second image must not depend on the first one.
    fast(normal(*shape, 16, seed=1))
    y = expected(convolution, x, pooled)
    np.testing.assert_allclose(
        fast(x), np.maximum(y, 0) if rectified else y, rtol=1e-10, atol=1e-12
    )


# Tiles of 4 × 4 round more than those of 2 × 2, which images of 6 × 6 get.
@pytest.mark.parametrize(("size", "rounding"), [(6, 1e-5), (12, 2e-5)])
def test_float32_rounds_little(size: int, rounding: float) -> None:
    convolution = Conv2d(128, 64, 3, np.random.default_rng(0), bias=False)
    x = normal(2, size, size, 128, dtype=np.float32)
    y = WinogradConvolution(convolution, x.shape, Scratch(), pooled=False)(x)
    assert y.dtype == np.float32
    np.testing.assert_allclose(y, expected(convolution, x, False), atol=rounding)


@pytest.mark.parametrize(
    ("inputs", "kernel", "stride", "padding"),
    [(7, 3, 1, 1), (16, 3, 2, 1), (16, 3, 1, 0), (16, 5, 1, 2), (16, 1, 1, 0)],
)
def test_others_do_not_suit(inputs: int, kernel: int, stride: int, padding: int) -> None:
    other = Conv2d(inputs, 4, kernel, None, stride=stride, padding=padding)
    assert not WinogradConvolution.suits(other)
    with pytest.raises(ValueError, match="tiles"):
        WinogradConvolution(other, (1, 6, 6, inputs), Scratch(), pooled=False)
