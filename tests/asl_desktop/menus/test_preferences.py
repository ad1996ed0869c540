"""The preferences switch what menus and pages switch."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QCheckBox, QPushButton

from asl_desktop import user_folders
from asl_desktop.language import Language
from asl_desktop.main_window import MainWindow
from asl_desktop.menus.preferences import PreferencesDialog
from asl_desktop.settings import Settings, Theme
from trainer.recognition.steady import Pace


@pytest.fixture
def dialog(window: MainWindow) -> PreferencesDialog:
    window.user_actions.preferences.trigger()
    dialog = window.findChild(PreferencesDialog)
    assert isinstance(dialog, PreferencesDialog)
    return dialog


def box(dialog: PreferencesDialog, name: str) -> QCheckBox:
    return next(box for box in dialog.findChildren(QCheckBox) if box.text() == name)


def test_a_choice_holds_at_once_and_is_remembered(
    window: MainWindow, dialog: PreferencesDialog
) -> None:
    light = window.palette().window().color()
    dialog.theme.setCurrentIndex(dialog.theme.findData(Theme.DARK))
    dialog.theme.activated.emit(dialog.theme.currentIndex())
    assert window.palette().window().color().lightness() < light.lightness() / 2
    dialog.language.activated.emit(dialog.language.findData(Language.SPANISH))
    dialog.text_size.setCurrentIndex(dialog.text_size.findData(130))
    dialog.text_size.activated.emit(dialog.text_size.currentIndex())
    again = Settings()
    assert (again.theme, again.language, again.text_size) == (Theme.DARK, Language.SPANISH, 130)


def test_its_boxes_and_the_menus_agree(window: MainWindow, dialog: PreferencesDialog) -> None:
    actions = window.user_actions
    follow = box(dialog, "Follow")
    before = actions.follow.isChecked()
    follow.click()
    assert actions.follow.isChecked() is follow.isChecked() is not before
    assert Settings().following is not before
    actions.skeleton.trigger()
    assert box(dialog, "Skeleton").isChecked()
    box(dialog, "Reduce motion").click()
    assert Settings().reduced_motion is actions.reduce_motion.isChecked()


def test_the_pace_is_that_of_the_live_tab(window: MainWindow, dialog: PreferencesDialog) -> None:
    dialog.pace.show_pace(Pace.FAST)
    assert window.live.pace.pace is Pace.FAST
    assert Settings().pace is Pace.FAST
    window.live.pace.show_pace(Pace.CALM)
    assert dialog.pace.pace is Pace.CALM


def test_a_folder_is_made_and_shown(
    window: MainWindow, dialog: PreferencesDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QUrl] = []
    monkeypatch.setattr(
        QtGui.QDesktopServices, "openUrl", lambda url: (shown.append(url), False)[1]
    )
    runs = next(b for b in dialog.findChildren(QPushButton) if b.text() == "Open the &runs")
    runs.click()
    assert [Path(url.toLocalFile()) for url in shown] == [user_folders.runs()]
    assert user_folders.runs().is_dir()
    assert str(user_folders.runs()) in window.banner.text, "no program opens folders here"
