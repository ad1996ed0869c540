"""A trie of words with their frequencies: what a spelled word may be, letter by letter."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable

from trainer.letters import ALPHABET

ROOT = 0

_RANK_OFFSET = 2.7
"""Of Mandelbrot's form of Zipf's law: the word of rank r has probability ∝ 1 / (r + 2.7)."""


def spelled(word: str) -> str:
    """The letters A–Z that spell a word: DONT for "don't", NINO for "niño"."""
    plain = unicodedata.normalize("NFD", word.upper())
    return "".join(letter for letter in plain if letter in ALPHABET)


class Lexicon:
    """Words in a trie whose nodes are numbered from `ROOT`.

    Args:
        lists: One or more lists of words, each with its share of all words that are spelled and
            its words from the most frequent to the least frequent one.
    """

    def __init__(self, lists: Iterable[tuple[float, list[str]]]) -> None:
        self.children: list[dict[str, int]] = [{}]
        """By node, letter → node."""
        self.words: list[tuple[str, float] | None] = [None]
        """By node, the word that ends there, as it is written, and its log-probability."""
        self.plain: dict[str, str] = {}
        """By capitals, the word that they are as they stand: "ill", though "I'll" is spelled so."""
        self.best: list[float] = [-math.inf]
        """By node, the log-probability of the most frequent word at or below it."""
        for share, words in lists:
            total = math.log(sum(1 / (rank + _RANK_OFFSET) for rank in range(len(words))) or 1)
            for rank, word in enumerate(words):
                self._add(word, math.log(share) - math.log(rank + _RANK_OFFSET) - total)

    def _add(self, word: str, log_p: float) -> None:
        letters = spelled(word)
        if not letters:
            return
        if word.upper() == letters:
            self.plain.setdefault(letters, word)
        path = [ROOT]
        for letter in letters:
            below = self.children[path[-1]]
            node = below.get(letter)
            if node is None:
                node = below[letter] = len(self.children)
                self.children.append({})
                self.words.append(None)
                self.best.append(-math.inf)
            path.append(node)
        known = self.words[path[-1]]
        if known is None or known[1] < log_p:
            self.words[path[-1]] = (word, log_p)
        for node in path:
            self.best[node] = max(self.best[node], log_p)

    def __contains__(self, letters: str) -> bool:
        """Whether a word is spelled by exactly these capitals."""
        node = ROOT
        for letter in letters:
            child = self.children[node].get(letter)
            if child is None:
                return False
            node = child
        return self.words[node] is not None


class CharacterModel:
    """How probable a string of letters is as a word or name: interpolated letter trigrams.

    Each word of the lists counts once, since unknown words resemble the many rare words more than
    the few frequent ones.
    """

    _WEIGHTS = (0.05, 0.35, 0.6)
    """Of letters alone, pairs and triples."""

    def __init__(self, words: Iterable[str]) -> None:
        self._counts: list[dict[str, int]] = [{}, {}, {}]
        self._totals: list[dict[str, int]] = [{}, {}, {}]
        for word in words:
            text = f"^^{spelled(word)}$"
            for end in range(2, len(text)):
                for order in range(3):
                    context, full = text[end - order : end], text[end - order : end + 1]
                    counts, totals = self._counts[order], self._totals[order]
                    counts[full] = counts.get(full, 0) + 1
                    totals[context] = totals.get(context, 0) + 1
        self._known: dict[str, float] = {}

    def log_probability(self, context: str, letter: str) -> float:
        """Of a letter, or "$" for the end, behind the last two letters ("^" before the first)."""
        text = context[-2:] + letter
        known = self._known.get(text)
        if known is None:
            p = 1e-5
            for order, weight in enumerate(self._WEIGHTS):
                part = text[2 - order :]
                total = self._totals[order].get(part[:-1], 0)
                if total:
                    p += weight * self._counts[order].get(part, 0) / total
            known = self._known[text] = math.log(p)
        return known
