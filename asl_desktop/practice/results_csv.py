"""The results of practice as a table for a teacher."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from asl_desktop.practice.learner_progress import Progress, Skill
from trainer.support.spreadsheet import cell

COLUMNS = ("when", "exercise", "letter", "tries", "correct", "seconds", "instead")


class Noted(NamedTuple):
    """One letter of this session."""

    when: datetime
    skill: Skill
    letter: str
    hit: bool
    seconds: float
    instead: str


def table(progress: Progress, session: Sequence[Noted]) -> str:
    """CSV: a row for every letter in all, and one for every try of this session.

    `correct` counts tries that were right at once, `seconds` is the mean of those.
    """
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for skill, tallies in progress.tallies.items():
        for letter, tally in tallies.items():
            if tally.tries:
                others = " ".join(f"{c}×{n}" for c, n in sorted(tally.instead.items()))
                pace = "" if tally.pace is None else f"{tally.pace:.1f}"
                row = ("in all", skill.value, letter, tally.tries, tally.hits, pace, others)
                writer.writerow([cell(str(value)) for value in row])
    for noted in session:
        row = (
            noted.when.isoformat(" ", "seconds"),
            noted.skill.value,
            noted.letter,
            1,
            int(noted.hit),
            f"{noted.seconds:.1f}" if noted.hit else "",
            noted.instead,
        )
        writer.writerow([cell(str(value)) for value in row])
    return text.getvalue()
