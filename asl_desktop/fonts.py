"""Sizes of text, all relative to the font that the user's system asks for."""

from __future__ import annotations

from PySide6.QtGui import QFont
from PySide6.QtWidgets import QWidget


def scale(widget: QWidget, factor: float, *, bold: bool = False) -> None:
    """Gives a widget the system's font, larger by a factor."""
    font = QFont(widget.font())
    if font.pointSizeF() > 0:
        font.setPointSizeF(font.pointSizeF() * factor)
    else:
        font.setPixelSize(round(font.pixelSize() * factor))
    font.setWeight(QFont.Weight.DemiBold if bold else font.weight())
    widget.setFont(font)
