"""A row of buttons, each for a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QStackedWidget, QToolButton, QWidget

from asl_desktop.parts import row, switch


class Titled(NamedTuple):
    """A page, what its button says, and the button's tool tip."""

    page: QWidget
    name: str
    hint: str


class PageBar(QWidget):
    """The buttons; the pages are in `stack`, which its owner puts where it belongs.

    Args:
        pages: The first one is shown.
        last: Stands at the right end of the row.
    """

    chosen = Signal(QWidget)
    """The user wants to see this page; it is not shown by itself."""

    def __init__(self, pages: Sequence[Titled], last: QWidget) -> None:
        super().__init__()
        self.stack = QStackedWidget()
        self._group = QButtonGroup(self)
        buttons: list[QToolButton] = []
        for page, name, hint in pages:
            button = switch(name, hint)
            button.clicked.connect(lambda _, page=page: self.chosen.emit(page))
            self._group.addButton(button, self.stack.addWidget(page))
            buttons.append(button)
        buttons[0].setChecked(True)
        layout = row(*buttons, right=[last])
        layout.setContentsMargins(0, 0, 0, 0)
        self.setLayout(layout)

    def show_page(self, page: QWidget) -> None:
        """Shows a page and which one it is."""
        self.stack.setCurrentWidget(page)
        self._group.button(self.stack.indexOf(page)).setChecked(True)
