"""Shows the window at a scale of the display, and prints what differs from what it should paint.

    QT_SCALE_FACTOR=1.5 python -m tests.asl_desktop.scaled_app FONT WIDTH HEIGHT FOLDER

FONT is a factor of the font's size. An image of every page goes into FOLDER; for each
image on the screen, the mean difference from the expected pixels is printed, as JSON. What is cut
off is listed, too: buttons smaller than their text, and primary buttons outside of the window.
Each step is told on stderr before it is taken, so that a crash says where it was.
"""

from __future__ import annotations

# ruff: noqa: E402 - OpenCV is set up before Qt
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from asl_desktop.startup.libraries import import_opencv

import_opencv()

import cv2
import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRect, QSettings
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from asl_desktop.live import live_tab
from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings, Theme
from asl_desktop.startup.garbage import GarbageCollector
from asl_desktop.widgets.hand_image import HandImage, reference_image
from asl_desktop.widgets.live_view import FrameView
from asl_desktop.widgets.theme import STYLE, ThemeSwitch
from tests.patience import PATIENCE_SECONDS
from trainer.support import paths

EDGE = 12
"""Pixels of the screen along an image's edges and the hand box that are not compared."""


def pattern() -> NDArray[np.uint8]:
    """A frame in which no part looks like another: two slopes and a grid of their own colour."""
    across, down = np.meshgrid(np.linspace(0, 1, 640), np.linspace(0, 1, 480))
    image = np.stack([255 * across, 255 * down, 255 * (1 - across)], axis=2)
    return image.astype(np.uint8)


