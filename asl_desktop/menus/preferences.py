"""The Preferences dialog: what is chosen in menus and on pages, in one place."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QPushButton,
    QWidget,
)

from asl_desktop.actions import Actions, plain_name
from asl_desktop.dialogs import Dialog
from asl_desktop.live.pace_slider import PaceSlider
from asl_desktop.settings import TEXT_SIZES, Settings
from asl_desktop.widgets import theme
from asl_desktop.widgets.parts import line, row
from asl_desktop.widgets.theme import SPACE
from trainer.support import paths

_Choice = TypeVar("_Choice")
_PATH_WIDTH = 340


class PreferencesDialog(Dialog):
    """Every choice holds at once, or as its line says, from the next start on.

    Args:
        settings: What is remembered.
        actions: Those that switch the same things elsewhere.
        pace: The slider of the Live tab.
        parent: The window.
    """

    folder_wanted = Signal(Path)
    """The user wants to see a folder."""

    def __init__(
        self, settings: Settings, actions: Actions, pace: PaceSlider, parent: QWidget
    ) -> None:
        super().__init__(QCoreApplication.translate("PreferencesDialog", "Preferences"), parent)
        self._settings = settings
        self.text_size = QComboBox()
        for percent in TEXT_SIZES:
            self.text_size.addItem(f"{percent} %", percent)
        self.text_size.setCurrentIndex(TEXT_SIZES.index(settings.text_size))
        self.text_size.activated.connect(self._set_text_size)
        self.theme = _among(actions.themes)
        self.language = _among(actions.languages)

        self.look = self._group(self.tr("Look"))
        self._add(self.look, self.tr("&Theme"), self.theme)
        self._add(self.look, self.tr("&Language"), self.language)
        self._add(self.look, self.tr("Text si&ze"), self.text_size)
        self.look.addRow(self._later())
        self.look.addRow(_switch(actions.reduce_motion))
        self.look.addRow(_switch(actions.mirror))

        self.reading = self._group(self.tr("Reading and typing"))
        self.pace = PaceSlider(settings)
        self.pace.changed.connect(pace.show_pace)
        pace.changed.connect(self.pace.show_pace)
        self.reading.addRow(self.pace)
        text = actions.text
        for action in (
            *(actions.follow, actions.skeleton),
            *(text.type_by_signing, text.continuous, text.correct, text.accept_by_holding),
        ):
            self.reading.addRow(_switch(action))

        self._folders = self._group(self.tr("Your data"))
        self._add_folders()
        self.add_buttons(QDialogButtonBox.StandardButton.Close)

    def _group(self, title: str) -> QFormLayout:
        heading = QLabel(title)
        theme.scale(heading, 1.1, bold=True)
        form = QFormLayout()
        form.setHorizontalSpacing(2 * SPACE)
        form.setVerticalSpacing(SPACE)
        self.column.addWidget(heading)
        self.column.addLayout(form)
        return form

    @staticmethod
    def _add(form: QFormLayout, text: str, field: QWidget) -> None:
        label = QLabel(text)
        label.setBuddy(field)
        field.setAccessibleName(text.replace("&", ""))
        form.addRow(label, field)

    def _later(self) -> QLabel:
        note = line(muted=True)
        note.setText(self.tr("Language and text size change at the next start."))
        return note

    def _add_folders(self) -> None:
        path = line()
        path.setText(str(paths.user_data()))
        path.setMinimumWidth(_PATH_WIDTH)
        path.setToolTip(
            self.tr("The environment variable {0} names another folder.").replace(
                "{0}", paths.OVERRIDE
            )
        )
        self._folders.addRow(path)
        data = QPushButton(self.tr("&Open the folder"))
        data.clicked.connect(lambda: self.folder_wanted.emit(paths.user_data()))
        runs = QPushButton(self.tr("Open the &runs"))
        runs.clicked.connect(lambda: self.folder_wanted.emit(paths.runs()))
        for button in (data, runs):
            button.setAutoDefault(False)
        self._folders.addRow(row(data, runs))

    def _set_text_size(self) -> None:
        self._settings.text_size = self.text_size.currentData()


def _among(actions: dict[_Choice, QAction]) -> QComboBox:
    """A choice among actions of which one is checked."""
    box = QComboBox()
    for value, action in actions.items():
        box.addItem(plain_name(action), value)
        if action.isChecked():
            box.setCurrentIndex(box.count() - 1)
    box.activated.connect(lambda index: list(actions.values())[index].trigger())
    return box


def _switch(action: QAction) -> QCheckBox:
    """A check box that does what the action does, and shows its state."""
    box = QCheckBox(plain_name(action))
    box.setToolTip(action.toolTip())
    box.setChecked(action.isChecked())
    # As if it were chosen in the menu, which is what is remembered; those of the text are disabled
    # on other tabs, and remember every change.
    box.clicked.connect(
        lambda on: action.trigger() if action.isEnabled() else action.setChecked(on)
    )
    action.toggled.connect(box.setChecked)
    return box
