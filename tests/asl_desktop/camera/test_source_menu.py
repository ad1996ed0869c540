from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from asl_desktop.actions import Actions
from asl_desktop.camera import source_menu
from asl_desktop.camera.source_menu import SourceMenu
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
