"""The one exception that a user is meant to read."""

from __future__ import annotations


class UserError(Exception):
    """Says in one sentence what is wrong, where, and what to do.

    The command line prints the sentence and exits with 1; the app shows it in a banner. Anything
    else that escapes is a defect of the program, not of the user's input.

    Args:
        sentence: What cannot be shown in it, such as control characters in a file's name, is
            written as an escape.
    """

    def __init__(self, sentence: str) -> None:
        super().__init__(printable(sentence))


def printable(text: str) -> str:
    """The text with an escape in place of every character that cannot be shown."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else _escape(c) for c in text)


def _escape(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")
