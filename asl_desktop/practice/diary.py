"""What was practised on which day: the daily goal, days in a row, and weeks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

_KEPT = 400
"""Days that are remembered."""


@dataclass
class Day:
    """Letters that were asked for on a day, those that were right at once, and the goal."""

    tries: int = 0
    hits: int = 0
    met: bool = False
    """Whether the goal of that day was reached."""


class Week(NamedTuple):
    """A week from its Monday."""

    start: date
    tries: int
    hits: int


class Diary:
    """Days of practice."""

    def __init__(self) -> None:
        self.days: dict[date, Day] = {}

    def note(self, today: date, hit: bool, goal: int) -> None:
        """Adds a letter; `goal` is how many the learner wants a day, 0 for no goal."""
        day = self.days.setdefault(today, Day())
        day.tries += 1
        day.hits += hit
        day.met = day.met or 0 < goal <= day.tries
        for old in sorted(self.days)[:-_KEPT]:
            del self.days[old]

    def day(self, today: date) -> Day:
        """What was practised on a day."""
        return self.days.get(today, Day())

    def streak(self, today: date) -> int:
        """Days in a row on which the goal was met, up to today or, before that, yesterday."""
        day = today if self.day(today).met else today - timedelta(days=1)
        count = 0
        while self.day(day).met:
            count += 1
            day -= timedelta(days=1)
        return count

    def weeks(self, today: date, count: int) -> list[Week]:
        """The last weeks, the current one last."""
        monday = today - timedelta(days=today.weekday())
        weeks = []
        for back in range(count - 1, -1, -1):
            start = monday - timedelta(weeks=back)
            days = [self.day(start + timedelta(days=n)) for n in range(7)]
            weeks.append(Week(start, sum(d.tries for d in days), sum(d.hits for d in days)))
        return weeks
