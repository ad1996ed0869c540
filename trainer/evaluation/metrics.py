"""What an evaluation reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.letters import CLASSES, LETTERS


@dataclass(frozen=True)
class Scores:
    """How well letters were read.

    Attributes:
        confusion: (24, 24) counts: row the true letter, column the letter that was read.
        top3: Share of images whose true letter is among the three most probable ones.
    """

    confusion: NDArray[np.int64]
    top3: float

    @property
    def n(self) -> int:
        """Images."""
        return int(self.confusion.sum())

    @property
    def accuracy(self) -> float:
        """Share of images that were read correctly."""
        return float(np.trace(self.confusion) / self.confusion.sum())

    @property
    def recall(self) -> dict[str, float]:
        """By letter: the share of its images that were read as it; letters that occur only."""
        totals = self.confusion.sum(axis=1)
        return {LETTERS[i]: float(self.confusion[i, i] / totals[i]) for i in np.flatnonzero(totals)}

    @property
    def macro_f1(self) -> float:
        """Mean of F1 = 2 · right / (true + read) over the letters that occur in the truth."""
        right = np.diag(self.confusion)
        true, read = self.confusion.sum(axis=1), self.confusion.sum(axis=0)
        occurs = true > 0
        return float((2 * right[occurs] / (true + read)[occurs]).mean())

    def to_json(self) -> dict[str, Any]:
        """All of it as JSON values."""
        return {
            "accuracy": self.accuracy,
            "macro_f1": self.macro_f1,
            "top3": self.top3,
            "n": self.n,
            "recall": self.recall,
            "confusion": {"letters": LETTERS, "counts": self.confusion.tolist()},
        }


def score(probabilities: NDArray[np.float32], labels: NDArray[np.int64]) -> Scores:
    """Scores of probabilities (n, 24) against class indices (n,), n ≥ 1.

    Raises:
        ValueError: There is nothing to score.
    """
    if len(labels) == 0:
        raise ValueError("nothing to score")
    true = probabilities[np.arange(len(labels)), labels]
    # A letter is among the top three when at most two others are more probable.
    ahead = (probabilities > true[:, None]).sum(axis=1)
    return Scores(confusion(labels, probabilities.argmax(axis=1)), float((ahead < 3).mean()))


def confusion(labels: NDArray[np.int64], read: NDArray[np.int64]) -> NDArray[np.int64]:
    """(24, 24) counts: row the true letter, column the letter that was read."""
    counts = np.bincount(labels * CLASSES + read, minlength=CLASSES**2)
    return counts.reshape(CLASSES, CLASSES).astype(np.int64)
