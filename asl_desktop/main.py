"""`asl-desktop`: the command line of the app."""

from __future__ import annotations

import argparse
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from asl_desktop.startup.libraries import import_numpy, import_opencv
from trainer.commands.box_argument import box_numbers
from trainer.support.terminal import Parser

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the app until its window is closed."""
    chosen = command_line().parse_args(arguments)
    if chosen.version:
        from trainer.support.version import version

        print(f"asl-desktop {version()}")
        return 0
    return _run(chosen)


def _run(chosen: argparse.Namespace) -> int:
    import_numpy()
    import_opencv()
    # Only now: these import both libraries, too.
    from PySide6.QtGui import QIcon
    from PySide6.QtWidgets import QApplication

    from asl_desktop.language import speak
    from asl_desktop.main_window import MainWindow
    from asl_desktop.settings import APPLICATION, Settings
    from asl_desktop.startup.failures import FailureReporter
    from asl_desktop.startup.garbage import GarbageCollector
    from asl_desktop.widgets.theme import STYLE, ThemeSwitch, scaled
    from trainer.images.box import Box
    from trainer.support.paths import asset

    # Python does not see Ctrl+C while Qt's event loop runs.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    app = QApplication([*sys.argv[:1], *STYLE])
    app.setApplicationName(APPLICATION)
    app.setApplicationDisplayName("ASL Desktop")
    app.setDesktopFileName("asl-desktop")
    app.setWindowIcon(QIcon(str(asset("icons/asl-desktop.svg"))))
    failures = FailureReporter(app)
    failures.install()
    GarbageCollector(app)
    settings = Settings()
    speak(app, settings.language)
    app.setFont(scaled(app.font(), settings.text_size / 100))
    window = MainWindow(settings, ThemeSwitch(app, settings.theme))
    failures.failed.connect(window.warn)
    if chosen.box is not None:
        window.live.set_pixel_box(Box(*chosen.box))
    if chosen.exit_after_first_frame:
        window.live.preview.first_frame_shown.connect(lambda: _report_and_close(window))
    window.start(chosen.source, chosen.weights)
    window.show()
    code = app.exec()
    failures.uninstall()
    if not window.stopped:
        # A driver blocks a thread for good; it would crash during Python's shutdown.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def command_line() -> argparse.ArgumentParser:
    """The parser of the command line."""
    parser = Parser(prog="asl-desktop", description="Reads the ASL alphabet from a camera, live.")
    parser.add_argument(
        "--source",
        default="",
        help="a camera's number, name or device file, a video, an image, a folder of images, a "
        "CSV, an http or rtsp address, or 'demo' for the clip that comes with the program "
        "(default: the camera used last, or the first one)",
    )
    parser.add_argument(
        "--weights",
        type=Path,
        help="a weight file (default: the one used last, or the shipped one)",
    )
    parser.add_argument(
        "--box", metavar="X,Y,W,H", type=box_numbers, help="the hand box, in pixels of the frame"
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    parser.add_argument("--exit-after-first-frame", action="store_true", help=argparse.SUPPRESS)
    return parser


def _report_and_close(window: QWidget) -> None:
    """For benchmarks/cold_start.py."""
    print("first frame", flush=True)
    window.close()
