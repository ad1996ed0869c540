"""Small widgets and layouts that many pages use."""

from __future__ import annotations

import html
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from PySide6 import QtGui
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QProgressBar,
    QSizePolicy,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from asl_desktop.widgets import theme
from asl_desktop.widgets.scrolling import Scrolling
from asl_desktop.widgets.theme import SPACE


def card() -> QFrame:
    """A frame with the look of a card."""
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
    """A row of widgets from the left, and others at its right end."""
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
        theme.scale(label, factor, bold=bold)
    return label


def plain_label(text: str = "") -> QLabel:
    """A label for any text, which is never read as HTML."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def plain_tip(text: str) -> str:
    """A tool tip for any text: Qt shows it as it is, although it may look like HTML."""
    return f"<span>{html.escape(text)}</span>" if QtGui.Qt.mightBeRichText(text) else text


def caption(text: str, of: QWidget) -> QLabel:
    """A label before a field; its mnemonic focuses the field."""
    label = QLabel(text)
    label.setProperty("muted", True)
    label.setBuddy(of)
    return label


def switch(text: str, hint: str = "") -> QToolButton:
    """A checkable button that takes the keyboard focus."""
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
    """A single-shot timer; another start postpones it."""
    timer = QTimer(owner)
    timer.setSingleShot(True)
    timer.setInterval(milliseconds)
    timer.timeout.connect(then)
    return timer


def announce(widget: QWidget, message: str) -> None:
    """Has a screen reader announce a message, if this Qt supports that and one is active."""
    event = getattr(QtGui, "QAccessibleAnnouncementEvent", None)
    if event is not None and QtGui.QAccessible.isActive():
        QtGui.QAccessible.updateAccessibility(event(widget, message))


class Titled(NamedTuple):
    """A page, what its button says, and the button's tool tip."""

    page: QWidget
    name: str
    hint: str


class PageBar(QWidget):
    """The buttons; the pages, which scroll, are in `stack`: its owner puts it where it belongs.

    Args:
        pages: The first one is shown.
        last: Stands at the right end of the row.
    """

    chosen = Signal(QWidget)
    """The page that the user chose; the owner shows it."""

    def __init__(self, pages: Sequence[Titled], last: QWidget) -> None:
        super().__init__()
        self.stack = QStackedWidget()
        self._pages: list[QWidget] = []
        self._group = QButtonGroup(self)
        buttons: list[QToolButton] = []
        for page, name, hint in pages:
            button = switch(name, hint)
            button.clicked.connect(lambda _, page=page: self.chosen.emit(page))
            self._group.addButton(button, self.stack.addWidget(Scrolling(page)))
            self._pages.append(page)
            buttons.append(button)
        buttons[0].setChecked(True)
        layout = row(*buttons, right=[last])
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    @property
    def page(self) -> QWidget:
        """The page that is shown."""
        return self._pages[self.stack.currentIndex()]

    def show_page(self, page: QWidget) -> None:
        """Shows a page and checks its button."""
        index = self._pages.index(page)
        self.stack.setCurrentIndex(index)
        self._group.button(index).setChecked(True)
