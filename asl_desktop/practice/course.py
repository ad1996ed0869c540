"""The course: lessons of a few letters, and what to do next."""

from __future__ import annotations

from datetime import date
from enum import Enum, auto
from typing import NamedTuple

from asl_desktop.practice.learner_progress import Progress, Skill
from trainer.letters import ALPHABET

LESSONS = ("ABCLY", "DFIOW", "UVRK", "STEX", "MNGH", "PQJZ")
"""Shapes that nobody mistakes first; each later lesson brings those that look like earlier ones."""

LOOK_ALIKES = ("AEMNST", "UVRK", "DFIL", "GHPQ", "COE")
"""Letters that are confused most."""

_ENOUGH = 3
"""Letters that are due, from which they come before new ones."""


class Kind(Enum):
    """What to practise."""

    LESSON = auto()
    """The letters of a lesson, of which some are not learnt yet."""
    REVIEW = auto()
    """Letters that are due again."""
    WORDS = auto()
    """Nothing is due, and all letters are learnt."""


class Step(NamedTuple):
    """What to do next."""

    kind: Kind
    letters: str
    """"" for words."""


def is_learnt(progress: Progress, skill: Skill, number: int, today: date) -> bool:
    """Whether all letters of a lesson are learnt."""
    return all(progress.review(skill, letter, today).learnt for letter in LESSONS[number])


def current_lesson(progress: Progress, skill: Skill, today: date) -> int | None:
    """The first lesson that is not learnt, counted from 0; None after the last one."""
    numbers = range(len(LESSONS))
    return next((n for n in numbers if not is_learnt(progress, skill, n, today)), None)


def due_letters(progress: Progress, skill: Skill, today: date) -> str:
    """Letters that were practised and are due again, the ones known least first."""
    due = []
    for letter in ALPHABET:
        review = progress.review(skill, letter, today)
        if progress.tally(skill, letter).tries and review.due <= today:
            due.append((review.level, review.due, letter))
    return "".join(letter for _, _, letter in sorted(due))


def next_step(progress: Progress, skill: Skill, today: date) -> Step:
    """What helps most: what is due, then the next lesson, then words."""
    due = due_letters(progress, skill, today)
    lesson = current_lesson(progress, skill, today)
    if lesson is not None:
        letters = LESSONS[lesson]
        # What is being learnt is due, too.
        old = "".join(letter for letter in due if letter not in letters)
        if len(old) >= _ENOUGH:
            return Step(Kind.REVIEW, old)
        return Step(Kind.LESSON, letters)
    return Step(Kind.REVIEW, due) if due else Step(Kind.WORDS, "")
