"""The Edit menu acts on the field in which one writes."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from asl_desktop.main_window import MainWindow
from asl_desktop.menus.edit_menu import EditMenu


@pytest.fixture
def menu(window: MainWindow) -> EditMenu:
    found = window.findChild(EditMenu)
    assert isinstance(found, EditMenu)
    return found


def enabled(menu: EditMenu) -> set[str]:
    menu.aboutToShow.emit()
    return {action.text().replace("&", "") for action in menu._actions.all if action.isEnabled()}


def test_without_a_focus_it_is_for_the_text(window: MainWindow, menu: EditMenu) -> None:
    QGuiApplication.clipboard().clear()
    edit, field = window.user_actions.edit, window.composer.field
    assert enabled(menu) == {"Select all"}
    for letter in "HI":
        field.type(letter)
    assert enabled(menu) == {"Undo", "Select all"}
    edit.undo.trigger()
    assert field.text == "H"
    assert enabled(menu) == {"Undo", "Redo", "Select all"}
    edit.redo.trigger()
    edit.select_all.trigger()
    assert {"Cut", "Copy"} <= enabled(menu)
    edit.cut.trigger()
    assert field.text == ""
    assert "Paste" in enabled(menu)
    edit.paste.trigger()
    edit.paste.trigger()
    assert field.text == "HIHI"


def test_a_line_that_has_the_focus_goes_first(
    qtbot: QtBot, window: MainWindow, menu: EditMenu
) -> None:
    window.composer.field.type("H")
    line = QLineEdit("name", window)
    line.show()
    window.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    line.selectAll()
    assert {"Cut", "Copy"} <= enabled(menu)
    window.user_actions.edit.cut.trigger()
    assert line.text() == ""
    assert window.composer.field.text == "H"
    assert "Undo" in enabled(menu)
    window.user_actions.edit.undo.trigger()
    assert line.text() == "name"
    line.setEchoMode(QLineEdit.EchoMode.Password)
    line.selectAll()
    assert not {"Cut", "Copy"} & enabled(menu), "a password stays where it is"


def test_on_another_tab_there_is_nothing_to_edit(window: MainWindow, menu: EditMenu) -> None:
    window.composer.field.type("H")
    window.tabs.setCurrentIndex(1)
    assert enabled(menu) == set()
    window.user_actions.edit.undo.trigger()
    assert window.composer.field.text == "H"
