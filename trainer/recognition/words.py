"""The lists of words that come with the program, and the case in which a word is written."""

from __future__ import annotations

from pathlib import Path

from trainer.support.errors import UserError

ENGLISH = "words/english.txt"
SPANISH = "words/spanish.txt"
NAMES = "words/names.txt"


def word_list(path: Path) -> list[str]:
    """The words of a file with one a line, the most frequent first.

    Raises:
        UserError: It cannot be read.
    """
    try:
        return path.read_text("utf-8").split()
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: cannot be read ({error}).") from error


def in_case_of(letters: str, word: str) -> str:
    """A word in the case of some letters: as it is, Capitalised or CAPITALS.

    A single capital counts as CAPITALS.
    """
    if letters.isupper():
        return word.upper()
    return word[:1].upper() + word[1:] if letters[:1].isupper() else word
