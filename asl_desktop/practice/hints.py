"""What is wrong with the sign that is seen, in words: by the joints, else by the letter."""

from __future__ import annotations

from collections import Counter, deque
from typing import NamedTuple

from PySide6.QtCore import QObject

from asl_desktop.background.tasks import Background
from asl_desktop.widgets import tips
from asl_desktop.widgets.finger_words import correction_text
from trainer.letters import LETTERS
from trainer.recognition.correction import Correction, correct, prepare
from trainer.recognition.reader import Reading
from trainer.recognition.steady import Phase, Steady

_PAUSE_SECONDS = 0.15
"""Between two looks at the joints: nobody reads faster."""

_LOOKS = 5
_AGREEING = 3
"""Looks, of the last `_LOOKS`, that must find the same finger."""


class Hint(NamedTuple):
    """Sentences on a sign that is not the letter asked for; "" for what is not known."""

    seen: str
    """Which letter it looks like."""

    how: str
    """What to change."""

    joints: bool
    """Whether `how` comes from the joints."""

    @property
    def text(self) -> str:
        """Both sentences."""
        return f"{self.seen} {self.how}".strip()


NOTHING = Hint("", "", joints=False)


class Hints(QObject):
    """Follows the hand while one letter is asked for.

    Args:
        parent: Qt's parent.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._letter = ""
        self._ready = ""
        self._looks: deque[Correction | None] = deque(maxlen=_LOOKS)
        self._looked = 0.0
        self._background = Background(self)
        self._background.done.connect(self._prepared)

    def ask(self, letter: str) -> None:
        """Another letter is asked for, or with "" none."""
        self._letter = letter if letter in LETTERS else ""
        self._looks.clear()
        self._looked = 0.0

    def see(self, steady: Steady, reading: Reading, seconds: float) -> Hint:
        """What to say about the sign, if it is not the letter asked for.

        Args:
            steady: The letter of the last frames.
            reading: Of the last frame; its joints are used if it has some.
            seconds: When, on any clock.
        """
        letter = self._letter
        if not letter or steady.phase is Phase.NO_SIGN or steady.letter == letter:
            self._looks.clear()
            return NOTHING
        correction = self._corrected(letter, reading, seconds)
        other = next((c for c in (steady.letter, *steady.rivals) if c and c != letter), "")
        seen = self.tr("That looks like {0}.").replace("{0}", other) if other else ""
        if correction is not None:
            return Hint(seen, correction_text(correction), joints=True)
        return Hint(seen, tips.apart(letter, other) if other else "", joints=False)

    def wait(self, seconds: float) -> None:
        """Waits for the background's thread."""
        self._background.wait(seconds)

    def _corrected(self, letter: str, reading: Reading, seconds: float) -> Correction | None:
        if reading.joints is None:
            return None
        if self._ready != letter:
            # Some tenths of a second, once for every letter.
            if not self._background.busy:
                self._background.run(lambda: prepare(letter))
            return None
        if abs(seconds - self._looked) >= _PAUSE_SECONDS:
            self._looked = seconds
            self._looks.append(correct(letter, reading.joints))
        found = [look for look in self._looks if look is not None]
        if not found:
            return None
        (chosen, times), *_ = Counter((look.finger, look.seen) for look in found).most_common(1)
        if times < _AGREEING:
            return None
        return next(look for look in found if (look.finger, look.seen) == chosen)

    def _prepared(self, letter: object) -> None:
        self._ready = str(letter)
