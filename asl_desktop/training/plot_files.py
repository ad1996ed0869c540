"""The plots as files: PNG, SVG, and the numbers as CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF
from PySide6.QtGui import QPainter
from PySide6.QtSvg import QSvgGenerator

from asl_desktop.training.plots import Plots
from trainer.support import atomic
from trainer.support.errors import UserError

ENDINGS = (".png", ".svg", ".csv")


def export(plots: Plots, path: Path) -> None:
    """Writes the kind of file that the path's ending names.

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
    """A line a point: run, line, epoch, value."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["run", "line", "epoch", "value"])
    for name, curve in plots.curves.items():
        writer.writerows(["", name, x, y] for x, y in zip(curve.x, curve.y, strict=True))
    for run, curves in plots.overlays:
        for name, curve in curves.items():
            writer.writerows([run, name, x, y] for x, y in zip(curve.x, curve.y, strict=True))
    return text.getvalue()
