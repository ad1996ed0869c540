"""The button of a letter, one of many in a row."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QSizePolicy, QToolButton

from asl_desktop.theme import SPACE


class LetterButton(QToolButton):
    """Stays down when it is chosen, and shares the row's width with the others.

    Args:
        least: Narrowest width, in device-independent pixels.
        usual: Width that it asks for.
    """

    def __init__(self, least: int, usual: int) -> None:
        super().__init__()
        self._least, self._usual = least, usual
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setStyleSheet("padding: 4px 2px;")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it may become."""
        return QSize(self._least, self.fontMetrics().height() + 2 * SPACE)

    def sizeHint(self) -> QSize:
        """As wide as it would like to be."""
        return QSize(self._usual, self.fontMetrics().height() + 2 * SPACE)
