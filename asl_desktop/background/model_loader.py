"""Reads weight files in the background, so that the window never waits for a disk."""

from __future__ import annotations

import threading
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from trainer.support.errors import UserError


class ModelLoader(QObject):
    """Loads one file at a time; of several asked for, only the last one is told of."""

    loaded = Signal(Path, object)
    """The path and its `trainer.model.model.Model`."""

    refused = Signal(Path, str)
    """The path and why it cannot be used, in one sentence."""

    _done = Signal(int, Path, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._asked = 0
        self._thread: threading.Thread | None = None
        self._done.connect(self._pass_on, Qt.ConnectionType.QueuedConnection)

    def load(self, path: Path) -> None:
        """Starts to read a file."""
        self._asked += 1
        self._thread = threading.Thread(
            target=self._run, args=(self._asked, path), name="weights", daemon=True
        )
        self._thread.start()

    def wait(self, seconds: float) -> None:
        """Waits for the file that is being read, and forgets it."""
        self._asked += 1
        if self._thread is not None:
            self._thread.join(seconds)

    def _run(self, number: int, path: Path) -> None:
        # Imported here: it is not needed for the first frame on the screen. The thread that reads
        # with the network must not wait for imports.
        import trainer.recognition.reader  # noqa: F401
        from trainer.model import weights

        result: object
        try:
            result = weights.load(path)
        except UserError as error:
            result = str(error)
        self._done.emit(number, path, result)

    def _pass_on(self, number: int, path: Path, result: object) -> None:
        if number != self._asked:
            return
        if isinstance(result, str):
            self.refused.emit(path, result)
        else:
            self.loaded.emit(path, result)
