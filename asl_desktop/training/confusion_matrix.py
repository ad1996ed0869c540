"""The confusion matrix with the recall of each letter."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from asl_desktop.widgets.theme import accent_colour, stage_colour
from trainer.letters import CLASSES, LETTERS

_RECALL = 46
"""Width of the column with the recalls."""


class ConfusionMatrix(QWidget):
    """A row for each true letter, a column for each predicted letter.

    A darker cell is a larger share of its row. Arrow keys move, Enter opens a cell.
    """

    cell_chosen = Signal(int, int)
    """Class indices of the true and the read letter."""

    def __init__(self) -> None:
        super().__init__()
        self.counts = np.zeros((CLASSES, CLASSES), np.int64)
        self.cell: tuple[int, int] | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(290, 260)
        self.setAccessibleName(self.tr("Confusion matrix"))
        self.setMouseTracking(True)

    def show_counts(self, counts: NDArray[np.int64]) -> None:
        """Shows (24, 24) counts: row the true letter, column the letter that was read."""
        self.counts = counts
        self._tell()
        self.update()

    def choose(self, true: int, read: int) -> None:
        """Marks a cell and emits `cell_chosen`."""
        self.cell = (true, read)
        self._tell()
        self.update()
        self.cell_chosen.emit(true, read)

    def recall(self, letter: int) -> float | None:
        """Recall of a letter; None without images."""
        total = int(self.counts[letter].sum())
        return int(self.counts[letter, letter]) / total if total else None

    def words(self, true: int, read: int) -> str:
        """The text for a cell."""
        total = int(self.counts[true].sum())
        share = int(self.counts[true, read]) / total if total else 0.0
        return (
            self.tr("{0} read as {1}: {2} of {3} ({4} %)")
            .replace("{0}", LETTERS[true])
            .replace("{1}", LETTERS[read])
            .replace("{2}", f"{int(self.counts[true, read]):,}")
            .replace("{3}", f"{total:,}")
            .replace("{4}", f"{share * 100:.1f}")
        )

    def place_of(self, true: int, read: int) -> QRectF:
        """Rectangle of a cell."""
        left, top, side = self._grid()
        return QRectF(left + read * side, top + true * side, side, side)

    def sizeHint(self) -> QSize:
        """Square, with the recalls beside."""
        return QSize(480, 440)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints letters, cells and recalls."""
        painter = QPainter(self)
        painter.setFont(self._font())
        left, top, side = self._grid()
        text = self.palette().color(QPalette.ColorRole.WindowText)
        middle = Qt.AlignmentFlag.AlignCenter
        painter.fillRect(QRectF(left, top, CLASSES * side, CLASSES * side), stage_colour(self))
        totals = np.maximum(self.counts.sum(axis=1), 1)
        for index, letter in enumerate(LETTERS):
            painter.setPen(text)
            painter.drawText(QRectF(left + index * side, 0, side, top), middle, letter)
            painter.drawText(QRectF(0, top + index * side, left, side), middle, letter)
            self._paint_recall(painter, index)
        for true, read in np.argwhere(self.counts).tolist():
            share = int(self.counts[true, read]) / int(totals[true])
            self._paint_cell(painter, true, read, share)
        if self.cell is not None:
            painter.setPen(QPen(text, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.place_of(*self.cell))

    def event(self, event: QEvent) -> bool:
        """Says what is under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            cell = self._cell_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self.words(*cell) if cell else "", self)
            return True
        return super().event(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Opens a cell."""
        cell = self._cell_at(event.position())
        if cell is not None:
            self.choose(*cell)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves by the arrow keys; Enter opens again."""
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
            Qt.Key.Key_Return: (0, 0),
            Qt.Key.Key_Enter: (0, 0),
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        true, read = self.cell or (0, 0)
        self.choose(
            min(max(true + step[0], 0), CLASSES - 1), min(max(read + step[1], 0), CLASSES - 1)
        )

    def _paint_cell(self, painter: QPainter, true: int, read: int, share: float) -> None:
        place = self.place_of(true, read)
        colour = QColor(accent_colour(self))
        if true != read:
            # Errors stand out.
            colour = QColor(self.palette().color(QPalette.ColorRole.WindowText))
        # The root makes a single error in a hundred images visible.
        colour.setAlphaF(0.15 + 0.85 * share**0.5 if true == read else 0.25 + 0.6 * share**0.5)
        painter.fillRect(place.adjusted(0.5, 0.5, -0.5, -0.5), colour)
        if place.width() >= 18 and true != read:
            painter.setPen(self.palette().color(QPalette.ColorRole.BrightText))
            if share < 0.2:
                painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(int(self.counts[true, read])))

    def _paint_recall(self, painter: QPainter, letter: int) -> None:
        recall = self.recall(letter)
        if recall is None:
            return
        left, top, side = self._grid()
        place = QRectF(left + CLASSES * side + 6, top + letter * side, _RECALL - 6, side)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(place, right, f"{recall * 100:.0f} %")

    def _grid(self) -> tuple[float, float, float]:
        """Left and top of the cells, and their side."""
        letter = self.fontMetrics().height()
        side = min(
            (self.width() - letter - _RECALL) / CLASSES, (self.height() - letter - 1) / CLASSES
        )
        return float(letter), float(letter), max(side, 4.0)

    def _font(self) -> QFont:
        """As large as a row allows."""
        font = QFont(self.font())
        _, _, side = self._grid()
        font.setPixelSize(max(7, min(self.fontMetrics().ascent(), round(side * 0.8))))
        return font

    def _cell_at(self, point: QPointF) -> tuple[int, int] | None:
        left, top, side = self._grid()
        read, true = int((point.x() - left) // side), int((point.y() - top) // side)
        inside = 0 <= read < CLASSES and 0 <= true < CLASSES
        return (true, read) if inside else None

    def _tell(self) -> None:
        total = int(self.counts.sum())
        words = self.tr("No images")
        if total:
            right = int(np.trace(self.counts)) / total * 100
            words = self.tr("Accuracy {0} %").replace("{0}", f"{right:.1f}")
        if self.cell is not None:
            words += f". {self.words(*self.cell)}"
        self.setAccessibleDescription(words)
