"""Images of the camera on the screen, sharp at every scale of the display."""

from __future__ import annotations

from typing import Any

import cv2
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QImage, QPainter, QPaintEvent, QPen, QResizeEvent, QTransform
from PySide6.QtWidgets import QSizePolicy, QWidget

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.hand_box import HandBox
from asl_desktop.widgets.skeleton import paint_skeleton
from asl_desktop.widgets.theme import RADIUS, accent_colour, muted_colour, stage_colour

_ASPECT = 3 / 4

_THIN = 1.5
"""Least width of the lines between joints, in device-independent pixels."""

_BONE = 0.011
"""Their width over that of the hand box."""


class FrameView(QWidget):
    """Shows frames as large as there is room for, mirrored or not.

    The mirror exists in this widget alone: frames and boxes stay unmirrored.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._frame: LiveFrame | None = None
        self._mirrored = False
        self._skeleton = False
        self._image: QImage | None = None
        self._pixels: NDArray[Any] | None = None

    @property
    def frame(self) -> LiveFrame | None:
        """What is shown."""
        return self._frame

    @property
    def mirrored(self) -> bool:
        """Whether left and right are exchanged on the screen."""
        return self._mirrored

    @mirrored.setter
    def mirrored(self, mirrored: bool) -> None:
        self._mirrored = mirrored
        self._image = None
        self._describe()
        self.update()

    def set_skeleton(self, shown: bool) -> None:
        """Whether to draw the joints of the hand, where the network finds them."""
        self._skeleton = shown
        self.update()

    def show_frame(self, frame: LiveFrame | None) -> None:
        """Paints a frame as soon as the window system allows; None: there is none."""
        self._frame = frame
        self._image = None
        self.update()

    def image_rect(self) -> QRectF:
        """Where in the widget the image is."""
        if self._frame is None:
            return QRectF()
        height, width = self._frame.image.shape[:2]
        scale = min(self.width() / width, self.height() / height)
        size = QPointF(width * scale, height * scale)
        return QRectF(
            (self.width() - size.x()) / 2, (self.height() - size.y()) / 2, size.x(), size.y()
        )

    def rect_of(self, box: HandBox) -> QRectF:
        """Where in the widget a hand box is."""
        if self._frame is None:
            return QRectF()
        height, width = self._frame.image.shape[:2]
        return self._to_widget().mapRect(QRectF(*box.pixels(width, height)))

    def paint_stage(self, painter: QPainter) -> None:
        """Paints the ground of the whole widget."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(stage_colour(self))
        painter.drawRoundedRect(self.rect(), RADIUS, RADIUS)

    def paint_image(self, painter: QPainter) -> None:
        """Paints the frame with round corners."""
        target = self.image_rect()
        ratio = self.devicePixelRatioF()
        # In pixels of the screen. The image itself stays without a ratio: a brush would apply it
        # once more than the transform below does.
        size = (max(1, round(target.width() * ratio)), max(1, round(target.height() * ratio)))
        if self._image is None or (self._image.width(), self._image.height()) != size:
            self._image = self._scaled(size)
        # As a brush, since only then the round corners are smooth.
        brush = QBrush(self._image)
        transform = QTransform.fromTranslate(target.x(), target.y())
        brush.setTransform(transform.scale(target.width() / size[0], target.height() / size[1]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(brush)
        painter.drawRoundedRect(target, RADIUS, RADIUS)

    def paint_joints(self, painter: QPainter) -> None:
        """Paints the joints of the hand over its image, if they are known and wanted."""
        frame = self._frame
        reading = None if frame is None else frame.reading
        if not self._skeleton or frame is None or reading is None or reading.joints is None:
            return
        to_widget = self._to_widget()
        points = [to_widget.map(QPointF(x, y)) for x, y in reading.joints.tolist()]
        paint_skeleton(painter, points, max(_THIN, self.rect_of(frame.box).width() * _BONE))

    def _describe(self) -> None:
        """Called when the mirror is switched, for what depends on left and right."""

    def _scaled(self, size: tuple[int, int]) -> QImage:
        """The frame with (width, height) pixels: OpenCV is several times faster than Qt here."""
        assert self._frame is not None  # noqa: S101 - the caller checked
        image: NDArray[Any] = self._frame.image
        # Means of 2 × 2 pixels are quick; those of any other area take ten times as long.
        while image.shape[1] >= 2 * size[0]:
            half = (image.shape[1] // 2, max(1, image.shape[0] // 2))
            image = cv2.resize(image, half, interpolation=cv2.INTER_AREA)
        image = cv2.resize(image, size, interpolation=cv2.INTER_LINEAR)
        if self._mirrored:
            image = cv2.flip(image, 1)
        # The image borrows these pixels.
        self._pixels = cv2.cvtColor(image, cv2.COLOR_BGR2BGRA)
        return QImage(self._pixels.data, size[0], size[1], size[0] * 4, QImage.Format.Format_RGB32)

    def _to_widget(self) -> QTransform:
        """Pixels of the frame → the widget."""
        assert self._frame is not None  # noqa: S101 - callers checked
        height, width = self._frame.image.shape[:2]
        target = self.image_rect()
        transform = QTransform.fromTranslate(target.x(), target.y())
        transform.scale(target.width() / width, target.height() / height)
        if self._mirrored:
            transform.translate(width, 0)
            transform.scale(-1, 1)
        return transform


class LiveView(FrameView):
    """A small image beside a page, with the hand box of its frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setAccessibleName(self.tr("Image with hand box"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Asks for the height that goes with the width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as it is, and as high as most cameras' images are then."""
        width = max(self.width(), self.minimumSizeHint().width())
        return QSize(width, round(width * _ASPECT))

    def minimumSizeHint(self) -> QSize:
        """Still shows where the hand is."""
        return QSize(120, 72)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints image and box, or that there is no image."""
        painter = QPainter(self)
        self.paint_stage(painter)
        if self._frame is None:
            painter.setPen(muted_colour(self))
            middle = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(12, 8, -12, -8), middle, self.tr("No image"))
            return
        self.paint_image(painter)
        self.paint_joints(painter)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(accent_colour(self), 2))
        painter.drawRoundedRect(self.rect_of(self._frame.box), 6, 6)
