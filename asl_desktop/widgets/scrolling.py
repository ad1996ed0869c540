"""A page that scrolls only where it cannot be made small enough."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

_CHARACTERS = 40
"""Characters that a column shows in a line."""


class Scrolling(QScrollArea):
    """Gives a page all of its room, or what the page needs at least.

    Qt's own resizable area gives a page with wrapped texts the height that it prefers, so that it
    scrolls long before it has to.
    """

    def __init__(self, page: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        # What takes the focus is in the page.
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.set_page(page)

    def column_width(self, usual: int) -> int:
        """Of a column with this area: some words wide, and nothing is cut off on the right.

        Args:
            usual: Width that it has with small texts.
        """
        return max(usual, self.fontMetrics().averageCharWidth() * _CHARACTERS, self.least_width)

    @property
    def least_width(self) -> int:
        """Width with which nothing is cut off on the right."""
        page, bar = self.widget(), self.verticalScrollBar().sizeHint().width()
        return bar if page is None else page.minimumSizeHint().width() + bar

    def set_page(self, page: QWidget) -> None:
        """Shows another page; the one before is deleted."""
        self.setWidget(page)
        page.installEventFilter(self)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fits the page to its new room."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Fits the page when something in it wants another size."""
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        page = self.widget()
        if page is None:
            return
        room = self.maximumViewportSize()
        needed = _needed(page, room)
        bar = self.verticalScrollBar().sizeHint().width()
        if needed.width() > room.width():
            room.setHeight(room.height() - bar)
        if needed.height() > room.height():
            room.setWidth(room.width() - bar)
            needed = _needed(page, room)
        page.resize(needed.expandedTo(room))


def _needed(page: QWidget, room: QSize) -> QSize:
    """The least size that shows all of a page in a room's width, or in more."""
    least = page.minimumSizeHint().expandedTo(page.minimumSize())
    layout = page.layout()
    if layout is not None and layout.hasHeightForWidth():
        width = max(least.width(), room.width())
        least.setHeight(max(layout.totalMinimumHeightForWidth(width), page.minimumHeight()))
    return least
