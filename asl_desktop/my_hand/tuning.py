"""Fine-tuning in a child process, and its result: weights to keep or to revert."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from asl_desktop.background.trainer_process import TrainerProcess
from trainer.model.weights import MAX_BYTES
from trainer.support import atomic, files
from trainer.support.errors import UserError
from trainer.support.paths import DEFAULT_WEIGHTS, asset
from trainer.training.recipes import FINE_TUNING_STEPS

ASIDE = 0.3
"""Share of each letter's samples held out for the comparison."""

_TUNED = "tuned.safetensors"
_OUTCOME = "tuned.json"


@dataclass(frozen=True)
class FineTuneResult:
    """Accuracy on the held-out samples before and after fine-tuning.

    Attributes:
        base: The weights before.
        before: Accuracy of these, 0–1.
        after: Accuracy of the new ones, 0–1.
        n: Number of held-out samples.
        kept: Whether the user reads with the new ones.
    """

    base: str
    before: float
    after: float
    n: int
    kept: bool = False


class Tuning(QObject):
    """Runs `trainer finetune` and remembers its result.

    Args:
        folder: Of the weights to try, and of the outcome.
        samples: Folder of the samples.
        kept: Path of the weights that the user keeps.
        loaded: Gives the weight file that reads live.
        parent: Qt's parent.
    """

    stepped = Signal(int, int)
    """Number of completed steps and of all steps."""

    ended = Signal(str)
    """Why it failed, or "" when there is an outcome or it was stopped."""

    def __init__(
        self,
        folder: Path,
        samples: Path,
        kept: Path,
        loaded: Callable[[], Path],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._samples = samples
        self._kept = kept
        self._loaded = loaded
        self._base = asset(DEFAULT_WEIGHTS)
        self._scores: dict[str, dict[str, Any]] = {}
        self.steps = FINE_TUNING_STEPS
        """Number of mini-batches."""
        self.outcome = self._remembered()
        self.process = TrainerProcess(self)
        self.process.event_received.connect(self._sort)
        self.process.failed.connect(self.ended)
        self.process.succeeded.connect(lambda: self.ended.emit(""))

    @property
    def base(self) -> Path:
        """What fine-tuning starts from: never from weights that were tuned already.

        Those learned samples that the comparison keeps aside now.
        """
        loaded = self._loaded()
        if loaded != self._kept:
            return loaded
        before = Path(self.outcome.base) if self.outcome is not None else loaded
        return before if before != self._kept and before.is_file() else asset(DEFAULT_WEIGHTS)

    def start(self) -> None:
        """Starts fine-tuning.

        Raises:
            UserError: There is no place for the weights.
        """
        atomic.make_folder(self._folder, ", so there is no place for the weights")
        self._base, self._scores = self.base, {}
        arguments = ["--weights", str(self._base), "--data", str(self._samples)]
        arguments += ["--aside", str(ASIDE), "--out", str(self._folder / _TUNED)]
        arguments += ["--steps", str(self.steps)]
        self.process.start("finetune", [*arguments, "--json", "--control", "--give-way"])

    def stop(self) -> None:
        """Stops fine-tuning; the earlier result stays."""
        self.process.order("stop")

    def keep(self) -> Path:
        """Makes the new weights the user's own ones, and gives their place.

        Raises:
            UserError: They cannot be written.
        """
        outcome = self.outcome
        if outcome is None:
            raise UserError("There are no weights to keep yet.")
        try:
            self._kept.parent.mkdir(parents=True, exist_ok=True)
            content = files.content(self._folder / _TUNED, MAX_BYTES)
        except OSError as error:
            raise UserError(
                f"{error.filename}: cannot be read or made ({error.strerror or error})."
            ) from error
        atomic.write_bytes(self._kept, content)
        self._remember(
            FineTuneResult(outcome.base, outcome.before, outcome.after, outcome.n, kept=True)
        )
        return self._kept

    def revert(self) -> Path | None:
        """Drops the new weights; gives the ones before where the new ones were kept.

        Raises:
            UserError: The weights cannot be deleted.
        """
        outcome = self.outcome
        try:
            for path in (self._folder / _OUTCOME, self._folder / _TUNED):
                path.unlink(missing_ok=True)
        except OSError as error:
            raise UserError(
                f"{error.filename}: cannot be deleted ({error.strerror or error})."
            ) from error
        self.outcome = None
        if outcome is None or not outcome.kept:
            return None
        before = Path(outcome.base)
        return before if before.is_file() else asset(DEFAULT_WEIGHTS)

    def _sort(self, event: dict[str, Any]) -> None:
        kind = event["event"]
        if kind == "step":
            self.stepped.emit(event["step"] + 1, event["steps"])
        elif kind in ("before", "after"):
            self._scores[kind] = event
        elif kind == "saved":
            before, after = self._scores["before"], self._scores["after"]
            self._remember(
                FineTuneResult(str(self._base), before["accuracy"], after["accuracy"], after["n"])
            )

    def _remember(self, outcome: FineTuneResult) -> None:
        self.outcome = outcome
        text = json.dumps(asdict(outcome), indent=1)
        atomic.write_bytes(self._folder / _OUTCOME, text.encode())

    def _remembered(self) -> FineTuneResult | None:
        try:
            outcome = FineTuneResult(**json.loads(files.content(self._folder / _OUTCOME, 1 << 20)))
            shares = (outcome.before, outcome.after)
            whole = all(isinstance(share, float) and 0 <= share <= 1 for share in shares)
            if not whole or not isinstance(outcome.n, int) or not isinstance(outcome.base, str):
                return None
        except (UserError, ValueError, TypeError, RecursionError):
            return None
        return outcome if (self._folder / _TUNED).is_file() else None
