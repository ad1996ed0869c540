"""Loss and accuracy during training. The only user of the plotting library."""

from __future__ import annotations

import html
import math
from collections.abc import Sequence
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPalette, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from asl_desktop.widgets.parts import alarm
from asl_desktop.widgets.theme import SPACE, accent_colour, muted_colour

_POINTS = 4000
"""Most points of a curve; beyond, every second one is dropped."""

_QUANTITIES = ("loss", "accuracy")

_DRAW_MS = 150
"""Between two drawings. Each takes a plot in turn, so that the window never waits for both."""

_OVERLAYS = (
    (QColor("#c2571a"), QColor("#f2a36b"), Qt.PenStyle.DashDotLine, "t"),
    (QColor("#6b4fb0"), QColor("#b9a5f0"), Qt.PenStyle.DotLine, "d"),
    (QColor("#3f7d2a"), QColor("#9ccf86"), Qt.PenStyle.DashDotDotLine, "+"),
    (QColor("#a02c5c"), QColor("#f09abf"), Qt.PenStyle.DashLine, "x"),
)
"""Of earlier runs: colour on light and on dark ground, style of the line, shape of the points."""

MOST_OVERLAYS = len(_OVERLAYS)


class Curve:
    """A growing curve."""

    def __init__(self, item: pg.PlotDataItem) -> None:
        self.item = item
        self.x: list[float] = []
        self.y: list[float] = []

    def add(self, x: float, y: float) -> None:
        """Adds a point; `draw` shows it."""
        self.x.append(x)
        self.y.append(y)
        if len(self.x) > _POINTS:
            del self.x[1::2], self.y[1::2]

    def draw(self) -> None:
        """Shows all points."""
        self.item.setData(self.x, self.y)

    def clear(self) -> None:
        """Removes all points."""
        self.x.clear()
        self.y.clear()
        self.draw()


