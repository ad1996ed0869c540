"""The small picture that the network is given, pixel by pixel."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from asl_desktop.theme import stage_colour
from trainer.preprocess import Picture


class SeenPicture(QWidget):
    """Shows a small gray picture enlarged without smoothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._picture: Picture | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("What the network sees"))

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    def show_picture(self, picture: Picture | None) -> None:
        """Shows the (size, size) gray picture of a reading."""
        self._picture = picture
        self.update()

    def sizeHint(self) -> QSize:
        """Whole pixels of the usual 28, with a line around."""
        return QSize(114, 114)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints every pixel as a square."""
        painter = QPainter(self)
        frame = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.setBrush(stage_colour(self))
        painter.drawRect(frame)
        if self._picture is None:
            return
        height, width = self._picture.shape
        pixels = self._picture.tobytes()
        image = QImage(pixels, width, height, width, QImage.Format.Format_Grayscale8)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
        painter.drawImage(self.rect().adjusted(1, 1, -1, -1), image)
        painter.setPen(Qt.PenStyle.NoPen)
