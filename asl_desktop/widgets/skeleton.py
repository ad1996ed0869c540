"""The joints of a hand, drawn over its image: a line and a tip of its own shape for each finger."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QTransform

from trainer.joints import FINGERS, JOINTS, finger_joints

_FINGERS = tuple(range(JOINTS)[finger_joints(finger)] for finger in FINGERS)
_PALM = (0, 1, 5, 9, 13, 17, 0)
_COLOURS = ("#e69f00", "#56b4e9", "#2fd3a4", "#f0e442", "#e59ac3")
"""Of the fingers. Whoever cannot tell them apart has the shapes of the tips."""

_CORNERS = ((45, 4), (0, 3), (0, 60), (0, 4), (180, 5))
"""Of the tips' shapes, by the turn of the first and their number: square, triangle, circle, diamond
and pentagon on its tip."""

_TIP = 2.8
"""Radius of a tip over the width of the lines."""

_DARK = QColor(0, 0, 0, 190)


def paint_skeleton(painter: QPainter, points: Sequence[QPointF], width: float) -> None:
    """Draws light lines on dark ones, so that they are seen on any image.

    Args:
        painter: Its pen and brush change.
        points: The 21 joints, in the painter's coordinates.
        width: Of the lines, in the painter's units.
    """
    palm = QPolygonF([points[index] for index in _PALM])
    fingers = [QPolygonF([points[index] for index in finger]) for finger in _FINGERS]
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(_pen(_DARK, 2.4 * width))
    for stroke in (palm, *fingers):
        painter.drawPolyline(stroke)
    painter.setPen(_pen(QColor(Qt.GlobalColor.white), width))
    painter.drawPolyline(palm)
    for stroke, colour in zip(fingers, _COLOURS, strict=True):
        painter.setPen(_pen(QColor(colour), width))
        painter.drawPolyline(stroke)
    painter.setPen(_pen(_DARK, width / 2))
    for finger, colour, (turn, corners) in zip(_FINGERS, _COLOURS, _CORNERS, strict=True):
        painter.setBrush(QColor(Qt.GlobalColor.white))
        for joint in finger[:-1]:
            painter.drawEllipse(points[joint], width, width)
        painter.setBrush(QColor(colour))
        turns = (turn + 360 * corner / corners for corner in range(corners))
        arm = QPointF(0, -_TIP * width)
        tip = points[finger[-1]]
        painter.drawPolygon([tip + QTransform().rotate(degrees).map(arm) for degrees in turns])
    painter.setBrush(QColor(Qt.GlobalColor.white))
    painter.drawEllipse(points[0], 1.5 * width, 1.5 * width)


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen
