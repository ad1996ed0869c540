"""The network of the live view: open it, name it, set it as the default, save or describe it."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from asl_desktop import user_folders
from asl_desktop.background.tasks import Background
from asl_desktop.people import People
from asl_desktop.settings import Settings
from asl_desktop.weights_dialog import WeightsDialog
from asl_desktop.widgets import file_dialogs
from trainer.model import weights
from trainer.model.model import Model
from trainer.support import atomic, files
from trainer.support.errors import UserError
from trainer.support.paths import DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS, asset

ENDINGS = (".safetensors", ".npz")


_MAX_BYTES = 1 << 20
"""Of what describes a run."""


class LiveWeights(QObject):
    """Loads weight files in the background and remembers the last one.

    Args:
        settings: Remembers file and folder.
        people: Whose networks there are; the network that reads decides who signs.
        window: Parent of the dialogs.
    """

    loaded = Signal(object)
    """The `trainer.model.model.Model` that reads now."""

    error = Signal(str)
    message = Signal(str)

    def __init__(self, settings: Settings, people: People, window: QWidget) -> None:
        super().__init__(window)
        self._settings = settings
        self._people = people
        self._window = window
        self._model: Model | None = None
        self._asked_for = asset(DEFAULT_WEIGHTS)
        people.chosen.connect(self._follow_person)
        self._loader = Background(self)
        self._loader.done.connect(lambda loaded: self._use(*loaded))
        self._loader.refused.connect(self._refuse)
        self.path = asset(DEFAULT_WEIGHTS)
        """The file of the network that reads."""

    def start(self, path: Path | None) -> None:
        """Loads a file; None: the one used last, or the shipped one."""
        self.open(path or self._settings.weights or asset(DEFAULT_WEIGHTS))

    def open(self, path: Path, message: str = "") -> None:
        """Reads with a file's weights as soon as they are loaded and valid.

        Args:
            path: The file.
            message: What to say then, with {0} for the network that read before; "" for the usual.
        """
        self._asked_for = path
        self._loader.run(lambda: (path, weights.load(path), message))

    @property
    def name(self) -> str:
        """Name of the network that reads."""
        return self.name_of(self.path)

    def name_of(self, path: Path) -> str:
        """What people call a weight file: its role, its run, or else its file name."""
        if path == user_folders.default_weights():
            default = self._settings.default_name
            return self.tr("{0} (default)").replace("{0}", default or path.name)
        roles = {
            asset(DEFAULT_WEIGHTS): self.tr("Shipped"),
            asset(SIGN_MNIST_WEIGHTS): self.tr("Sign Language MNIST"),
        }
        person = self._people.of_network(path)
        if person is not None:
            return self._people.name_of(person)
        return roles.get(path) or _run_name(path) or path.name

    def choices(self) -> list[Path]:
        """The networks to choose from: the shipped one, people's own, then those used last."""
        own = [*(person.network for person in self._people.listed), user_folders.default_weights()]
        paths = [asset(DEFAULT_WEIGHTS), *(path for path in own if path.is_file())]
        paths += [*self._settings.recent_weights, asset(SIGN_MNIST_WEIGHTS)]
        return list(dict.fromkeys(paths))

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
        target, name = user_folders.default_weights(), self.name_of(path)
        if path == target:
            return
        if self._copy(path, target):
            self._settings.default_name = name
            words = self.tr("{1} is the default now: it reads now and after every start.")
            self.open(target, words.replace("{1}", name))

    def use_shipped(self) -> None:
        """Reads with the shipped network now, and from the next start on."""
        words = self.tr("The shipped network reads again, now and after every start.")
        self.open(asset(DEFAULT_WEIGHTS), words)

    def save_copy(self, path: Path) -> None:
        """Saves a copy of weights where the user chooses."""
        target = file_dialogs.ask_where_to_save(
            self._window,
            self.tr("Save weights"),
            self._settings.folder("weights"),
            self._file_name(path),
            file_dialogs.kinds(self.tr("Weight files"), ENDINGS[:1]),
        )
        if target is None:
            return
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
        # It would delay the start.
        from trainer.model.card import card

        known = {"layers": self._model.network.spec(), "about": self._model.about}
        description = card(self._model) | known
        WeightsDialog(self.name, self.path, description, self._window).open()

    def _use(self, path: Path, model: Model, message: str) -> None:
        first, again, before = self._model is None, path == self.path, self.name
        self._model, self.path = model, path
        # A new run's weights are a trial until the user sets them as the default.
        trial = path.is_relative_to(user_folders.runs())
        if not trial:
            self._settings.weights = None if path == asset(DEFAULT_WEIGHTS) else path
        if path not in (asset(DEFAULT_WEIGHTS), asset(SIGN_MNIST_WEIGHTS)):
            self._settings.add_recent_weights(path)
        person = self._people.of_network(path)
        if person is not None and path == self._asked_for:
            self._people.choose(person)
        self.loaded.emit(model)
        if first:
            return
        if not message:
            message = (
                self.tr("{1} reads now instead of {0}, until the program is closed.")
                if trial
                else self.tr("{1} reads now instead of {0}.")
            )
            if again:
                message = self.tr("{1} was read from its file again.")
            message = message.replace("{1}", self.name)
        self.message.emit(message.replace("{0}", before))

    def _file_name(self, path: Path) -> str:
        """A name for a copy of weights: that of the network, without what no file name can hold."""
        return re.sub(r'[<>:"/\\|?*\x00-\x1f]+', ".", self.name_of(path)) + ENDINGS[0]

    def _follow_person(self) -> None:
        """Reads with the network of the one who signs now, or not with another one's."""
        own = self._people.current.network
        if own.is_file():
            if own != self._asked_for:
                self.open(own)
        elif self._people.of_network(self._asked_for) or not os.path.isfile(self._asked_for):
            self.use_shipped()

    def _refuse(self, reason: str) -> None:
        self.error.emit(reason)
        if self._model is None and self._asked_for != asset(DEFAULT_WEIGHTS):
            self.open(asset(DEFAULT_WEIGHTS))

    def _copy(self, path: Path, target: Path) -> bool:
        try:
            atomic.make_folder(target.parent, ", so the weights are not saved")
            atomic.write_bytes(target, files.content(path, weights.MAX_BYTES))
        except UserError as error:
            self.error.emit(str(error))
            return False
        return True


def _run_name(path: Path) -> str:
    """Name of the run that a weight file belongs to, or ""."""
    if not path.is_relative_to(user_folders.runs()):
        return ""
    # These would delay the start, and few starts need them.
    from trainer.training import run_folder

    folder = path.parent
    try:
        given = json.loads(files.content(folder / run_folder.RUN, _MAX_BYTES)).get("name")
    except (UserError, ValueError, AttributeError, RecursionError):
        given = None
    if isinstance(given, str) and given:
        return given
    try:
        return run_folder.usual_name(folder)
    except ValueError:
        return folder.name
