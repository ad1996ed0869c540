"""From readings to all 26 letters: held letters by `SteadyLetters`, J and Z by `Movements`."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.recognition.movement import Movement, Movements
from trainer.recognition.movement_file import shipped_movements
from trainer.recognition.reader import Reading
from trainer.recognition.seen import Seen
from trainer.recognition.steady import SPACE, Phase, Steady, SteadyLetters, SteadySettings

BEGINS_WITH = {"J": "IY", "Z": "DGLXQ"}
"""Still letters that a hand seems to show before it draws J or Z."""

_SHOWN_SECONDS = 0.8
"""For which a drawn letter is shown, as a held one is while it is held."""

_HELD_UNTIL = 0.3
"""Seconds from the end of a held letter to a movement that still begins with it."""

_HELD_LONGEST = 2.5
"""Seconds after its typing up to which a letter can turn out to have been the start of another."""

_WELL_BEGUN = 0.35
"""Share of a movement after which whatever was typed was a part of it."""

_NO_HAND = 0.9
"""Probability of no sign from which there is no hand either; a fast one is often blurred."""

_SETTLES = 0.4
"""Seconds from the end of a movement, as it is told, in which the hand may still move on."""

_SAME_POSE = 0.25
"""Mean distance of the joints, in hand sizes, up to which a hand stands as it did."""

_CLEAR, _OTHER_POSE = 0.9, 0.1
"""Probability of a letter, and that distance from the hand as a movement was told, from which the
hand shows the next letter already."""


class _Typed(NamedTuple):
    """A letter that was typed, and when."""

    letter: str
    seconds: float


class _Ended(NamedTuple):
    """A movement, and the hand's pose (21, 2) as it was told and as it came to rest."""

    movement: Movement
    told: NDArray[np.float32]
    rested: NDArray[np.float32]


class SignedLetters:
    """Decides frame by frame, as `SteadyLetters` does, and tells J and Z when they are drawn.

    A J begins as an I, and a Z as a D or G. To wait whether the hand goes on would delay all of
    these letters, so they are typed at once and taken back when a movement follows.

    Args:
        settings: How long letters are held.
        movements: Makes what tells J and Z, when a hand's joints are first seen; None: only
            letters that are held are read.
    """

    def __init__(
        self,
        settings: SteadySettings | None = None,
        movements: Callable[[], Movements] | None = shipped_movements,
    ) -> None:
        self.steady = SteadyLetters(settings)
        self._make_movements = movements
        self._movements: Movements | None = None
        self._typed: list[_Typed] = []
        self._last_held: dict[str, float] = {}
        self._drawn: Movement | None = None
        self._ended: _Ended | None = None

    def reset(self) -> None:
        """Forgets all frames, as at the start or with another source."""
        self.steady.reset()
        if self._movements is not None:
            self._movements.reset()
        self._typed.clear()
        self._last_held.clear()
        self._drawn = self._ended = None

    def update(
        self, reading: Reading, seconds: float, place: Sequence[float] | None = None
    ) -> Steady:
        """Takes in one frame.

        Args:
            reading: Its letters, and the hand's joints where the network gives them.
            seconds: When it was taken, on any clock. One that runs backwards starts anew.
            place: Middle x, y and side of the hand's box in one unit, where a tracker gives them.

        Raises:
            UserError: The network for J and Z cannot be read. Told once; then it does without.
        """
        joints = reading.joints if reading.no_sign < _NO_HAND else None
        if joints is not None and self._make_movements is not None:
            make, self._make_movements = self._make_movements, None
            self._movements = make()
        drawn = None if self._movements is None else self._movements.update(joints, seconds)
        if drawn is not None or self._stands(reading, joints, seconds):
            # The hand is as it was at the end of the movement: that is no letter of its own.
            self.steady.spend()
        state = self.steady.update(reading.probabilities, reading.no_sign, seconds, place)
        if drawn is not None:
            self._ended = None
            if joints is not None:
                pose = _pose(joints)
                self._ended = _Ended(drawn, pose, pose)
            state = self._draw(drawn, seconds)
        elif state.typed:
            self._note(state.typed, seconds)
        elif state.phase is Phase.NO_SIGN:
            self._ended = None
        if state.letter:
            self._last_held[state.letter] = seconds
        return self._shown(state, seconds)

    def _note(self, letter: str, seconds: float) -> None:
        """Remembers the letters of a word."""
        self._drawn = None
        if letter == SPACE:
            self._typed.clear()
            self._ended = None
        else:
            self._typed.append(_Typed(letter, seconds))

    def _draw(self, drawn: Movement, seconds: float) -> Steady:
        """Types a letter that was drawn, and takes back what was typed of its beginning."""
        taken_back = ""
        while self._typed and self._belongs(self._typed[-1], drawn):
            taken_back = self._typed.pop().letter + taken_back
        self._typed.append(_Typed(drawn.letter, seconds))
        self._drawn = drawn
        self.steady.spend()
        self.steady.expect_space()
        return Steady(typed=drawn.letter, taken_back=taken_back, seen=Seen(drawn.letter))

    def _belongs(self, typed: _Typed, drawn: Movement) -> bool:
        """Whether a letter that was typed was a part of a movement."""
        letter, seconds = typed
        if letter in BEGINS_WITH:
            return False
        if seconds >= drawn.start + _WELL_BEGUN * (drawn.end - drawn.start):
            return True
        held = max(self._last_held.get(letter, seconds), seconds)
        recent = drawn.start - seconds <= _HELD_LONGEST
        return letter in BEGINS_WITH[drawn.letter] and recent and held > drawn.start - _HELD_UNTIL

    def _stands(self, reading: Reading, joints: NDArray[np.float32] | None, seconds: float) -> bool:
        """Whether the hand has stood still since it drew a letter."""
        if self._ended is None or joints is None:
            return False
        drawn, told, rested = self._ended
        pose = _pose(joints)
        clear = reading.confidence >= _CLEAR and reading.letter not in BEGINS_WITH[drawn.letter]
        if clear and _apart(pose, told) > _OTHER_POSE:
            stands = False
        elif 0 <= seconds - drawn.end <= _SETTLES:
            self._ended, stands = _Ended(drawn, told, pose), True
        else:
            stands = _apart(pose, rested) <= _SAME_POSE
        if not stands:
            self._ended = None
            self.steady.free()
        return stands

    def _shown(self, state: Steady, seconds: float) -> Steady:
        """The letter that was drawn a moment ago, in place of a held one."""
        drawn = self._drawn
        if drawn is None or not 0 <= seconds - drawn.end <= _SHOWN_SECONDS:
            return state
        return replace(
            state,
            letter=drawn.letter,
            rivals=(),
            dwell=1.0,
            phase=Phase.LETTER,
            probability=drawn.probability,
        )


def add_seen(seen: list[Seen], state: Steady) -> None:
    """Adds what a frame brought to the letters of a word, and removes what it takes back."""
    if state.probability and state.typed:
        for _ in state.taken_back:
            while not seen.pop().typed:
                pass
        while seen and not seen[-1].typed:  # held on the way: a part of the movement
            seen.pop()
    if state.seen is not None:
        seen.append(state.seen)


def _apart(pose: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Mean distance of the joints."""
    return float(np.linalg.norm(pose - other, axis=1).mean())


def _pose(joints: NDArray[np.float32]) -> NDArray[np.float32]:
    """Joints (21, 2) from their middle, in hand sizes."""
    middle = joints - joints.mean(axis=0)
    size = 2 * np.linalg.norm(middle, axis=1).mean()
    return np.asarray(middle / max(float(size), 1e-3), np.float32)
