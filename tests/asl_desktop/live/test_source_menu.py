from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from asl_desktop.actions import Actions
from asl_desktop.live import source_menu
from asl_desktop.live.source_menu import SourceMenu
from trainer.capture.camera_list import Camera


def test_cameras_come_and_go_while_the_menu_is_open(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_menu, "_LOOK_MS", 10)
    there = [Camera(0, 200, "Front")]
    monkeypatch.setattr(source_menu, "cameras", lambda: list(there))
    window = QWidget()
    qtbot.addWidget(window)
    menu = SourceMenu(Actions(window), window)

    def names() -> list[str]:
        actions = menu.actions()
        first = next(i for i, action in enumerate(actions) if action.isSeparator())
        return [action.text() for action in actions[:first]]

    menu.aboutToShow.emit()
    assert names() == ["Front"]
    front = menu.actions()[0]
    qtbot.wait(50)
    assert menu.actions()[0] is front, "an unchanged list stays, and what is selected in it"
    there.append(Camera(2, 200, "Desk"))
    qtbot.waitUntil(lambda: names() == ["Front", "Desk"])
    there.clear()
    qtbot.waitUntil(lambda: names() == ["No camera is plugged in"])
    menu.aboutToHide.emit()
    there.append(Camera(0, 200, "Front"))
    qtbot.wait(50)
    assert names() == ["No camera is plugged in"], "a closed menu does not look"


def test_a_camera_that_appears_is_listed_within_a_second() -> None:
    """With half a second for the system's answer."""
    assert source_menu._LOOK_MS <= 500


def test_cameras_of_one_name_are_chosen_by_what_tells_them_apart(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = [Camera(0, 200, "C920", "port 1"), Camera(2, 200, "C920 #2", "port 2")]
    monkeypatch.setattr(source_menu, "cameras", lambda: list(there))
    window = QWidget()
    qtbot.addWidget(window)
    menu = SourceMenu(Actions(window), window)
    chosen: list[str] = []
    menu.camera_chosen.connect(chosen.append)
    menu.aboutToShow.emit()
    for action in menu.actions()[:2]:
        action.trigger()
    assert chosen == ["C920 @ port 1", "C920 #2 @ port 2"]
    menu.aboutToHide.emit()


def test_names_of_cameras_are_shown_as_plain_text(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_menu, "cameras", lambda: [Camera(0, 200, "<img src=x>&Cam")])
    window = QWidget()
    qtbot.addWidget(window)
    menu = SourceMenu(Actions(window), window)
    menu.aboutToShow.emit()
    action = menu.actions()[0]
    assert action.text() == "<img src=x>&&Cam"
    assert "<img" not in action.toolTip()
    assert "&lt;img" in action.toolTip()
    menu.aboutToHide.emit()
