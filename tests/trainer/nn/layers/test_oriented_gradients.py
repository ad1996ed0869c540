from __future__ import annotations

import numpy as np
import pytest

from trainer.nn.layers.oriented_gradients import OrientedGradients


def ramp(angle: float, size: int = 16) -> np.ndarray:
    """An image that grows brighter in one direction."""
    y, x = np.mgrid[:size, :size] - size / 2
    return (np.cos(angle) * x + np.sin(angle) * y)[None, :, :, None].astype(np.float64)


@pytest.mark.parametrize("k", range(8))
def test_a_slope_votes_for_its_direction(k: int) -> None:
    y = OrientedGradients(8).forward(ramp(2 * np.pi * k / 8), training=False)
    assert y.shape == (1, 8, 8, 8)
    inner = y[0, 2:-2, 2:-2]
    assert (inner.argmax(axis=-1) == k).all()
    np.testing.assert_allclose(inner[..., (k + 4) % 8], 0, atol=1e-9)


def test_values_worked_by_hand() -> None:
    # Slope 1 per pixel: right minus left is 2, so a = 2·max(cos, 0); Σ a² = 4·(1 + ½ + ½) = 8.
    inner = OrientedGradients(8).forward(ramp(0.0), training=False)[0, 4, 4]
    votes = 2 * np.maximum(np.cos(2 * np.pi * np.arange(8) / 8), 0)
    expected = votes / np.sqrt(8 + 0.02)
    # At the edges the difference is halved, which the 7 × 7 neighbourhood of the middle sees.
    np.testing.assert_allclose(inner, expected, rtol=0.1)


def test_light_and_contrast_hardly_matter() -> None:
    x = np.random.default_rng(0).standard_normal((2, 16, 16, 1))
    layer = OrientedGradients()
    np.testing.assert_allclose(
        layer.forward(x * 3 + 5, training=False).copy(), layer.forward(x, training=False), atol=0.02
    )


def test_images_of_a_batch_do_not_meet() -> None:
    x = np.random.default_rng(0).standard_normal((19, 12, 10, 1)).astype(np.float32)
    layer = OrientedGradients()
    together = layer.forward(x, training=True).copy()
    for i in (0, 8, 18):
        alone = layer.forward(x[i : i + 1], training=False)
        np.testing.assert_allclose(alone[0], together[i], rtol=1e-5, atol=1e-6)


def test_it_must_come_first_and_take_even_images() -> None:
    layer = OrientedGradients()
    with pytest.raises(RuntimeError, match="first"):
        layer.backward(np.zeros((1, 4, 4, 8)))
    assert layer.backward(np.zeros((1, 4, 4, 8)), need_d_x=False) is None
    for shape in ((7, 8, 1), (8, 8, 3), (8,)):
        with pytest.raises(ValueError, match="even"):
            layer.output_shape(shape)
    with pytest.raises(ValueError, match="directions"):
        OrientedGradients(1)
