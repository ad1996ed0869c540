"""The joints of a hand over its image."""

from __future__ import annotations

import time

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter
from pytestqt.qtbot import QtBot

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.hand_box import HandBox
from asl_desktop.live.preview import Preview
from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings
from asl_desktop.widgets import skeleton
from asl_desktop.widgets.live_view import FrameView, LiveView
from asl_desktop.widgets.skeleton import paint_skeleton
from trainer.joints import JOINTS
from trainer.letters import CLASSES
from trainer.recognition.reader import Candidate, Reading

GRAY = 100


def made_up() -> NDArray[np.float32]:
    """An open hand in a frame of 320 × 240, left of its middle."""
    joints = [(80.0, 200.0)]
    for finger in range(5):
        joints += [(40.0 + 20 * finger, 150.0 - 25 * joint) for joint in range(4)]
    return np.array(joints, np.float32)


def frame(joints: NDArray[np.float32] | None) -> LiveFrame:
    probabilities = np.full(CLASSES, 1 / CLASSES, np.float32)
    seen = np.zeros((28, 28), np.uint8)
    reading = Reading((Candidate("A", 1.0),), probabilities, seen, 1.0, 0.0, joints)
    image = np.full((240, 320, 3), GRAY, np.uint8)
    return LiveFrame(image, "made up", HandBox(0.25, 0.5, 0.8), reading, time.perf_counter(), 25.0)


def pixels(widget: FrameView) -> NDArray[np.uint8]:
    """(h, w, 4) of what the widget shows."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    return np.array(image.constBits()).reshape(image.height(), image.width(), 4).copy()


@pytest.fixture(params=[Preview, LiveView])
def view(request: pytest.FixtureRequest, qtbot: QtBot) -> FrameView:
    view: FrameView = request.param()
    qtbot.addWidget(view)
    view.resize(320, 240)
    view.show()
    return view


def test_it_is_drawn_only_when_it_is_wanted_and_known(view: FrameView) -> None:
    view.show_frame(frame(None))
    without = pixels(view)
    view.set_skeleton(True)
    assert np.array_equal(pixels(view), without), "a network that knows no joints"
    view.show_frame(frame(made_up()))
    assert not np.array_equal(pixels(view), without)
    view.set_skeleton(False)
    assert np.array_equal(pixels(view), without)


@pytest.mark.parametrize("mirrored", [False, True])
def test_every_joint_is_where_it_is_in_the_frame(view: FrameView, mirrored: bool) -> None:
    view.mirrored = mirrored
    view.show_frame(frame(made_up()))
    without = pixels(view).astype(int)
    view.set_skeleton(True)
    changed = (np.abs(pixels(view).astype(int) - without) > 40).any(axis=2)
    scale = view.image_rect().width() / 320
    for x, y in made_up():
        across = view.image_rect().left() + (320 - x if mirrored else x) * scale
        down = view.image_rect().top() + y * scale
        around = changed[round(down) - 2 : round(down) + 3, round(across) - 2 : round(across) + 3]
        assert around.any(), (x, y)
    # The other half holds no hand.
    half = (
        changed[:, : view.width() // 2 - 10] if mirrored else changed[:, view.width() // 2 + 10 :]
    )
    assert not half.any()


def test_fingers_differ_in_more_than_colour() -> None:
    assert len(set(skeleton._CORNERS)) == 5


@pytest.mark.parametrize("ground", [0, 90, 255])
def test_it_is_seen_on_any_image(ground: int) -> None:
    image = QImage(320, 240, QImage.Format.Format_Grayscale8)
    image.fill(ground * 0x010101)
    painter = QPainter(image)
    paint_skeleton(painter, [QPointF(x, y) for x, y in made_up().tolist()], 2.0)
    painter.end()
    seen = np.array(image.constBits()).reshape(240, image.bytesPerLine())[:, :320].astype(int)
    assert (np.abs(seen - ground) > 80).sum() > 20 * JOINTS


def test_the_switch_is_off_at_first_and_remembered(window: MainWindow) -> None:
    switch = window.user_actions.skeleton
    assert not switch.isChecked()
    switch.trigger()
    assert window.live.preview._skeleton
    assert Settings().skeleton
