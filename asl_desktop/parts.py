"""Small widgets that many pages are made of, and how they stand beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QProgressBar,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from asl_desktop import fonts
from asl_desktop.theme import SPACE


def card() -> QFrame:
    """A frame on a ground of its own."""
    frame = QFrame()
    frame.setObjectName("card")
    return frame


def card_with(inside: QLayout) -> QFrame:
    """A card that holds a layout, with the usual room around it."""
    frame = card()
    inside.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
    frame.setLayout(inside)
    return frame


def row(*widgets: QWidget, right: Iterable[QWidget] = ()) -> QHBoxLayout:
    """Widgets beside each other from the left on, and those that stand at the right end."""
    layout = QHBoxLayout()
    layout.setSpacing(SPACE)
    for widget in widgets:
        layout.addWidget(widget)
    layout.addStretch(1)
    for widget in right:
        layout.addWidget(widget)
    return layout


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


def caption(text: str, of: QWidget) -> QLabel:
    """What stands before a field, whose mnemonic leads to it."""
    label = QLabel(text)
    label.setProperty("muted", True)
    label.setBuddy(of)
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


def set_progress(bar: QProgressBar, value: int) -> None:
    """Moves a bar, which is painted with all else that has changed.

    `QProgressBar.setValue` alone paints at once, and everything in the window that waits for it:
    with several bars, several times for one frame.
    """
    if value != bar.value():
        bar.setUpdatesEnabled(False)
        bar.setValue(value)
        bar.setUpdatesEnabled(True)


def alarm(owner: QObject, milliseconds: int, then: Callable[[], object]) -> QTimer:
    """A timer that goes off once each time it is started; starting it anew puts it off."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer
