from __future__ import annotations

import cv2
import numpy as np
import pytest

from trainer.model.inference import Inference
from trainer.model.view import View, views


@pytest.mark.parametrize("degrees", [-20.0, 7.0, 35.0])
@pytest.mark.parametrize("mirror", [False, True])
def test_an_image_turns_as_opencv_turns_it(degrees: float, mirror: bool) -> None:
    size = 41
    image = cv2.GaussianBlur(np.random.default_rng(0).uniform(0, 255, (size, size)), (0, 0), 3)
    middle = (size - 1) / 2
    # OpenCV counts degrees the other way round.
    matrix = cv2.getRotationMatrix2D((middle, middle), -degrees, 1.0)
    border = cv2.BORDER_REPLICATE
    expected = cv2.warpAffine(
        image, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=border
    )
    if mirror:
        expected = expected[:, ::-1]
    view = View(degrees, mirror, size)(image.astype(np.float32).reshape(1, -1))
    turned = view.reshape(size, size)
    np.testing.assert_allclose(turned[4:-4, 4:-4], expected[4:-4, 4:-4], atol=1.0)


@pytest.mark.parametrize("mirror", [False, True])
def test_an_image_that_is_not_turned_stays_as_it_is(mirror: bool) -> None:
    images = np.random.default_rng(0).standard_normal((3, 20, 20)).astype(np.float32)
    expected = images[:, :, ::-1] if mirror else images
    view = View(0.0, mirror, 20)
    assert len(view.places) == 1
    np.testing.assert_array_equal(view(images.reshape(3, -1)), expected.reshape(3, -1))


@pytest.mark.parametrize("mirror", [False, True])
def test_points_come_back_to_where_they_were(mirror: bool) -> None:
    size, view = 61, View(25.0, mirror, 61)
    image = np.zeros((size, size), np.float32)
    image[20, 44] = 1
    seen = view(image.reshape(1, -1)).reshape(size, size)
    y, x = (float((seen * axis).sum() / seen.sum()) for axis in np.indices((size, size)))
    middle = (size - 1) / 2
    back = view.back(np.array([x - middle, y - middle], np.float32)) + middle
    np.testing.assert_allclose(back, [44, 20], atol=0.2)


def test_the_shares_of_a_pixel_add_up() -> None:
    view = View(14.0, True, 24)
    np.testing.assert_allclose(view.shares.sum(axis=0), 1, rtol=1e-6)
    assert view.places.min() >= 0
    assert view.places.max() < 24 * 24


@pytest.mark.parametrize(
    ("inference", "expected"),
    [
        (Inference(), [(0, False)]),
        (Inference(mirror=True), [(0, False), (0, True)]),
        (Inference(turn=9), [(-9, False), (9, False)]),
        (Inference(mirror=True, turn=9), [(-9, False), (9, False), (-9, True), (9, True)]),
    ],
)
def test_an_image_is_seen_from_all_sides(
    inference: Inference, expected: list[tuple[float, bool]]
) -> None:
    image = np.random.default_rng(0).standard_normal((1, 400)).astype(np.float32)
    seen = [view(image) for view in views(inference, 20)]
    np.testing.assert_array_equal(seen, [View(a, mirror, 20)(image) for a, mirror in expected])
