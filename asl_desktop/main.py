"""`asl-desktop`: the command line of the app."""

from __future__ import annotations

import argparse
import gc
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from asl_desktop.startup.blas_setup import import_numpy
from asl_desktop.startup.qt_setup import import_opencv
from trainer.commands.box_argument import box_numbers

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
    # Imports make hundreds of thousands of objects that stay; looking for garbage among them would
    # delay the first frame.
    gc.disable()
    import_numpy()
    import_opencv()
    from PySide6.QtWidgets import QApplication

    from asl_desktop.camera.camera_thread import CameraThread
    from asl_desktop.settings import APPLICATION, Settings
    from asl_desktop.startup.failures import FailureReporter
    from asl_desktop.widgets.theme import STYLE, ThemeSwitch

    # Qt's loop would not let Python see Ctrl+C.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    app = QApplication([*sys.argv[:1], *STYLE])
    app.setApplicationName(APPLICATION)
    app.setApplicationDisplayName("ASL Desktop")
    app.setDesktopFileName("asl-desktop")
    failures = FailureReporter(app)
    failures.install()
    settings = Settings()
    # A camera takes its time to open, and a file some: the window is imported and made meanwhile.
    camera = CameraThread()
    camera.set_box(settings.box)
    camera.play(chosen.source, settings.camera)

    from asl_desktop.language import speak
    from asl_desktop.main_window import MainWindow
    from asl_desktop.startup.garbage import GarbageCollector
    from trainer.images.box import Box

    speak(app, settings.language)
    window = MainWindow(settings, ThemeSwitch(app, settings.theme), camera)
    failures.failed.connect(window.warn)
    if chosen.box is not None:
        window.live.set_pixel_box(Box(*chosen.box))
    if chosen.exit_after_first_frame:
        window.live.preview.first_frame_shown.connect(lambda: _report_and_close(window))
    window.start(chosen.source, chosen.weights)
    window.show()
    gc.freeze()
    GarbageCollector(app)
    code = app.exec()
    failures.uninstall()
    if not window.stopped:
        # A driver holds a thread for good, and would crash when Python takes itself apart below it.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def command_line() -> argparse.ArgumentParser:
    """What the command line may say."""
    parser = argparse.ArgumentParser(
        prog="asl-desktop", description="Reads the ASL alphabet from a camera, live."
    )
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
