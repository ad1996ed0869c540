"""A text field into which signed letters can be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QSize
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from asl_desktop.widgets import theme
from asl_desktop.widgets.theme import SPACE
from trainer.recognition.steady import SPACE as BLANK

_WORD_START = re.compile(r"[A-Za-z'’]+$")
_LINES = 2


class TextField(QPlainTextEdit):
    """Typed letters go to the cursor; each is one step of undo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Text"))
        self.setPlaceholderText(self.tr("Hold a sign to type its letter, or use the keyboard."))
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.scale(self, 1.2)

    @property
    def text(self) -> str:
        """The whole text."""
        return self.toPlainText()

    def restore(self, text: str) -> None:
        """Shows a saved text; this is no step of undo."""
        self.setPlainText(text)
        self.moveCursor(QTextCursor.MoveOperation.End)

    def type(self, letter: str) -> bool:
        """Types a letter or space; False for a space where there is one already, or no word."""
        if letter == BLANK and not self._before()[-1:].strip():
            return False
        with self._one_step() as cursor:
            cursor.insertText(letter)
        return True

    def delete_letter(self) -> None:
        """Deletes what is selected, or else the letter before the cursor."""
        with self._one_step() as cursor:
            cursor.deletePreviousChar()

    def clear_text(self) -> None:
        """Deletes everything."""
        with self._one_step() as cursor:
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.removeSelectedText()

    def word_start(self) -> str:
        """The letters of the word that ends at the cursor, if it is still being written."""
        cursor = self.textCursor()
        after = cursor.block().text()[cursor.positionInBlock() :]
        if cursor.hasSelection() or after[:1].isalnum():
            return ""
        found = _WORD_START.search(self._before())
        return found[0] if found else ""

    def complete(self, word: str) -> None:
        """Replaces the letters before the cursor by a whole word and a space."""
        start = len(self.word_start())
        with self._one_step() as cursor:
            cursor.movePosition(
                QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, start
            )
            cursor.insertText(word + BLANK)

    def sizeHint(self) -> QSize:
        """A few lines high."""
        edges = 2 * (self.frameWidth() + int(self.document().documentMargin())) + 2 * SPACE
        return QSize(200, _LINES * self.fontMetrics().lineSpacing() + edges)

    def minimumSizeHint(self) -> QSize:
        """The same height at any width."""
        return QSize(120, self.sizeHint().height())

    def _before(self) -> str:
        """The text of the cursor's line before it."""
        cursor = self.textCursor()
        end = min(cursor.position(), cursor.anchor()) - cursor.block().position()
        return cursor.block().text()[: max(end, 0)]

    @contextmanager
    def _one_step(self) -> Iterator[QTextCursor]:
        cursor = self.textCursor()
        cursor.beginEditBlock()
        try:
            yield cursor
        finally:
            cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()
