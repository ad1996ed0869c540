"""Speech output, if Qt's speech module and an engine of the system are installed."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from PySide6.QtCore import QObject, Signal

_MODULE = "PySide6.QtTextToSpeech"
_SILENT_ENGINE = "mock"
"""Qt's placeholder engine, which makes no sound."""


class Voice(QObject):
    """Speaks; loads the engine at the first call, which takes a moment."""

    refused = Signal(str)
    """Why it cannot speak; also in `reason`."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._engine: Any = None
        self.reason = ""
        """Why it cannot speak; "" if it can."""
        if find_spec(_MODULE) is None:
            self.reason = self.tr(
                "Speaking needs Qt's speech module: install the package PySide6-Addons."
            )

    def say(self, text: str) -> None:
        """Speaks a text and stops the one before."""
        if not self.reason and self._engine is None:
            self._engine = self._load()
        if self._engine is None:
            self.refused.emit(self.reason)
            return
        self._engine.stop()
        # Engines spell out words in capitals.
        self._engine.say(text.lower() if text.isupper() else text)

    def stop(self) -> None:
        """Stops speaking."""
        if self._engine is not None:
            self._engine.stop()

    def _load(self) -> Any:
        try:
            speech: Any = import_module(_MODULE).QTextToSpeech
        except ImportError as error:
            reason = self.tr("Qt's speech module cannot be loaded: {0}.")
            self.reason = reason.replace("{0}", str(error))
            return None
        for name in speech.availableEngines():
            if name == _SILENT_ENGINE:
                continue
            engine = speech(name, self)
            if engine.state() != speech.State.Error:
                return engine
            engine.deleteLater()
        self.reason = self.tr("This system has no voice that Qt can use.")
        return None
