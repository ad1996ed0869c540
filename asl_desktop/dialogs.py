"""Small dialogs: a stream's address, the shortcuts, about."""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QSize, Qt, Signal
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.actions import Actions, keys, plain_name
from asl_desktop.widgets import theme
from asl_desktop.widgets.scrolling import Scrolling
from asl_desktop.widgets.theme import SPACE
from trainer.support.version import version

_STREAM = re.compile(r"(https?|rtsps?)://\S+", re.IGNORECASE)


_FRAME = QSize(16, 48)
"""Room for the frame and the title bar that the system draws."""

_BAR = QSize(12, 0)
"""For the scroll bar."""


class Dialog(QDialog):
    """A dialog that does not block the window and deletes itself when closed."""

    def __init__(self, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 2 * SPACE)
        self.column.setSpacing(2 * SPACE)
        self._buttons: QDialogButtonBox | None = None

    def showEvent(self, event: QShowEvent) -> None:
        """Scrolls on a screen that is too small for it; the buttons stay in sight."""
        super().showEvent(event)
        room, needed = self._room(), self.minimumSizeHint()
        if needed.boundedTo(room) != needed and self.layout() is self.column:
            self._scroll()
            self.setMinimumSize(0, 0)
            self.resize((needed + _BAR).boundedTo(room))

    def _room(self) -> QSize:
        return self.screen().availableGeometry().size() - _FRAME

    def _scroll(self) -> None:
        inside = QWidget()
        if self._buttons is not None:
            self.column.removeWidget(self._buttons)
        # Which takes it away from the dialog.
        inside.setLayout(self.column)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(Scrolling(inside), 1)
        if self._buttons is not None:
            self._buttons.setContentsMargins(3 * SPACE, 0, 3 * SPACE, 2 * SPACE)
            outer.addWidget(self._buttons)

    def add_buttons(self, *kinds: QDialogButtonBox.StandardButton) -> QDialogButtonBox:
        """The row at the bottom."""
        buttons = QDialogButtonBox()
        for kind in kinds:
            buttons.addButton(kind)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.column.addWidget(buttons)
        self._buttons = buttons
        return buttons


class StreamDialog(Dialog):
    """Asks for a stream's address and accepts only http and rtsp addresses."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("StreamDialog", "Open stream"), parent)
        label = QLabel(self.tr("&Address of an HTTP or RTSP stream"))
        self.address = QLineEdit()
        self.address.setPlaceholderText("http://192.168.1.20:8080/video")
        self.address.setMinimumWidth(420)
        label.setBuddy(self.address)
        self.column.addWidget(label)
        self.column.addWidget(self.address)
        buttons = self.add_buttons(
            QDialogButtonBox.StandardButton.Open, QDialogButtonBox.StandardButton.Cancel
        )
        self._open = buttons.button(QDialogButtonBox.StandardButton.Open)
        self._open.setEnabled(False)
        self.address.textChanged.connect(
            lambda text: self._open.setEnabled(_STREAM.fullmatch(text.strip()) is not None)
        )

    @property
    def text(self) -> str:
        """The address."""
        return self.address.text().strip()


class ShortcutsDialog(Dialog):
    """The shortcuts of the menus and of the hand box."""

    def __init__(self, actions: Actions, parent: QWidget) -> None:
        super().__init__(
            QCoreApplication.translate("ShortcutsDialog", "Keyboard shortcuts"), parent
        )
        text = [action for action in actions.with_shortcuts if action in actions.for_text]
        columns = QHBoxLayout()
        columns.setSpacing(6 * SPACE)
        columns.addLayout(
            self._column(
                self.tr("Everywhere"),
                _rows(a for a in actions.with_shortcuts if a not in text),
            )
        )
        right = QVBoxLayout()
        right.setSpacing(2 * SPACE)
        right.addLayout(self._column(self.tr("For the text"), _rows(text)))
        right.addLayout(
            self._column(
                self.tr("On the image with the hand box"),
                [
                    (self.tr("Move the box"), self.tr("Arrow keys")),
                    (self.tr("Resize the box"), self.tr("Shift + arrow keys")),
                    ("", self.tr("+ and −")),
                    (self.tr("In fine steps"), self.tr("Ctrl with these")),
                    (self.tr("Reset the box"), self.tr("Home")),
                    (self.tr("Dismiss a message"), self.tr("Esc")),
                ],
            )
        )
        columns.addLayout(right)
        self.column.addLayout(columns)
        self.add_buttons(QDialogButtonBox.StandardButton.Close)

    @staticmethod
    def _column(title: str, rows: list[tuple[str, str]]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(3 * SPACE)
        grid.setVerticalSpacing(SPACE // 2)
        grid.setColumnStretch(0, 1)
        heading = QLabel(title)
        theme.scale(heading, 1.1, bold=True)
        grid.addWidget(heading, 0, 0, 1, 2)
        for index, (name, shortcut) in enumerate(rows, start=1):
            grid.addWidget(QLabel(name), index, 0)
            label = QLabel(shortcut)
            label.setProperty("muted", True)
            grid.addWidget(label, index, 1)
        grid.setRowStretch(len(rows) + 1, 1)
        return grid


def _rows(actions: Iterable[QAction]) -> list[tuple[str, str]]:
    return [(plain_name(action), keys(action)) for action in actions]


class AboutDialog(Dialog):
    """What this program does and does not do."""

    licences_wanted = Signal()
    """The user wants to read the licences."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(QCoreApplication.translate("AboutDialog", "About ASL Desktop"), parent)
        title = QLabel("ASL Desktop")
        theme.scale(title, 1.6, bold=True)
        text = QLabel(
            self.tr(
                "Reads the letters of the American Sign Language alphabet from a camera, with a "
                "neural network written in NumPy that you can train anew.\n\n"
                "Fingerspelling is a small part of ASL, which is a language of its own with its "
                "own grammar. This program spells; it does not translate.\n\n"
                "No image leaves this computer."
            )
        )
        text.setWordWrap(True)
        text.setMinimumWidth(440)
        versions = QLabel(
            self.tr("Version {0}, Python {1}. Free software under the MIT licence.")
            .replace("{0}", version())
            .replace("{1}", platform.python_version())
        )
        versions.setProperty("muted", True)
        for widget in (title, text, versions):
            self.column.addWidget(widget)
        buttons = self.add_buttons(QDialogButtonBox.StandardButton.Close)
        self.licences_button = buttons.addButton(
            self.tr("&Licences"), QDialogButtonBox.ButtonRole.ActionRole
        )
        self.licences_button.clicked.connect(self.licences_wanted)
