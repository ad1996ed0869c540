"""From the probabilities of spelled letters to the words that they probably mean.

A noisy channel (Shannon; Kernighan, Church and Gale, "A Spelling Correction Program Based on a
Noisy Channel Model", 1990): a word is as probable as it is frequent, times the probability that
spelling it shows the letters that were seen, where a letter can be missed, seen twice, or seen
though it only stood on the way to another one.
"""

from __future__ import annotations

import heapq
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import count

import numpy as np

from trainer.letters import ALPHABET, LETTERS
from trainer.recognition.lexicon import ROOT, CharacterModel, Lexicon, spelled
from trainer.recognition.seen import Seen
from trainer.recognition.words import ENGLISH, NAMES, SPANISH, word_list
from trainer.support.paths import asset

_MOVING = {"J": "I", "Z": "D"}
"""Letters that are movements, and the still letter that each of them shows at first."""

LANGUAGES = {"en": ENGLISH, "es": SPANISH}
"""ISO 639 code → list of words."""

_NEVER = -1e3
"""Log-probability of what a certain letter rules out."""

_HOPELESS = 14.0
"""How far, in log-probability, a partial word may fall behind the best one."""

_MOST_LETTERS = 40
"""What is longer is no word."""


@dataclass(frozen=True)
class Channel:
    """How spelling and reading change a word. All values are probabilities, for one letter.

    Attributes:
        missed: That a letter is not seen.
        merged: That the second one of a double letter is not seen.
        repeated: That a letter is seen twice.
        passing: That another letter is seen on the way to this one.
        short: That a letter that was held too short to be typed is one of the word.
        moving: That a movement (J, Z) is read as the still letter that it begins with.
        unknown: That a word is in no list.
        sure: Share of the evidence from which a letter counts as surely read. On signers that the
            default network never saw, it is right for 0.973 of such letters, and 0.69 of all are.
        replaces: Least probability from which a word replaces the letters that were read.
        looks: Power of the evidence of a letter that is one observation here: a network errs alike
            in all frames of a sign, so that they are worth less than their number.
        floor: Least probability of a letter in one observation.
    """

    missed: float = 0.02
    merged: float = 0.15
    repeated: float = 0.02
    passing: float = 0.03
    short: float = 0.3
    moving: float = 0.9
    unknown: float = 0.3
    sure: float = 0.999
    replaces: float = 0.5
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
    def of(cls, language: str) -> Decoder:
        """With the words of a language of `LANGUAGES`, and the names.

        Raises:
            UserError: A list cannot be read.
        """
        words, names = word_list(asset(LANGUAGES[language])), word_list(asset(NAMES))
        return cls(Lexicon([(0.8, words), (0.2, names)]), CharacterModel([*words, *names]))

    def decode(self, seen: Sequence[Seen], most: int = 3) -> list[Word]:
        """The most probable words, the best one first.

        What was read, the letters that were typed, is among the words. It comes first where a list
        has it, where every letter of it was surely read, and where no word is probable enough to
        replace it.

        Args:
            seen: The letters of the word, in the order of time.
            most: How many words at most.
        """
        typed = [one for one in seen if one.typed]
        if not typed or len(seen) > _MOST_LETTERS:
            return []
        words = self._ranked(seen, typed)
        read = "".join(one.letter for one in typed)
        was_read = next((word for word in words if spelled(word.text) == read), None)
        others = [word for word in words if word != was_read]
        if was_read is None:
            was_read = Word(read, 0.0, listed=False)
        elif was_read.text.upper() != read and read in self._lexicon.plain:
            # NINO is niño, but ILL need not be "I'll".
            was_read = replace(was_read, text=self._lexicon.plain[read])
        sure = all(one.share >= self._channel.sure for one in typed)
        if sure or not others or others[0].probability < self._replacing(was_read):
            return [was_read, *others][:most]
        before = [word for word in others if word.probability > was_read.probability]
        return [*before[: most - 1], was_read, *others[len(before) :]][:most]

    def _replacing(self, was_read: Word) -> float:
        """Probability from which another word replaces what was read."""
        return max(self._channel.replaces, was_read.probability)

    def complete(self, seen: Sequence[Seen], most: int = 3) -> list[str]:
        """The most probable words that begin with the letters so far, the best one first.

        The letters themselves are not among them.
        """
        if not seen or len(seen) > _MOST_LETTERS:
            return []
        lexicon = self._lexicon
        read = "".join(one.letter for one in seen if one.typed)
        number = count()
        # Nodes by the best word below them, and words; so the words come out in their order.
        ranked: list[tuple[float, int, int, float, str]] = []
        for node, (score, _) in self._followed(seen).items():
            ranked.append((-score - lexicon.best[node], next(number), node, score, ""))
        heapq.heapify(ranked)
        found: dict[str, None] = {}
        while ranked and len(found) < most:
            _, _, node, score, text = heapq.heappop(ranked)
            if text:
                if text.upper() != read:
                    found[text] = None
                continue
            word = lexicon.words[node]
            if word is not None:
                heapq.heappush(ranked, (-score - word[1], next(number), node, score, word[0]))
            for child in lexicon.children[node].values():
                bound = -score - lexicon.best[child]
                heapq.heappush(ranked, (bound, next(number), child, score, ""))
        return list(found)

    def _ranked(self, seen: Sequence[Seen], typed: Sequence[Seen]) -> list[Word]:
        """The words that the beam reaches, and what was read, the most probable one first."""
        scores = {word: (score, True) for word, score in self._listed(seen).items()}
        gains = [self._gains(one) for one in typed]
        for text in (self._likely(gains), "".join(one.letter for one in typed)):
            if text not in self._lexicon or not scores:
                scores[text] = (self._unlisted(text, gains), False)
        highest = max(score for score, _ in scores.values())
        total = sum(math.exp(score - highest) for score, _ in scores.values())
        return sorted(
            (
                Word(text, math.exp(score - highest) / total, listed)
                for text, (score, listed) in scores.items()
            ),
            key=lambda word: -word.probability,
        )

    def _gains(self, one: Seen) -> dict[str, float]:
        """By letter A–Z, the log-probability of an observation over that of a random letter."""
        if one.evidence is None:
            known = math.log(len(ALPHABET))
            return {letter: known if letter == one.letter else _NEVER for letter in ALPHABET}
        p = np.maximum(one.evidence, 1e-12) ** self._channel.looks
        p = np.maximum(p / p.sum(), self._channel.floor)
        values = dict(zip(LETTERS, p.tolist(), strict=True))
        for moving, start in _MOVING.items():
            values[moving] = self._channel.moving * values[start]
        return {letter: math.log(value * len(ALPHABET)) for letter, value in values.items()}

    def _listed(self, seen: Sequence[Seen]) -> dict[str, float]:
        """Log-scores of the words of the lists that the beam reaches."""
        known = math.log(1 - self._channel.unknown)
        found: dict[str, float] = {}
        for node, (score, _) in self._with_missed(self._followed(seen)).items():
            word = self._lexicon.words[node]
            if word is not None:
                found[word[0]] = max(found.get(word[0], -math.inf), score + word[1] + known)
        return found

    def _followed(self, seen: Sequence[Seen]) -> dict[int, tuple[float, str]]:
        """The partial words behind all that was seen: node → log-score and last letter."""
        channel, lexicon = self._channel, self._lexicon
        states: dict[int, tuple[float, str]] = {ROOT: (0.0, "")}
        for one in seen:
            letters = self._gains(one)
            passing, repeated, meant = math.log(channel.passing), math.log(channel.repeated), 0.0
            if not one.typed:
                passing, meant = math.log(1 - channel.short), math.log(channel.short)
            if one.evidence is None:
                passing = repeated = _NEVER
            following: dict[int, tuple[float, str]] = {}
            before = states if one.evidence is None else self._with_missed(states)
            for node, (score, last) in before.items():
                _keep(following, node, score + passing, last)
                if last:
                    _keep(following, node, score + repeated + meant + letters[last], last)
                for letter, child in lexicon.children[node].items():
                    _keep(following, child, score + meant + letters[letter], letter)
            states = self._pruned(following)
        return states

    def _with_missed(self, states: dict[int, tuple[float, str]]) -> dict[int, tuple[float, str]]:
        """The partial words, and those that go on by one letter that was not seen."""
        missed, merged = math.log(self._channel.missed), math.log(self._channel.merged)
        longer = dict(states)
        for node, (score, last) in states.items():
            for letter, child in self._lexicon.children[node].items():
                _keep(longer, child, score + (merged if letter == last else missed), letter)
        return longer

    def _pruned(self, states: dict[int, tuple[float, str]]) -> dict[int, tuple[float, str]]:
        best = self._lexicon.best
        hopes = {node: score + best[node] for node, (score, _) in states.items()}
        least = max(hopes.values(), default=0.0) - _HOPELESS
        hopeful = [node for node, hope in hopes.items() if hope >= least]
        nodes = heapq.nlargest(self._beam, hopeful, key=hopes.__getitem__)
        return {node: states[node] for node in nodes}

    def _likely(self, seen: Sequence[dict[str, float]]) -> str:
        """The most probable string of as many letters as were seen, in a list or not."""
        beams: list[tuple[float, str]] = [(0.0, "^^")]
        for letters in seen:
            longer = [
                (score + gain + self._characters.log_probability(text, letter), text + letter)
                for score, text in beams
                for letter, gain in letters.items()
                if letter not in _MOVING
            ]
            beams = sorted(longer, reverse=True)[:20]
        return max((s + self._characters.log_probability(t, "$"), t) for s, t in beams)[1][2:]

    def _unlisted(self, text: str, seen: Sequence[dict[str, float]]) -> float:
        """Log-score of a string that is in no list."""
        score = math.log(self._channel.unknown) + self._characters.log_probability("^^" + text, "$")
        for end, (letter, letters) in enumerate(zip(text, seen, strict=True)):
            score += letters[letter] + self._characters.log_probability("^^" + text[:end], letter)
        return score


def _keep(states: dict[int, tuple[float, str]], node: int, score: float, letter: str) -> None:
    known = states.get(node)
    if score > _NEVER / 2 and (known is None or known[0] < score):
        states[node] = (score, letter)
