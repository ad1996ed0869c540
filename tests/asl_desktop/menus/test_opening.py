"""Ctrl+O and a drop open whatever the program can open, and what was opened is listed."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest
from pytestqt.qtbot import QtBot

from asl_desktop.main_window import MainWindow
from asl_desktop.menus.recent_menu import RecentMenu
from asl_desktop.settings import Settings
from asl_desktop.widgets import file_dialogs
from tests.asl_desktop.helpers import plain
from trainer.capture.opening import DEMO


@pytest.fixture
def image(tmp_path: Path) -> Path:
    path = tmp_path / "hand.png"
    cv2.imwrite(str(path), plain(50))
    return path


def choose(monkeypatch: pytest.MonkeyPatch, window: MainWindow, path: Path) -> None:
    monkeypatch.setattr(file_dialogs, "ask_for_file", lambda *_: str(path))
    window.user_actions.open_file.trigger()


def test_a_source_and_weights_by_the_same_key(
    qtbot: QtBot,
    window: MainWindow,
    image: Path,
    weights_x: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert window.user_actions.open_file.shortcut().toString() == "Ctrl+O"
    choose(monkeypatch, window, image)
    qtbot.waitUntil(lambda: window.live.preview.frame is not None)
    # The content counts, not the name.
    disguised = weights_x.rename(weights_x.with_suffix(".mp4"))
    choose(monkeypatch, window, disguised)
    qtbot.waitUntil(lambda: window.weights.path == disguised)


def test_what_it_cannot_open_is_said_in_a_sentence(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "paper.pdf").write_bytes(b"%PDF-1.7 and so on")
    choose(monkeypatch, window, tmp_path / "paper.pdf")
    qtbot.waitUntil(lambda: "a PDF document" in window.live.page.message)


def entries(window: MainWindow) -> list[str]:
    menu = window.findChild(RecentMenu)
    assert menu is not None
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_recent_sources_and_weights(
    qtbot: QtBot, window: MainWindow, image: Path, weights_x: Path
) -> None:
    assert entries(window) == ["Nothing was opened yet"]
    window.play(str(image))
    window.weights.open(weights_x)
    qtbot.waitUntil(lambda: window.weights.path == weights_x)
    # No place for cameras, the demo, and passwords.
    for source in ("", DEMO, "0", "http://user:secret@10.0.0.2/x", "/no/such/file", "x" * 9000):
        window.play(source)
    window.play("http://10.0.0.2/video")
    names = ["&1  http://10.0.0.2/video", "&2  hand.png", f"&3  {weights_x.name}"]
    assert entries(window) == [*names, "&Clear this list"]
    menu = window.findChild(RecentMenu)
    assert menu is not None
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: window.live.preview.frame is not None)
    assert entries(window)[0] == "&1  hand.png", "the latest first"
    image.unlink()
    assert "hand.png" not in " ".join(entries(window))
    menu.actions()[-1].trigger()
    assert entries(window) == ["Nothing was opened yet"]
    assert Settings().recent_weights == []
