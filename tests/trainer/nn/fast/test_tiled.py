from __future__ import annotations

import numpy as np
import pytest

from tests.trainer.nn.checks import assert_gradients, normal
from trainer.nn.fast import tiled as module
from trainer.nn.fast.tiled import TiledConv2d, tiled
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.relu import ReLU


def convolution(bias: bool = True, dtype: type[np.floating] = np.float64) -> Conv2d:
    rng = np.random.default_rng(0)
    made = Conv2d(16, 17, 3, rng, bias=bias, dtype=dtype)
    if made.bias is not None:
        made.bias.value[...] = rng.standard_normal(17)
    return made


@pytest.mark.parametrize("bias", [False, True])
@pytest.mark.parametrize("shape", [(2, 6, 4), (3, 3, 5)])
def test_gradients(shape: tuple[int, ...], bias: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    # Two images at a time, so that three end in a part of one.
    monkeypatch.setattr(module, "_PART_BYTES", 2 * 4 * shape[1] * shape[2] * (16 + 17) * 8)
    assert_gradients(TiledConv2d(convolution(bias)), normal(*shape, 16))


def test_float32_rounds_little_after_a_change_of_weights() -> None:
    plain = convolution(dtype=np.float32)
    made = TiledConv2d(plain)
    for seed in (1, 2):
        x = normal(3, 12, 12, 16, seed=seed, dtype=np.float32)
        d_y = normal(3, 12, 12, 17, seed=seed, dtype=np.float32)
        for own, theirs in zip(made.parameters(), plain.parameters(), strict=True):
            theirs.value += normal(*theirs.value.shape, seed=seed, dtype=np.float32)
            own.value[...] = theirs.value
        y = made.forward(x, training=True)
        np.testing.assert_allclose(y, plain.forward(x, training=True), rtol=1e-4, atol=2e-4)
        d_x, expected = made.backward(d_y), plain.backward(d_y)
        assert d_x is not None
        assert expected is not None
        np.testing.assert_allclose(d_x, expected, rtol=1e-4, atol=2e-4)


def test_others_stay_as_they_are() -> None:
    for layer in (ReLU(), Conv2d(16, 4, 3, None, stride=2), Conv2d(8, 4, 3, None)):
        assert tiled(layer) is layer
    with pytest.raises(ValueError, match="tiles"):
        TiledConv2d(Conv2d(8, 4, 3, None))
