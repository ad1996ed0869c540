"""A reading on the screen: the letter in a ring that fills, and candidates with bars."""

from __future__ import annotations

import math
from enum import Enum, auto

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QWidget

from asl_desktop.widgets.parts import set_progress
from asl_desktop.widgets.theme import accent_colour, muted_colour, stage_colour

SURE = 0.8
"""Least confidence of a letter that is shown as sure."""

LIKELY = 0.5
"""Least confidence of a letter that is shown as likely; below, it is a guess."""

_SMALLEST = 96
_LARGEST = 260
NONE = "–"
"""Shown without a reading."""

UNCLEAR = "?"
"""Shown for an unclear letter."""

_RING = 8
"""Width of the ring, in device-independent pixels."""

_LETTER_IN_RING = 0.58
"""Height of a letter over the diameter of its ring."""

_STEPS = 4
"""Steps in which the ring fills with reduced motion."""


class Certainty(Enum):
    """How reliable a reading is."""

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
    """Paints a letter, in a colour that says how sure it is, and the ring around it.

    Args:
        largest: Height of letter and ring at most, in device-independent pixels.
    """

    def __init__(self, *, largest: int = _LARGEST) -> None:
        super().__init__()
        self._largest = largest
        self._letter = ""
        self._certainty = Certainty.UNSURE
        self._dwell: float | None = None
        self._in_steps = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("No letter"))

    @property
    def letter(self) -> str:
        """The letter that is shown; "" while there is none."""
        return "" if self._letter == UNCLEAR else self._letter

    @property
    def dwell(self) -> float | None:
        """How far the ring is filled, 0–1, as it is drawn; None without a ring."""
        return self._dwell

    def set_in_steps(self, in_steps: bool) -> None:
        """Whether the ring fills in few steps instead of moving."""
        self._in_steps = in_steps

    def show_letter(self, letter: str, certainty: Certainty, dwell: float | None = None) -> None:
        """Shows a letter, or with "" that there is none.

        Args:
            letter: One letter, "" or `UNCLEAR`.
            certainty: Decides the colour.
            dwell: 0–1, how long its sign was held, of the time that types it; None for no ring.
        """
        if dwell is not None and self._in_steps:
            dwell = int(dwell * _STEPS) / _STEPS
        if letter != self._letter:
            self.setAccessibleName(self._name(letter))
        if (letter, certainty, dwell) != (self._letter, self._certainty, self._dwell):
            self._letter, self._certainty, self._dwell = letter, certainty, dwell
            self.update()

    def show_like(self, other: BigLetter) -> None:
        """Shows what another one shows."""
        self.show_letter(other._letter, other._certainty, other._dwell)

    def sizeHint(self) -> QSize:
        """As large as it usually gets."""
        return QSize(_LARGEST, _LARGEST)

    def minimumSizeHint(self) -> QSize:
        """Still readable from a distance."""
        return QSize(_SMALLEST, _SMALLEST)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the ring, and the letter with its ink in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        if self._dwell is not None:
            self._paint_ring(painter, self._across(), self._dwell)
        text = self._letter or NONE
        font = self._font_of(self._size())
        painter.setFont(font)
        painter.setPen(self._colour())
        metrics = QFontMetricsF(font)
        ink = metrics.tightBoundingRect(text)
        baseline = (self.height() + metrics.capHeight()) / 2
        painter.drawText(QPointF((self.width() - ink.width()) / 2 - ink.left(), baseline), text)

    def _across(self) -> float:
        """Diameter of the ring."""
        return float(min(self.width(), self.height(), self._largest))

    def _size(self) -> float:
        """Of the font, in pixels."""
        if not self._letter:
            return _SMALLEST / 2
        # Capitals reach about 0.73 of the font's size; the rest would be empty.
        if self._dwell is None:
            return min(self.height(), self._largest) / 0.78
        size = _LETTER_IN_RING * self._across() / 0.78
        ink = QFontMetricsF(self._font_of(size)).tightBoundingRect(self._letter)
        # Wide letters, W before all, would touch the ring.
        return size * min(1.0, (self._across() - 4 * _RING) / math.hypot(ink.width(), ink.height()))

    def _font_of(self, pixels: float) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Bold)
        font.setPixelSize(max(1, round(pixels)))
        return font

    def _paint_ring(self, painter: QPainter, across: float, dwell: float) -> None:
        side = across - _RING - 2
        ring = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), _RING / 2))
        painter.drawEllipse(ring)
        if dwell > 0:
            # From the top, clockwise; Qt counts sixteenths of a degree the other way round.
            cap = Qt.PenCapStyle.FlatCap
            painter.setPen(QPen(accent_colour(self), _RING, Qt.PenStyle.SolidLine, cap))
            painter.drawArc(ring, 90 * 16, -round(dwell * 360 * 16))

    def _name(self, letter: str) -> str:
        if letter in ("", UNCLEAR):
            return self.tr("No letter") if not letter else self.tr("Unsure")
        return self.tr("Letter {0}").replace("{0}", letter)

    def _colour(self) -> QColor:
        if not self._letter or self._certainty is Certainty.UNSURE:
            return muted_colour(self)
        if self._certainty is Certainty.SURE:
            return accent_colour(self)
        return self.palette().color(QPalette.ColorRole.Text)


class CandidateRow:
    """Three widgets for a row of a grid.

    Args:
        leading: Whether the bar is that of the first candidate.
    """

    def __init__(self, leading: bool) -> None:
        self.letter = QLabel()
        self.bar = ConfidenceBar(leading)
        self.number = QLabel()
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def fit(self) -> None:
        """Gives the labels room for whatever they may show, in the fonts that they have now."""
        self.letter.setMinimumWidth(self.letter.fontMetrics().horizontalAdvance("W"))
        self.number.setMinimumWidth(self.number.fontMetrics().horizontalAdvance("100 %"))

    def show_candidate(self, letter: str, probability: float | None) -> None:
        """Shows a letter, and a dash where there is no probability."""
        # A new layout costs more than a comparison.
        if self.letter.text() != letter:
            self.letter.setText(letter)
            self.bar.setAccessibleName(letter)
        number = NONE if probability is None else f"{probability * 100:.0f} %"
        if self.number.text() != number:
            self.number.setText(number)
        self.bar.show_probability(probability or 0.0)


class ConfidenceBar(QProgressBar):
    """A thin round bar; screen readers meet an ordinary progress bar.

    Args:
        leading: Whether it belongs to the first candidate: thicker, and in the accent colour.
    """

    def __init__(self, leading: bool) -> None:
        super().__init__()
        self._leading = leading
        self.setRange(0, 1000)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_probability(self, probability: float) -> None:
        """0–1."""
        set_progress(self, round(probability * 1000))

    def sizeHint(self) -> QSize:
        """As high as its role asks for."""
        return QSize(120, 12 if self._leading else 8)

    def minimumSizeHint(self) -> QSize:
        """May become short."""
        return QSize(40, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints a round bar on a round ground."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = float(self.sizeHint().height())
        ground = QRectF(0, (self.height() - height) / 2, self.width(), height)
        radius = height / 2
        painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
        painter.setBrush(stage_colour(self))
        painter.drawRoundedRect(ground.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        share = max(0, self.value()) / self.maximum()
        if share > 0:
            # Never shorter than a round dot.
            filled = QRectF(ground)
            filled.setWidth(max(height, ground.width() * share))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent_colour(self) if self._leading else muted_colour(self))
            painter.drawRoundedRect(filled, radius, radius)
