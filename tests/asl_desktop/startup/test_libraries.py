from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import cv2
import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from asl_desktop.startup.libraries import import_opencv

QT_NAMES = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")


def variables_after(code: str, **environment: str) -> dict[str, str | None]:
    """The two variables after some code ran in a new process."""
    code += f"; import os, json; print(json.dumps([os.environ.get(n) for n in {QT_NAMES}]))"
    clean = {name: value for name, value in os.environ.items() if name not in QT_NAMES}
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=clean | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(zip(QT_NAMES, json.loads(done.stdout), strict=True))


SETUP = "from asl_desktop.startup.libraries import import_opencv; import_opencv()"


@pytest.mark.skipif(sys.platform != "linux", reason="OpenCV brings its own Qt on Linux only")
def test_opencv_alone_points_qt_into_itself() -> None:
    folder = str(Path(cv2.__file__).parent)
    assert all(str(v).startswith(folder) for v in variables_after("import cv2").values())


def test_the_set_up_leaves_no_trace() -> None:
    assert set(variables_after(SETUP).values()) == {None}


def test_the_set_up_repairs_an_earlier_import() -> None:
    assert set(variables_after(f"import cv2; {SETUP}").values()) == {None}


def test_what_the_user_set_is_kept() -> None:
    own = dict.fromkeys(QT_NAMES, "/opt/own")
    assert variables_after(SETUP, **own) == own


def test_images_stay_in_the_thread_that_handles_them() -> None:
    code = f"{SETUP}; import cv2; assert cv2.getNumThreads() == 1"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_the_tests_themselves_are_set_up() -> None:
    import_opencv()
    assert not any(name in os.environ for name in QT_NAMES)


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="None is immortal from Python 3.12 on")
def test_qt_gives_back_no_reference_that_it_never_took(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for _ in range(1000):
        widget.update()
    assert sys.getrefcount(None) > before - 500, "this PySide6 ends Python after some minutes"


BLAS_NAMES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def run_with_numpy(code: str, **environment: str) -> object:
    clean = {name: value for name, value in os.environ.items() if name not in BLAS_NAMES}
    code = f"import os, json; from asl_desktop.startup.libraries import import_numpy; {code}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=clean | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


THREADS = "print(len(os.listdir('/proc/self/task')))"
MULTIPLY = "import numpy as np; a = np.ones((600, 600)); a @ a; "


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in Linux's /proc")
def test_matrix_products_stay_in_one_thread() -> None:
    assert run_with_numpy(f"import_numpy(); {MULTIPLY}{THREADS}") == 1


def test_processes_that_the_app_starts_are_not_held_back() -> None:
    code = f"import_numpy(); print(json.dumps([n for n in {BLAS_NAMES} if n in os.environ]))"
    assert run_with_numpy(code) == []


def test_what_the_user_chose_is_kept() -> None:
    code = "import_numpy(); print(os.environ['OPENBLAS_NUM_THREADS'])"
    assert run_with_numpy(code, OPENBLAS_NUM_THREADS="3") == 3
