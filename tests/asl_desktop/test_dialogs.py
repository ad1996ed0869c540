from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialogButtonBox, QScrollArea
from pytestqt.qtbot import QtBot

from asl_desktop.dialogs import Dialog
from asl_desktop.main_window import MainWindow
from asl_desktop.menus.preferences import PreferencesDialog


@pytest.mark.parametrize("room", [QSize(700, 300), QSize(2000, 2000)], ids=["small", "large"])
def test_a_dialog_scrolls_only_on_a_screen_that_is_too_small_for_it(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, room: QSize
) -> None:
    monkeypatch.setattr(Dialog, "_room", lambda _: room)
    window.user_actions.preferences.trigger()
    dialog = window.findChild(PreferencesDialog)
    assert isinstance(dialog, PreferencesDialog)
    qtbot.waitExposed(dialog)
    small = room.height() < dialog.column.sizeHint().height()
    assert len(dialog.findChildren(QScrollArea)) == int(small)
    assert dialog.size().boundedTo(room) == dialog.size()
    buttons = dialog.findChild(QDialogButtonBox)
    assert isinstance(buttons, QDialogButtonBox)
    assert buttons.visibleRegion().boundingRect().size() == buttons.size()
    buttons.button(QDialogButtonBox.StandardButton.Close).click()
    assert not dialog.isVisible()
