"""One try at a letter before the camera: is it held, and what was held instead?"""

from __future__ import annotations

from trainer.recognition.steady import Steady

GRACE_SECONDS = 1.0
"""Time to get from the letter before to this one; what is held meanwhile is no mistake."""

WRONG_SECONDS = 1.0
"""A wrong letter that is held for so long was meant."""


class Attempt:
    """Follows the hand from the question to the answer; the clock is passed in.

    Args:
        letter: What is asked for.
        start: When, in seconds.
    """

    def __init__(self, letter: str, start: float) -> None:
        self.letter = letter
        self.wrong = ""
        """The other letters that were held, in the order of their first time."""
        self.helped = False
        """Whether the answer was shown."""
        self._start = start
        self._held = ""
        self._since = start

    def see(self, steady: Steady, seconds: float) -> bool:
        """Takes in what is made of the frames so far; True once the letter is held."""
        held = steady.letter
        if held == self.letter:
            return steady.dwell >= 1
        if held != self._held:
            self._held, self._since = held, seconds
        since = max(self._since, self._start + GRACE_SECONDS)
        if held and held not in self.wrong and seconds - since >= WRONG_SECONDS:
            self.wrong += held
        return False

    def seconds(self, now: float) -> float:
        """How long it has taken."""
        return now - self._start

    @property
    def clean(self) -> bool:
        """Whether nothing wrong was held and no help was needed."""
        return not self.wrong and not self.helped
