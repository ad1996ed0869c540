"""The one exception that a user is meant to read."""

from __future__ import annotations

_LONGEST = 900
"""Characters of a sentence: a file's cell may be as long as the file."""

_END = 300
"""Characters that stay at the end of a longer one, where the advice is."""


class UserError(Exception):
    """Says in one sentence what is wrong, where, and what to do.

    The command line prints the sentence and exits with 1; the app shows it in a banner. Anything
    else that escapes is a defect of the program, not of the user's input.

    Args:
        sentence: What cannot be shown in it, such as control characters in a file's name, is
            written as an escape; of a very long one the middle is left out.
    """

    def __init__(self, sentence: str) -> None:
        text = printable(sentence)
        if len(text) > _LONGEST:
            text = f"{text[: _LONGEST - _END]}…{text[-_END:]}"
        super().__init__(text)


def printable(text: str) -> str:
    """The text with an escape in place of every character that cannot be shown."""
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text
    )
