import numpy as np
import pytest

from trainer.hand_renderer.raster import rasterise
from trainer.hand_renderer.synth import random_image, render_random
from trainer.letters import LETTERS

SIZE = 96


def test_one_triangle_covers_its_pixels_and_blends_its_corners() -> None:
    points = np.array([[0, 8], [8, 8], [0, 0]], np.float32)
    depth = np.array([1.0, 2.0, 3.0], np.float32)
    fragments = rasterise(points, depth, np.array([[0, 1, 2]], np.int32), (8, 8))
    covered = fragments.image(np.ones(len(fragments.pixel), np.float32), 0.0)
    np.testing.assert_array_equal(covered, np.tril(np.ones((8, 8))))
    corner = np.flatnonzero(fragments.pixel == 7 * 8)[0]
    np.testing.assert_allclose(fragments.depth[corner], 1 + 0.5 / 8 + 2 * 0.5 / 8, atol=1e-5)


def test_the_nearer_triangle_hides_the_farther() -> None:
    points = np.array([[0, 8], [8, 8], [0, 0]] * 2, np.float32)
    depth = np.array([5, 5, 5, 1, 1, 1], np.float32)
    faces = np.array([[0, 1, 2], [3, 4, 5]], np.int32)
    assert set(rasterise(points, depth, faces, (8, 8)).face.tolist()) == {1}


def test_a_triangle_facing_away_is_not_drawn() -> None:
    points = np.array([[0, 8], [8, 8], [0, 0]], np.float32)
    faces = np.array([[0, 2, 1]], np.int32)
    assert len(rasterise(points, np.ones(3, np.float32), faces, (8, 8)).pixel) == 0


@pytest.mark.parametrize("letter", LETTERS)
def test_hand_is_drawn_inside_its_box(letter: str) -> None:
    drawn, _ = render_random(letter, np.random.default_rng(3), SIZE)
    rows, columns = np.nonzero(drawn.hand > 0.02)
    x, y, width, height = drawn.box
    assert len(rows) > 0.05 * SIZE * SIZE
    assert columns.min() >= x - 3
    assert columns.max() <= x + width + 2
    assert rows.min() >= y - 3  # faces across the wrist reach a little past it
    assert rows.max() <= y + height + 2
    assert max(width, height) == pytest.approx(SIZE / 1.8, abs=0.1)
    assert (drawn.alpha >= drawn.hand - 1e-6).all()
    np.testing.assert_array_equal(np.isfinite(drawn.depth), drawn.alpha > 0)


def test_letters_look_different() -> None:
    images = [render_random(letter, np.random.default_rng(8), 64)[0].colour for letter in LETTERS]
    for first in range(len(images)):
        for second in range(first):
            assert np.abs(images[first] - images[second]).mean() > 0.002


def test_same_seed_gives_the_same_image() -> None:
    first = random_image("K", np.random.default_rng(11), SIZE)
    again = random_image("K", np.random.default_rng(11), SIZE)
    other = random_image("K", np.random.default_rng(12), SIZE)
    for one, two in zip(first, again, strict=True):
        np.testing.assert_array_equal(one, two)
    assert (first[0] != other[0]).any()


def test_image_mask_and_box_fit_together() -> None:
    for seed in range(6):
        image, mask, box, _ = random_image("Y", np.random.default_rng(seed), SIZE)
        assert image.shape == (SIZE, SIZE, 3)
        assert image.dtype == mask.dtype == np.uint8
        assert mask.shape == (SIZE, SIZE)
        x, y, width, height = box.round().astype(int)
        assert (mask[y : y + height, x : x + width] > 128).mean() > 0.15
        assert mask[: max(y - 1, 0)].max(initial=0) == 0  # nothing above an upright hand
        assert x + width / 2 == pytest.approx(SIZE / 2, abs=1.5)
