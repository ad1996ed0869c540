"""What the learner can sign and read so far, as one JSON file."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from asl_desktop.own_file import OwnFile
from asl_desktop.practice.diary import Day, Diary
from asl_desktop.practice.reviews import INTERVALS, Review, first_review
from trainer.letters import ALPHABET

_FORMAT = 1


class Skill(StrEnum):
    """What the learner practises."""

    SIGNING = "signing"
    """A letter is shown and signed."""

    READING = "reading"
    """A hand is shown and its letter typed."""


@dataclass
class Tally:
    """Results of one letter.

    Attributes:
        tries: How often it was asked for.
        hits: How often it was right at once.
        seconds: What the hits took, together.
        instead: What it was taken for, and how often.
    """

    tries: int = 0
    hits: int = 0
    seconds: float = 0.0
    instead: dict[str, int] = field(default_factory=dict)

    @property
    def share(self) -> float | None:
        """Hits over tries; None before the first try."""
        return self.hits / self.tries if self.tries else None

    @property
    def pace(self) -> float | None:
        """Mean seconds of a hit; None before the first hit."""
        return self.seconds / self.hits if self.hits else None


class Progress:
    """Tallies and reviews of all letters for both skills, days, and the best time of spelling."""

    def __init__(self) -> None:
        self.diary = Diary()
        self._reviews: dict[Skill, dict[str, Review]] = {skill: {} for skill in Skill}
        self.tallies = {skill: {letter: Tally() for letter in ALPHABET} for skill in Skill}
        self.best_pace = 0.0
        """Letters a minute of the fastest word that was spelled."""

    @property
    def empty(self) -> bool:
        """Whether there are no attempts at all."""
        tried = any(tally.tries for tallies in self.tallies.values() for tally in tallies.values())
        return not tried and not self.best_pace

    def tally(self, skill: Skill, letter: str) -> Tally:
        """Results of a letter."""
        return self.tallies[skill][letter]

    def review(self, skill: Skill, letter: str, today: date) -> Review:
        """How well a letter is known, and when it is due again."""
        tally = self.tally(skill, letter)
        known = self._reviews[skill].get(letter)
        return known or first_review(tally.tries, tally.hits, today)

    def note(
        self,
        skill: Skill,
        letter: str,
        hit: bool,
        seconds: float,
        instead: str = "",
        *,
        today: date | None = None,
        goal: int = 0,
    ) -> None:
        """Adds one attempt.

        Args:
            skill: What was practised.
            letter: What was asked for.
            hit: Whether it was right at once.
            seconds: What it took; counts for hits.
            instead: The letters that it was taken for before, if any.
            today: The day of the attempt.
            goal: Letters that the learner wants to practise a day; 0 for none.
        """
        today = today or date.today()
        self._reviews[skill][letter] = self.review(skill, letter, today).after(hit, today)
        self.diary.note(today, hit, goal)
        tally = self.tally(skill, letter)
        tally.tries += 1
        if hit:
            tally.hits += 1
            tally.seconds += seconds
        for other in instead:
            tally.instead[other] = tally.instead.get(other, 0) + 1

    def to_json(self) -> dict[str, Any]:
        """JSON values; letters without attempts are left out."""
        return {
            "format": _FORMAT,
            "best_pace": round(self.best_pace, 2),
            **{
                skill.value: {
                    letter: asdict(tally) | {"seconds": round(tally.seconds, 2)}
                    for letter, tally in tallies.items()
                    if tally.tries
                }
                for skill, tallies in self.tallies.items()
            },
            "reviews": {
                skill.value: {
                    letter: {"level": review.level, "due": review.due.isoformat()}
                    for letter, review in reviews.items()
                }
                for skill, reviews in self._reviews.items()
            },
            "days": {day.isoformat(): asdict(done) for day, done in self.diary.days.items()},
        }

    @classmethod
    def from_json(cls, content: Any) -> Progress:
        """Progress from the values of `to_json`.

        Raises:
            ValueError: The values are not valid.
        """
        if not isinstance(content, dict) or content.get("format") != _FORMAT:
            raise ValueError("it is no progress file of this version")
        progress = cls()
        progress.best_pace = _number(content.get("best_pace", 0.0))
        for skill in Skill:
            tallies = content.get(skill.value, {})
            if not isinstance(tallies, dict) or not set(tallies) <= set(ALPHABET):
                raise ValueError(f"the part {skill.value!r} has letters that do not exist")
            for letter, values in tallies.items():
                progress.tallies[skill][letter] = _tally(values)
            reviews = _part(_part(content, "reviews"), skill.value)
            if not set(reviews) <= set(ALPHABET):
                raise ValueError("a letter is due that does not exist")
            progress._reviews[skill] = {c: _review(values) for c, values in reviews.items()}
        days = _part(content, "days").items()
        progress.diary.days = {date.fromisoformat(day): _day(values) for day, values in days}
        return progress


def load(file: OwnFile) -> Progress:
    """The progress in a file; empty if there is none or it cannot be used."""
    return file.read(lambda content: Progress.from_json(json.loads(content)), Progress())


def content(progress: Progress) -> bytes:
    """What the file says of this progress."""
    return (json.dumps(progress.to_json(), indent=1) + "\n").encode()


def _tally(values: Any) -> Tally:
    if not isinstance(values, dict) or set(values) != set(Tally.__dataclass_fields__):
        raise ValueError("a letter has not exactly the numbers that it should")
    instead = values["instead"]
    if not isinstance(instead, dict) or not set(instead) <= set(ALPHABET):
        raise ValueError("a letter was taken for one that does not exist")
    tally = Tally(
        tries=_count(values["tries"]),
        hits=_count(values["hits"]),
        seconds=_number(values["seconds"]),
        instead={letter: _count(count) for letter, count in instead.items()},
    )
    if tally.hits > tally.tries:
        raise ValueError("a letter has more hits than tries")
    return tally


def _part(content: dict[str, Any], name: str) -> dict[str, Any]:
    """A part that files of earlier versions do not have."""
    part = content.get(name, {})
    if not isinstance(part, dict):
        raise ValueError(f"the part {name!r} is no table")
    return part


def _review(values: Any) -> Review:
    if not isinstance(values, dict) or not isinstance(values.get("due"), str):
        raise ValueError("a letter is due on no day")
    level = _count(values.get("level"))
    if level >= len(INTERVALS):
        raise ValueError(f"there is no level {level}")
    return Review(level, date.fromisoformat(values["due"]))


def _day(values: Any) -> Day:
    if not isinstance(values, dict) or set(values) != set(Day.__dataclass_fields__):
        raise ValueError("a day has not exactly the numbers that it should")
    day = Day(_count(values["tries"]), _count(values["hits"]), values["met"] is True)
    if day.hits > day.tries:
        raise ValueError("a day has more hits than tries")
    return day


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 10**9:
        raise ValueError(f"{value!r} is no count")
    return value


def _number(value: Any) -> float:
    good = isinstance(value, int | float) and not isinstance(value, bool)
    if not good or not math.isfinite(value) or value < 0:
        raise ValueError(f"{value!r} is no time")
    return float(value)
