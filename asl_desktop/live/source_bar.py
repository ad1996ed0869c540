"""The bar under the image: the source, and what can be done with its image."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from asl_desktop.actions import Actions
from asl_desktop.live.source_menu import SourceMenu
from asl_desktop.sentences import in_users_language
from asl_desktop.widgets.parts import plain_label, plain_tip
from asl_desktop.widgets.theme import SPACE

_NARROW = 180
"""Width of the tab, in characters, below which the bar needs all of it."""
_SHORT_NAME = 11
"""Characters of a source's name that are always shown."""


class SourceBar(QWidget):
    """A button with the source's name and menu, and as many buttons for the image as fit.

    Args:
        actions: What the buttons do.
        menu: The sources.
    """

    def __init__(self, actions: Actions, menu: SourceMenu) -> None:
        super().__init__()
        self._menu = menu
        self.button = QToolButton()
        self._caption = plain_label()
        self.name = ""
        """Of the source, as it was given."""
        bar = QHBoxLayout(self)
        bar.setContentsMargins(0, 0, 0, 0)
        bar.setSpacing(SPACE)
        self.button.setMenu(menu)
        self.button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        # Both yield while the window shrinks, until the name is elided anew.
        self.button.setMinimumWidth(_SHORT_NAME * self.fontMetrics().averageCharWidth() + 8 * SPACE)
        self._caption.setMinimumWidth(1)
        self._caption.setText(self.tr("S&ource"))
        self._caption.setProperty("muted", True)
        self._caption.setBuddy(self.button)
        bar.addWidget(self._caption)
        bar.addWidget(self.button)
        bar.addStretch(1)
        self._buttons: list[QToolButton] = []
        for action in (actions.freeze, actions.mirror, actions.follow, actions.reset_box):
            button = QToolButton()
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            bar.addWidget(button)
            self._buttons.append(button)

    def minimumSizeHint(self) -> QSize:
        """The source alone: the menus have all that the buttons do."""
        return QSize(self.button.minimumWidth(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shows the buttons that fit."""
        super().resizeEvent(event)
        self._fit()

    def show_name(self, name: str, width: int) -> None:
        """Shows a source's name, elided in the middle if it is long.

        Args:
            name: As it was given.
            width: Of the tab, in pixels.
        """
        self.name = self._menu.current_name = name
        name = in_users_language(name)
        shown = name if "://" in name else Path(name).name or name
        metrics = self.button.fontMetrics()
        character = metrics.averageCharWidth()
        wide = width - _NARROW * character
        self._caption.setVisible(wide >= 0)
        room = _SHORT_NAME * character + max(wide // 2, 0)
        self.button.setText(metrics.elidedText(shown, Qt.TextElideMode.ElideMiddle, room))
        self.button.setToolTip(plain_tip(name))
        self.button.setAccessibleName(self.tr("Source: {0}").replace("{0}", shown))
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self.button.minimumWidth()
        for button in self._buttons:
            room -= button.sizeHint().width() + SPACE
            button.setVisible(room >= 0)
