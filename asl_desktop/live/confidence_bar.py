"""A probability as a bar with its number."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from asl_desktop.parts import set_progress
from asl_desktop.theme import accent_colour, muted_colour, stage_colour


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
