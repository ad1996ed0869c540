"""The word that is spelled, as a row of boxes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from asl_desktop.widgets.theme import accent_colour, muted_colour, stage_colour


class Result(NamedTuple):
    """How a letter of the word went."""

    letter: str
    skipped: bool = False
    helped: bool = False
    wrong: str = ""
    """What was seen in its place first."""


_LARGEST = 84.0
_GAP = 10.0


class WordBoxes(QWidget):
    """A word as boxes: filled if spelled, dashed if skipped; the current one has a thick frame.

    A dot marks letters that took help or a second try.
    """

    def __init__(self) -> None:
        super().__init__()
        self._word = ""
        self._results: tuple[Result, ...] = ()
        self._now = -1
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_word(self, word: str, results: Sequence[Result]) -> None:
        """Shows a word and how its letters went so far; the next one is the current one."""
        self._word, self._results, self._now = word, tuple(results), len(results)
        if len(results) < len(word):
            text = self.tr("{0}, now {1}").replace("{0}", word).replace("{1}", word[len(results)])
        else:
            text = word
        skipped = ", ".join(result.letter for result in results if result.skipped)
        if skipped:
            text += "; " + self.tr("skipped: {0}").replace("{0}", skipped)
        self.setAccessibleName(text)
        self.update()

    def show_blank(self, count: int) -> None:
        """Shows empty boxes."""
        self._word, self._results, self._now = "?" * count, (), -1
        self.setAccessibleName(self.tr("No word yet"))
        self.update()

    def sizeHint(self) -> QSize:
        """A row of large boxes."""
        return QSize(480, round(_LARGEST) + 6)

    def minimumSizeHint(self) -> QSize:
        """Boxes become smaller with the room."""
        return QSize(220, round(_LARGEST) + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the row in the middle."""
        if not self._word:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = len(self._word)
        side = min(_LARGEST, (self.width() - (count - 1) * _GAP - 4) / count)
        left = (self.width() - count * side - (count - 1) * _GAP) / 2
        font = QFont(self.font())
        font.setPixelSize(round(side * 0.56))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        palette = self.palette()
        for index, letter in enumerate(self._word):
            box = QRectF(left + index * (side + _GAP), (self.height() - side) / 2, side, side)
            result = self._results[index] if index < len(self._results) else None
            done, now = result is not None and not result.skipped, index == self._now
            edge: QPen | QColor = palette.color(QPalette.ColorRole.Mid)
            if now:
                edge = QPen(accent_colour(self), 3)
            elif result is not None and result.skipped:
                edge = QPen(muted_colour(self), 2, Qt.PenStyle.DashLine)
            painter.setPen(edge)
            painter.setBrush(accent_colour(self) if done else stage_colour(self))
            painter.drawRoundedRect(box, 8, 8)
            if done:
                painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
            elif now:
                painter.setPen(palette.color(QPalette.ColorRole.Text))
            else:
                painter.setPen(muted_colour(self))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
            if result is not None and (result.helped or result.wrong) and done:
                # Right in the end: a dot, which no full success has.
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(palette.color(QPalette.ColorRole.HighlightedText))
                painter.drawEllipse(QPointF(box.right() - 10, box.top() + 10), 3.5, 3.5)
