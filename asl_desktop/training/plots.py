"""Loss and accuracy while the network learns. The only user of the plotting library."""

from __future__ import annotations

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asl_desktop.theme import SPACE, accent_colour, muted_colour

_POINTS = 4000
"""Mini-batches that are drawn; of more, every second one is forgotten."""


class Curve:
    """A line that grows."""

    def __init__(self, item: pg.PlotDataItem) -> None:
        self.item = item
        self.x: list[float] = []
        self.y: list[float] = []

    def add(self, x: float, y: float) -> None:
        """Takes a point; the line is drawn by `draw`."""
        self.x.append(x)
        self.y.append(y)
        if len(self.x) > _POINTS:
            del self.x[1::2], self.y[1::2]

    def draw(self) -> None:
        """Shows all points."""
        self.item.setData(self.x, self.y)

    def clear(self) -> None:
        """Forgets all points."""
        self.x.clear()
        self.y.clear()
        self.draw()


class Plots(QWidget):
    """Two plots over epochs: mini-batches thin, epochs with round points, validation with squares.

    Lines differ in style and in points, not by colour alone. The context menu zooms and exports.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.loss = self._plot(self.tr("Loss (cross-entropy)"))
        self.accuracy = self._plot(self.tr("Accuracy"))
        self.accuracy.setYRange(0, 1)
        self.accuracy.setXLink(self.loss)
        self.accuracy.setLabel("bottom", self.tr("Epoch"))
        self.curves: dict[str, Curve] = {}
        for plot, quantity in ((self.loss, "loss"), (self.accuracy, "accuracy")):
            if quantity == "loss":
                # The lines mean the same below.
                plot.addLegend(offset=(-10, 10))
            self.curves[f"batch_{quantity}"] = Curve(plot.plot(name=self.tr("Mini-batch")))
            self.curves[quantity] = Curve(plot.plot(name=self.tr("Training")))
            self.curves[f"validation_{quantity}"] = Curve(plot.plot(name=self.tr("Validation")))
        self.best = pg.InfiniteLine(angle=90, label=self.tr("best"), labelOpts={"position": 0.06})
        self.best.hide()
        self.accuracy.addItem(self.best)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.loss)
        layout.addWidget(self.accuracy)
        self._colour()

    def add_batch(self, event: dict[str, Any]) -> None:
        """A mini-batch's point; drawn with the next epoch, or every tenth time."""
        x = event["epoch"] + (event["batch"] + 1) / event["batches"]
        for quantity in ("loss", "accuracy"):
            self.curves[f"batch_{quantity}"].add(x, event[quantity])
            if event["batch"] % 10 == 0:
                self.curves[f"batch_{quantity}"].draw()

    def add_epoch(self, event: dict[str, Any]) -> None:
        """An epoch's points."""
        for name in ("loss", "accuracy", "validation_loss", "validation_accuracy"):
            if event[name] is not None:
                self.curves[name].add(event["epoch"] + 1, event[name])
                self.curves[name].draw()
        validation = self.curves["validation_accuracy"]
        if validation.y:
            self.best.setValue(validation.x[validation.y.index(max(validation.y))])
            self.best.show()

    def clear(self) -> None:
        """Empties both plots for a new run."""
        for curve in self.curves.values():
            curve.clear()
        self.best.hide()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "best"):
            self._colour()

    def _plot(self, title: str) -> pg.PlotWidget:
        plot = pg.PlotWidget()
        plot.setLabel("left", title)
        plot.showGrid(y=True, alpha=0.2)
        plot.setAccessibleName(title)
        plot.setMinimumHeight(120)
        # As wide in both plots, so that an epoch stands at the same place.
        digits = plot.fontMetrics().horizontalAdvance("0.000")
        plot.getAxis("left").setWidth(digits + 3 * SPACE)
        return plot

    def _colour(self) -> None:
        text = self.palette().color(QPalette.ColorRole.WindowText)
        muted, accent = muted_colour(self), accent_colour(self)
        faint = QColor(muted)
        faint.setAlpha(110)
        for plot in (self.loss, self.accuracy):
            plot.setBackground(self.palette().color(QPalette.ColorRole.Base))
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.setPen(muted)
                axis.setTextPen(text)
        self.loss.plotItem.legend.setLabelTextColor(text)
        for quantity in ("loss", "accuracy"):
            self.curves[f"batch_{quantity}"].item.setPen(pg.mkPen(faint, width=1))
            self._dress(self.curves[quantity], text, Qt.PenStyle.SolidLine, "o")
            self._dress(self.curves[f"validation_{quantity}"], accent, Qt.PenStyle.DashLine, "s")
        self.best.setPen(pg.mkPen(accent, style=Qt.PenStyle.DotLine))
        self.best.label.setColor(accent)

    @staticmethod
    def _dress(curve: Curve, colour: QColor, style: Qt.PenStyle, symbol: str) -> None:
        curve.item.setPen(pg.mkPen(colour, width=2, style=style))
        curve.item.setSymbol(symbol)
        curve.item.setSymbolSize(6)
        curve.item.setSymbolBrush(colour)
        curve.item.setSymbolPen(None)
