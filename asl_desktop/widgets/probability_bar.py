"""A letter and its probability, as a bar and a number."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QLabel, QProgressBar, QSizePolicy, QWidget

from asl_desktop.widgets.big_letter import NONE
from asl_desktop.widgets.parts import set_progress
from asl_desktop.widgets.theme import accent_colour, muted_colour, stage_colour


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
        # Laying out again costs more than comparing.
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
        parent: Qt's parent.
    """

    def __init__(self, leading: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
            # Never shorter than a dot, which would be no longer round.
            filled = QRectF(ground)
            filled.setWidth(max(height, ground.width() * share))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent_colour(self) if self._leading else muted_colour(self))
            painter.drawRoundedRect(filled, radius, radius)
