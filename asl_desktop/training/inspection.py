"""The images that a network was evaluated on, with its predictions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from asl_desktop.background.tasks import Background
from trainer.data.hands import HandFinding
from trainer.data.load import chosen, load
from trainer.data.unpack import Purpose
from trainer.evaluation.predictions import HeldOut, Outcomes
from trainer.letters import Convention
from trainer.model import weights
from trainer.model.model import Model
from trainer.training import run_folder


@dataclass(frozen=True)
class Inspected:
    """The inspected images and predictions.

    Attributes:
        held_out: The images.
        outcomes: How they were read.
        where: A phrase that says what this is.
    """

    held_out: HeldOut
    outcomes: Outcomes
    where: str

    @property
    def confusion(self) -> NDArray[np.int64]:
        """(24, 24) counts: row the true letter, column the letter that was read."""
        return self.outcomes.confusion(self.held_out.labels)

    def behind(self, true: int, read: int) -> NDArray[np.int64]:
        """The images of one letter that were read as another, the surest ones first."""
        found = np.flatnonzero((self.held_out.labels == true) & (self.outcomes.read == read))
        return found[np.argsort(-self.outcomes.confidence[found], kind="stable")]


class Inspection(QObject):
    """Loads and evaluates in the background."""

    changed = Signal()
    """Other images are inspected, or none."""

    error = Signal(str)
    """Why images cannot be inspected."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.shown: Inspected | None = None
        self.background = Background(self)
        self._kept: tuple[Path, HeldOut] | None = None
        self.background.done.connect(self._show)
        self.background.refused.connect(self.error)

    def show_run(self, folder: Path, *, latest: bool = False) -> None:
        """Inspects a run: its saved weights or those of its last epoch."""
        name = run_folder.LATEST if latest else run_folder.SAVED
        # A run that failed early has images but no predictions; why it failed is said already.
        if not all((folder / file).exists() for file in (run_folder.HELD_OUT, name)):
            self.clear()
            return
        kept = self._kept
        epoch = self.tr("Validation after epoch {0}")

        def read() -> tuple[Path, Inspected]:
            same = kept is not None and kept[0] == folder
            held_out = kept[1] if kept and same else HeldOut.load(folder / run_folder.HELD_OUT)
            outcomes = Outcomes.load(folder / name)
            where = epoch.replace("{0}", str(outcomes.epoch + 1))
            return folder, Inspected(held_out, outcomes, where)

        self.background.run(read)

    def measure(
        self,
        path: Path,
        data: Path,
        convention: Convention | None,
        hands: HandFinding | None = None,
    ) -> None:
        """Evaluates the weights at `path` on a file and inspects the result."""

        def read() -> tuple[None, Inspected]:
            return None, measured(weights.load(path), data, convention, hands)

        self.background.run(read)

    def clear(self) -> None:
        """Inspects nothing."""
        self.background.forget()
        self.shown = None
        self.changed.emit()

    def _show(self, result: tuple[Path | None, Inspected]) -> None:
        folder, self.shown = result
        self._kept = (folder, self.shown.held_out) if folder is not None else None
        self.changed.emit()


def measured(
    model: Model, data: Path, convention: Convention | None, hands: HandFinding | None
) -> Inspected:
    """How a model reads every image of a file.

    Raises:
        UserError: The file cannot be read, or holds no image of a letter.
    """
    data = chosen(data, Purpose.TEST)
    dataset = load(data, convention, hands=hands)
    rows = np.arange(len(dataset))
    held_out = HeldOut.of([(data, dataset, rows)], model.preprocessing)
    p = model.probabilities(held_out.dataset({}).inputs(model.preprocessing))
    return Inspected(held_out, Outcomes.of(p, held_out.labels, 0), data.name)
