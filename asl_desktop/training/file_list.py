"""A list of files, extended by a dialog or by drag and drop."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
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
from trainer.support.kinds import Use, what_is

_ANNOTATION_ENDINGS = (".json", ".xml", ".yaml", ".yml")

_DATA = (Use.TABLE, Use.CROPS, Use.ARCHIVE, Use.FOLDER, Use.ANNOTATIONS)


class Dropped(NamedTuple):
    """Files and folders that are dragged here."""

    data: list[Path]
    """What may be labelled images."""
    reason: str
    """What the others are and where they belong, or ""."""


def dropped(mime: QMimeData) -> Dropped:
    """Divides what is dragged, by its content where the ending does not tell."""
    paths = [Path(url.toLocalFile()) for url in mime.urls() if url.isLocalFile()]
    data, reasons = [], []
    for path in paths:
        kind = what_is(path)
        if kind.use in _DATA or path.suffix.lower() in DATA_ENDINGS:
            data.append(path)
        else:
            reasons.append(kind.refusal(path.name, "labelled images"))
    return Dropped(data, " ".join(reasons))


class FileList(QWidget):
    """Files and folders with buttons below.

    Args:
        settings: Remembers them, and the folder of the dialogs.
        key: Name of the list in the settings.
        name: What the files are for.
        add_text: Of the button for files, with a mnemonic.
        folder_text: Of the button for a folder, likewise.
        remove_text: Likewise.
    """

    changed = Signal()

    error = Signal(str)
    """What was dropped and is no data, in one sentence each."""

    def __init__(
        self,
        settings: Settings,
        key: str,
        name: str,
        add_text: str,
        folder_text: str,
        remove_text: str,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._key = key
        self.setAcceptDrops(True)
        self.list = QListWidget()
        self.list.setAccessibleName(name)
        self.list.setAccessibleDescription(
            self.tr("Files and folders can be dropped here; Insert adds, Delete removes")
        )
        self.list.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.setFixedHeight(68)
        self.add_button = QPushButton(add_text)
        self.folder_button = QPushButton(folder_text)
        self.remove_button = QPushButton(remove_text)
        # Two rows: three buttons side by side are too wide in Spanish, and with large letters.
        buttons = QGridLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.add_button, 0, 0)
        buttons.addWidget(self.folder_button, 0, 1)
        buttons.addWidget(self.remove_button, 1, 0, 1, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.list)
        layout.addLayout(buttons)
        self.add_button.clicked.connect(self._ask)
        self.folder_button.clicked.connect(self._ask_for_folder)
        self.remove_button.clicked.connect(self._remove)
        self.add_button.setToolTip(self.tr("Insert, in the list"))
        self.remove_button.setToolTip(self.tr("Delete, in the list"))
        for pressed, act in ((Qt.Key.Key_Insert, self._ask), (Qt.Key.Key_Delete, self._remove)):
            shortcut = QShortcut(QKeySequence(pressed), self.list)
            shortcut.setContext(Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(act)
        self.list.itemSelectionChanged.connect(self._update)
        self._list(map(Path, settings.remembered(key)))
        self._update()

    @property
    def paths(self) -> list[Path]:
        """The files."""
        items = [self.list.item(i) for i in range(self.list.count())]
        return [Path(item.data(Qt.ItemDataRole.UserRole)) for item in items]

    def add(self, paths: Sequence[Path]) -> None:
        """Adds files that are not in the list yet."""
        self._list(paths)
        self._change()

    def _list(self, paths: Iterable[Path]) -> None:
        known = self.paths
        for path in paths:
            if path not in known:
                known.append(path)
                item = QListWidgetItem(path.name)
                item.setData(Qt.ItemDataRole.UserRole, str(path))
                item.setToolTip(plain_tip(str(path)))
                self.list.addItem(item)

    def _change(self) -> None:
        self._settings.remember(self._key, [str(path) for path in self.paths])
        self._update()
        self.changed.emit()

    def set_paths(self, paths: Sequence[Path]) -> None:
        """Shows these files and no others."""
        self.list.clear()
        self.add(paths)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accepts data files and folders."""
        if dropped(event.mimeData()).data:
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Accepts them anywhere in the list."""
        event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Adds what was dropped, and says what cannot be added."""
        self.add_dropped(dropped(event.mimeData()))
        event.acceptProposedAction()

    def add_dropped(self, files: Dropped) -> None:
        """Adds the data among what was dropped, and says what the rest is."""
        self.add(files.data)
        if files.reason:
            self.error.emit(files.reason)

    def _ask(self) -> None:
        paths = file_dialogs.ask_for_files(
            self,
            self.tr("Add images with letters"),
            self._settings.folder("training"),
            file_dialogs.kinds(self.tr("Images with letters"), DATA_ENDINGS + _ANNOTATION_ENDINGS),
        )
        if paths:
            self._settings.set_folder("training", Path(paths[0]).parent)
            self.add([Path(path) for path in paths])

    def _ask_for_folder(self) -> None:
        path = file_dialogs.ask_for_folder(
            self, self.tr("Add a folder of images with letters"), self._settings.folder("training")
        )
        if path:
            self._settings.set_folder("training", Path(path).parent)
            self.add([Path(path)])

    def _remove(self) -> None:
        chosen = self.list.selectedItems()
        for item in chosen:
            self.list.takeItem(self.list.row(item))
        if chosen:
            self._change()

    def _update(self) -> None:
        self.remove_button.setEnabled(bool(self.list.selectedItems()))
