from __future__ import annotations

import cv2
import numpy as np
import pytest

from trainer.images.box import Box
from trainer.images.preprocessing import Preprocessing, crop_square, resample, standardise, to_gray


def test_a_csv_row_is_not_resampled() -> None:
    row = np.arange(784, dtype=np.int64).reshape(28, 28).astype(np.uint8)
    np.testing.assert_array_equal(Preprocessing().image(row), row)


def test_a_frame_and_its_finished_crop_give_the_same_input() -> None:
    frame = np.random.default_rng(0).integers(0, 256, (200, 300, 3), dtype=np.uint8)
    box = Box(100, 40, 84, 84)
    preprocessing = Preprocessing()
    crop = frame[40:124, 100:184]
    np.testing.assert_array_equal(preprocessing(frame, box), preprocessing(crop))


def test_an_image_without_a_box_is_read_in_its_middle_square() -> None:
    wide = np.zeros((28, 60), np.uint8)
    wide[:, 16:44] = np.random.default_rng(0).integers(0, 256, (28, 28))
    np.testing.assert_array_equal(Preprocessing(margin=2.0).image(wide), wide[:, 16:44])


def test_resampling_is_by_area() -> None:
    checkers = np.indices((56, 56)).sum(axis=0).astype(np.uint8) % 2 * 255
    assert set(np.unique(resample(checkers, 28))) <= {127, 128}


def test_each_image_gets_mean_0_and_deviation_1() -> None:
    images = np.random.default_rng(0).integers(0, 256, (5, 28, 28), dtype=np.uint8)
    values = Preprocessing().normalised(images)
    np.testing.assert_allclose(values.mean(axis=1), 0, atol=1e-6)
    np.testing.assert_allclose(values.std(axis=1), 1, atol=1e-5)
    assert values.dtype == np.float32


def test_brightness_and_contrast_drop_out() -> None:
    image = np.random.default_rng(0).integers(0, 100, (28, 28), dtype=np.uint8)
    preprocessing = Preprocessing()
    np.testing.assert_allclose(preprocessing(image), preprocessing(image * 2 + 30), atol=1e-5)


def test_a_flat_image_becomes_zeros() -> None:
    assert not Preprocessing()(np.full((40, 40), 200, np.uint8)).any()


def test_fixed_normalisation() -> None:
    settings = Preprocessing(normalise="dataset", mean=100, standard_deviation=50)
    values = settings(np.full((28, 28), 150, np.uint8))
    np.testing.assert_allclose(values, 1)


def test_a_box_beyond_the_edge_repeats_the_edge() -> None:
    image = np.arange(100, dtype=np.uint8).reshape(10, 10)
    crop = crop_square(image, Box(-3, -2, 6, 6))
    assert crop.shape == (6, 6)
    np.testing.assert_array_equal(crop[:, :4], np.repeat(crop[:, 3:4], 4, axis=1))
    np.testing.assert_array_equal(crop[2:, 3:], image[:4, :3])


@pytest.mark.parametrize(
    "box", [Box(-500, 0, 5, 5), Box(900, 900, 5, 5), Box(0, 0, 0.1, 0.1), Box(-9, -9, 99, 99)]
)
def test_every_box_gives_a_square(box: Box) -> None:
    image = np.zeros((10, 12, 3), np.uint8)
    side = max(1, round(max(box.w, box.h)))
    assert crop_square(image, box).shape == (side, side, 3)


def test_a_crop_inside_is_not_copied() -> None:
    image = np.zeros((50, 50, 3), np.uint8)
    assert np.shares_memory(crop_square(image, Box(5, 5, 20, 20)), image)


def test_the_square_keeps_the_centre() -> None:
    assert Box(10, 20, 30, 10).square(2.0) == Box(-5, -5, 60, 60)


def test_the_margin_widens_the_crop() -> None:
    image = np.zeros((100, 100), np.uint8)
    image[30:70, 30:70] = 255
    shown = Preprocessing(margin=2.0).image(image, Box(30, 30, 40, 40))
    assert shown[14, 14] == 255
    assert shown[2, 2] == 0


@pytest.mark.parametrize("shape", [(9, 9), (9, 9, 1), (9, 9, 3), (9, 9, 4)])
def test_gray_of_every_kind_of_image(shape: tuple[int, ...]) -> None:
    assert (to_gray(np.full(shape, 90, np.uint8)) == 90).all()


def test_gray_weighs_the_colours() -> None:
    blue, green = np.zeros((2, 1, 1, 3), np.uint8)
    blue[..., 0], green[..., 1] = 255, 255
    assert to_gray(blue)[0, 0] < 40 < 140 < to_gray(green)[0, 0]


def test_16_bits_become_8() -> None:
    assert to_gray(np.full((3, 3), 0x8001, np.uint16))[0, 0] == 0x80


@pytest.mark.parametrize(
    "bad",
    [
        np.zeros((3, 3)),
        np.zeros(9, np.uint8),
        np.zeros((3, 3, 2), np.uint8),
        np.zeros((0, 3), np.uint8),
    ],
)
def test_what_is_no_image_is_refused(bad: np.ndarray) -> None:
    with pytest.raises(ValueError, match="image"):
        to_gray(bad)


def test_boxes_overlap_as_far_as_they_share_their_area() -> None:
    box = Box(10, 20, 30, 40)
    assert box.overlap(box) == 1
    assert box.overlap(Box(40, 20, 30, 40)) == 0
    right_half = Box(25, 20, 30, 40)
    assert box.overlap(right_half) == right_half.overlap(box) == pytest.approx(1 / 3)
    assert box.share_inside(right_half) == pytest.approx(1 / 2)


def test_settings_survive_json() -> None:
    settings = Preprocessing(
        size=48, margin=1.2, normalise="dataset", mean=3.0, standard_deviation=2.0
    )
    assert Preprocessing.from_json(settings.to_json()) == settings


@pytest.mark.parametrize(
    "change",
    [
        {"size": 0},
        {"size": 28.5},
        {"size": "28"},
        {"margin": -1},
        {"margin": float("nan")},
        {"margin": "wide"},
        {"normalise": "magic"},
        {"standard_deviation": 0.0},
        {"unknown": 1},
    ],
)
def test_settings_out_of_range_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Preprocessing.from_json(Preprocessing().to_json() | change)


def test_missing_settings_are_refused() -> None:
    with pytest.raises(ValueError, match="exactly the settings"):
        Preprocessing.from_json({"size": 28})


def test_standardise_agrees_with_opencv() -> None:
    rows = np.random.default_rng(1).uniform(0, 255, (3, 784)).astype(np.float32)
    mean, deviation = cv2.meanStdDev(rows[1])
    expected = (rows[1] - mean[0, 0]) / deviation[0, 0]
    standardise(rows)
    np.testing.assert_allclose(rows[1], expected, rtol=1e-4, atol=1e-5)
