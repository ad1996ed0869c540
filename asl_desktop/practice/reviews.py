"""When a letter comes again: after a success later each time, after a mistake at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

INTERVALS = (0, 0, 1, 3, 7, 16, 35)
"""Days until a letter of each level is due again."""

LEARNT = 2
"""Level of a letter that was right twice; the course goes on."""

MASTERED = 4
"""Level of a letter that was right again on two later days."""

_BACK = 2
"""Levels that a mistake costs."""


@dataclass(frozen=True)
class Review:
    """How well a letter is known, and when it is due again.

    Attributes:
        level: An index of `INTERVALS`; 0 for a letter that was never right.
        due: The day from which it should be asked for.
    """

    level: int
    due: date

    def after(self, hit: bool, today: date) -> Review:
        """The review after another try; hits before the day count only while it is learnt."""
        if not hit:
            return Review(max(self.level - _BACK, 0), today)
        if self.level >= LEARNT and self.due > today:
            return self
        level = min(self.level + 1, len(INTERVALS) - 1)
        return Review(level, today + timedelta(days=INTERVALS[level]))

    @property
    def learnt(self) -> bool:
        """Whether the course may go on."""
        return self.level >= LEARNT


def first_review(tries: int, hits: int, today: date) -> Review:
    """Of a letter with results from before there were reviews, which is due now."""
    known = tries >= 5 and hits >= 0.9 * tries
    return Review(LEARNT if known else 0, today)
