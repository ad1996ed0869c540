from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QStandardPaths, QTimer, Signal
from pytestqt.qtbot import QtBot

from asl_desktop.startup import failures
from asl_desktop.startup.failures import FailureReporter
from trainer.support.errors import UserError


class Button(QObject):
    pressed = Signal()


@pytest.fixture
def reporter(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[FailureReporter]:
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "logs"))
    reporter = FailureReporter()
    reporter.install()
    yield reporter
    reporter.uninstall()


def fail() -> None:
    raise ZeroDivisionError("on purpose")


def test_a_fault_in_a_slot_is_told_and_logged_and_the_app_goes_on(
    qtbot: QtBot, reporter: FailureReporter, tmp_path: Path
) -> None:
    button, after = Button(), []
    button.pressed.connect(fail)
    with qtbot.waitSignal(reporter.failed) as told:
        button.pressed.emit()
    assert "ZeroDivisionError" in told.args[0]
    log = (tmp_path / "logs" / "asl-desktop.log").read_text()
    assert "in fail" in log
    assert "on purpose" in log
    QTimer.singleShot(0, lambda: after.append(1))
    qtbot.waitUntil(lambda: after == [1])


def test_a_sentence_for_the_user_is_told_as_it_is(qtbot: QtBot, reporter: FailureReporter) -> None:
    button = Button()

    def refuse() -> None:
        raise UserError("/full: cannot be written.")

    button.pressed.connect(refuse)
    with qtbot.waitSignal(reporter.failed) as told:
        button.pressed.emit()
    assert told.args[0] == "/full: cannot be written."


def test_a_fault_in_a_thread_is_told_in_the_windows_thread(
    qtbot: QtBot, reporter: FailureReporter
) -> None:
    told_in: list[threading.Thread] = []
    reporter.failed.connect(lambda _: told_in.append(threading.current_thread()))
    thread = threading.Thread(target=fail)
    with qtbot.waitSignal(reporter.failed):
        thread.start()
    thread.join()
    assert told_in == [threading.main_thread()]


def test_the_hooks_are_given_back(reporter: FailureReporter) -> None:
    own = sys.excepthook
    reporter.uninstall()
    assert sys.excepthook is not own
    assert sys.excepthook == reporter._before[0]
    assert threading.excepthook == reporter._before[1]


def test_a_fault_in_every_frame_is_logged_and_told_once(
    qtbot: QtBot,
    reporter: FailureReporter,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    now = 0.0
    monkeypatch.setattr(failures.time, "monotonic", lambda: now)
    told: list[str] = []
    reporter.failed.connect(told.append)
    button = Button()
    button.pressed.connect(fail)
    log = tmp_path / "logs" / "asl-desktop.log"
    for _ in range(100):
        now += 0.02
        button.pressed.emit()
    qtbot.waitUntil(lambda: len(told) == 1)
    assert log.read_text().count("uncaught exception") == 1
    # Later, it is news again.
    now += 60
    button.pressed.emit()
    qtbot.waitUntil(lambda: len(told) == 2)
    assert log.read_text().count("uncaught exception") == 2
