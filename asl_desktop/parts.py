"""Small widgets that many pages are made of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QToolButton

from asl_desktop import fonts


def card() -> QFrame:
    """A frame on a ground of its own."""
    frame = QFrame()
    frame.setObjectName("card")
    return frame


def line(factor: float = 1.0, *, bold: bool = False, muted: bool = False) -> QLabel:
    """A wrapped text."""
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    if muted:
        label.setProperty("muted", True)
    if factor != 1.0 or bold:
        fonts.scale(label, factor, bold=bold)
    return label


def switch(text: str, hint: str = "") -> QToolButton:
    """A button that stays down, and takes the focus as other buttons do."""
    button = QToolButton()
    button.setText(text)
    if hint:
        button.setToolTip(hint)
    button.setCheckable(True)
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    return button
