from __future__ import annotations

import math

import pytest

from asl_desktop.hand_box import HANDLES, SMALLEST, HandBox, Handle
from trainer.images.box import Box

SHAPES = [(640, 480), (1280, 720), (480, 640), (31, 29)]


def corners(box: Box) -> tuple[float, float, float, float]:
    return box.x, box.y, box.x + box.w, box.y + box.h


def assert_square_inside(box: Box, width: int, height: int) -> None:
    assert box.w == pytest.approx(box.h)
    left, top, right, bottom = corners(box)
    slack = 1e-6
    assert left >= -slack
    assert top >= -slack
    assert right <= width + slack
    assert bottom <= height + slack


def test_the_first_box_is_a_square_in_the_middle() -> None:
    assert HandBox().pixels(1280, 720) == pytest.approx((424, 144, 432, 432))
    assert HandBox().pixels(480, 640) == pytest.approx((96, 176, 288, 288))


@pytest.mark.parametrize(
    "numbers", [(math.nan, 0.5, 0.5), (0.5, math.inf, 0.5), (-0.1, 0.5, 0.5), (0.5, 0.5, 1.1)]
)
def test_what_is_no_box_is_refused(numbers: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match=r"box|outside"):
        HandBox(*numbers)


@pytest.mark.parametrize(("width", "height"), SHAPES)
@pytest.mark.parametrize("box", [HandBox(0, 0, 1), HandBox(1, 0.2, 0.5), HandBox(0.3, 1, SMALLEST)])
def test_a_box_lies_inside_every_frame(box: HandBox, width: int, height: int) -> None:
    assert_square_inside(box.pixels(width, height), width, height)


def test_pixels_become_the_square_around_them() -> None:
    box = HandBox.of(Box(200, 100, 80, 160), 640, 480)
    assert box.pixels(640, 480) == pytest.approx((160, 100, 160, 160))


def test_pixels_beyond_the_frame_are_moved_inside() -> None:
    box = HandBox.of(Box(600, -50, 200, 200), 640, 480)
    assert box.pixels(640, 480) == pytest.approx((440, 0, 200, 200))


@pytest.mark.parametrize("way", [(-9999, 0), (9999, 0), (0, -9999), (0, 9999), (9999, -9999)])
def test_moving_stops_at_the_edges_without_shrinking(way: tuple[int, int]) -> None:
    moved = HandBox().moved(*way, 640, 480)
    assert moved.side == pytest.approx(HandBox().side)
    assert_square_inside(moved.pixels(640, 480), 640, 480)


def test_growing_keeps_the_centre() -> None:
    grown = HandBox().grown(40, 640, 480).pixels(640, 480)
    assert grown == pytest.approx((156, 76, 328, 328))


def test_shrinking_ends_at_the_smallest_box() -> None:
    assert HandBox().grown(-9999, 640, 480).side == pytest.approx(SMALLEST)


@pytest.mark.parametrize("handle", HANDLES)
@pytest.mark.parametrize("outwards", [-40.0, 40.0, 9999.0])
def test_pulling_a_handle_leaves_the_opposite_one(handle: Handle, outwards: float) -> None:
    width, height = 640, 480
    before = HandBox(0.5, 0.5, 0.5)
    old = before.pixels(width, height)
    at_x = old.x + old.w * (1 + handle.right) / 2 + outwards * handle.right
    at_y = old.y + old.h * (1 + handle.down) / 2 + outwards * handle.down
    new = before.pulled(handle, at_x, at_y, width, height).pixels(width, height)
    assert_square_inside(new, width, height)
    assert (new.w > old.w) == (outwards > 0)
    if handle.right:
        opposite = 1 if handle.right > 0 else -1
        assert new.x + new.w * (1 - opposite) / 2 == pytest.approx(
            old.x + old.w * (1 - opposite) / 2
        )
    if handle.down:
        opposite = 1 if handle.down > 0 else -1
        assert new.y + new.h * (1 - opposite) / 2 == pytest.approx(
            old.y + old.h * (1 - opposite) / 2
        )


def test_a_handle_pulled_through_its_opposite_stops_at_the_smallest_box() -> None:
    assert HandBox().pulled(Handle(1, 1), 0, 0, 640, 480).side == pytest.approx(SMALLEST)
