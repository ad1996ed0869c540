"""Progress over weeks: letters practised as bars, and the share that was right as a line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QDate, QLocale, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from asl_desktop.practice.diary import Week
from asl_desktop.widgets.theme import SPACE, accent_colour, muted_colour, stage_colour

_HEIGHT = 96
_BAR = 26.0
_LEAST_TOP = 20


class WeekChart(QWidget):
    """A bar for each week with its number of letters, and a dot for the share of right ones."""

    def __init__(self) -> None:
        super().__init__()
        self._weeks: tuple[Week, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Your weeks"))

    def show_weeks(self, weeks: Sequence[Week]) -> None:
        """Shows weeks, the latest last."""
        self._weeks = tuple(weeks)
        self.setAccessibleDescription("; ".join(self._sentence(week) for week in weeks))
        self.setToolTip("\n".join(self._sentence(week) for week in weeks if week.tries))
        self.update()

    def sizeHint(self) -> QSize:
        """Bars with a number above and a date below."""
        return QSize(420, _HEIGHT + 2 * self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Bars may be narrow."""
        return QSize(240, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints bars, line and dates."""
        if not self._weeks:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(self.font())
        line = metrics.height()
        room = QRectF(0, line, self.width(), self.height() - 2 * line - SPACE / 2)
        step = room.width() / len(self._weeks)
        most = max(_LEAST_TOP, *(week.tries for week in self._weeks))
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        dots = []
        for index, week in enumerate(self._weeks):
            middle = room.left() + (index + 0.5) * step
            bar = QRectF(0, 0, min(_BAR, 0.6 * step), room.height() * week.tries / most)
            bar.moveBottom(room.bottom())
            bar.moveLeft(middle - bar.width() / 2)
            painter.setPen(Qt.PenStyle.NoPen)
            if week.tries:
                painter.setBrush(stage_colour(self))
                painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
                painter.drawRoundedRect(bar, 3, 3)
                right = QRectF(bar)
                right.setTop(bar.bottom() - bar.height() * week.hits / week.tries)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(accent_colour(self))
                painter.drawRoundedRect(right, 3, 3)
                dots.append((middle, bar.top(), f"{100 * week.hits / week.tries:.0f} %"))
            painter.setPen(muted_colour(self))
            self._write(painter, metrics, middle, self.height() - metrics.descent(), _date(week))
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        for middle, top, text in dots:
            self._write(painter, metrics, middle, top - metrics.descent() - 1, text)

    def _write(
        self, painter: QPainter, metrics: QFontMetricsF, middle: float, base: float, text: str
    ) -> None:
        painter.drawText(QPointF(middle - metrics.horizontalAdvance(text) / 2, base), text)

    def _sentence(self, week: Week) -> str:
        text = self.tr("Week of {0}: {1} letters, {2} correct at once")
        text = text.replace("{0}", _date(week)).replace("{1}", str(week.tries))
        return text.replace("{2}", str(week.hits))


def _date(week: Week) -> str:
    day = QDate(week.start.year, week.start.month, week.start.day)
    return QLocale().toString(day, "d MMM").rstrip(".")
