"""Runs the real program and prints, as JSON, what its window showed: for test_real_window.py.

    python -m tests.asl_desktop.watched_app SECONDS WANTED [arguments of asl-desktop]

It ends after so many seconds, or as soon as so many different letters were shown.
"""

from __future__ import annotations

import hashlib
import json
import sys
import time
from typing import Any

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtGui import QGuiApplication

from asl_desktop.main import main
from asl_desktop.main_window import MainWindow
from asl_desktop.startup.libraries import import_opencv

import_opencv()


class Watch:
    """Looks at the letter ten times a second, in the widget and on the screen itself."""

    def __init__(self, window: MainWindow, seconds: float, wanted: int) -> None:
        self._window = window
        self._until = time.monotonic() + seconds
        self._wanted = wanted
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._look)
        self._timer.start(100)
        self._letters: list[str] = []
        self._on_screen: dict[str, set[str]] = {}
        self._verdicts: set[str] = set()

    def _look(self) -> None:
        letter = self._window.live.panel.letter
        if letter.letter:
            self._verdicts.add(self._window.live.panel.verdict.text())
            if not self._letters or self._letters[-1] != letter.letter:
                self._letters.append(letter.letter)
            else:
                # The second look at the same letter: by now it is painted.
                self._on_screen.setdefault(letter.letter, set()).add(self._pixels())
        done = len(self._on_screen) >= self._wanted and "Sure" in self._verdicts
        if done or time.monotonic() > self._until:
            self._timer.stop()
            self._report()
            self._window.close()

    def _pixels(self) -> str:
        letter = self._window.live.panel.letter
        corner = letter.mapTo(self._window, QPoint(0, 0))
        image = self._window.screen().grabWindow(
            self._window.winId(), corner.x(), corner.y(), letter.width(), letter.height()
        )
        data: Any = image.toImage().constBits()
        return hashlib.sha256(data).hexdigest()

    def _report(self) -> None:
        preview = self._window.live.preview
        report = {
            "platform": QGuiApplication.platformName(),
            "letters": self._letters,
            "on_screen": {letter: sorted(seen) for letter, seen in self._on_screen.items()},
            "verdicts": sorted(self._verdicts),
            "rate": self._window.live.panel.rate.text(),
            "banner": self._window.banner.text,
            "frame": None if preview.frame is None else preview.frame.image.shape,
        }
        print(json.dumps(report), flush=True)


def run() -> int:
    """The program with a watch on its window."""
    seconds, wanted = float(sys.argv[1]), int(sys.argv[2])
    start = MainWindow.start
    watches: list[Watch] = []

    def watched(window: MainWindow, *arguments: Any) -> None:
        start(window, *arguments)
        watches.append(Watch(window, seconds, wanted))

    MainWindow.start = watched  # type: ignore[method-assign]
    return main(sys.argv[3:])


if __name__ == "__main__":
    sys.exit(run())
