"""Words that a few letters may be the start of, the most frequent first."""

from __future__ import annotations

from bisect import bisect_left
from heapq import nsmallest
from pathlib import Path

from trainer.support.errors import UserError
from trainer.support.paths import asset

ENGLISH = "words/english.txt"
NAMES = "words/names.txt"
_LAST = "\uffff"


class Words:
    """A list of words that is searched by its beginning.

    Args:
        words: In small letters, the most frequent first.
    """

    def __init__(self, words: list[str]) -> None:
        self._words = words
        # Apostrophes cannot be signed: DONT finds don't.
        letters = [_letters(word) for word in words]
        # The window waits for this when the first letter is typed; tuples would take twice as long.
        self._ranks = sorted(range(len(words)), key=letters.__getitem__)
        self._letters = [letters[rank] for rank in self._ranks]

    @classmethod
    def read(cls, path: Path | None = None) -> Words:
        """A file with one word a line; by default the English list that comes with the program.

        Raises:
            UserError: It cannot be read.
        """
        return cls(word_list(path or asset(ENGLISH)))

    def __len__(self) -> int:
        return len(self._words)

    def starting_with(self, start: str, most: int) -> list[str]:
        """At most that many words that begin with some letters, in any case, and are not just them.

        They come in the case of `start`: small, Capitalised or CAPITALS; a single capital counts
        as CAPITALS.
        """
        letters = _letters(start.lower())
        if not letters:
            return []
        first = bisect_left(self._letters, letters)
        after = bisect_left(self._letters, letters + _LAST)
        ranks = nsmallest(most + 1, self._ranks[first:after])
        found = [word for word in map(self._words.__getitem__, ranks) if word != start.lower()]
        return [_in_case_of(start, word) for word in found[:most]]


def word_list(path: Path) -> list[str]:
    """The words of a file with one a line, the most frequent first.

    Raises:
        UserError: It cannot be read.
    """
    try:
        return path.read_text("utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: cannot be read ({error}).") from error


def _letters(word: str) -> str:
    return word.replace("'", "").replace("’", "")


def _in_case_of(start: str, word: str) -> str:
    if start.isupper():
        return word.upper()
    return word.capitalize() if start[:1].isupper() else word
