from __future__ import annotations

import numpy as np
import pytest

from trainer.hand_finder.detection import CELL, CELLS, HEIGHT, WIDTH, centres, shrink
from trainer.images.box import Box


@pytest.mark.parametrize("shape", [(480, 640, 3), (720, 1280, 3), (640, 480), (33, 500, 3)])
def test_a_box_comes_back_from_the_small_image(shape: tuple[int, ...]) -> None:
    small, fit = shrink(np.zeros(shape, np.uint8))
    assert small.shape == (HEIGHT, WIDTH)
    box = Box(10, 20, 60, 90)
    np.testing.assert_allclose(fit.to_frame(fit.to_small(box)), box, rtol=1e-9)


def test_a_bright_spot_lands_where_the_fit_says() -> None:
    frame = np.zeros((720, 1280, 3), np.uint8)
    frame[300:380, 800:880] = 255
    small, fit = shrink(frame)
    y, x = (float(axis.mean()) for axis in np.nonzero(small > 200))
    spot = fit.to_small(Box(800, 300, 80, 80))
    assert x == pytest.approx(spot.x + spot.w / 2 - 0.5, abs=0.6)
    assert y == pytest.approx(spot.y + spot.h / 2 - 0.5, abs=0.6)


def test_the_cells_cover_the_image() -> None:
    points = centres()
    assert points.shape == (CELLS, 2)
    np.testing.assert_allclose(points[0], (CELL / 2, CELL / 2))
    np.testing.assert_allclose(points[-1], (WIDTH - CELL / 2, HEIGHT - CELL / 2))
