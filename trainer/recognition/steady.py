"""From a reading for every frame to letters that are meant: what is held is typed, once.

Single frames err, and hands pass through other letters on their way. The evidence of the last
moments is weighed as a mean of log-probabilities that fades with time, never with the number of
frames, so that a slow and a fast camera behave alike.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from enum import Enum, StrEnum, auto

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trainer.letters import CLASSES, LETTERS, NO_SIGN
from trainer.recognition.seen import Seen

SPACE = " "
"""What is typed when the hand is taken away."""

_OUTCOMES = CLASSES + 2
"""The letters, no sign, and something that is no clear letter."""

_MOST_RIVALS = 2
_RIVAL_SHARE = 0.2


class Pace(StrEnum):
    """How fast somebody spells."""

    CALM = "calm"
    NORMAL = "normal"
    FAST = "fast"


@dataclass(frozen=True)
class SteadySettings:
    """How patient and how strict the decision is.

    Attributes:
        memory: Seconds after which a frame's weight has fallen to 1/e.
        looks: How many independent looks at a sign the memory is worth: the power to which the
            mean of its probabilities is taken. Frames that follow each other err alike, so this is
            far less than their number.
        unclear: Probability that a letter has to exceed, in the mean, to be more than a guess.
        floor: Least probability that one frame can give a letter, so that one bad frame rules out
            nothing.
        take: Share of the evidence from which a letter is taken up.
        keep: Share down to which it is then kept.
        dwell: Seconds for which a letter is kept until it is typed.
        glimpse: Seconds from which a letter that was not typed counts as seen.
        release: Seconds without a letter after which the same one can be typed again.
        dip: Share of the most probability that a typed letter had, below which it is over for now.
        shift: How far the hand moves until the same letter can be typed again, in sides of its box.
        settle: Seconds in which a slow drift of the hand is forgotten, so that it is no such move.
        space: Seconds without a hand after which a space is typed.
        gap: Longest time between two frames that counts: what happened in between nobody knows.
    """

    memory: float = 0.15
    looks: float = 3.0
    unclear: float = 0.15
    floor: float = 0.01
    take: float = 0.5
    keep: float = 0.4
    dwell: float = 0.3
    glimpse: float = 0.1
    release: float = 0.15
    dip: float = 0.4
    shift: float = 0.4
    settle: float = 1.0
    space: float = 1.0
    gap: float = 0.25

    @classmethod
    def at(cls, pace: Pace) -> SteadySettings:
        """The times that fit a pace: all of them follow from it."""
        return cls() if pace is Pace.NORMAL else cls(**_TIMES[pace])

    def __post_init__(self) -> None:
        if not all(value > 0 for value in astuple(self)):
            raise ValueError(f"all settings must be positive: {self}")
        if not (0 < self.floor < self.unclear < 1 and 0 < self.keep <= self.take < 1):
            raise ValueError(f"shares do not fit each other: {self}")
        if self.dip >= 1:
            raise ValueError(f"a dip must be a share below 1: {self}")


_TIMES = {
    Pace.CALM: {"memory": 0.25, "dwell": 0.6, "glimpse": 0.2, "release": 0.25, "space": 1.6},
    Pace.FAST: {"memory": 0.1, "dwell": 0.15, "glimpse": 0.05, "release": 0.1, "space": 0.6},
}


class Phase(Enum):
    """What the last moments show."""

    NO_SIGN = auto()
    """No letter: no hand, or a hand at rest."""
    UNSURE = auto()
    """Perhaps a letter, but not clearly one."""
    LETTER = auto()
    """One letter, which is being held."""


@dataclass(frozen=True)
class Steady:
    """What is made of all frames so far.

    Attributes:
        letter: The letter that is held; "" in the other phases.
        rivals: While unsure, the letters in question, the more probable first; may be empty.
        dwell: 0–1: how much of the time to hold `letter` is over. Stays 1 once it was typed.
        phase: Which of the three.
        typed: The letter or space that was typed with this frame, or "".
        seen: A letter that was typed with this frame, or was held too short and is now over.
        taken_back: Letters typed before, the last ones, that were only the start of `typed`.
        probability: Of a letter that was drawn, J or Z; 0 for one that is held.
        after: Seconds for which `letter` has been held since it was typed.
    """

    letter: str = ""
    rivals: tuple[str, ...] = ()
    dwell: float = 0.0
    phase: Phase = Phase.NO_SIGN
    typed: str = ""
    seen: Seen | None = None
    after: float = 0.0
    taken_back: str = ""
    probability: float = 0.0


class SteadyLetters:
    """Decides frame by frame.

    The same letter is typed again only after a moment without it, or after the hand has moved
    aside, as one spells LL.
    """

    def __init__(self, settings: SteadySettings | None = None) -> None:
        self.settings = settings or SteadySettings()
        self.reset()

    def reset(self) -> None:
        """Forgets all frames, as at the start or with another source."""
        self._scores = np.zeros(_OUTCOMES)
        self._last: float | None = None
        self._letter = -1
        self._held = self._after = 0.0
        # The most evidence of the letter that is held.
        self._best = np.zeros(CLASSES)
        # The letter that was typed and is not yet released, and where the hand has been since.
        self._spent = -1
        self._rest: NDArray[np.float64] | None = None
        self._released = 0.0
        # The most probability of that letter since; and a letter that fell far below its most, so
        # that it may come again.
        self._peak = 0.0
        self._faded = -1
        self._away = 0.0
        self._space_due = False

    def update(
        self,
        probabilities: ArrayLike,
        no_sign: float,
        seconds: float,
        place: Sequence[float] | None = None,
    ) -> Steady:
        """Takes in one frame.

        Args:
            probabilities: (24,) in class order; with `no_sign` they add up to 1.
            no_sign: Probability that there is no letter; 0 from networks that only know letters.
            seconds: When the frame was taken, on any clock. One that runs backwards starts anew.
            place: Middle x, y and side of the hand's box in one unit, where a tracker gives them.

        Raises:
            ValueError: Not 24 probabilities.
        """
        letters = np.asarray(probabilities, np.float64)
        if letters.shape != (CLASSES,):
            raise ValueError(f"{CLASSES} probabilities are needed, not of shape {letters.shape}")
        if self._last is not None and seconds < self._last:
            self.reset()
        passed = 0.0 if self._last is None else min(seconds - self._last, self.settings.gap)
        self._last = seconds
        evidence = self._weigh(letters, no_sign, passed)
        glimpsed = self._hold(evidence, passed)
        self._release(letters, passed, place)
        typed = self._type(evidence, passed)
        seen = self._seen(self._letter, typed=True) if typed.strip() else glimpsed
        return self._state(evidence, typed, seen)

    def spend(self) -> None:
        """What is held now counts as typed."""
        self._held = 0.0
        if self._letter >= 0:
            self._begin_to_rest()

    def free(self) -> None:
        """What is held now is held from now on, and may be typed again."""
        self._held, self._spent = 0.0, -1

    def expect_space(self) -> None:
        """A letter of a word was typed in another way: a space may follow."""
        self._space_due = True

    def _weigh(
        self, letters: NDArray[np.float64], no_sign: float, passed: float
    ) -> NDArray[np.float64]:
        """Shares of the evidence for every outcome, after this frame."""
        # Where no letter reaches it, the constant wins: a flat reading speaks against all letters.
        outcomes = np.concatenate([letters, [no_sign, self.settings.unclear]])
        fade = np.exp(-passed / self.settings.memory)
        scores = np.log(np.clip(outcomes, self.settings.floor, 1.0))
        self._scores = fade * self._scores + (1 - fade) * scores
        shares = np.exp(self.settings.looks * (self._scores - self._scores.max()))
        return np.asarray(shares / shares.sum(), np.float64)

    def _hold(self, evidence: NDArray[np.float64], passed: float) -> Seen | None:
        """Which letter is held, and for how long; one that is over and was not typed."""
        if self._letter >= 0 and evidence[self._letter] >= self.settings.keep:
            self._held += passed
            if evidence[self._letter] >= self._best[self._letter]:
                self._best = evidence[:CLASSES]
            return None
        glimpsed = None
        if self._letter not in (-1, self._spent) and self._held >= self.settings.glimpse:
            glimpsed = self._seen(self._letter, typed=False)
        best = int(evidence.argmax())
        taken = best < CLASSES and evidence[best] >= self.settings.take
        self._letter, self._held, self._after = (best if taken else -1), 0.0, 0.0
        self._best = evidence[:CLASSES]
        return glimpsed

    def _seen(self, letter: int, *, typed: bool) -> Seen:
        return Seen(LETTERS[letter], self._best / self._best.sum(), typed)

    def _release(
        self, letters: NDArray[np.float64], passed: float, place: Sequence[float] | None
    ) -> None:
        """Whether the letter that was typed last may be typed again."""
        if self._faded >= 0:
            if self._letter == self._faded and self._is_dip(letters[self._letter]):
                # It is held again from where it is as clear as before.
                self._held = 0.0
            else:
                self._faded = -1
        if self._spent < 0:
            return
        self._peak = max(self._peak, float(letters[self._spent]))
        dip = self._is_dip(letters[self._spent])
        over = dip or self._letter != self._spent
        self._released = self._released + passed if over else 0.0
        moved = place is not None and self._moved(np.asarray(place, np.float64), passed)
        if moved or self._released >= self.settings.release:
            if self._letter == self._spent and dip:
                self._faded = self._spent
            if moved or self._faded >= 0:
                self._held = 0.0
            self._spent = -1

    def _begin_to_rest(self) -> None:
        """The letter that is held was typed, and is not again before it is released."""
        self._spent, self._released, self._rest = self._letter, 0.0, None
        self._peak, self._faded = 0.0, -1

    def _is_dip(self, probability: float) -> bool:
        """Whether the letter that was typed last is hardly shown in this frame."""
        return probability < self.settings.dip * self._peak

    def _moved(self, place: NDArray[np.float64], passed: float) -> bool:
        """Whether the hand is elsewhere than it has been since the letter was typed."""
        if self._rest is None:
            self._rest = place.copy()
        self._rest += (1 - np.exp(-passed / self.settings.settle)) * (place - self._rest)
        return bool(np.abs(place - self._rest)[:2].max() > self.settings.shift * place[2])

    def _type(self, evidence: NDArray[np.float64], passed: float) -> str:
        """The letter or space that is typed now, or ""."""
        if self._letter >= 0:
            self._away = 0.0
            if self._letter == self._spent:
                self._after += passed
            if self._letter == self._spent or self._held < self.settings.dwell:
                return ""
            self._begin_to_rest()
            self._space_due = True
            return LETTERS[self._letter]
        self._away = self._away + passed if evidence.argmax() == NO_SIGN else 0.0
        if self._space_due and self._away >= self.settings.space:
            self._space_due = False
            return SPACE
        return ""

    def _state(self, evidence: NDArray[np.float64], typed: str, seen: Seen | None) -> Steady:
        if self._letter >= 0:
            spent = self._letter == self._spent
            dwell = 1.0 if spent else min(self._held / self.settings.dwell, 1.0)
            letter = LETTERS[self._letter]
            return Steady(letter, (), dwell, Phase.LETTER, typed, seen, self._after)
        if evidence.argmax() == NO_SIGN:
            return Steady(typed=typed, seen=seen)
        return Steady("", self._rivals(evidence[:CLASSES]), 0.0, Phase.UNSURE, typed, seen)

    @staticmethod
    def _rivals(evidence: NDArray[np.float64]) -> tuple[str, ...]:
        """The letters in question: none where all are about as weak."""
        best = np.argsort(-evidence, kind="stable")[:_MOST_RIVALS]
        return tuple(LETTERS[index] for index in best if evidence[index] >= _RIVAL_SHARE)
