"""The camera image with the hand box on it."""

from __future__ import annotations

import time
from enum import Enum, auto
from typing import Any

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy

from asl_desktop.hand_box import HANDLES, HandBox, Handle
from asl_desktop.widgets.live_view import FrameView
from asl_desktop.widgets.theme import RADIUS, SPACE, accent_colour, muted_colour
from trainer.hand_finder.follow import Tracking

_STEP = 0.02
_FINE_STEP = 0.0025
_REACH = 14.0
"""Distance from a handle, in device-independent pixels, within which a press grabs it."""

_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_GROWS = {Qt.Key.Key_Plus: 1, Qt.Key.Key_Equal: 1, Qt.Key.Key_Minus: -1}
_GROWING_ARROWS = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: 1,
    Qt.Key.Key_Down: -1,
}
_LINES = {
    Tracking.FOLLOWING: Qt.PenStyle.SolidLine,
    Tracking.RESTING: Qt.PenStyle.DashLine,
    Tracking.NO_HAND: Qt.PenStyle.DotLine,
    None: Qt.PenStyle.SolidLine,
}
_CURSORS = {
    0: Qt.CursorShape.SizeVerCursor,
    1: Qt.CursorShape.SizeHorCursor,
    2: Qt.CursorShape.SizeFDiagCursor,
    3: Qt.CursorShape.SizeBDiagCursor,
}


class _Grip(Enum):
    INSIDE = auto()


