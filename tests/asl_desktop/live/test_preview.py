from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.hand_box import HANDLES, HandBox, Handle
from asl_desktop.live.preview import Preview
from tests.asl_desktop.helpers import lopsided

WIDTH, HEIGHT = 320, 240


def frame_of(image: NDArray[np.uint8]) -> LiveFrame:
    return LiveFrame(image, "test", HandBox(), None, 0.0, 30.0)


@pytest.fixture
def preview(qtbot: QtBot) -> Iterator[Preview]:
    preview = Preview()
    qtbot.addWidget(preview)
    preview.resize(640, 480)
    preview.show_frame(frame_of(lopsided((HEIGHT, WIDTH))))
    preview.show()
    qtbot.waitExposed(preview)
    preview.setFocus()
    yield preview
    preview.close()


def drag(preview: Preview, start: QPointF, by: tuple[int, int]) -> None:
    first, last = start.toPoint(), start.toPoint() + QPoint(*by)
    QTest.mousePress(preview, Qt.MouseButton.LeftButton, pos=first)
    QTest.mouseMove(preview, (first + last) / 2)
    QTest.mouseMove(preview, last)
    QTest.mouseRelease(preview, Qt.MouseButton.LeftButton, pos=last)


def colour_at(preview: Preview, x: float, y: float) -> QColor:
    """Of the image, where 0, 0 is its top left and 1, 1 its bottom right on the screen."""
    rect = preview.image_rect()
    image = preview.grab().toImage()
    return image.pixelColor(round(rect.x() + rect.width() * x), round(rect.y() + rect.height() * y))


def test_the_image_is_shown_as_it_is_or_mirrored(preview: Preview) -> None:
    left, right = colour_at(preview, 0.1, 0.5), colour_at(preview, 0.9, 0.5)
    assert left.red() > left.blue()
    assert right.blue() > right.red()
    preview.mirrored = True
    assert colour_at(preview, 0.1, 0.5) == right
    assert colour_at(preview, 0.9, 0.5) == left


def test_painting_leaves_the_frame_alone(preview: Preview) -> None:
    preview.mirrored = True
    preview.grab()
    assert preview.frame is not None
    assert np.array_equal(preview.frame.image, lopsided((HEIGHT, WIDTH)))


@pytest.mark.parametrize("times", [2, 3, 5])
def test_an_image_that_shrinks_is_averaged(preview: Preview, times: int) -> None:
    stripes = np.zeros((HEIGHT * times, WIDTH * times, 3), np.uint8)
    stripes[:, ::2] = 200
    preview.resize(WIDTH, HEIGHT)
    preview.show_frame(frame_of(stripes))
    # Outside the box, it is darkened by 80 / 255.
    greys = [colour_at(preview, across, 0.05).red() for across in (0.1, 0.31, 0.9)]
    assert greys == pytest.approx([100 * 175 / 255] * 3, abs=2)


def test_the_image_keeps_its_shape_in_any_widget(preview: Preview) -> None:
    for size in ((900, 300), (300, 700)):
        preview.resize(*size)
        rect = preview.image_rect()
        assert rect.width() / rect.height() == pytest.approx(WIDTH / HEIGHT)
        assert preview.rect().toRectF().contains(rect)


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_box_follows_the_mouse(preview: Preview, mirrored: bool) -> None:
    preview.mirrored = mirrored
    before = preview.box_rect()
    changes: list[HandBox] = []
    preview.box_changed.connect(changes.append)
    drag(preview, before.center(), (40, -20))
    assert preview.box_rect().topLeft() == before.topLeft() + QPointF(40, -20)
    assert preview.box_rect().width() == pytest.approx(before.width())
    assert (preview.box.x > 0.5) != mirrored, "the box is stored unmirrored"
    assert changes[-1] == preview.box


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize("handle", HANDLES)
def test_every_handle_resizes(preview: Preview, handle: Handle, mirrored: bool) -> None:
    preview.mirrored = mirrored
    before = preview.box_rect()
    half = before.width() / 2
    grip = before.center() + QPointF(handle.right * half, handle.down * half)
    drag(preview, grip, (-30 * handle.right, -30 * handle.down))
    after = preview.box_rect()
    assert after.width() == pytest.approx(before.width() - 30, abs=1)
    assert after.width() == pytest.approx(after.height())
    if handle.right:
        fixed = "left" if handle.right > 0 else "right"
        assert getattr(after, fixed)() == pytest.approx(getattr(before, fixed)(), abs=1)
    if handle.down:
        fixed = "top" if handle.down > 0 else "bottom"
        assert getattr(after, fixed)() == pytest.approx(getattr(before, fixed)(), abs=1)


