"""The menu of what was opened last: sources, and networks."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from asl_desktop.live_weights import LiveWeights
from asl_desktop.settings import Settings
from asl_desktop.widgets.parts import plain_tip

_DIGITS = 9
"""Entries that a digit chooses."""


class RecentMenu(QMenu):
    """Lists what is still there, anew each time it opens.

    Args:
        settings: Remembers it.
        weights: Opens and names networks.
        parent: Qt's parent.
    """

    source_chosen = Signal(str)
    """A file, a folder or a stream's address."""

    def __init__(
        self, settings: Settings, weights: LiveWeights, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("Re&cent"))
        self.setToolTipsVisible(True)
        self._settings = settings
        self._weights = weights
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Makes an entry for each source and each network."""
        self.clear()
        for source in self._settings.recent_sources:
            name = source if "://" in source else Path(source).name or source
            action = self._add(name, source)
            action.triggered.connect(lambda _, source=source: self.source_chosen.emit(source))
        self.addSeparator()
        for path in self._settings.recent_weights:
            action = self._add(self._weights.name_of(path), str(path))
            action.triggered.connect(lambda _, path=path: self._weights.open(path))
        if not self._entries():
            self.clear()
            self.addAction(self.tr("Nothing was opened yet")).setEnabled(False)
            return
        self.addSeparator()
        self.addAction(self.tr("&Clear this list")).triggered.connect(self._settings.forget_recent)

    def _add(self, name: str, tip: str) -> QAction:
        number = len(self._entries()) + 1
        key = f"&{number}  " if number <= _DIGITS else ""
        action = self.addAction(key + name.replace("&", "&&"))
        action.setToolTip(plain_tip(tip))
        return action

    def _entries(self) -> list[QAction]:
        return [action for action in self.actions() if not action.isSeparator()]