class Preview(FrameView):
    """Shows frames and lets the hand box be moved and resized, by mouse and by keyboard."""

    box_changed = Signal(HandBox)
    """The new box, at every step of a drag or key press."""

    first_frame_shown = Signal()
    """Once, when the first frame is on the screen."""

    def __init__(self) -> None:
        super().__init__()
        self._box = HandBox()
        self._badge = ""
        self._notice = ""
        self._held: Handle | _Grip | None = None
        self._from = (QPointF(), HandBox())
        self._hovered = False
        self._painted_first = False
        self._delay = 0.0
        self._states = {
            Tracking.FOLLOWING: self.tr("Following"),
            Tracking.RESTING: self.tr("Resting"),
            Tracking.NO_HAND: self.tr("No hand"),
            None: self.tr("Fixed by you"),
        }
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(240, 150)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Image with hand box"))
        self._describe()

    @property
    def box(self) -> HandBox:
        """The hand box, unmirrored."""
        return self._box

    @box.setter
    def box(self, box: HandBox) -> None:
        self._box = box
        self._describe()
        self.update()

    @property
    def badge(self) -> str:
        """A word over the image, such as "Frozen"; "" for none."""
        return self._badge

    @badge.setter
    def badge(self, badge: str) -> None:
        self._badge = badge
        self.update()

    @property
    def milliseconds(self) -> float:
        """Latency of the shown frame, from arrival to paint, in ms."""
        return self._delay * 1000

    @property
    def box_state(self) -> str:
        """What the box does, in words; "" without a frame."""
        return "" if self._frame is None else self._states[self._frame.tracking]

    def clear(self, notice: str = "") -> None:
        """Shows a notice instead of a frame."""
        self._notice = notice
        self.show_frame(None)

    def sizeHint(self) -> QSize:
        """A comfortable size for a camera image."""
        return QSize(800, 600)

    # Geometry ---------------------------------------------------------------------------------

    def box_rect(self) -> QRectF:
        """Where in the widget the hand box is."""
        return self.rect_of(self._box)

    def _to_frame(self, point: QPointF) -> QPointF:
        return self._to_widget().inverted()[0].map(point)

    def _grip_at(self, point: QPointF) -> Handle | _Grip | None:
        """The handle or inside of the box at a point of the widget, as seen on the screen."""
        box = self.box_rect()
        if box.isEmpty():
            return None
        near = [
            (distance, handle)
            for handle, corner in self._handles(box)
            if (distance := (corner - point).manhattanLength()) <= 2 * _REACH
            and max(abs(corner.x() - point.x()), abs(corner.y() - point.y())) <= _REACH
        ]
        if near:
            return min(near)[1]
        return _Grip.INSIDE if box.contains(point) else None

    @staticmethod
    def _handles(box: QRectF) -> list[tuple[Handle, QPointF]]:
        centre, half = box.center(), box.width() / 2
        return [(h, centre + QPointF(h.right * half, h.down * half)) for h in HANDLES]

    # Painting ---------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the image, the hand box and the badge."""
        painter = QPainter(self)
        self.paint_stage(painter)
        if self._frame is not None:
            self.paint_image(painter)
            self._paint_box(painter)
            self.paint_joints(painter)
            self._paint_state(painter)
            self._paint_badge(painter)
            self._delay = time.perf_counter() - self._frame.arrived
            if not self._painted_first:
                self._painted_first = True
                # The paint reaches the screen at the end of this turn of the event loop.
                QTimer.singleShot(0, self, self.first_frame_shown.emit)
        elif self._notice:
            painter.setPen(muted_colour(self))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._notice)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(accent_colour(self), 3))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(2, 2, -2, -2), RADIUS, RADIUS)

    def _paint_box(self, painter: QPainter) -> None:
        box = self.box_rect()
        outside = QPainterPath()
        outside.addRoundedRect(self.image_rect(), RADIUS, RADIUS)
        inside = QPainterPath()
        inside.addRoundedRect(box, 6, 6)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 80))
        painter.drawPath(outside.subtracted(inside))
        active = self.hasFocus() or self._hovered or self._held is not None
        edge = accent_colour(self) if self.hasFocus() else QColor(Qt.GlobalColor.white)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # Dark below light: one of them contrasts with any image.
        painter.setPen(QPen(QColor(0, 0, 0, 160), 5))
        painter.drawRoundedRect(box, 6, 6)
        painter.setPen(QPen(edge, 2.5, _LINES[self._frame.tracking if self._frame else None]))
        painter.drawRoundedRect(box, 6, 6)
        if active:
            painter.setPen(QPen(QColor(0, 0, 0, 200), 1.5))
            painter.setBrush(QColor(Qt.GlobalColor.white))
            for _, corner in self._handles(box):
                painter.drawRoundedRect(QRectF(corner.x() - 6, corner.y() - 6, 12, 12), 4, 4)

    def _paint_badge(self, painter: QPainter) -> None:
        if not self._badge:
            return
        text = self.fontMetrics().boundingRect(self._badge).size()
        pill = QRectF(0, 0, text.width() + 4 * SPACE, text.height() + 2 * SPACE)
        pill.moveTopLeft(self.image_rect().topLeft() + QPointF(2 * SPACE, 2 * SPACE))
        _paint_pill(painter, pill, self._badge)

    def _paint_state(self, painter: QPainter) -> None:
        """Paints what the box does on its upper edge, outside where there is room."""
        box, image = self.box_rect(), self.image_rect()
        text = self.fontMetrics().boundingRect(self.box_state).size()
        pill = QRectF(0, 0, text.width() + 2 * SPACE, text.height() + SPACE / 2)
        pill.moveBottomLeft(box.topLeft() + QPointF(0, -SPACE / 2))
        if pill.top() < image.top():
            pill.moveTopLeft(box.topLeft() + QPointF(SPACE, SPACE))
        pill.moveLeft(min(max(pill.left(), image.left()), image.right() - pill.width()))
        pill.moveTop(max(pill.top(), image.top()))
        _paint_pill(painter, pill, self.box_state)

    # Mouse ------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Grabs the box or a handle."""
        if event.button() != Qt.MouseButton.LeftButton or self._frame is None:
            return
        self._held = self._grip_at(event.position())
        self._from = (self._to_frame(event.position()), self._box)
        self._show_cursor(event.position())
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drags the grabbed part, or shows the cursor for the part under the mouse."""
        if self._frame is None:
            return
        if self._held is None:
            self._show_cursor(event.position())
            hovered = self._grip_at(event.position()) is not None
            if hovered != self._hovered:
                self._hovered = hovered
                self.update()
            return
        height, width = self._frame.image.shape[:2]
        start, box = self._from
        point = self._to_frame(event.position())
        if isinstance(self._held, Handle):
            right = -self._held.right if self._mirrored else self._held.right
            handle = Handle(right, self._held.down)
            self._change(box.pulled(handle, point.x(), point.y(), width, height))
        else:
            way = point - start
            self._change(box.moved(way.x(), way.y(), width, height))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Releases the grabbed part."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = None
            self._show_cursor(event.position())
            self.update()

    def leaveEvent(self, event: Any) -> None:
        """Hides the handles."""
        self._hovered = False
        self.update()

    def _show_cursor(self, point: QPointF) -> None:
        grip = self._held if self._held is not None else self._grip_at(point)
        if grip is None:
            self.unsetCursor()
        elif isinstance(grip, Handle):
            slant = 0 if not grip.right else 1 if not grip.down else 2
            if grip.right * grip.down < 0:
                slant = 3
            self.setCursor(_CURSORS[slant])
        elif self._held is not None:
            self.setCursor(Qt.CursorShape.ClosedHandCursor)
        else:
            self.setCursor(Qt.CursorShape.OpenHandCursor)

    # Keyboard ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves, resizes or resets the box."""
        if self._frame is None:
            super().keyPressEvent(event)
            return
        height, width = self._frame.image.shape[:2]
        key = Qt.Key(event.key())
        modifiers = event.modifiers()
        fine = bool(modifiers & Qt.KeyboardModifier.ControlModifier)
        step = (_FINE_STEP if fine else _STEP) * min(width, height)
        growth = _GROWS.get(key)
        if modifiers & Qt.KeyboardModifier.ShiftModifier and key in _GROWING_ARROWS:
            growth = _GROWING_ARROWS[key]
        if growth is not None:
            self._change(self._box.grown(growth * 2 * step, width, height))
        elif key in _MOVES:
            right, down = _MOVES[key]
            if self._mirrored:
                right = -right
            self._change(self._box.moved(right * step, down * step, width, height))
        elif key == Qt.Key.Key_Home:
            self.reset_box()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Highlights the box: it has the keyboard focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Removes the highlight."""
        super().focusOutEvent(event)
        self.update()

    def reset_box(self) -> None:
        """Centres the box at its default size."""
        self._change(HandBox())

    def _change(self, box: HandBox) -> None:
        if box != self._box:
            self.box = box
            self.box_changed.emit(box)

    def _describe(self) -> None:
        across = 1 - self._box.x if self._mirrored else self._box.x
        self.setAccessibleDescription(
            self.tr(
                "Hand box: centre at {0} % across and {1} % down, side {2} % of the image. Arrow "
                "keys move it, Shift with arrow keys or plus and minus resize it, Home resets it."
            )
            .replace("{0}", str(round(across * 100)))
            .replace("{1}", str(round(self._box.y * 100)))
            .replace("{2}", str(round(self._box.side * 100)))
        )


def _paint_pill(painter: QPainter, pill: QRectF, text: str) -> None:
    """Paints white words on a dark ground, legible over any image."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(0, 0, 0, 200))
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2)
    painter.setPen(QColor(Qt.GlobalColor.white))
    painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