def test_a_press_beside_the_box_moves_nothing(preview: Preview) -> None:
    before = preview.box
    drag(preview, preview.image_rect().topLeft() + QPointF(5, 5), (50, 50))
    assert preview.box == before


def test_the_right_button_moves_nothing(preview: Preview) -> None:
    before = preview.box
    centre = preview.box_rect().center().toPoint()
    QTest.mousePress(preview, Qt.MouseButton.RightButton, pos=centre)
    QTest.mouseMove(preview, centre + QPoint(40, 40))
    assert preview.box == before


@pytest.mark.parametrize("mirrored", [False, True])
@pytest.mark.parametrize(
    ("key", "right", "down"),
    [
        (Qt.Key.Key_Left, -1, 0),
        (Qt.Key.Key_Right, 1, 0),
        (Qt.Key.Key_Up, 0, -1),
        (Qt.Key.Key_Down, 0, 1),
    ],
)
def test_arrows_move_the_box_as_seen(
    preview: Preview, key: Qt.Key, right: int, down: int, mirrored: bool
) -> None:
    preview.mirrored = mirrored
    before = preview.box_rect()
    QTest.keyClick(preview, key)
    way = preview.box_rect().center() - before.center()
    step = 0.02 * preview.image_rect().height()
    assert (way.x(), way.y()) == pytest.approx((right * step, down * step), abs=0.01)
    QTest.keyClick(preview, key, Qt.KeyboardModifier.ControlModifier)
    fine = preview.box_rect().center() - before.center() - way
    assert 0 < fine.manhattanLength() < step / 4


@pytest.mark.parametrize(
    ("key", "modifier", "grows"),
    [
        (Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier, True),
        (Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier, True),
        (Qt.Key.Key_Left, Qt.KeyboardModifier.ShiftModifier, False),
        (Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier, False),
        (Qt.Key.Key_Plus, Qt.KeyboardModifier.NoModifier, True),
        (Qt.Key.Key_Minus, Qt.KeyboardModifier.NoModifier, False),
    ],
)
def test_keys_resize_the_box_around_its_centre(
    preview: Preview, key: Qt.Key, modifier: Qt.KeyboardModifier, grows: bool
) -> None:
    before = preview.box
    QTest.keyClick(preview, key, modifier)
    assert (preview.box.side > before.side) == grows
    assert (preview.box.x, preview.box.y) == pytest.approx((before.x, before.y))


def test_home_resets_the_box(preview: Preview) -> None:
    preview.box = HandBox(0.3, 0.3, 0.2)
    QTest.keyClick(preview, Qt.Key.Key_Home)
    assert preview.box == HandBox()


def test_focus_is_visible(preview: Preview, qtbot: QtBot) -> None:
    qtbot.waitUntil(preview.hasFocus)
    focused = preview.grab().toImage()
    preview.clearFocus()
    assert preview.grab().toImage() != focused


def test_screen_readers_are_told_where_the_box_is(preview: Preview) -> None:
    assert preview.accessibleName()
    preview.box = HandBox(0.25, 0.5, 0.4)
    assert "25 % across" in preview.accessibleDescription()
    preview.mirrored = True
    assert "75 % across" in preview.accessibleDescription()


def test_the_first_frame_is_told_once_and_after_it_was_painted(qtbot: QtBot) -> None:
    preview = Preview()
    qtbot.addWidget(preview)
    told: list[None] = []
    preview.first_frame_shown.connect(lambda: told.append(None))
    preview.grab()
    qtbot.wait(20)
    assert not told
    preview.show_frame(frame_of(lopsided()))
    preview.grab()
    assert not told, "it is not on the screen before the next turn of the loop"
    preview.grab()
    qtbot.waitUntil(lambda: bool(told))
    qtbot.wait(20)
    assert len(told) == 1
