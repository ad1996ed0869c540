from __future__ import annotations

import cv2
import numpy as np
import pytest

from trainer.model.turned import Turned


@pytest.mark.parametrize("degrees", [-20.0, 7.0, 35.0])
def test_an_image_turns_as_opencv_turns_it(degrees: float) -> None:
    size = 41
    image = cv2.GaussianBlur(np.random.default_rng(0).uniform(0, 255, (size, size)), (0, 0), 3)
    middle = (size - 1) / 2
    # OpenCV counts degrees the other way round.
    matrix = cv2.getRotationMatrix2D((middle, middle), -degrees, 1.0)
    border = cv2.BORDER_REPLICATE
    expected = cv2.warpAffine(
        image, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=border
    )
    turned = Turned(degrees, size)(image.astype(np.float32).reshape(1, -1)).reshape(size, size)
    np.testing.assert_allclose(turned[4:-4, 4:-4], expected[4:-4, 4:-4], atol=1.0)


def test_points_come_back_to_where_they_were() -> None:
    size, turned = 61, Turned(25.0, 61)
    image = np.zeros((size, size), np.float32)
    image[20, 44] = 1
    seen = turned(image.reshape(1, -1)).reshape(size, size)
    y, x = (float((seen * axis).sum() / seen.sum()) for axis in np.indices((size, size)))
    middle = (size - 1) / 2
    back = turned.back(np.array([x - middle, y - middle], np.float32)) + middle
    np.testing.assert_allclose(back, [44, 20], atol=0.2)


def test_the_shares_of_a_pixel_add_up() -> None:
    turned = Turned(14.0, 24)
    np.testing.assert_allclose(turned.shares.sum(axis=0), 1, rtol=1e-6)
    assert turned.places.min() >= 0
    assert turned.places.max() < 24 * 24