class Plots(QWidget):
    """Two plots over epochs: mini-batches thin, epochs with round points, validation with squares.

    Lines differ in style and in points, not by colour alone. A cursor follows the mouse, or the
    left and right arrow keys.
    """

    pointed_at = Signal(int)
    """The epoch, from 1, under the cursor; 0 where there is none."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Learning curves"))
        self.loss = self._plot(self.tr("Loss (cross-entropy)"))
        self.accuracy = self._plot(self.tr("Accuracy"))
        self.accuracy.setYRange(0, 1)
        self.accuracy.setXLink(self.loss)
        self.accuracy.setLabel("bottom", self.tr("Epoch"))
        self.plots = {"loss": self.loss, "accuracy": self.accuracy}
        self.curves: dict[str, Curve] = {}
        self.overlays: list[tuple[str, dict[str, Curve]]] = []
        # The lines mean the same below.
        self._legend = self.loss.addLegend(offset=(-10, 10), colCount=3)
        self.best: dict[str, pg.InfiniteLine] = {}
        self._cursor: dict[str, pg.InfiniteLine] = {}
        for quantity, plot in self.plots.items():
            self.curves[f"batch_{quantity}"] = Curve(plot.plot(name=self.tr("Mini-batch")))
            self.curves[quantity] = Curve(plot.plot(name=self.tr("Training")))
            self.curves[f"validation_{quantity}"] = Curve(plot.plot(name=self.tr("Validation")))
            # Below the legend of the one, and the curves of the other.
            label = {"position": 0.06 if quantity == "accuracy" else 0.42}
            self.best[quantity] = pg.InfiniteLine(angle=90, label=self.tr("best"), labelOpts=label)
            self._cursor[quantity] = pg.InfiniteLine(angle=90)
            for line in (self.best[quantity], self._cursor[quantity]):
                line.hide()
                plot.addItem(line, ignoreBounds=True)
            plot.scene().sigMouseMoved.connect(self._point(plot))
            plot.plotItem.getViewBox().sigRangeChangedManually.connect(self._zoomed)
        self._epoch = 0
        self._whole = True
        self._undrawn: dict[str, None] = {}
        """Quantities with undrawn points, in the order of waiting."""
        self._drawing = alarm(self, _DRAW_MS, self._draw_next)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.loss)
        layout.addWidget(self.accuracy)
        self._colour()

    def add_batch(self, event: dict[str, Any]) -> None:
        """A mini-batch's points; drawn soon, with those that come until then."""
        x = event["epoch"] + (event["batch"] + 1) / event["batches"]
        for quantity in _QUANTITIES:
            self.curves[f"batch_{quantity}"].add(x, event[quantity])
        self._draw_soon()

    def add_epoch(self, event: dict[str, Any]) -> None:
        """An epoch's points; drawn soon."""
        self._add(event)
        self._draw_soon()

    def show_epochs(self, epochs: Sequence[dict[str, Any]]) -> None:
        """Shows a completed run."""
        self.clear()
        for epoch in epochs:
            self._add(epoch)
        for quantity in _QUANTITIES:
            self._draw(quantity)
        self.zoom_out()

    def clear(self) -> None:
        """Empties both plots for a new run; earlier runs stay."""
        self._undrawn.clear()
        for curve in self.curves.values():
            curve.clear()
        for line in self.best.values():
            line.hide()
        self.point_at(0)

    def set_overlays(self, runs: Sequence[tuple[str, Sequence[dict[str, Any]]]]) -> None:
        """Draws the epochs of earlier runs, by name, below: validation, or else training."""
        for _, curves in self.overlays:
            for name, curve in curves.items():
                self.plots[name].removeItem(curve.item)
        self.overlays = []
        for name, epochs in runs[:MOST_OVERLAYS]:
            curves = {}
            for quantity, plot in self.plots.items():
                curve = curves[quantity] = Curve(plot.plot(name=html.escape(name)))
                curve.item.setZValue(-1)
                for epoch in epochs:
                    value = epoch[f"validation_{quantity}"]
                    curve.add(epoch["epoch"] + 1, epoch[quantity] if value is None else value)
                curve.draw()
            self.overlays.append((name, curves))
        for quantity in _QUANTITIES:
            self._fit_epochs(quantity)
        self._colour()

    def zoom_out(self) -> None:
        """Shows everything."""
        self._whole = True
        for quantity in _QUANTITIES:
            self._fit_epochs(quantity)
        self.loss.enableAutoRange(axis="y")
        self.accuracy.setYRange(0, 1)

    def zoom(self, factor: float) -> None:
        """Zooms both plots by a factor around their centres."""
        self._whole = False
        for plot in self.plots.values():
            plot.plotItem.getViewBox().scaleBy((1 / factor, 1 / factor))

    def point_at(self, epoch: int) -> None:
        """Puts the cursor on an epoch, from 1; 0 takes it away."""
        self._epoch = epoch
        for line in self._cursor.values():
            line.setValue(epoch)
            line.setVisible(epoch > 0)
        self.pointed_at.emit(epoch)

    def values_at(self, epoch: int) -> dict[str, float]:
        """By quantity, what was measured after an epoch, from 1."""
        return {
            name: curve.y[curve.x.index(epoch)]
            for name, curve in self.curves.items()
            if not name.startswith("batch_") and epoch in curve.x
        }

    def showEvent(self, event: QShowEvent) -> None:
        """Draws the points that came while the plots were hidden."""
        super().showEvent(event)
        for quantity in list(self._undrawn):
            self._draw(quantity)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "_epoch"):
            self._colour()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves the cursor with the arrow keys, zooms with + and −."""
        last = len(self.curves["loss"].x)
        match event.key():
            case Qt.Key.Key_Left if last:
                self.point_at(max(1, self._epoch - 1))
            case Qt.Key.Key_Right if last:
                self.point_at(min(last, self._epoch + 1))
            case Qt.Key.Key_Plus:
                self.zoom(1.25)
            case Qt.Key.Key_Minus:
                self.zoom(0.8)
            case Qt.Key.Key_Home:
                self.zoom_out()
            case _:
                super().keyPressEvent(event)

    def _add(self, epoch: dict[str, Any]) -> None:
        for name in ("loss", "accuracy", "validation_loss", "validation_accuracy"):
            if epoch[name] is not None:
                self.curves[name].add(epoch["epoch"] + 1, epoch[name])

    def _draw_soon(self) -> None:
        for quantity in _QUANTITIES:
            self._undrawn.setdefault(quantity)
        if self.isVisible() and not self._drawing.isActive():
            self._drawing.start()

    def _draw_next(self) -> None:
        if self._undrawn and self.isVisible():
            self._draw(next(iter(self._undrawn)))
            self._drawing.start()

    def _draw(self, quantity: str) -> None:
        self._undrawn.pop(quantity, None)
        for name in (f"batch_{quantity}", quantity, f"validation_{quantity}"):
            self.curves[name].draw()
        self._mark_best(quantity)
        self._fit_epochs(quantity)
        # Otherwise it is found out while painting, and painted again.
        self.plots[quantity].plotItem.getViewBox().updateAutoRange()

    def _mark_best(self, quantity: str) -> None:
        validation = self.curves["validation_accuracy"]
        if not validation.y:
            return
        best = max(validation.y)
        # Of equal ones the last: its weights are the best checkpoint.
        index = len(validation.y) - 1 - validation.y[::-1].index(best)
        self.best[quantity].setValue(validation.x[index])
        self.best[quantity].show()

    def _fit_epochs(self, quantity: str) -> None:
        """Shows whole epochs in one plot, as long as nobody zooms.

        An axis that grew with every point would be made anew each time, and in both plots.
        """
        if not self._whole:
            return
        earlier = (curve for _, curves in self.overlays for curve in curves.values())
        last = max(
            (curve.x[-1] for curve in (*self.curves.values(), *earlier) if curve.x), default=1
        )
        first = 0 if self.curves["batch_loss"].x or last <= 1 else 1
        follower = self.accuracy.plotItem.getViewBox()
        follower.blockLink(True)
        self.plots[quantity].setXRange(first, math.ceil(last), padding=0.02)
        follower.blockLink(False)

    def _zoomed(self) -> None:
        self._whole = False

    def _point(self, plot: pg.PlotWidget) -> Any:
        def move(point: QPointF) -> None:
            epochs = len(self.curves["loss"].x)
            x = plot.plotItem.getViewBox().mapSceneToView(point).x()
            inside = plot.plotItem.getViewBox().sceneBoundingRect().contains(point)
            self.point_at(min(max(round(x), 1), epochs) if inside and epochs else 0)

        return move

    def _plot(self, title: str) -> pg.PlotWidget:
        plot = pg.PlotWidget()
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        plot.setLabel("left", title)
        for side in ("left", "bottom"):
            # Otherwise short axes count in thousandths: "Accuracy (x0.001)".
            plot.getAxis(side).enableAutoSIPrefix(False)
        # "Reset zoom" replaces its button.
        plot.plotItem.hideButtons()
        plot.showGrid(y=True, alpha=0.2)
        # Lines at the small ticks, too, would take 20 ms in every repaint.
        plot.getAxis("left").setStyle(maxTickLevel=0)
        plot.setAccessibleName(title)
        plot.setMinimumHeight(100)
        # The same width in both plots, so that epochs are aligned.
        digits = plot.fontMetrics().horizontalAdvance("0.000")
        plot.getAxis("left").setWidth(digits + 3 * SPACE)
        return plot

    def _colour(self) -> None:
        text = self.palette().color(QPalette.ColorRole.WindowText)
        ground = self.palette().color(QPalette.ColorRole.Base)
        muted, accent = muted_colour(self), accent_colour(self)
        faint = QColor(muted)
        faint.setAlpha(110)
        for plot in self.plots.values():
            plot.setBackground(ground)
            for side in ("left", "bottom"):
                axis = plot.getAxis(side)
                axis.setPen(muted)
                axis.setTextPen(text)
        for quantity in _QUANTITIES:
            self.curves[f"batch_{quantity}"].item.setPen(pg.mkPen(faint, width=1))
            self._dress(self.curves[quantity], text, Qt.PenStyle.SolidLine, "o")
            self._dress(self.curves[f"validation_{quantity}"], accent, Qt.PenStyle.DashLine, "s")
            self.best[quantity].setPen(pg.mkPen(accent, style=Qt.PenStyle.DotLine))
            self.best[quantity].label.setColor(accent)
            self._cursor[quantity].setPen(pg.mkPen(muted))
        dark = ground.lightness() < 128
        for (_, curves), (on_light, on_dark, style, symbol) in zip(
            self.overlays, _OVERLAYS, strict=False
        ):
            for curve in curves.values():
                self._dress(curve, on_dark if dark else on_light, style, symbol)
        # Existing labels would keep their colour.
        self._legend.setLabelTextColor(text)
        for _, label in self._legend.items:
            label.setText(label.text, color=text)

    @staticmethod
    def _dress(curve: Curve, colour: QColor, style: Qt.PenStyle, symbol: str) -> None:
        curve.item.setPen(pg.mkPen(colour, width=2, style=style))
        curve.item.setSymbol(symbol)
        curve.item.setSymbolSize(6)
        curve.item.setSymbolBrush(colour)
        curve.item.setSymbolPen(None)
