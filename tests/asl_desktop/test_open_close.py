"""The window again and again in one process, and a worker that throws."""

from __future__ import annotations

import gc
import threading

import psutil
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings, Theme
from asl_desktop.startup.failures import FailureReporter
from asl_desktop.widgets.theme import ThemeSwitch
from tests.asl_desktop.helpers import ListSource, plain
from tests.nightly import cases
from trainer.support.memory import return_free_memory

pytestmark = pytest.mark.slow

MOST_GROWTH = 40 << 20


def test_windows_leave_nothing_behind(qtbot: QtBot, qapp: QApplication) -> None:
    theme = ThemeSwitch(qapp, Theme.LIGHT)
    process = psutil.Process()

    def once() -> None:
        window = MainWindow(Settings(), theme)
        window.show()
        source = ListSource([plain(7)], live=True)
        window.live.camera.play_source(lambda: source, live=True)
        qtbot.waitUntil(lambda: window.live.preview.frame is not None)
        window.close()
        assert window.stopped
        assert source.closed
        window.deleteLater()
        qapp.processEvents()

    def left() -> tuple[int, int, int]:
        # What was asked to stop ends behind what it reads or compiles, which takes some memory.
        for thread in threading.enumerate():
            if thread is not threading.current_thread():
                thread.join(60)
        gc.collect()
        qapp.sendPostedEvents(None, 52)  # deletions that are due
        return_free_memory()  # of windows that waited for the garbage collector together
        return threading.active_count(), process.num_fds(), len(qapp.topLevelWidgets())

    for _ in range(3):
        once()
    before, memory = left(), process.memory_info().rss
    for _ in range(cases(7, 197)):
        once()
    # Qt may open something once, in any of the windows; what each of them leaves is a leak.
    after = left()
    print(f"threads, files, windows: {before} at first, {after} at last")
    assert all(now - then <= 3 for now, then in zip(after, before, strict=True))
    assert process.memory_info().rss - memory < MOST_GROWTH
    theme.deleteLater()


def test_the_app_says_that_a_worker_threw_and_goes_on(
    qtbot: QtBot, window: MainWindow, capfd: pytest.CaptureFixture[str]
) -> None:
    failures = FailureReporter()
    failures.failed.connect(window.banner.warn)
    failures.install()
    try:
        bad = ListSource([plain(1), RuntimeError("a defect")], live=True)
        window.live.camera.play_source(lambda: bad, live=True)
        qtbot.waitUntil(window.live.page.isVisible)
        assert "fault in the program" in window.live.page.message
        qtbot.waitUntil(lambda: "RuntimeError" in window.banner.text)
        good = ListSource([plain(9)], live=True)
        window.live.camera.play_source(lambda: good, live=True)
        qtbot.waitUntil(window.live.preview.isVisible)
        qtbot.waitUntil(lambda: window.live.preview.frame is not None)
    finally:
        failures.uninstall()
    assert "a defect" in capfd.readouterr().err
