"""Opening what the user chooses: a file of any kind, a folder, a stream."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from asl_desktop import live_weights
from asl_desktop.actions import Actions
from asl_desktop.dialogs import StreamDialog
from asl_desktop.settings import Settings
from asl_desktop.widgets import file_dialogs
from trainer.capture.opening import DATA_ENDINGS
from trainer.capture.video import VIDEO_ENDINGS
from trainer.images.files import IMAGE_ENDINGS
from trainer.support.kinds import Use, what_is


class Opening(QObject):
    """Asks what to open, and tells sources and networks apart by their content.

    Args:
        settings: Remembers the folders.
        actions: Start it.
        window: Parent of the dialogs.
    """

    source_chosen = Signal(str)
    """As on the command line."""

    weights_chosen = Signal(Path)
    """The file of a network, of this program or of another."""

    def __init__(self, settings: Settings, actions: Actions, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._window = window
        actions.open_file.triggered.connect(self.ask_for_file)
        actions.open_folder.triggered.connect(self.ask_for_folder)
        actions.open_stream.triggered.connect(self.ask_for_stream)

    def open(self, path: Path) -> None:
        """Opens a file or folder as what it is, whatever its name says."""
        if what_is(path).use in (Use.WEIGHTS, Use.FOREIGN_WEIGHTS):
            self.weights_chosen.emit(path)
        else:
            self.source_chosen.emit(str(path))

    def ask_for_file(self) -> None:
        """Opens the file that the user chooses."""
        kinds = {
            self.tr("Videos"): VIDEO_ENDINGS,
            self.tr("Images"): IMAGE_ENDINGS,
            self.tr("Data sets"): DATA_ENDINGS,
            self.tr("Weights"): live_weights.ENDINGS,
        }
        every = tuple(dict.fromkeys(ending for endings in kinds.values() for ending in endings))
        filters = [
            file_dialogs.kinds(self.tr("All that can be opened"), every),
            *(file_dialogs.kinds(name, endings) for name, endings in kinds.items()),
            self.tr("All files (*)"),
        ]
        folder = self._settings.folder("source")
        chosen = file_dialogs.ask_for_file(
            self._window, self.tr("Open a file"), folder, ";;".join(filters)
        )
        if chosen:
            self._settings.set_folder("source", Path(chosen).parent)
            self.open(Path(chosen))

    def ask_for_folder(self) -> None:
        """Plays the folder that the user chooses."""
        chosen = file_dialogs.ask_for_folder(
            self._window, self.tr("Open folder of images"), self._settings.folder("folder")
        )
        if chosen:
            self._settings.set_folder("folder", Path(chosen))
            self.source_chosen.emit(chosen)

    def ask_for_stream(self) -> None:
        """Plays the stream whose address the user types."""
        dialog = StreamDialog(self._window)
        dialog.accepted.connect(lambda: self.source_chosen.emit(dialog.text))
        dialog.open()
