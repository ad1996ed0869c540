"""One letter, as large as there is room for."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from asl_desktop.theme import accent_colour, muted_colour

_SMALLEST = 96
_LARGEST = 260
NONE = "–"
"""Shown while nothing is read."""


class BigLetter(QWidget):
    """Paints a letter that fills the widget's height; grayed while the network is unsure."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = ""
        self._sure = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.show_letter("", sure=False)

    @property
    def letter(self) -> str:
        """What is shown; "" while nothing is read."""
        return self._letter

    def show_letter(self, letter: str, *, sure: bool) -> None:
        """Shows a letter, or with "" that there is none."""
        if letter == self._letter and sure == self._sure:
            return
        if letter != self._letter:
            self.setAccessibleName(
                self.tr("Letter {0}").replace("{0}", letter) if letter else self.tr("No letter")
            )
        self._letter, self._sure = letter, sure
        self.update()

    def sizeHint(self) -> QSize:
        """As large as it gets."""
        return QSize(_LARGEST, _LARGEST)

    def minimumSizeHint(self) -> QSize:
        """Still readable from a distance."""
        return QSize(_SMALLEST, _SMALLEST)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the letter with its ink in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        text = self._letter or NONE
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold)
        # Capitals reach about 0.73 of the font's size; the rest would be empty.
        room = min(self.height(), _LARGEST)
        font.setPixelSize(max(24, round(room / 0.78)))
        painter.setFont(font)
        if not self._letter:
            painter.setPen(muted_colour(self))
        elif self._sure:
            painter.setPen(accent_colour(self))
        else:
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        metrics = QFontMetricsF(font)
        ink = metrics.tightBoundingRect(text)
        baseline = (self.height() + metrics.capHeight()) / 2
        painter.drawText(QPointF((self.width() - ink.width()) / 2 - ink.left(), baseline), text)
