"""The app on a Wayland compositor; prints what happened as JSON.

    python -m tests.asl_desktop.wayland_app show
    python -m tests.asl_desktop.wayland_app drop IMAGE X_DISPLAY

`show` plays the demo and looks for the preview in the compositor's own screenshots. `drop` drags
IMAGE with the mouse of X_DISPLAY, on which the compositor runs in a window, and drops it.
"""

from __future__ import annotations

# ruff: noqa: E402 - OpenCV is set up before Qt
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from asl_desktop.startup.libraries import import_opencv

import_opencv()

import cv2
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QCursor, QDrag, QMouseEvent
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings, Theme
from asl_desktop.startup.garbage import GarbageCollector
from asl_desktop.widgets.theme import STYLE, ThemeSwitch
from tests.patience import PATIENCE_SECONDS

_TRIES = 5
ALIKE = 0.99
"""Correlation of the preview with its place in a screenshot."""


def wait(condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> bool:
    """Runs the event loop until a condition holds; False if it does not in time."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        QApplication.processEvents()
        time.sleep(0.005)
    return True


class Handle(QLabel):
    """What is dragged: a file, as from a file manager."""

    def __init__(self, path: Path, parent: MainWindow) -> None:
        super().__init__("file", parent)
        self._path = path
        self._dragged = False

    def mousePressEvent(self, event: QMouseEvent) -> None:
        pass

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragged:
            return
        self._dragged = True
        drag = QDrag(self)
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(self._path))])
        drag.setMimeData(data)
        drag.exec(Qt.DropAction.CopyAction)
        self._dragged = False


def show(window: MainWindow) -> dict[str, object]:
    """Whether the compositor's screen holds the image of the preview."""
    preview = window.live.preview
    window.show()
    played = wait(lambda: preview.frame is not None)
    window.user_actions.freeze.trigger()
    best = 0.0

    def seen() -> bool:
        nonlocal best
        with tempfile.TemporaryDirectory() as folder:
            own = Path(folder) / "own.png"
            preview.grab().save(str(own))
            subprocess.run(
                ["weston-screenshooter"], cwd=folder, check=True, timeout=PATIENCE_SECONDS
            )
            (screen,) = Path(folder).glob("wayland-screenshot-*.png")
            images = [cv2.imread(str(path)) for path in (screen, own)]
        best = max(best, float(cv2.matchTemplate(*images, cv2.TM_CCOEFF_NORMED).max()))
        return best >= ALIKE

    return {"played": played, "seen": wait(seen), "correlation": best}


def drop(window: MainWindow, path: Path, display: str) -> dict[str, object]:
    """What plays after a file was dropped."""
    preview = window.live.preview
    handle = Handle(path, window)
    handle.setGeometry(40, 120, 100, 60)
    window.showFullScreen()
    handle.show()
    handle.raise_()
    wait(lambda: preview.frame is not None)
    # Full screen: places in the window are places on the screen.
    wait(lambda: window.width() >= window.screen().geometry().width())
    name = str(path)
    # The compositor takes its time to give the window the whole screen.
    corner = QPoint(0, 0)
    for _ in range(_TRIES):
        # A window that came before the compositor's shell may have been put elsewhere.
        corner += drag_with_the_mouse(handle, preview, window, display, corner)
        if wait(lambda: preview.frame is not None and preview.frame.name == name, seconds=5):
            break
    return {"name": "" if preview.frame is None else preview.frame.name}


def drag_with_the_mouse(
    handle: QWidget, to: QWidget, window: MainWindow, display: str, corner: QPoint
) -> QPoint:
    """Moves the mouse as a person does, while the window goes on.

    Returns:
        How far the window is from where it was thought to be, with its corner at `corner`.
    """
    start = corner + handle.mapTo(window, QPoint(50, 30))
    end = corner + to.mapTo(window, to.rect().center())
    moves = [f"mousemove {start.x()} {start.y()} sleep 0.3 mousedown 1 sleep 0.3"]
    for step in range(1, 11):
        way = start + (end - start) * step / 10
        moves.append(f"mousemove {way.x()} {way.y()} sleep 0.1")
    mouse = subprocess.Popen(
        ["xdotool", *" ".join([*moves, "sleep 0.3 mouseup 1"]).split()],
        env=os.environ | {"DISPLAY": display},
    )
    wait(lambda: mouse.poll() is not None)
    return end - corner - QCursor.pos()


def main() -> None:
    app = QApplication(["", *STYLE])
    GarbageCollector(app)
    window = MainWindow(Settings(), ThemeSwitch(app, Theme.LIGHT))
    window.start("demo")
    result = show(window) if sys.argv[1] == "show" else drop(window, Path(sys.argv[2]), sys.argv[3])
    print(json.dumps(result | {"platform": app.platformName()}))
    window.close()


if __name__ == "__main__":
    main()
