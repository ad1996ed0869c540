"""Position and size of the window: as it was left, but always on an existing screen."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMargins, QRect, QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

USUAL = QSize(1280, 800)
"""Size at the first start, if the screen has room for it."""

LEAST = QSize(480, 320)
"""Smallest size of the window."""

_FRAME = QMargins(8, 40, 8, 8)
"""Room for the frame and the title bar that the system draws later."""


def restore(window: QWidget, geometry: QByteArray) -> None:
    """Puts a window where it was, or in the middle of the first screen.

    Args:
        window: Not shown yet.
        geometry: What `saveGeometry` gave; one that is damaged or empty counts as none.
    """
    window.setMinimumSize(LEAST)
    screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
    if not window.restoreGeometry(geometry):
        window.resize(USUAL)
        window.setGeometry(fitted(centred(window.geometry(), screens[0]), screens))
    elif not window.isMaximized() and not window.isFullScreen():
        window.setGeometry(fitted(window.geometry(), screens))


def centred(rect: QRect, screen: QRect) -> QRect:
    """A rectangle of the same size in the middle of a screen."""
    result = QRect(rect)
    result.moveCenter(screen.center())
    return result


def fitted(rect: QRect, screens: Sequence[QRect]) -> QRect:
    """The window's inner rectangle, shrunk and moved onto the screen that shows most of it.

    Args:
        rect: Without the frame that the system draws.
        screens: The parts of the screens that no task bar covers, the first one first.
    """

    def shown(screen: QRect) -> int:
        common = screen.intersected(rect)
        return common.width() * common.height()

    room = max(screens, key=shown).marginsRemoved(_FRAME)
    result = QRect(rect.topLeft(), rect.size().boundedTo(room.size()))
    result.moveLeft(min(max(result.left(), room.left()), room.right() + 1 - result.width()))
    result.moveTop(min(max(result.top(), room.top()), room.bottom() + 1 - result.height()))
    return result
