"""The page without an image: why there is none, and buttons for other sources."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from asl_desktop.actions import Actions, keys, plain_name
from asl_desktop.sentences import in_users_language
from asl_desktop.widgets import theme
from asl_desktop.widgets.theme import SPACE


class SourcePage(QFrame):
    """One sentence and a button for each kind of source; without a camera, the demo is primary."""

    def __init__(self, actions: Actions) -> None:
        super().__init__()
        self.setObjectName("card")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._title = QLabel(self.tr("No image"))
        theme.scale(self._title, 1.5, bold=True)
        self._message = _wrapped()
        self._hint = _wrapped()
        self._hint.setProperty("muted", True)
        layout = QVBoxLayout()
        layout.setSpacing(2 * SPACE)
        layout.addStretch(1)
        layout.addWidget(self._title)
        layout.addWidget(self._message)
        layout.addWidget(self._hint)
        layout.addSpacing(SPACE)
        self._buttons = [_button(action) for action in actions.sources]
        self._grid = QGridLayout()
        self._grid.setSpacing(SPACE)
        self._arrange(self._buttons[0])
        self._demo = self._buttons[actions.sources.index(actions.demo)]
        layout.addLayout(self._grid)
        layout.addStretch(1)
        outer = QHBoxLayout(self)
        outer.setContentsMargins(3 * SPACE, 3 * SPACE, 3 * SPACE, 3 * SPACE)
        outer.addStretch(1)
        outer.addLayout(layout, 4)
        outer.addStretch(1)

    @property
    def message(self) -> str:
        """Why there is no image."""
        return self._message.text()

    def show_message(self, message: str, *, retrying: bool, camera: bool) -> None:
        """Says why there is no image.

        Args:
            message: One sentence.
            retrying: Whether the source is opened again automatically.
            camera: Whether it is a camera of this computer.
        """
        message = in_users_language(message)
        if message != self._message.text():
            self._message.setText(message)
            self.setAccessibleName(self._title.text())
            self.setAccessibleDescription(message)
        self._hint.setText(
            self.tr("Connects automatically when a camera appears.")
            if camera
            else self.tr("Reconnects automatically.")
        )
        self._hint.setVisible(retrying)
        # A camera is opened again by itself; what works without one is the demo.
        self._arrange(self._demo if camera else self._buttons[0])

    def _arrange(self, primary: QPushButton) -> None:
        """Puts one button first and over the whole width."""
        if primary.property("primary"):
            return
        others = [button for button in self._buttons if button is not primary]
        for index, button in enumerate([primary, *others]):
            button.setProperty("primary", button is primary)
            button.style().unpolish(button)
            button.style().polish(button)
            row, column = (index + 1) // 2, (index + 1) % 2
            alone = index == 0 or (index == len(others) and column == 0)
            self._grid.addWidget(button, row, 0 if alone else column, 1, 2 if alone else 1)


def _button(action: QAction) -> QPushButton:
    button = QPushButton(f"{plain_name(action)}   {keys(action)}")
    button.setAccessibleName(plain_name(action))
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    button.setMinimumHeight(button.fontMetrics().height() + 3 * SPACE)
    return button


def _wrapped() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setMinimumWidth(260)
    return label
