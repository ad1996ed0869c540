"""Runs `trainer` in a child process, so that the live view keeps its frame rate."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, Signal

_STOP_MS = 10_000
_KILL_MS = 2000


def trainer_command() -> list[str]:
    """The command that starts `trainer`; in the one-folder build, the program beside this one."""
    if getattr(sys, "frozen", False):
        app = Path(sys.executable)
        return [str(app.with_name("trainer" + app.suffix))]
    return [sys.executable, "-m", "trainer.cli"]


class TrainerProcess(QObject):
    """Runs `trainer COMMAND` and emits each line of its output as a signal."""

    noted = Signal(str)
    """A note on how the data were read."""

    event_received = Signal(dict)
    """An event, parsed from a line of JSON."""

    failed = Signal(str)
    """Why the command failed, in one sentence; the last signal."""

    succeeded = Signal()
    """The command is done; the last signal."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._process: QProcess | None = None
        self._notes: list[str] = []
        self._half_line = b""

    @property
    def running(self) -> bool:
        """Whether a command runs, paused or not."""
        return self._process is not None

    def start(self, command: str, arguments: Sequence[str]) -> None:
        """Starts a command that prints JSON."""
        if self._process is not None:
            raise RuntimeError("a command is under way")
        self._notes, self._half_line = [], b""
        process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        environment.insert("PYTHONIOENCODING", "utf-8")
        process.setProcessEnvironment(environment)
        process.readyReadStandardOutput.connect(self._read)
        process.readyReadStandardError.connect(self._read_notes)
        process.finished.connect(self._finish)
        process.errorOccurred.connect(self._fail)
        self._process = process
        program, *first = trainer_command()
        process.start(program, [*first, command, *arguments])

    def order(self, word: str) -> None:
        """Sends pause, resume or stop, which a command with `--control` obeys."""
        if self._process is not None:
            self._process.write(f"{word}\n".encode())

    def shut_down(self) -> None:
        """Stops the command and waits for it, within bounds; what was saved stays."""
        process, self._process = self._process, None
        if process is None:
            return
        process.write(b"stop\n")
        if not process.waitForFinished(_STOP_MS):
            process.kill()
            process.waitForFinished(_KILL_MS)

    def _read(self) -> None:
        while self._process is not None and self._process.canReadLine():
            event: dict[str, Any] = json.loads(bytes(self._process.readLine().data()))
            self.event_received.emit(event)

    def _read_notes(self) -> None:
        if self._process is None:
            return
        # Lines arrive in pieces: an incomplete one waits for its rest.
        self._half_line += bytes(self._process.readAllStandardError().data())
        *lines, self._half_line = self._half_line.split(b"\n")
        for line in lines:
            text = line.decode(errors="replace").strip()
            self._notes.append(text)
            if text and not text.startswith("trainer:"):
                self.noted.emit(text)

    def _fail(self, error: QProcess.ProcessError) -> None:
        if error is QProcess.ProcessError.FailedToStart:
            self._end(self.tr("The training process could not be started."))

    def _finish(self, code: int, status: QProcess.ExitStatus) -> None:
        if self._process is None:
            # Shut down: no receiver is left.
            return
        self._read()
        self._read_notes()
        reason = ""
        if status is not QProcess.ExitStatus.NormalExit:
            reason = self.tr("The training process ended unexpectedly.")
        elif code != 0:
            # Workers and libraries may print after the reason.
            said = (note for note in self._notes if note.startswith("trainer: "))
            reason = next(said, self._notes[-1] if self._notes else "").removeprefix("trainer: ")
            reason = reason or str(code)
        self._end(reason)

    def _end(self, reason: str) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.deleteLater()
        if reason:
            self.failed.emit(reason)
        else:
            self.succeeded.emit()


class TrainingProcess(TrainerProcess):
    """Runs `trainer train`."""

    batch_done = Signal(dict)
    """Fields of `trainer.training.train.BatchDone`."""

    epoch_done = Signal(dict)
    """Fields of `trainer.training.train.EpochDone` without the model; the confusion, too."""

    ended = Signal(object, str)
    """Path of the saved weights or None; why the run failed, or ""."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saved: Path | None = None
        self.event_received.connect(self._sort)
        self.succeeded.connect(lambda: self.ended.emit(self._saved, ""))
        self.failed.connect(lambda reason: self.ended.emit(self._saved, reason))

    def begin(self, arguments: Sequence[str]) -> None:
        """Starts or resumes a run.

        Args:
            arguments: Of `trainer train`, without those that this class adds.
        """
        self._saved = None
        own = ("--json", "--control", "--keep-best", "--give-way")
        self.start("train", [*arguments, *own])

    def _sort(self, event: dict[str, Any]) -> None:
        kind = event.pop("event")
        if kind == "batch":
            self.batch_done.emit(event)
        elif kind == "epoch":
            self.epoch_done.emit(event)
        elif kind == "saved":
            self._saved = Path(event["weights"])
