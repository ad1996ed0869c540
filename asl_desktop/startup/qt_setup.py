"""The one place that lets OpenCV and Qt live in one process, and window and camera on few cores.

On Linux, opencv-python brings its own Qt 5 and, when it is imported, points two of Qt's environment
variables at it. They would send PySide6's Qt 6 to plugins of another version and to a folder of
fonts that may not exist.
"""

from __future__ import annotations

import os
from pathlib import Path

from trainer import MAX_IMAGE_PIXELS

_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


def import_opencv() -> None:
    """Imports OpenCV and leaves Qt's environment as it was. Call it before QApplication exists."""
    # A camera that is unplugged is told to the user once, not to the terminal every second.
    os.environ.setdefault("OPENCV_LOG_LEVEL", "SILENT")
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")
    os.environ.setdefault("OPENCV_IO_MAX_IMAGE_PIXELS", str(MAX_IMAGE_PIXELS))
    before = {name: os.environ.get(name) for name in _VARIABLES}
    import cv2

    folder = Path(cv2.__file__).parent
    for name, own in before.items():
        if not _inside(os.environ.get(name), folder):
            continue
        if own is None or _inside(own, folder):
            del os.environ[name]
        else:
            os.environ[name] = own
    # A frame is too small to share: on a busy machine, the window waited up to 40 ms for OpenCV's
    # other threads to be given a core.
    cv2.setNumThreads(1)


def _inside(path: str | None, folder: Path) -> bool:
    return path is not None and Path(path).is_relative_to(folder)
