"""A letter of a spelled word, and the evidence that it was seen."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from trainer.letters import CLASSES, LETTERS

_RIVALS = 3
_RIVAL_SHARE = 0.002


UNCERTAIN = 0.99
"""Share of the evidence below which a letter may well be wrong: on signers that the default network
never saw, 0.53 of such letters are right, and 0.70 of all wrong ones are among them."""


@dataclass(frozen=True)
class Seen:
    """A letter that was held, or one that is certain.

    Attributes:
        letter: The most probable letter.
        evidence: (24,) share of the evidence for each letter; None for a letter that nobody has to
            guess, since it was typed by keyboard.
        typed: Whether it was held long enough to be typed; else it may be a letter that was held
            too short, or one that the hand passed on its way.
    """

    letter: str
    evidence: NDArray[np.float64] | None = field(default=None, compare=False, repr=False)
    typed: bool = True

    def __post_init__(self) -> None:
        if self.evidence is not None and self.evidence.shape != (CLASSES,):
            raise ValueError(f"the evidence has {CLASSES} shares, one for each letter")

    @property
    def share(self) -> float:
        """Share of the evidence for the letter: 1 for a certain one."""
        return 1.0 if self.evidence is None else float(self.evidence.max())

    @property
    def rivals(self) -> tuple[str, ...]:
        """Where the letter is uncertain, it and the ones that it may be, the best one first."""
        if self.evidence is None or self.share >= UNCERTAIN:
            return ()
        best = np.argsort(-self.evidence, kind="stable")[:_RIVALS]
        return tuple(LETTERS[index] for index in best if self.evidence[index] >= _RIVAL_SHARE)
