"""The camera's image with a sign over it: seconds that are left, or that it records."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from asl_desktop.widgets.live_view import LiveView

RECORDING = "●"
"""The sign of a running recording, small and in the corner."""


class CountView(LiveView):
    """Shows frames with a large number or sign that contrasts with any image."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sign = ""

    @property
    def sign(self) -> str:
        """The sign over the image; "" for none."""
        return self._sign

    def show_sign(self, sign: str) -> None:
        """Shows a sign of one or two characters over the image."""
        if sign != self._sign:
            self._sign = sign
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the image, then the sign."""
        super().paintEvent(event)
        if not self._sign:
            return
        recording = self._sign == RECORDING
        font = QFont(self.font())
        font.setPixelSize(max(24, self.height() // (8 if recording else 2)))
        font.setWeight(QFont.Weight.Bold)
        path = QPainterPath()
        path.addText(QPointF(0, 0), font, self._sign)
        box = path.boundingRect()
        room = QRectF(self.rect())
        # In the corner, so that the hand stays visible while it is recorded.
        place = QPointF(box.width() + 8, box.height() + 8) if recording else room.center()
        path.translate(place - box.center())
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPen(QColor(0, 0, 0, 200), 8)
        outline.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        painter.strokePath(path, outline)
        painter.fillPath(path, QColor(Qt.GlobalColor.white))
