"""One letter, as large as there is room for."""

from __future__ import annotations

from enum import Enum, auto

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from asl_desktop.theme import accent_colour, muted_colour

SURE = 0.8
"""Confidence from which a letter is shown as read for sure."""

LIKELY = 0.5
"""Confidence under which the letter is a mere guess."""

_SMALLEST = 96
_LARGEST = 260
NONE = "–"
"""Shown while nothing is read."""


class Certainty(Enum):
    """How far a reading can be relied on."""

    SURE = auto()
    LIKELY = auto()
    UNSURE = auto()

    @classmethod
    def of(cls, confidence: float) -> Certainty:
        """By the probability of the letter, 0–1."""
        if confidence >= SURE:
            return cls.SURE
        return cls.LIKELY if confidence >= LIKELY else cls.UNSURE


class BigLetter(QWidget):
    """Paints a letter that fills the widget's height, in a colour that says how sure it is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._letter = ""
        self._certainty = Certainty.UNSURE
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("No letter"))

    @property
    def letter(self) -> str:
        """What is shown; "" while nothing is read."""
        return self._letter

    def show_letter(self, letter: str, certainty: Certainty) -> None:
        """Shows a letter, or with "" that there is none."""
        if letter != self._letter:
            self.setAccessibleName(
                self.tr("Letter {0}").replace("{0}", letter) if letter else self.tr("No letter")
            )
        if (letter, certainty) != (self._letter, self._certainty):
            self._letter, self._certainty = letter, certainty
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
        room = min(self.height(), _LARGEST) / 0.78
        font.setPixelSize(round(room if self._letter else _SMALLEST / 2))
        painter.setFont(font)
        painter.setPen(self._colour())
        metrics = QFontMetricsF(font)
        ink = metrics.tightBoundingRect(text)
        baseline = (self.height() + metrics.capHeight()) / 2
        painter.drawText(QPointF((self.width() - ink.width()) / 2 - ink.left(), baseline), text)

    def _colour(self) -> QColor:
        if not self._letter or self._certainty is Certainty.UNSURE:
            return muted_colour(self)
        if self._certainty is Certainty.SURE:
            return accent_colour(self)
        return self.palette().color(QPalette.ColorRole.Text)
