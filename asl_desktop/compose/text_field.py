"""A text field into which signed letters can be typed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, Signal
from PySide6.QtGui import (
    QHelpEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCharFormat,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QToolTip

from asl_desktop.compose import spelled_text
from asl_desktop.compose.spelled_text import PLAIN, SpelledText, certain
from asl_desktop.widgets import theme
from asl_desktop.widgets.theme import SPACE, accent_colour
from trainer.recognition.seen import Seen
from trainer.recognition.steady import SPACE as BLANK

_WORD = re.compile(r"(?:[^\W\d_]|['’])+$")
_LINES = 2
_NOT_FOR_TYPING = (
    Qt.KeyboardModifier.ControlModifier
    | Qt.KeyboardModifier.AltModifier
    | Qt.KeyboardModifier.MetaModifier
)


class TextField(QPlainTextEdit):
    """Typed letters go to the cursor; each is one step of undo."""

    word_ended = Signal()
    """The space bar was pressed behind a word that was signed; nothing is typed yet."""

    def __init__(self) -> None:
        super().__init__()
        self._signed = SpelledText()
        # Text and position behind the last correction: Backspace there undoes it.
        self._corrected: tuple[int, int] | None = None
        # The words that were corrected and are not to be corrected again, by where they start.
        self._rejected: tuple[int, str] | None = None
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
            cursor.insertText(letter, PLAIN)
        return True

    def sign(self, seen: Sequence[Seen]) -> None:
        """Types a letter that was signed.

        Args:
            seen: What was held since the letter before; this one is the last.
        """
        written = self._signed.signed_format(seen, accent_colour(self))
        with self._one_step() as cursor:
            cursor.insertText(seen[-1].letter, written)

    def unsign(self, letters: str) -> None:
        """Removes signed letters before the cursor that were only the start of another one."""
        last = self._letters()[-len(letters) :] if letters else []
        if last and letters == "".join(one for one, seen in last if seen is not None):
            self._replace(len(letters), "", PLAIN)

    def delete_letter(self) -> None:
        """Takes back a correction just made, or deletes the selection or a letter."""
        if self.take_back():
            return
        with self._one_step() as cursor:
            cursor.deletePreviousChar()

    def undo_step(self) -> None:
        """Undoes the last change."""
        if not self.take_back():
            self.undo()

    def clear_text(self) -> None:
        """Deletes everything."""
        with self._one_step() as cursor:
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.removeSelectedText()

    # Words ------------------------------------------------------------------------------------

    def word_start(self) -> str:
        """The letters of the word that ends at the cursor, if it is still being written."""
        cursor = self.textCursor()
        after = cursor.block().text()[cursor.positionInBlock() :]
        if cursor.hasSelection() or after[:1].isalnum():
            return ""
        found = _WORD.search(self._before())
        return found[0] if found else ""

    def seen(self) -> list[Seen]:
        """What was seen of the word that is being written; letters of the keyboard are certain."""
        letters: list[Seen] = []
        for letter, seen in self._letters():
            letters += certain(letter) if seen is None else seen
        return letters

    def is_signed(self) -> bool:
        """Whether every letter of the word that is being written was signed, and may be changed."""
        letters = self._letters()
        start = self.textCursor().position() - len(letters)
        if not letters or self._rejected == (start, "".join(letter for letter, _ in letters)):
            return False
        return all(seen is not None for _, seen in letters)

    def ended_word(self) -> str:
        """The word in front of the space before the cursor, or ""."""
        before = self._before()
        if self.textCursor().hasSelection() or not before.endswith(BLANK):
            return ""
        found = _WORD.search(before[:-1])
        return found[0] if found else ""

    def complete(self, word: str) -> None:
        """Replaces the letters before the cursor by a whole word and a space."""
        self._replace(len(self.word_start()), word + BLANK, PLAIN)

    def exchange(self, word: str) -> None:
        """Replaces the word in front of the space before the cursor."""
        self._replace(len(self.ended_word()) + 1, word + BLANK, PLAIN)

    def correct(self, word: str) -> None:
        """Replaces a signed word in front of the space before the cursor; it can be taken back."""
        read = self.ended_word()
        written = spelled_text.corrected_format(read, accent_colour(self))
        start = self.textCursor().position() - len(read) - 1
        with self._one_step() as cursor:
            cursor.setPosition(start)
            cursor.setPosition(start + len(read), QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(word, written)
            cursor.setPosition(start + len(word) + 1)
        self._corrected = self._state()

    def take_back(self) -> bool:
        """Undoes a correction, if it was the last thing that happened."""
        if self._corrected is None or self._corrected != self._state():
            return False
        self._corrected = None
        end = self.textCursor().position()
        length = len(self.ended_word())
        start = end - length - 1
        self.undo()
        text = self.text[start:]
        read = text[: text.index(BLANK)]
        self._rejected = (start, read)
        cursor = self.textCursor()
        cursor.setPosition(start + len(read) + 1)
        self.setTextCursor(cursor)
        return True

    def _letters(self) -> list[tuple[str, tuple[Seen, ...] | None]]:
        """The letters of the word that is being written, and what was seen of them."""
        word = self.word_start()
        cursor = self.textCursor()
        end = cursor.position()
        found = []
        for number, letter in enumerate(word, 1):
            cursor.setPosition(end - len(word) + number)
            found.append((letter, self._signed.seen(cursor)))
        return found

    def _replace(self, length: int, text: str, written: QTextCharFormat) -> None:
        with self._one_step() as cursor:
            cursor.movePosition(
                QTextCursor.MoveOperation.Left, QTextCursor.MoveMode.KeepAnchor, length
            )
            cursor.insertText(text, written)

    def _state(self) -> tuple[int, int]:
        return self.document().revision(), self.textCursor().position()

    # Keys -------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Types; letters of the keyboard never count as signed."""
        back = event.key() == Qt.Key.Key_Backspace and not event.modifiers()
        if (back or event.matches(QKeySequence.StandardKey.Undo)) and self.take_back():
            return
        if event.text() == BLANK and not event.modifiers() and self.is_signed():
            self.word_ended.emit()
            return
        types = event.text().isprintable() and event.text() != ""
        if (
            types
            and not event.modifiers() & _NOT_FOR_TYPING
            and self._replace_selection(event.text())
        ):
            return
        self._begin_plain(replacing=types)
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Types what an input method composes."""
        self._begin_plain(replacing=event.commitString() != "")
        super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pastes text."""
        if not self._replace_selection(source.text()):
            self._begin_plain(replacing=False)
            super().insertFromMimeData(source)

    def _replace_selection(self, text: str) -> bool:
        """Puts text in the place of what is selected, in one step of undo; False: nothing is."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return False
        cursor.insertText(text, PLAIN)
        self.setTextCursor(cursor)
        return True

    def _begin_plain(self, *, replacing: bool) -> None:
        """Lets nothing inherit the format of a signed letter that stands before or below it."""
        # In no edit block: while one is open, Qt moves the cursor by lines that are out of date.
        if replacing:
            self._replace_selection("")
        if not self.textCursor().hasSelection():
            self.setCurrentCharFormat(PLAIN)

    def viewportEvent(self, event: QEvent) -> bool:
        """Says what a letter may be and what a corrected word was read as."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            cursor = self.cursorForPosition(event.pos())
            words = self.explain(cursor)
            if not words and cursor.movePosition(QTextCursor.MoveOperation.Right):
                # The left half of a letter belongs to the position before it.
                words = self.explain(cursor)
            QToolTip.showText(event.globalPos(), words, self)
            return True
        return super().viewportEvent(event)

    def explain(self, cursor: QTextCursor) -> str:
        """What a letter before a cursor, or its word, was read as; "" where nothing is unsure."""
        if read := spelled_text.was_read(cursor):
            words = self.tr("Read as {0}. Backspace right behind it takes the correction back.")
            return words.replace("{0}", read)
        seen = self._signed.seen(cursor)
        rivals = seen[-1].rivals if seen else ()
        if len(rivals) < 2:
            return self.tr("Not surely read") if rivals else ""
        words = self.tr("Not surely read: {0} or {1}")
        return words.replace("{0}", rivals[0]).replace("{1}", rivals[1])

    # Layout -----------------------------------------------------------------------------------

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
