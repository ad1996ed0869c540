"""A training run as signals."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from asl_desktop.training.trainer_process import TrainerProcess


class TrainingProcess(TrainerProcess):
    """Runs `trainer train`."""

    batch_done = Signal(dict)
    """Fields of `trainer.train.BatchDone`."""

    epoch_done = Signal(dict)
    """Fields of `trainer.train.EpochDone` without the model, and with validation the confusion."""

    ended = Signal(object, str)
    """Path of the weights or None, and why the run failed or ""."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._saved: Path | None = None
        self.happened.connect(self._sort)
        self.succeeded.connect(lambda: self.ended.emit(self._saved, ""))
        self.failed.connect(lambda reason: self.ended.emit(self._saved, reason))

    def begin(self, arguments: Sequence[str]) -> None:
        """Begins a run, or goes on with one.

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
