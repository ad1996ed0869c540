"""A word, letter by letter: done, asked for now, still to come."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from asl_desktop.widgets.theme import accent_colour, muted_colour, stage_colour

_LARGEST = 84.0
_GAP = 10.0


class WordBoxes(QWidget):
    """Paints a box for each letter; the one that is asked for has a thick frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = ""
        self._done = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_word(self, word: str, done: int) -> None:
        """Shows a word of which so many letters are done."""
        self._word, self._done = word, done
        if done < len(word):
            text = self.tr("{0}, now {1}").replace("{0}", word).replace("{1}", word[done])
        else:
            text = word
        self.setAccessibleName(text)
        self.update()

    def show_blank(self, count: int) -> None:
        """Shows so many boxes of a word that is not known yet."""
        self._word, self._done = "?" * count, -1
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
            done, now = index < self._done, index == self._done
            painter.setPen(
                QPen(accent_colour(self), 3) if now else palette.color(QPalette.ColorRole.Mid)
            )
            painter.setBrush(accent_colour(self) if done else stage_colour(self))
            painter.drawRoundedRect(box, 8, 8)
            if done:
                painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
            elif now:
                painter.setPen(palette.color(QPalette.ColorRole.Text))
            else:
                painter.setPen(muted_colour(self))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
