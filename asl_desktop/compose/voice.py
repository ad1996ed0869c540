"""Speech output: by Qt's speech module where it is installed, else by the system's own voice."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import Any

from PySide6.QtCore import QObject, Signal

from asl_desktop.compose.system_voice import SystemVoice

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
        self._has_qt = find_spec(_MODULE) is not None
        self._system = SystemVoice(self)
        self._system.failed.connect(self._refuse)
        self.reason = ""
        """Why it cannot speak; "" if it can."""
        if not (self._has_qt or self._system.name):
            self.reason = self._no_voice()

    @property
    def program(self) -> str:
        """The system's program that speaks in place of Qt's module; "" where Qt's does."""
        return "" if self._has_qt else self._system.name

    def say(self, text: str) -> None:
        """Speaks a text and stops the one before."""
        if self._has_qt and self._engine is None:
            self._engine = self._load()
            self._has_qt = self._engine is not None
        # Engines spell out words in capitals.
        text = text.lower() if text.isupper() else text
        if self._engine is not None:
            self._engine.stop()
            self._engine.say(text)
        else:
            self._system.say(text)

    def stop(self) -> None:
        """Stops speaking."""
        if self._engine is not None:
            self._engine.stop()
        self._system.stop()

    def _refuse(self) -> None:
        # Why Qt's module does not speak tells more, where it is installed.
        self.reason = self.reason or self._no_voice()
        self.refused.emit(self.reason)

    def _no_voice(self) -> str:
        return self.tr(
            "This system has no voice: install the program espeak-ng or the package PySide6-Addons."
        )

    def _load(self) -> Any:
        try:
            speech: Any = import_module(_MODULE).QTextToSpeech
        except ImportError as error:
            reason = self.tr("Qt's speech module cannot be loaded: {0}.")
            self._take_over(reason.replace("{0}", str(error)))
            return None
        for name in speech.availableEngines():
            if name == _SILENT_ENGINE:
                continue
            engine = speech(name, self)
            if engine.state() != speech.State.Error:
                return engine
            engine.deleteLater()
        self._take_over(self.tr("This system has no voice that Qt can use."))
        return None

    def _take_over(self, reason: str) -> None:
        """Leaves speaking to the system's program, if there is one."""
        if not self._system.name:
            self.reason = reason
