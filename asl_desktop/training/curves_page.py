"""The learning curves with zoom and export."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from asl_desktop.settings import Settings
from asl_desktop.training.plots import Plots
from asl_desktop.widgets import file_dialogs
from asl_desktop.widgets.parts import plain_label
from asl_desktop.widgets.theme import SPACE
from trainer.support import atomic
from trainer.support.errors import UserError
from trainer.support.spreadsheet import cell


class CurvesPage(QWidget):
    """Learning curves, their values under the cursor, zoom and export."""

    error = Signal(str)
    """Why a file could not be written."""

    message = Signal(str)
    """What was exported, in one sentence."""

    def __init__(self, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self.plots = Plots()
        self.values = plain_label()
        self.values.setWordWrap(True)
        self.values.setProperty("muted", True)
        self.whole_button = QPushButton(self.tr("Reset &zoom"))
        self.whole_button.setToolTip(
            self.tr("Ends a zoom; the mouse wheel, + and − zoom, dragging moves")
        )
        self.export_button = QPushButton(self.tr("E&xport…"))
        self.export_button.setToolTip(self.tr("Save both plots as PNG, SVG or CSV"))
        below = QHBoxLayout()
        below.setSpacing(SPACE)
        below.addWidget(self.values, 1)
        below.addWidget(self.whole_button)
        below.addWidget(self.export_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, SPACE, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.plots, 1)
        layout.addLayout(below)
        self.plots.pointed_at.connect(self._show_values)
        self.whole_button.clicked.connect(self.plots.zoom_out)
        self.export_button.clicked.connect(self._export)
        self._show_values(0)

    def _show_values(self, epoch: int) -> None:
        values = self.plots.values_at(epoch)
        if not values:
            self.values.setText(self.tr("Point at an epoch, or use ← and →, to see its values."))
            return
        text = (
            self.tr("Epoch {0}: loss {1}, accuracy {2} %")
            .replace("{0}", str(epoch))
            .replace("{1}", f"{values['loss']:.4f}")
            .replace("{2}", f"{values['accuracy'] * 100:.2f}")
        )
        if "validation_loss" in values:
            text += (
                self.tr("; validation {0}, {1} %")
                .replace("{0}", f"{values['validation_loss']:.4f}")
                .replace("{1}", f"{values['validation_accuracy'] * 100:.2f}")
            )
        self.values.setText(text)

    def _export(self) -> None:
        kinds = ";;".join(f"{ending[1:].upper()} (*{ending})" for ending in ENDINGS)
        path = file_dialogs.ask_where_to_save(
            self,
            self.tr("Export the curves"),
            self._settings.folder("export"),
            self.tr("curves") + ENDINGS[0],
            kinds,
        )
        if path is None:
            return
        self._settings.set_folder("export", path.parent)
        try:
            export(self.plots, path)
        except UserError as error:
            self.error.emit(str(error))
        else:
            self.message.emit(self.tr("Exported to {0}.").replace("{0}", str(path)))


ENDINGS = (".png", ".svg", ".csv")


def export(plots: Plots, path: Path) -> None:
    """Writes PNG, SVG or CSV, by the ending of the path.

    Raises:
        UserError: The ending is another, or the file cannot be written.
    """
    match path.suffix.lower():
        case ".png":
            content = _png(plots)
        case ".svg":
            content = _svg(plots)
        case ".csv":
            content = _csv(plots).encode()
        case _:
            raise UserError(f"{path}: the name must end in {', '.join(ENDINGS)}.")
    atomic.write_bytes(path, content)


def _png(plots: Plots) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    plots.grab().save(buffer, "PNG")
    return bytes(content.data())


def _svg(plots: Plots) -> bytes:
    content = QByteArray()
    buffer = QBuffer(content)
    generator = QSvgGenerator()
    generator.setOutputDevice(buffer)
    generator.setSize(plots.size())
    generator.setViewBox(plots.rect())
    painter = QPainter(generator)
    for plot in plots.plots.values():
        plot.render(painter, QRectF(plot.geometry()))
    painter.end()
    return bytes(content.data())


def _csv(plots: Plots) -> str:
    """One line per point: run, curve, epoch, value."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["run", "line", "epoch", "value"])
    for name, curve in plots.curves.items():
        writer.writerows(["", name, x, y] for x, y in zip(curve.x, curve.y, strict=True))
    for run, curves in plots.overlays:
        for name, curve in curves.items():
            writer.writerows([cell(run), name, x, y] for x, y in zip(curve.x, curve.y, strict=True))
    return text.getvalue()
