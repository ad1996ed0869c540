"""A round: some questions on a few letters, and what came of them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from asl_desktop.practice.choice import next_letter
from asl_desktop.practice.learner_progress import Progress, Skill

QUESTIONS = 12


class Answer(NamedTuple):
    """A question and how it went."""

    letter: str
    hit: bool
    """Whether it was right at once."""
    seen: str
    """What was signed or typed instead."""


class Round:
    """Asks every letter once, then the weak ones more often.

    Args:
        letters: What is asked for; "" if words are.
        rng: Chooses.
        questions: How many.
    """

    def __init__(self, letters: str, rng: np.random.Generator, questions: int = QUESTIONS) -> None:
        self.letters = letters
        self.questions = questions
        self.answers: list[Answer] = []
        """One for each letter, so that a word has several."""
        self.asked = 0
        """Questions that are behind."""
        self.right = 0
        """Questions that were right at once."""
        self._rng = rng
        self._letters_asked: list[str] = []
        few = len(letters) <= questions
        self._first = [letters[i] for i in rng.permutation(len(letters))] if few else []

    @property
    def over(self) -> bool:
        """Whether all questions were answered."""
        return self.asked >= self.questions

    def next_letter(self, progress: Progress, skill: Skill) -> str:
        """What to ask for now."""
        if self._first:
            letter = self._first.pop()
        else:
            letter = next_letter(progress, skill, self._rng, self._letters_asked, self.letters)
        self._letters_asked.append(letter)
        return letter

    def note(self, letter: str, hit: bool, seen: str = "") -> None:
        """Adds how a letter of the question went."""
        self.answers.append(Answer(letter, hit, seen))

    def close_question(self, right: bool) -> None:
        """The question is behind."""
        self.asked += 1
        self.right += right

    def missed(self) -> dict[str, str]:
        """The letters that were not right at once, and what was seen instead, by first miss."""
        missed: dict[str, str] = {}
        for answer in self.answers:
            if not answer.hit:
                before = missed.setdefault(answer.letter, "")
                new = "".join(other for other in answer.seen if other not in before)
                missed[answer.letter] = before + new
        return missed