def pixels(widget: QWidget) -> NDArray[np.uint8]:
    """(height, width, 3) blue-green-red, in pixels of the screen."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    data: Any = image.constBits()
    rows = np.frombuffer(data, np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), :3].copy()


def frame_difference(view: FrameView) -> float:
    """Mean difference of a painted frame from the frame itself, 0–255."""
    assert view.frame is not None
    ratio = view.devicePixelRatioF()
    target = view.image_rect()
    left, top = round(target.x() * ratio), round(target.y() * ratio)
    size = (round(target.width() * ratio), round(target.height() * ratio))
    expected = cv2.resize(view.frame.image, size, interpolation=cv2.INTER_AREA).astype(float)
    if view.mirrored:
        expected = expected[:, ::-1]
    painted = pixels(view)[top : top + size[1], left : left + size[0]].astype(float)
    # What the hand box's frame covers or darkens is not compared.
    box = view.rect_of(view.frame.box)
    inside = QRect(
        round(box.x() * ratio) - left + EDGE,
        round(box.y() * ratio) - top + EDGE,
        round(box.width() * ratio) - 2 * EDGE,
        round(box.height() * ratio) - 2 * EDGE,
    )
    part = np.s_[inside.top() : inside.bottom(), inside.left() : inside.right()]
    return float(np.abs(painted[part] - expected[part]).mean())


def hand_difference(view: HandImage) -> float:
    """Mean difference of a painted hand from its image, 0–255, on the same ground."""
    side = min(view.width(), view.height())
    ratio = view.devicePixelRatioF()
    dots = round(side * ratio)
    painted = pixels(view)
    ground = painted[1, 1].astype(float)
    image = reference_image(view.letter).convertToFormat(QImage.Format.Format_ARGB32)
    data: Any = image.constBits()
    hand = np.frombuffer(data, np.uint8).reshape(image.height(), image.width(), 4)
    share = hand[:, :, 3:] / 255
    expected = cv2.resize(hand[:, :, :3] * share + ground * (1 - share), (dots, dots))
    left, top = (painted.shape[1] - dots) // 2, (painted.shape[0] - dots) // 2
    part = painted[top : top + dots, left : left + dots].astype(float)
    height, width = part.shape[:2]
    return float(np.abs(part - expected[:height, :width]).mean())


def cut_off(window: MainWindow) -> list[str]:
    """Buttons that are smaller than what they say, and primary ones that nobody sees."""
    found = []
    for button in window.findChildren(QAbstractButton):
        if not button.isVisible() or not button.text():
            continue
        needed = button.minimumSizeHint()
        if button.width() < needed.width() or button.height() < needed.height():
            found.append(f"{button.text()}: {button.size().toTuple()} of {needed.toTuple()}")
    for button in window.findChildren(QPushButton):
        if button.isVisible() and (button.property("primary") or button.isDefault()):
            seen = button.visibleRegion().boundingRect()
            if seen.size() != button.size():
                found.append(f"{button.text()}: out of sight")
    return found


def tell(step: str) -> None:
    """Says what comes next, for whoever reads the trace of a crash."""
    print(f"scaled_app: {step}", file=sys.stderr, flush=True)


def wait(condition: Callable[[], bool]) -> None:
    """Runs the event loop until something is so."""
    until = time.monotonic() + PATIENCE_SECONDS
    while not condition():
        QApplication.processEvents()
        if time.monotonic() > until:
            raise SystemExit("the window did not show what it should")


def shown_pages(window: MainWindow) -> Iterator[str]:
    """Turns to one page after the other, and gives their names."""
    yield "live"
    tell("opening Practice")
    window.tabs.setCurrentIndex(1)
    wait(lambda: window.practice is not None)
    practice = window.practice
    assert practice is not None
    # The same hand at every scale.
    practice.read.rng = np.random.default_rng(3)
    for page in (practice.course, practice.learn, practice.drill, practice.spell, practice.read):
        practice.show_page(page)
        yield f"practice-{type(page).__name__}"
    tell("opening My hand")
    window.show_my_hand()
    wait(lambda: window.my_hand is not None)
    my_hand = window.my_hand
    assert my_hand is not None
    for my_page in (my_hand.record, my_hand.samples, my_hand.teach):
        my_hand.show_page(my_page)
        yield f"my-hand-{type(my_page).__name__}"
    tell("opening Training")
    window.show_training()
    wait(lambda: window.training is not None)
    training = window.training
    assert training is not None
    for shown in (training.data, training.curves, training.confusion, training.understand):
        training.show_page(shown)
        yield f"training-{type(shown).__name__}"
    for shown in (training.runs, training.search):
        training.show_page(shown)
        yield f"training-{type(shown).__name__}"


def main() -> None:
    """Prints what the tabs paint."""
    font_factor, width, height = float(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    folder = Path(sys.argv[4])
    QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(folder))
    os.environ[paths.OVERRIDE] = str(folder)
    app = QApplication(["", *STYLE])
    GarbageCollector(app)
    font = app.font()
    font.setPointSizeF(font.pointSizeF() * font_factor)
    app.setFont(font)
    source = folder / "pattern.png"
    cv2.imwrite(str(source), pattern())
    # Frame rate and latency differ from run to run: they are never shown.
    live_tab._PACE_MS = 3_600_000
    window = MainWindow(Settings(), ThemeSwitch(app, Theme.LIGHT))
    window.start(str(source))
    window.resize(width, height)
    window.show()
    tell("waiting for the first frame")
    preview = window.live.preview
    # The first frame is shown before it is read.
    wait(lambda: preview.frame is not None and preview.frame.reading is not None)
    report: dict[str, Any] = {"ratio": window.devicePixelRatioF(), "differences": {}, "cut off": {}}
    for name in shown_pages(window):
        tell(name)
        # A still image is shown once; the pages that are shown later get it, too.
        window.live.frame_shown.emit(window.live.preview.frame, None)
        QApplication.processEvents()
        for view in window.findChildren(FrameView):
            if view.isVisible() and view.frame is not None:
                report["differences"][f"{name} frame"] = frame_difference(view)
        for hand in window.findChildren(HandImage):
            if hand.isVisible() and hand.letter:
                report["differences"][f"{name} hand"] = hand_difference(hand)
        report["cut off"][name] = cut_off(window)
        window.grab().save(str(folder / f"{name}.png"))
    tell("closing")
    window.close()
    print(json.dumps(report))


if __name__ == "__main__":
    main()
