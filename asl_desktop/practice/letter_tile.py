"""A letter of a lesson with its hand, and how well it is known."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from asl_desktop.practice.reviews import MASTERED, Review
from asl_desktop.widgets import theme
from asl_desktop.widgets.hand_image import HandImage
from asl_desktop.widgets.theme import SPACE, accent_colour, muted_colour


class LetterTile(QWidget):
    """A letter, its hand, and how well it is signed and read; a click shows it large."""

    chosen = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.image = HandImage()
        self.title = QPushButton()
        self.title.setFlat(True)
        self.title.setToolTip(self.tr("Show this letter large, with a tip"))
        theme.scale(self.title, 1.3, bold=True)
        self.title.clicked.connect(self.chosen)
        self.levels = [LevelDots(self.tr("Signing")), LevelDots(self.tr("Reading"))]
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        layout.addWidget(self.image, 1)
        layout.addWidget(self.title)
        for dots in self.levels:
            layout.addWidget(dots)

    def show_reviews(self, reviews: Sequence[Review]) -> None:
        """Shows how well the letter is signed and read."""
        for dots, review in zip(self.levels, reviews, strict=True):
            dots.show_review(review)


class LevelDots(QWidget):
    """A word and as many dots as a letter has to be right until it is mastered.

    Args:
        name: What is practised.
    """

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name
        self._level = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_review(self, review: Review) -> None:
        """Shows a level."""
        self._level = min(review.level, MASTERED)
        text = self.tr("{0}: {1} of {2} steps").replace("{1}", str(self._level))
        text = text.replace("{0}", self._name).replace("{2}", str(MASTERED))
        self.setAccessibleName(text)
        self.setToolTip(text)
        self.update()

    def sizeHint(self) -> QSize:
        """A line of text."""
        return QSize(110, self.fontMetrics().height() + 2)

    def minimumSizeHint(self) -> QSize:
        """Dots and a few letters."""
        return QSize(60, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the word and the dots in the middle."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = self.fontMetrics()
        step, radius = 11.0, 3.5
        dots = MASTERED * step
        wide = metrics.horizontalAdvance(self._name) + SPACE + dots
        words = wide <= self.width()
        left = (self.width() - (wide if words else dots)) / 2
        painter.setPen(muted_colour(self))
        if words:
            base = (self.height() + metrics.capHeight()) / 2
            painter.drawText(QPointF(left, base), self._name)
            left += metrics.horizontalAdvance(self._name) + SPACE
        middle = self.height() / 2
        for number in range(MASTERED):
            dot = QRectF(left + number * step, middle - radius, 2 * radius, 2 * radius)
            full = number < self._level
            colour = accent_colour(self) if full else self.palette().color(QPalette.ColorRole.Mid)
            painter.setPen(QPen(colour, 1.5))
            painter.setBrush(colour if full else Qt.BrushStyle.NoBrush)
            painter.drawEllipse(dot)
