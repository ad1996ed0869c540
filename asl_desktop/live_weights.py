"""The weight file of the live view: open it, set it as the default, save a copy, describe it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from asl_desktop import user_folders
from asl_desktop.background.tasks import Background
from asl_desktop.dialogs import WeightsDialog
from asl_desktop.settings import Settings
from asl_desktop.widgets import file_dialogs
from trainer.model import weights
from trainer.model.model import Model
from trainer.support import atomic, files
from trainer.support.errors import UserError
from trainer.support.paths import DEFAULT_WEIGHTS, asset

ENDINGS = (".safetensors", ".npz")


class LiveWeights(QObject):
    """Loads weight files in the background and remembers the last one.

    Args:
        settings: Remembers file and folder.
        window: Parent of the dialogs.
    """

    loaded = Signal(object)
    """The `trainer.model.model.Model` that reads now."""

    error = Signal(str)
    message = Signal(str)

    def __init__(self, settings: Settings, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._window = window
        self._model: Model | None = None
        self._asked_for = asset(DEFAULT_WEIGHTS)
        self._loader = Background(self)
        self._loader.done.connect(lambda loaded: self._use(*loaded))
        self._loader.refused.connect(self._refuse)
        self.path = asset(DEFAULT_WEIGHTS)
        """The file of the network that reads."""

    def start(self, path: Path | None) -> None:
        """Loads a file; None: the one used last, or the shipped one."""
        self.open(path or self._settings.weights or asset(DEFAULT_WEIGHTS))

    def open(self, path: Path) -> None:
        """Reads with a file's weights as soon as they are loaded and found good."""
        self._asked_for = path
        self._loader.run(lambda: (path, weights.load(path)))

    def wait(self, seconds: float) -> None:
        """Waits for the file that is being loaded, and forgets it."""
        self._loader.wait(seconds)

    def ask(self) -> None:
        """Opens the file that the user chooses."""
        path = file_dialogs.ask_for_file(
            self._window,
            self.tr("Open weights"),
            self._settings.folder("weights"),
            file_dialogs.kinds(self.tr("Weight files"), ENDINGS),
        )
        if path:
            self._settings.set_folder("weights", Path(path).parent)
            self.open(Path(path))

    def set_default(self, path: Path) -> None:
        """Reads with a copy of these weights now, and from the next start on."""
        target = user_folders.default_weights()
        if self._copy(path, target):
            self.open(target)

    def save_copy(self, path: Path) -> None:
        """Saves a copy of weights where the user chooses."""
        chosen = file_dialogs.ask_where_to_save(
            self._window,
            self.tr("Save weights"),
            self._settings.folder("weights"),
            file_dialogs.kinds(self.tr("Weight files"), ENDINGS[:1]),
        )
        if not chosen:
            return
        target = Path(chosen).with_suffix(ENDINGS[0])
        self._settings.set_folder("weights", target.parent)
        if self._copy(path, target):
            self.message.emit(self.tr("Saved as {0}.").replace("{0}", str(target)))

    def show_info(self) -> None:
        """Describes the network that reads."""
        if self._model is None:
            self.error.emit(
                self.tr("No weights are loaded. Open a weight file with File ▸ Open weights.")
            )
            return
        WeightsDialog(str(self.path), weights.describe(self._model), self._window).open()

    def _use(self, path: Path, model: Model) -> None:
        first = self._model is None
        self._model, self.path = model, path
        # A new run's weights are a trial until the user sets them as the default.
        if not path.is_relative_to(user_folders.runs()):
            self._settings.weights = None if path == asset(DEFAULT_WEIGHTS) else path
        self.loaded.emit(model)
        if not first:
            self.message.emit(self.tr("Now reading with {0}.").replace("{0}", path.name))

    def _refuse(self, reason: str) -> None:
        self.error.emit(reason)
        if self._model is None and self._asked_for != asset(DEFAULT_WEIGHTS):
            self.open(asset(DEFAULT_WEIGHTS))

    def _copy(self, path: Path, target: Path) -> bool:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            atomic.write_bytes(target, files.content(path, weights.MAX_BYTES))
        except (OSError, UserError) as error:
            self.error.emit(str(error))
            return False
        return True
