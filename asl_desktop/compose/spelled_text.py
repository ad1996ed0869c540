"""Which letters of a document were signed, and what was seen: kept in the letters' own formats.

The formats go wherever their letters go, through undo and redo, too. A letter without one was typed
by keyboard, pasted or loaded, and is never touched.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QColor, QTextCharFormat, QTextCursor, QTextFormat

from trainer.recognition.lexicon import spelled
from trainer.recognition.seen import Seen

_SIGNED = int(QTextFormat.Property.UserProperty) + 1
_READ = _SIGNED + 1

PLAIN = QTextCharFormat()
"""Of letters that nobody signed."""


class SpelledText:
    """What was seen of every signed letter."""

    def __init__(self) -> None:
        self._seen: list[tuple[str, tuple[Seen, ...]]] = []

    def signed_format(self, seen: Sequence[Seen], colour: QColor) -> QTextCharFormat:
        """The format of a new letter; an uncertain one has a wavy line below it.

        Args:
            seen: What was held since the letter before; this one is the last.
            colour: Of the line.
        """
        written = QTextCharFormat()
        written.setProperty(_SIGNED, len(self._seen))
        if seen[-1].rivals:
            written.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
            written.setUnderlineColor(colour)
        self._seen.append((seen[-1].letter, tuple(seen)))
        return written

    def seen(self, cursor: QTextCursor) -> tuple[Seen, ...] | None:
        """What was seen of the letter before a cursor; None if nobody signed it."""
        index = cursor.charFormat().property(_SIGNED)
        letter = cursor.block().text()[cursor.positionInBlock() - 1 : cursor.positionInBlock()]
        if not isinstance(index, int) or not letter:
            return None
        known, seen = self._seen[index]
        return seen if known == letter else None


def corrected_format(read: str, colour: QColor) -> QTextCharFormat:
    """The format of a word that replaces what was read: a line below it."""
    written = QTextCharFormat()
    written.setProperty(_READ, read)
    written.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
    written.setUnderlineColor(colour)
    return written


def was_read(cursor: QTextCursor) -> str:
    """What a corrected word before a cursor was read as, or ""."""
    read = cursor.charFormat().property(_READ)
    return read if isinstance(read, str) else ""


def certain(letter: str) -> tuple[Seen, ...]:
    """A letter that nobody has to guess; nothing for a sign such as an apostrophe."""
    return tuple(Seen(plain) for plain in spelled(letter))
