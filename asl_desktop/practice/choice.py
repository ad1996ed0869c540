"""Chooses what to practise next: weak letters and confused letters first."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from asl_desktop.practice.learner_progress import Progress, Skill, Tally
from asl_desktop.practice.words import WORDS
from trainer.letters import ALPHABET, LETTERS

_SLOW_SECONDS = 6.0
"""Seconds from which a hit counts as slow at full weight."""
_SLOWNESS = 0.2
_RIVAL_CHANCE = 0.4
_SHARPNESS = 3.0
_NOT_AGAIN = 2


class Pair(NamedTuple):
    """Two confused letters and how often they were confused."""

    first: str
    second: str
    times: int


def weakness(tally: Tally) -> float:
    """0–1: how much a letter needs practice; the middle for one that was never tried.

    The share of misses with one miss and one hit added, so that a single try decides little; slow
    hits count somewhat less than fast ones.
    """
    misses = 1 - (tally.hits + 1) / (tally.tries + 2)
    slow = min((tally.pace or 0.0) / _SLOW_SECONDS, 1.0)
    return (1 - _SLOWNESS) * misses + _SLOWNESS * slow


def weakest_first(progress: Progress, skill: Skill, among: str = LETTERS) -> list[str]:
    """The letters by decreasing weakness, then alphabetically."""
    return sorted(among, key=lambda letter: (-weakness(progress.tally(skill, letter)), letter))


def confused_pairs(progress: Progress, skill: Skill, most: int = 4) -> list[Pair]:
    """The pairs confused most often, in either direction."""
    counts: dict[tuple[str, str], int] = {}
    for letter, tally in progress.tallies[skill].items():
        for other, count in tally.instead.items():
            pair = (min(letter, other), max(letter, other))
            counts[pair] = counts.get(pair, 0) + count
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return [Pair(*pair, times) for pair, times in ranked[:most] if times]


def next_letter(
    progress: Progress,
    skill: Skill,
    rng: np.random.Generator,
    recent: Sequence[str] = (),
    among: str = LETTERS,
) -> str:
    """The next letter to ask for.

    Often one that the last letter is confused with, else a random one, weak ones far more often.

    Args:
        progress: What is known of the learner.
        skill: What is practised.
        rng: Decides.
        recent: The letters asked for so far, the latest last; the last two do not come again.
        among: The letters to choose from.
    """
    lately = set(recent[-min(_NOT_AGAIN, len(among) - 1) :]) if len(among) > 1 else set()
    letters = [letter for letter in among if letter not in lately]
    if recent and rng.random() < _RIVAL_CHANCE:
        rivals = [
            other
            for pair in confused_pairs(progress, skill, most=12)
            for letter, other in ((pair.first, pair.second), (pair.second, pair.first))
            if letter == recent[-1] and other in letters
        ]
        if rivals:
            return rivals[0]
    needs = np.array([weakness(progress.tally(skill, letter)) for letter in letters]) ** _SHARPNESS
    return letters[int(rng.choice(len(letters), p=needs / needs.sum()))]


def choose_word(
    progress: Progress,
    skill: Skill,
    rng: np.random.Generator,
    longest: int = 5,
    before: str = "",
    among: Sequence[str] = WORDS,
) -> str:
    """A word of at most `longest` letters other than the one before, more often with weak letters.

    Of the words to choose from, those with letters that cannot be practised are left out; where
    only the one before remains, it comes again.
    """
    fitting = [word for word in among if len(word) <= longest and set(word) <= {*ALPHABET, " "}]
    words = [word for word in fitting if word != before] or fitting
    needs = [
        float(np.mean([weakness(progress.tally(skill, c)) for c in word if c != " "]))
        for word in words
    ]
    chances = np.array(needs) ** 4
    return words[int(rng.choice(len(words), p=chances / chances.sum()))]
