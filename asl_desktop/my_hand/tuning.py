"""Fine-tuning in a child process, and its result: weights to keep or to revert."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QObject, Signal

from asl_desktop.background.trainer_process import TrainerProcess
from trainer.letters import LETTERS
from trainer.model.weights import MAX_BYTES
from trainer.samples.people import Person
from trainer.samples.store import Sitting
from trainer.support import atomic, files
from trainer.support.errors import UserError
from trainer.support.paths import DEFAULT_WEIGHTS, asset
from trainer.training.recipes import FINE_TUNING_STEPS

AGAIN = 5
"""Letters that are recorded once more, at most: that takes less than 40 seconds."""

_TUNED = "tuned.safetensors"
_OUTCOME = "tuned.json"


@dataclass(frozen=True)
class Letter:
    """How a letter of the second sitting was read.

    Attributes:
        n: Number of its samples.
        before: How many of them the weights before read correctly.
        after: How many the new ones do.
        instead: What the new ones read in most of the others, or "".
    """

    n: int
    before: int
    after: int
    instead: str = ""

    def __post_init__(self) -> None:
        counts = (self.n, self.before, self.after)
        if not all(type(count) is int for count in counts):
            raise TypeError("counts are whole numbers")
        if not 0 <= max(self.before, self.after) <= self.n or min(counts) < 0:
            raise ValueError("more are right than there are")
        if self.instead not in ("", *LETTERS):
            raise ValueError("no letter")


@dataclass(frozen=True)
class FineTuneResult:
    """What fine-tuning made of the second sitting, which it did not learn.

    Attributes:
        base: The weights before.
        kept: Whether the user reads with the new ones.
        letters: By letter; none where there was no second sitting.
    """

    base: str
    kept: bool = False
    letters: dict[str, Letter] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Number of samples that were not learned."""
        return sum(letter.n for letter in self.letters.values())

    @property
    def before(self) -> float:
        """Share of them that the weights before read correctly, 0–1."""
        return sum(letter.before for letter in self.letters.values()) / max(self.n, 1)

    @property
    def after(self) -> float:
        """Share of them that the new weights read correctly, 0–1."""
        return sum(letter.after for letter in self.letters.values()) / max(self.n, 1)

    @property
    def confused(self) -> list[str]:
        """The letters that are still read as others, the worst first."""
        wrong = [name for name, letter in self.letters.items() if letter.after < letter.n]
        return sorted(wrong, key=lambda name: self.letters[name].after / self.letters[name].n)


class Tuning(QObject):
    """Runs `trainer finetune` and remembers its result.

    Args:
        person: Whose samples are learned.
        loaded: Gives the weight file that reads live.
        parent: Qt's parent.
    """

    stepped = Signal(int, int)
    """Number of completed steps and of all steps."""

    ended = Signal(str)
    """Why it failed, or "" when there is an outcome or it was stopped."""

    def __init__(
        self, person: Person, loaded: Callable[[], Path], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._person = person
        self._loaded = loaded
        self._base = asset(DEFAULT_WEIGHTS)
        self._scores: dict[str, list[list[int]]] = {}
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

        Those learned samples once, and would have to be measured on others.
        """
        loaded, kept = self._loaded(), self._person.network
        if loaded not in (kept, self._person.folder / _TUNED):
            return loaded
        before = Path(self.outcome.base) if self.outcome is not None else loaded
        return before if before != kept and os.path.isfile(before) else asset(DEFAULT_WEIGHTS)

    def turn_to(self, person: Person) -> None:
        """Learns another person's samples from now on; what runs is dropped."""
        if self.process.running:
            self.process.shut_down()
        self._person = person
        self.outcome = self._remembered()

    def start(self, *, checks: bool) -> None:
        """Starts fine-tuning.

        Args:
            checks: Whether there are samples to check with.

        Raises:
            UserError: There is no place for the weights.
        """
        folder = self._person.folder
        atomic.make_folder(folder, ", so there is no place for the weights")
        self._base, self._scores = self.base, {}
        arguments = ["--weights", str(self._base), "--data", str(self._person.samples)]
        arguments += ["--out", str(folder / _TUNED), "--steps", str(self.steps)]
        if checks:
            arguments += ["--aside-source", Sitting.CHECK.source]
        self.process.start("finetune", [*arguments, "--json", "--control", "--give-way"])

    def stop(self) -> None:
        """Stops fine-tuning; the earlier result stays."""
        self.process.order("stop")

    def keep(self) -> Path:
        """Makes the new weights the user's own ones, and gives their place.

        Raises:
            UserError: They cannot be written.
        """
        outcome, kept = self.outcome, self._person.network
        if outcome is None:
            raise UserError("There are no weights to keep yet.")
        try:
            kept.parent.mkdir(parents=True, exist_ok=True)
            content = files.content(self._person.folder / _TUNED, MAX_BYTES)
        except OSError as error:
            raise UserError(
                f"{error.filename}: cannot be read or made ({error.strerror or error})."
            ) from error
        atomic.write_bytes(kept, content)
        self._remember(replace(outcome, kept=True))
        return kept

    def revert(self) -> Path | None:
        """Drops the new weights; gives the ones before where the new ones were kept.

        Raises:
            UserError: The weights cannot be deleted.
        """
        outcome = self.outcome
        try:
            for name in (_OUTCOME, _TUNED):
                (self._person.folder / name).unlink(missing_ok=True)
        except OSError as error:
            raise UserError(
                f"{error.filename}: cannot be deleted ({error.strerror or error})."
            ) from error
        self.outcome = None
        if outcome is None or not outcome.kept:
            return None
        before = Path(outcome.base)
        return before if os.path.isfile(before) else asset(DEFAULT_WEIGHTS)

    def _sort(self, event: dict[str, Any]) -> None:
        kind = event["event"]
        if kind == "step":
            self.stepped.emit(event["step"] + 1, event["steps"])
        elif kind in ("before", "after"):
            self._scores[kind] = event["confusion"]
        elif kind == "saved":
            letters = (
                _letters(self._scores["before"], self._scores["after"]) if self._scores else {}
            )
            self._remember(FineTuneResult(str(self._base), letters=letters))

    def _remember(self, outcome: FineTuneResult) -> None:
        self.outcome = outcome
        text = json.dumps(asdict(outcome), indent=1)
        atomic.write_bytes(self._person.folder / _OUTCOME, text.encode())

    def _remembered(self) -> FineTuneResult | None:
        folder = self._person.folder
        try:
            known = json.loads(files.content(folder / _OUTCOME, 1 << 20))
            base, kept = known["base"], known["kept"]
            # An earlier version measured on the last images of what was learned: no letters.
            letters = {
                name: Letter(**letter)
                for name, letter in known.get("letters", {}).items()
                if name in tuple(LETTERS) and letter["n"] > 0
            }
        except (UserError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
            return None
        if not isinstance(base, str) or not isinstance(kept, bool):
            return None
        outcome = FineTuneResult(base, kept, letters)
        return outcome if (folder / _TUNED).is_file() else None


def _letters(before: list[list[int]], after: list[list[int]]) -> dict[str, Letter]:
    """By letter, from the counts (24, 24) of what was read (columns) in which letter (rows)."""
    old, new = np.array(before), np.array(after)
    result = {}
    for index in np.flatnonzero(new.sum(axis=1)).tolist():
        others = new[index].copy()
        others[index] = 0
        instead = LETTERS[int(others.argmax())] if others.any() else ""
        counts = int(new[index].sum()), int(old[index, index]), int(new[index, index])
        result[LETTERS[index]] = Letter(*counts, instead)
    return result
