"""The menu of sources: cameras by name, then files and streams."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from asl_desktop.actions import Actions
from asl_desktop.widgets.parts import plain_tip
from trainer.capture.camera_list import Camera, cameras

_LOOK_MS = 500


class SourceMenu(QMenu):
    """Lists the cameras when it opens and while it is open."""

    camera_chosen = Signal(str)
    """The key of a camera, which tells it apart from others of its name."""

    def __init__(self, actions: Actions, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTitle(self.tr("&Source"))
        self.setToolTipsVisible(True)
        self.current_name = ""
        """Name of the source that plays."""
        self._cameras: list[QAction] = []
        self._listed: list[Camera] = []
        self._first = self.addSeparator()
        self.addActions(actions.sources)
        look = QTimer(self)
        look.setInterval(_LOOK_MS)
        look.timeout.connect(self._look_again)
        self.aboutToShow.connect(self._list_cameras)
        self.aboutToShow.connect(look.start)
        self.aboutToHide.connect(look.stop)

    def _look_again(self) -> None:
        # An unchanged list keeps its selection.
        if cameras() != self._listed:
            self._list_cameras()

    def _list_cameras(self) -> None:
        for action in self._cameras:
            self.removeAction(action)
            action.deleteLater()
        self._cameras = []
        self._listed = cameras()
        for camera in self._listed:
            action = QAction(camera.name.replace("&", "&&"), self)
            action.setToolTip(plain_tip(camera.name))
            action.setCheckable(True)
            action.setChecked(camera.name == self.current_name)
            action.triggered.connect(lambda _, key=camera.key: self.camera_chosen.emit(key))
            self._cameras.append(action)
        if not self._cameras:
            nothing = QAction(self.tr("No camera is plugged in"), self)
            nothing.setEnabled(False)
            self._cameras.append(nothing)
        self.insertActions(self._first, self._cameras)
