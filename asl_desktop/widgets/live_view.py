"""A small image of what the camera sees, with the hand box."""

from __future__ import annotations

import cv2
import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.widgets.theme import RADIUS, accent_colour, muted_colour, stage_colour

_ASPECT = 3 / 4


class LiveView(QWidget):
    """Shows frames, mirrored or not; the frames themselves stay unmirrored."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: LiveFrame | None = None
        self.mirrored = False
        """Whether left and right are exchanged on the screen, from the next frame on."""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(self.tr("Image with hand box"))

    @property
    def frame(self) -> LiveFrame | None:
        """What is shown."""
        return self._frame

    def show_frame(self, frame: LiveFrame | None) -> None:
        """Paints a frame, or with None that there is none."""
        self._frame = frame
        self.update()

    def hasHeightForWidth(self) -> bool:
        """As most cameras' images."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As most cameras' images."""
        return round(width * _ASPECT)

    def sizeHint(self) -> QSize:
        """Small beside the page."""
        return QSize(280, round(280 * _ASPECT))

    def minimumSizeHint(self) -> QSize:
        """Still shows where the hand is."""
        return QSize(160, 100)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints image and box, or that there is no image."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        round_corners = QPainterPath()
        round_corners.addRoundedRect(QRectF(self.rect()), RADIUS, RADIUS)
        painter.setClipPath(round_corners)
        painter.fillRect(self.rect(), stage_colour(self))
        frame = self._frame
        if frame is None:
            painter.setPen(muted_colour(self))
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(12, 8, -12, -8), middle, self.tr("No image"))
            return
        height, width = frame.image.shape[:2]
        scale = min(self.width() / width, self.height() / height)
        size = QPointF(width * scale, height * scale)
        corner = QPointF((self.width() - size.x()) / 2, (self.height() - size.y()) / 2)
        painter.translate(corner)
        if self.mirrored:
            painter.translate(size.x(), 0)
            painter.scale(-1, 1)
        target = QRectF(0, 0, size.x(), size.y())
        painter.drawImage(target, self._scaled(frame, size))
        box = frame.box.pixels(width, height)
        painter.setPen(QPen(accent_colour(self), 2))
        painter.drawRoundedRect(
            QRectF(box.x * scale, box.y * scale, box.w * scale, box.h * scale), 6, 6
        )

    def _scaled(self, frame: LiveFrame, size: QPointF) -> QImage:
        dots = self.devicePixelRatioF()
        wanted = (max(1, round(size.x() * dots)), max(1, round(size.y() * dots)))
        shrunk = np.ascontiguousarray(
            cv2.resize(frame.image, wanted, interpolation=cv2.INTER_AREA), np.uint8
        )
        image = QImage(
            shrunk.data, wanted[0], wanted[1], shrunk.strides[0], QImage.Format.Format_BGR888
        )
        return image.copy()  # its own pixels: the array goes
