"""Runs the real program, types into it and tells what its text is: for test_crash.py.

    python -m tests.asl_desktop.compose.typing_app LETTERS [arguments of asl-desktop]

Prints the text at the start, then the text after the typing, and stays open.
"""

from __future__ import annotations

import sys
from typing import Any

from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest

from asl_desktop.main import main
from asl_desktop.main_window import MainWindow
from asl_desktop.startup.libraries import import_opencv

import_opencv()


def run() -> int:
    """The program with somebody who types."""
    start = MainWindow.start

    def watched(window: MainWindow, *arguments: Any) -> None:
        start(window, *arguments)
        QTimer.singleShot(0, window, lambda: type_into(window))

    MainWindow.start = watched  # type: ignore[method-assign]
    return main(sys.argv[2:])


def type_into(window: MainWindow) -> None:
    if not window.composer.isVisible():
        QTimer.singleShot(50, window, lambda: type_into(window))
        return
    field = window.composer.field
    print(repr(field.text), flush=True)
    QTest.keyClicks(field, sys.argv[1])
    # Behind whatever the typing set off.
    QTimer.singleShot(100, window, lambda: print(repr(field.text), flush=True))


if __name__ == "__main__":
    sys.exit(run())
