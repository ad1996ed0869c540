"""The voice of the operating system, spoken by a program that most systems have."""

from __future__ import annotations

import sys
from dataclasses import dataclass

from PySide6.QtCore import QObject, QProcess, QStandardPaths, Signal

_LONGEST = 20_000
"""Characters that are spoken, half an hour of them; an argument of a program has its limit, too."""

_STOP_MS = 1000

_SAPI = (
    "[Console]::InputEncoding = [Text.Encoding]::UTF8; "
    "Add-Type -AssemblyName System.Speech; "
    "(New-Object System.Speech.Synthesis.SpeechSynthesizer).Speak([Console]::In.ReadToEnd())"
)
"""For PowerShell; the text comes by standard input, so that none of it is a command."""


@dataclass(frozen=True)
class Program:
    """A program that speaks. No shell is involved, whatever the text holds.

    Attributes:
        name: Of its file, without the folder.
        arguments: Before the text.
        by_argument: Whether the text is the last argument; else it goes to standard input.
        hush: Arguments that silence it, for one that leaves the speaking to a service; () for one
            that is silent when it ends.
    """

    name: str
    arguments: tuple[str, ...]
    by_argument: bool = False
    hush: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """The whole path of the program, or "" where it is not installed."""
        return QStandardPaths.findExecutable(self.name)


_PROGRAMS = {
    "darwin": (Program("say", ("-f", "-")),),
    "win32": (
        Program("powershell", ("-NoProfile", "-NonInteractive", "-Command", _SAPI)),
        Program("pwsh", ("-NoProfile", "-NonInteractive", "-Command", _SAPI)),
    ),
}
_OTHERS = (
    # Its standard input takes commands, too, so the text is an argument.
    Program("spd-say", ("--wait", "--"), by_argument=True, hush=("--cancel",)),
    Program("espeak-ng", ("--stdin",)),
    Program("espeak", ("--stdin",)),
)


def installed() -> list[Program]:
    """The programs of this system that speak, the preferred one first."""
    return [program for program in _PROGRAMS.get(sys.platform, _OTHERS) if program.path]


class SystemVoice(QObject):
    """Speaks by the first installed program that succeeds."""

    failed = Signal()
    """No program speaks."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._programs = installed()
        self._process: QProcess | None = None
        self._text = ""

    @property
    def name(self) -> str:
        """The program that speaks; "" where there is none."""
        return self._programs[0].name if self._programs else ""

    def say(self, text: str) -> None:
        """Speaks a text and stops the one before."""
        self.stop()
        self._text = text[:_LONGEST]
        self._begin()

    def stop(self) -> None:
        """Stops speaking."""
        process = self._forget()
        if process is None:
            return
        process.kill()
        process.waitForFinished(_STOP_MS)
        program = self._programs[0]
        if program.hush:
            QProcess.startDetached(program.path, list(program.hush))

    def _begin(self) -> None:
        if not self._programs:
            self.failed.emit()
            return
        program = self._programs[0]
        process = self._process = QProcess(self)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._fail)
        text = [self._text] if program.by_argument else []
        process.start(program.path, [*program.arguments, *text])
        if not program.by_argument:
            process.write(self._text.encode("utf-8", "replace"))
        process.closeWriteChannel()

    def _finish(self, code: int) -> None:
        if code:
            self._try_next()
        else:
            self._forget()

    def _fail(self, error: QProcess.ProcessError) -> None:
        # One that does not read its input says by its exit code whether it speaks.
        if error is not QProcess.ProcessError.WriteError:
            self._try_next()

    def _try_next(self) -> None:
        self._forget()
        del self._programs[0]
        self._begin()

    def _forget(self) -> QProcess | None:
        """Takes leave of the process, which signals nothing from now on."""
        process, self._process = self._process, None
        if process is not None:
            process.blockSignals(True)
            process.deleteLater()
        return process
