"""A list of files, extended by a dialog or by drag and drop."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.settings import Settings
from asl_desktop.widgets import file_dialogs
from asl_desktop.widgets.parts import plain_tip
from asl_desktop.widgets.theme import SPACE
from trainer.capture.opening import DATA_ENDINGS


def dropped_files(mime: QMimeData) -> list[Path]:
    """The data files among what is dragged."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    return [path for path in paths if path.suffix.lower() in DATA_ENDINGS]


class FileList(QWidget):
    """Files with two buttons below.

    Args:
        settings: Remembers the folder.
        name: What the files are for.
        add_text: Of the button, with a mnemonic.
        remove_text: Likewise.
    """

    changed = Signal()

    def __init__(
        self,
        settings: Settings,
        name: str,
        add_text: str,
        remove_text: str,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._settings = settings
        self.setAcceptDrops(True)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setAccessibleDescription(
            self.tr("Files can be dropped here; Insert adds, Delete removes")
        )
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setFixedHeight(68)
        self.add_button = QPushButton(add_text)
        self.remove_button = QPushButton(remove_text)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.add_button)
        buttons.addWidget(self.remove_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.list)
        layout.addLayout(buttons)
        self.add_button.clicked.connect(self._ask)
        self.remove_button.clicked.connect(self._remove)
        self.add_button.setToolTip(self.tr("Insert, in the list"))
        self.remove_button.setToolTip(self.tr("Delete, in the list"))
        for key, act in ((Qt.Key.Key_Insert, self._ask), (Qt.Key.Key_Delete, self._remove)):
            shortcut = QShortcut(QKeySequence(key), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        self.list.itemSelectionChanged.connect(self._update)
        self._update()

    @property
    def paths(self) -> list[Path]:
        """The files."""
        items = [self.list.item(i) for i in range(self.list.count())]
        return [Path(item.data(Qt.ItemDataRole.UserRole)) for item in items]

    def add(self, paths: Sequence[Path]) -> None:
        """Adds files that are not in the list yet."""
        known = self.paths
        for path in paths:
            if path not in known:
                item = QListWidgetItem(path.name)
                item.setData(Qt.ItemDataRole.UserRole, str(path))
                item.setToolTip(plain_tip(str(path)))
                self.list.addItem(item)
        self._update()
        self.changed.emit()

    def set_paths(self, paths: Sequence[Path]) -> None:
        """Shows these files and no others."""
        self.list.clear()
        self.add(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accepts data files."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Accepts them anywhere in the list."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Adds the files that were dropped."""
        self.add(dropped_files(event.mimeData()))
        event.acceptProposedAction()

    def _ask(self) -> None:
        paths = file_dialogs.ask_for_files(
            self,
            self.tr("Add images with letters"),
            self._settings.folder("training"),
            file_dialogs.kinds(self.tr("Images with letters"), DATA_ENDINGS),
        )
        if paths:
            self._settings.set_folder("training", Path(paths[0]).parent)
            self.add([Path(path) for path in paths])

    def _remove(self) -> None:
        chosen = self.list.selectedItems()
        for item in chosen:
            self.list.takeItem(self.list.row(item))
        self._update()
        if chosen:
            self.changed.emit()

    def _update(self) -> None:
        self.remove_button.setEnabled(bool(self.list.selectedItems()))
