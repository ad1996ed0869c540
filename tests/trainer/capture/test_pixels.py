from __future__ import annotations

import numpy as np
import pytest

from trainer.capture.pixels import ToBgr

RAMP = np.linspace(0, 255, 256).astype(np.uint16).reshape(16, 16)


@pytest.mark.parametrize("bits", [8, 10, 12, 14, 16])
def test_16_bit_frames_are_scaled_by_the_depth_of_the_sensor(bits: int) -> None:
    image = ToBgr()(RAMP << (bits - 8))
    assert image.dtype == np.uint8
    np.testing.assert_array_equal(image, np.repeat(RAMP[..., None], 3, 2))


def test_the_depth_never_falls_so_that_the_brightness_does_not_flicker() -> None:
    to_bgr = ToBgr()
    to_bgr(np.full((4, 4), 60_000, np.uint16))
    assert to_bgr(np.full((4, 4), 2560, np.uint16))[0, 0, 0] == 10


def test_any_number_of_channels_becomes_three() -> None:
    gray = np.full((4, 6), 90, np.uint8)
    for image in (gray, gray[..., None], np.dstack([gray] * 3), np.dstack([gray] * 4)):
        np.testing.assert_array_equal(ToBgr()(image), np.full((4, 6, 3), 90))
    yuyv = np.dstack([np.full((4, 6), 235, np.uint8), np.full((4, 6), 128, np.uint8)])
    assert ToBgr()(yuyv).min() >= 254


def test_a_16_bit_frame_of_colours_keeps_them() -> None:
    image = np.zeros((2, 2, 3), np.uint16)
    image[...] = (10 << 8, 20 << 8, 200 << 8)
    np.testing.assert_array_equal(ToBgr()(image)[0, 0], (10, 20, 200))
