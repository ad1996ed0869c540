"""NumPy and OpenCV, imported so that they share a process with Qt and few cores with the camera.

On Linux, opencv-python brings its own Qt 5 and, when it is imported, points two of Qt's environment
variables at it. They would send PySide6's Qt 6 to plugins of another version and to a folder of
fonts that may not exist.
"""

from __future__ import annotations

import os
from pathlib import Path

import trainer  # noqa: F401 - sets what OpenCV reads when it is imported

_BLAS_VARIABLES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")
_QT_VARIABLES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


def import_numpy() -> None:
    """Imports NumPy with one BLAS thread, unless the user chose otherwise; before other modules.

    A product of one frame is too small to share. With two threads, each waits for the other to be
    given a core: on a busy machine one frame then took 40 ms instead of 1.6 ms.
    """
    chosen = {name for name in _BLAS_VARIABLES if name in os.environ}
    for name in _BLAS_VARIABLES:
        os.environ.setdefault(name, "1")
    import numpy  # noqa: F401 - reads the variables once, here

    for name in set(_BLAS_VARIABLES) - chosen:
        # Processes that the app starts, for training, want all cores.
        del os.environ[name]


def import_opencv() -> None:
    """Imports OpenCV with one thread and leaves Qt's environment as it was; before QApplication."""
    before = {name: os.environ.get(name) for name in _QT_VARIABLES}
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
