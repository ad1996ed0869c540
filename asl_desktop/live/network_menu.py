"""The menu of networks: the shipped ones, the user's own, and the ones used last."""

from __future__ import annotations

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from asl_desktop.actions import Actions
from asl_desktop.live_weights import LiveWeights
from asl_desktop.widgets.parts import plain_tip


class NetworkMenu(QMenu):
    """Lists the networks anew each time it opens; the one that reads is checked."""

    def __init__(
        self, actions: Actions, weights: LiveWeights, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._weights = weights
        self._listed: list[QAction] = []
        self.setToolTipsVisible(True)
        self._end = self.addSeparator()
        self.addActions([actions.open_weights, actions.weights_info])
        self.aboutToShow.connect(self.list_networks)

    def list_networks(self) -> None:
        """Makes an entry for each network."""
        for action in self._listed:
            self.removeAction(action)
            action.deleteLater()
        self._listed = []
        for path in self._weights.choices():
            action = QAction(self._weights.name_of(path).replace("&", "&&"), self)
            action.setToolTip(plain_tip(str(path)))
            action.setCheckable(True)
            action.setChecked(path == self._weights.path)
            action.triggered.connect(lambda _, path=path: self._weights.open(path))
            self._listed.append(action)
        self.insertActions(self._end, self._listed)
