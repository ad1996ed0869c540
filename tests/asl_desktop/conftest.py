"""The app in a test: its own settings, known networks, no real camera."""

from __future__ import annotations

import gc
import importlib
from collections.abc import Callable, Iterator
from functools import partial, partialmethod
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, QSettings, QThread, QTranslator
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asl_desktop import main_window
from asl_desktop.background import trainer_process
from asl_desktop.camera.camera_thread import CameraThread
from asl_desktop.language import Language, speak
from asl_desktop.main_window import LATE_MODULES, MainWindow
from asl_desktop.settings import Settings, Theme
from asl_desktop.startup.garbage import GarbageCollector
from asl_desktop.training import training_tab
from asl_desktop.widgets import question
from asl_desktop.widgets.theme import ThemeSwitch
from tests.asl_desktop.helpers import constant_model
from tests.patience import PATIENCE_SECONDS
from trainer.capture import opening
from trainer.model import weights
from trainer.support import paths

for _module in LATE_MODULES:
    # So that a tab is made as soon as it is shown; test_late_tab.py tests how it waits.
    importlib.import_module(_module)


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(paths.OVERRIDE, str(tmp_path / "user data"))
    QSettings.setPath(
        QSettings.Format.IniFormat, QSettings.Scope.UserScope, str(tmp_path / "settings")
    )


@pytest.fixture(autouse=True)
def _time_to_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """What closes waits for its threads and processes for as long as a busy machine takes.

    A person who closes the window is not kept for so long. `stop(seconds=…)` is as it was.
    """
    stop = partialmethod(CameraThread.stop, seconds=PATIENCE_SECONDS)
    monkeypatch.setattr(CameraThread, "stop", stop)
    for module in (main_window, training_tab):
        monkeypatch.setattr(module, "_PATIENCE_SECONDS", PATIENCE_SECONDS)
    monkeypatch.setattr(trainer_process, "_STOP_MS", round(1000 * PATIENCE_SECONDS))


@pytest.fixture(autouse=True)
def _garbage_is_collected_now_and_then(qapp: QApplication) -> Iterator[None]:
    """As in the app, during a test, too."""
    collector = GarbageCollector(qapp)
    yield
    collector.deleteLater()


@pytest.fixture(autouse=True)
def _no_cameras(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "cameras", list)
    monkeypatch.setattr("asl_desktop.live.source_menu.cameras", list)


@pytest.fixture(autouse=True)
def _no_questions(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is there to answer: yes, stop and quit."""
    monkeypatch.setattr(question, "confirm", lambda *_: True)


@pytest.fixture(autouse=True)
def _no_leaked_qthreads() -> Iterator[None]:
    yield
    running = [o for o in gc.get_objects() if isinstance(o, QThread) and o.isRunning()]
    assert not running


@pytest.fixture
def weights_x(tmp_path: Path) -> Path:
    """A weight file that reads X in everything."""
    path = tmp_path / "x.safetensors"
    weights.save(constant_model("X"), path)
    return path


@pytest.fixture
def fixed_box() -> None:
    """The box stays where it is, for images in which the finder might see a hand."""
    Settings().following = False


@pytest.fixture
def make_window(qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[], MainWindow]]:
    """Makes shown windows, which are closed after the test."""
    windows: list[MainWindow] = []
    theme = ThemeSwitch(qapp, Theme.LIGHT)

    def make() -> MainWindow:
        window = MainWindow(Settings(), theme)
        windows.append(window)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        return window

    yield make
    for window in windows:
        window.close()
        assert window.stopped
        window.deleteLater()
    theme.deleteLater()
    qapp.processEvents()


@pytest.fixture
def window(make_window: Callable[[], MainWindow]) -> MainWindow:
    """One shown window that plays nothing yet."""
    return make_window()


@pytest.fixture
def speaking(qapp: QApplication) -> Iterator[Callable[[Language], None]]:
    """Lets the app speak a language until the test ends."""
    default = QLocale()
    yield partial(speak, qapp)
    QLocale.setDefault(default)
    for translator in qapp.findChildren(QTranslator):
        qapp.removeTranslator(translator)
        translator.deleteLater()


@pytest.fixture
def spanish(speaking: Callable[[Language], None]) -> None:
    """The app speaks Spanish."""
    speaking(Language.SPANISH)
