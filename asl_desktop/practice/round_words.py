"""A round in words: how it went, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from asl_desktop.practice.course import LESSONS, Kind, Step
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.rounds import Round

_MOST = 4
"""Missed letters that a sentence lists."""
_LISTED = 6
"""Letters of a step that are listed."""


def summary(done: Round, skill: Skill, step: Step) -> str:
    """How a round went and what comes next, in a few sentences."""
    text = QCoreApplication.translate("RoundWords", "{0} of {1} correct at once.")
    text = text.replace("{0}", str(done.right)).replace("{1}", str(done.asked))
    sentences = [text]
    missed = list(done.missed().items())
    if not missed:
        sentences.append(QCoreApplication.translate("RoundWords", "No mistakes: well done!"))
    else:
        named = []
        for letter, seen in missed[:_MOST]:
            taken = QCoreApplication.translate("RoundWords", "{0} (seen as {1})") if seen else "{0}"
            if seen and skill is Skill.READING:
                taken = QCoreApplication.translate("RoundWords", "{0} (read as {1})")
            named.append(taken.replace("{0}", letter).replace("{1}", ", ".join(seen)))
        hard = QCoreApplication.translate("RoundWords", "Still hard: {0}.")
        hard = hard.replace("{0}", ", ".join(named))
        sentences.append(hard.removesuffix(".") + " …" if len(missed) > _MOST else hard)
    sentences.append(
        QCoreApplication.translate("RoundWords", "Next: {0}.").replace("{0}", step_name(step))
    )
    return " ".join(sentences)


def step_name(step: Step) -> str:
    """What a step is, in a few words."""
    if step.kind is Kind.WORDS:
        return QCoreApplication.translate("RoundWords", "spell or read words")
    if step.kind is Kind.LESSON:
        number = next(n for n, letters in enumerate(LESSONS, 1) if step.letters[0] in letters)
        text = QCoreApplication.translate("RoundWords", "lesson {1}, {0}")
        text = text.replace("{1}", str(number))
    else:
        text = QCoreApplication.translate("RoundWords", "repeat {0}")
    letters = " ".join(step.letters[:_LISTED])
    return text.replace("{0}", letters + (" …" if len(step.letters) > _LISTED else ""))


def lesson_name(number: int) -> str:
    """A lesson, counted from 0, with its letters."""
    text = QCoreApplication.translate("RoundWords", "Lesson {0}: {1}").replace(
        "{0}", str(number + 1)
    )
    return text.replace("{1}", " ".join(LESSONS[number]))
