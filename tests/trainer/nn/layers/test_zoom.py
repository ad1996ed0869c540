from __future__ import annotations

import numpy as np
import pytest

from trainer.nn.layers.linear import Linear
from trainer.nn.layers.zoom import Zoom
from trainer.nn.sequential import Sequential
from trainer.nn.spec import from_spec

RNG = np.random.default_rng(0)


def test_the_whole_at_the_same_size_is_the_image() -> None:
    x = RNG.standard_normal((2, 144)).astype(np.float32)
    np.testing.assert_allclose(Zoom(12, 1.0, 12).forward(x, training=False), x, atol=1e-6)


def test_the_middle_is_looked_at() -> None:
    image = np.zeros((12, 12), np.float32)
    image[3:9, 3:9] = RNG.standard_normal((6, 6))
    seen = Zoom(12, 0.5, 6).forward(image.reshape(1, -1), training=False)
    np.testing.assert_allclose(seen.reshape(6, 6), image[3:9, 3:9], atol=1e-6)


def test_a_slope_stays_a_slope_of_the_middle() -> None:
    across = np.tile(np.arange(32.0), (32, 1)).reshape(1, -1)
    seen = Zoom(32, 0.75, 8).forward(across, training=False).reshape(8, 8)
    # 24 of 32 pixels, three to a new one, from pixel 4 on: the middle of the first is 5.
    np.testing.assert_allclose(seen, np.tile(5 + 3 * np.arange(8.0), (8, 1)), atol=1e-4)


def test_stripes_finer_than_the_new_pixels_are_averaged() -> None:
    stripes = np.tile([0.0, 1.0], 16 * 32).reshape(1, -1)
    seen = Zoom(32, 1.0, 8).forward(stripes, training=False).reshape(8, 8)
    np.testing.assert_allclose(seen[:, 1:-1], 0.5, atol=1e-6)


@pytest.mark.parametrize("batch", [1, 3])
def test_the_compiled_zoom_sees_the_same(batch: int) -> None:
    network = Sequential([Zoom(12, 0.7, 7), Linear(49, 3, RNG)], (144,))
    compiled = network.compile(batch)
    compiled.input[...] = RNG.standard_normal(compiled.input.shape)
    expected = network.forward(compiled.input.copy())
    np.testing.assert_allclose(compiled(), expected, rtol=1e-4, atol=1e-5)


def test_a_zoom_is_made_again_from_its_spec() -> None:
    network = Sequential([Zoom(12, 0.7, 7), Linear(49, 3, RNG)], (144,))
    again = from_spec(network.spec(), 144)
    assert again.spec() == network.spec()
    again.load_state(network.state())
    x = RNG.standard_normal((2, 144)).astype(np.float32)
    np.testing.assert_array_equal(again.forward(x), network.forward(x))


def test_a_zoom_comes_first_and_takes_a_flat_square() -> None:
    zoom = Zoom(12, 0.7, 7)
    with pytest.raises(ValueError, match="144"):
        zoom.output_shape((12, 12, 1))
    with pytest.raises(RuntimeError, match="first"):
        zoom.backward(np.zeros((1, 49), np.float32))
    assert zoom.backward(np.zeros((1, 49), np.float32), need_d_x=False) is None


@pytest.mark.parametrize("share", [0, -0.5, 1.5, "half", None])
def test_shares_that_cannot_be(share: object) -> None:
    spec = {"kind": "zoom", "side": 12, "share": share, "size": 7}
    with pytest.raises(ValueError, match="share"):
        from_spec([spec], 144)
