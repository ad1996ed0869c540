"""How many pictures each letter has, as bars."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from asl_desktop.theme import accent_colour, muted_colour, stage_colour
from trainer.letters import CLASSES, LETTERS

_MARK = "!"


class LetterCounts(QWidget):
    """A bar a letter; marked letters have a sign above, and an outline shows a second count."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._counts = np.zeros(CLASSES, np.int64)
        self._second = np.zeros(CLASSES, np.int64)
        self._marked = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumHeight(90)
        self.setAccessibleName(self.tr("Pictures of each letter"))
        self.setMouseTracking(True)

    @property
    def marked(self) -> str:
        """The letters that are marked."""
        return self._marked

    def show_counts(
        self, counts: NDArray[np.int64], second: NDArray[np.int64] | None, marked: str
    ) -> None:
        """Shows (24,) pictures to learn from, those to measure on, and marks some letters."""
        self._counts = counts
        self._second = np.zeros(CLASSES, np.int64) if second is None else second
        self._marked = marked
        pairs = zip(LETTERS, counts.tolist(), strict=True)
        self.setAccessibleDescription(", ".join(f"{letter} {count}" for letter, count in pairs))
        self.update()

    def sizeHint(self) -> QSize:
        """Wide and low."""
        return QSize(420, 120)

    def event(self, event: QEvent) -> bool:
        """Tells the numbers under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            index = int(event.pos().x() / max(self.width() / CLASSES, 1e-9))
            if 0 <= index < CLASSES:
                text = f"{LETTERS[index]}: {self._counts[index]:,}"
                if self._second[index]:
                    text += f" + {self._second[index]:,}"
                QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints bars, letters and marks."""
        painter = QPainter(self)
        line = self.fontMetrics().height()
        room = QRectF(0, line, self.width(), self.height() - 2 * line - 2)
        width = room.width() / CLASSES
        most = max(int(self._counts.max()), int(self._second.max()), 1)
        text = self.palette().color(QPalette.ColorRole.WindowText)
        for index, letter in enumerate(LETTERS):
            left = room.left() + index * width
            place = QRectF(left + width * 0.15, room.top(), width * 0.7, room.height())
            painter.fillRect(place, stage_colour(self))
            height = room.height() * int(self._counts[index]) / most
            bar = QRectF(place.left(), room.bottom() - height, place.width(), height)
            marked = letter in self._marked
            painter.fillRect(bar, muted_colour(self) if marked else accent_colour(self))
            if self._second[index]:
                height = room.height() * int(self._second[index]) / most
                painter.setPen(QPen(text, 1.5))
                top = round(room.bottom() - height)
                painter.drawLine(round(place.left()), top, round(place.right()), top)
            painter.setPen(text)
            middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(QRectF(left, room.bottom() + 2, width, line), middle, letter)
            if marked:
                painter.drawText(QRectF(left, 0, width, line), middle, _MARK)
