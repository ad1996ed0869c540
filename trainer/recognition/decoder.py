"""From the probabilities of spelled letters to the words that they probably mean.

A noisy channel (Shannon; Kernighan, Church and Gale, "A Spelling Correction Program Based on a
Noisy Channel Model", 1990): a word is as probable as it is frequent, times the probability that
spelling it shows the letters that were seen, where a letter can be missed, seen twice, or seen
though it only stood on the way to another one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trainer.letters import CLASSES, LETTERS
from trainer.recognition.lexicon import ALPHABET, ROOT, CharacterModel, Lexicon
from trainer.recognition.words import ENGLISH, NAMES, word_list
from trainer.support.paths import asset

_MOVING = {"J": "I", "Z": "D"}
"""Letters that are movements, and the still letter that each of them shows at first."""


@dataclass(frozen=True)
class Channel:
    """How spelling and reading change a word. All values are probabilities, for one letter.

    Attributes:
        missed: That a letter is not seen.
        merged: That the second one of a double letter is not seen.
        repeated: That a letter is seen twice.
        passing: That another letter is seen on the way to this one.
        moving: That a movement (J, Z) is read as the still letter that it begins with.
        unknown: That a word is in no list.
        sure: Share of the evidence from which a letter counts as surely read. On signers that the
            default network never saw, it is right for 0.973 of such letters, and 0.69 of all are.
        looks: Power of the evidence of a letter that is one observation here: a network errs alike
            in all frames of a sign, so that they are worth less than their number.
        floor: Least probability of a letter in one observation.
    """

    missed: float = 0.02
    merged: float = 0.15
    repeated: float = 0.02
    passing: float = 0.03
    moving: float = 0.9
    unknown: float = 0.3
    sure: float = 0.999
    looks: float = 0.5
    floor: float = 1e-4


@dataclass(frozen=True)
class Word:
    """What may have been spelled.

    Attributes:
        text: As it is written in the list, or in capitals where it is in none.
        probability: Among all that may have been spelled.
        listed: Whether a list has it.
    """

    text: str
    probability: float
    listed: bool


class Decoder:
    """Decodes one word after the other.

    Args:
        lexicon: The words that are known.
        characters: What unknown words look like.
        channel: What happens to letters on the way.
        beam: Partial words that are followed at a time.
    """

    def __init__(
        self,
        lexicon: Lexicon,
        characters: CharacterModel,
        channel: Channel | None = None,
        beam: int = 60,
    ) -> None:
        self._lexicon = lexicon
        self._characters = characters
        self._channel = channel or Channel()
        self._beam = beam

    @classmethod
    def english(cls) -> Decoder:
        """With the English words and the names that come with the program.

        Raises:
            UserError: A list cannot be read.
        """
        words, names = word_list(asset(ENGLISH)), word_list(asset(NAMES))
        return cls(Lexicon([(0.8, words), (0.2, names)]), CharacterModel([*words, *names]))

    def decode(self, evidence: Sequence[ArrayLike], most: int = 3) -> list[Word]:
        """The most probable words, the best one first.

        The letters as they were read are among the words. They come first where every one of them
        was surely read and no list has them.

        Args:
            evidence: For every letter that was seen, the share of the evidence (24,) for each
                letter, as `SteadyLetters` gives it.
            most: How many words at most.

        Raises:
            ValueError: Not 24 shares of an observation.
        """
        shares = [np.asarray(seen, np.float64) for seen in evidence]
        if any(seen.shape != (CLASSES,) for seen in shares):
            raise ValueError(f"an observation has {CLASSES} shares, one for each letter")
        if not shares:
            return []
        seen = [self._gains(observation) for observation in shares]
        scores = {word: (score, True) for word, score in self._listed(seen).items()}
        literal, score = self._unlisted(seen)
        if literal not in self._lexicon or not scores:
            scores[literal] = (score, False)
        highest = max(score for score, _ in scores.values())
        total = sum(math.exp(score - highest) for score, _ in scores.values())
        words = sorted(
            (
                Word(text, math.exp(score - highest) / total, listed)
                for text, (score, listed) in scores.items()
            ),
            key=lambda word: -word.probability,
        )
        read = "".join(LETTERS[int(observation.argmax())] for observation in shares)
        if read in self._lexicon:
            return words[:most]
        literal_word = Word(read, _probability(words, read), listed=False)
        others = [word for word in words if word.text != read]
        if all(observation.max() >= self._channel.sure for observation in shares):
            return [literal_word, *others][:most]
        if literal_word in words[:most]:
            return words[:most]
        return [*others[: most - 1], literal_word]

    def _gains(self, shares: NDArray[np.float64]) -> dict[str, float]:
        """By letter A–Z, the log-probability of an observation over that of a random letter."""
        p = np.maximum(shares, 1e-12) ** self._channel.looks
        p = np.maximum(p / p.sum(), self._channel.floor)
        values = dict(zip(LETTERS, p.tolist(), strict=True))
        for moving, start in _MOVING.items():
            values[moving] = self._channel.moving * values[start]
        return {letter: math.log(value * len(ALPHABET)) for letter, value in values.items()}

    def _listed(self, seen: Sequence[dict[str, float]]) -> dict[str, float]:
        """Log-scores of the words of the lists that the beam reaches."""
        channel, lexicon = self._channel, self._lexicon
        missed, merged = math.log(channel.missed), math.log(channel.merged)
        repeated, passing = math.log(channel.repeated), math.log(channel.passing)
        known = math.log(1 - channel.unknown)
        # A partial word is its node and the letter that led there.
        states: dict[int, tuple[float, str]] = {ROOT: (0.0, "")}
        for letters in seen:
            following: dict[int, tuple[float, str]] = {}
            for node, (score, last) in self._with_missed(states, missed, merged).items():
                _keep(following, node, score + passing, last)
                if last:
                    _keep(following, node, score + repeated + letters[last], last)
                for letter, child in lexicon.children[node].items():
                    _keep(following, child, score + letters[letter], letter)
            states = self._pruned(following)
        found: dict[str, float] = {}
        for node, (score, _) in self._with_missed(states, missed, merged).items():
            word = lexicon.words[node]
            if word is not None:
                found[word[0]] = max(found.get(word[0], -math.inf), score + word[1] + known)
        return found

    def _with_missed(
        self, states: dict[int, tuple[float, str]], missed: float, merged: float
    ) -> dict[int, tuple[float, str]]:
        """The partial words, and those that go on by one letter that was not seen."""
        longer = dict(states)
        for node, (score, last) in states.items():
            for letter, child in self._lexicon.children[node].items():
                _keep(longer, child, score + (merged if letter == last else missed), letter)
        return longer

    def _pruned(self, states: dict[int, tuple[float, str]]) -> dict[int, tuple[float, str]]:
        if len(states) <= self._beam:
            return states
        best = self._lexicon.best
        ranked = sorted(states.items(), key=lambda item: -(item[1][0] + best[item[0]]))
        return dict(ranked[: self._beam])

    def _unlisted(self, seen: Sequence[dict[str, float]]) -> tuple[str, float]:
        """The most probable string of as many letters as were seen, and its log-score."""
        beams: list[tuple[float, str]] = [(0.0, "^^")]
        for letters in seen:
            longer = [
                (score + gain + self._characters.log_probability(text, letter), text + letter)
                for score, text in beams
                for letter, gain in letters.items()
                if letter not in _MOVING
            ]
            beams = sorted(longer, reverse=True)[:20]
        ended = [(s + self._characters.log_probability(t, "$"), t) for s, t in beams]
        score, text = max(ended)
        return text[2:], score + math.log(self._channel.unknown)


def _probability(words: Sequence[Word], text: str) -> float:
    return next((word.probability for word in words if word.text == text), 0.0)


def _keep(states: dict[int, tuple[float, str]], node: int, score: float, letter: str) -> None:
    known = states.get(node)
    if known is None or known[0] < score:
        states[node] = (score, letter)
