"""Tracks the hand from frame to frame, with a box that moves smoothly."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from numpy.typing import NDArray

from trainer.hand_finder.finder import Found, HandFinder
from trainer.images.box import Box

_LEAST_CONTRAST = 3.0
"""Least standard deviation of the gray levels in the box of a hand."""

_STEP = 4
"""Rows and columns from one pixel that is looked at to the next."""


class Tracking(Enum):
    """What the box does."""

    FOLLOWING = auto()
    """The hand is in view."""

    RESTING = auto()
    """The hand left the image a moment ago; the box stays where it was."""

    NO_HAND = auto()
    """No hand yet, or none for a while."""


@dataclass(frozen=True)
class FollowSettings:
    """How the box moves.

    Attributes:
        sure: Least probability of a hand that the box follows.
        sure_near: Least probability of a hand near the one before, so that no other is searched.
        search: Seconds after which the whole frame is searched, however sure the hand is.
        settle: Time constant of the smoothing, in seconds.
        jump: Distance to the new box, in sides of the old one, from which the box jumps to it.
        rest: Seconds without a hand from which there is none.
    """

    sure: float = 0.5
    settle: float = 0.15
    sure_near: float = 0.9
    search: float = 0.4
    jump: float = 0.5
    rest: float = 2.0


class Follow:
    """A box that follows the hand from frame to frame.

    Args:
        finder: The hand finder.
        settings: How the box moves.
    """

    def __init__(self, finder: HandFinder, settings: FollowSettings | None = None) -> None:
        self._finder = finder
        self._settings = settings or FollowSettings()
        self._box: Box | None = None
        self._seconds = 0.0
        self._last_seen = self._searched = -math.inf
        self._last: Box | None = None  # Where the hand was in the latest frame, not smoothed.
        self.tracking = Tracking.NO_HAND
        """After the latest frame."""

    def update(self, frame: NDArray[Any], seconds: float) -> Box | None:
        """The hand's box in a frame's pixels; None as long as no hand was seen.

        Without a hand the box stays where it is: that is mostly where the hand comes back.

        Args:
            frame: Gray or BGR, 8 bits.
            seconds: The frame's time, on any clock.
        """
        elapsed, self._seconds = max(seconds - self._seconds, 0.0), seconds
        found = self._tracked(frame, seconds) or self._searched_for(frame, seconds)
        # A plain area, such as the image of a covered lens, can look like a hand to the finder.
        if found.probability < self._settings.sure or _is_flat(frame, found.box):
            resting = seconds - self._last_seen < self._settings.rest
            self.tracking = Tracking.RESTING if resting else Tracking.NO_HAND
            return self._box
        self._last_seen, self.tracking = seconds, Tracking.FOLLOWING
        if self._box is None or _apart(self._box, found.box) > self._settings.jump:
            self._box = found.box
        else:
            share = 1 - math.exp(-elapsed / self._settings.settle)
            self._box = Box(
                *(old + share * (new - old) for old, new in zip(self._box, found.box, strict=True))
            )
        return self._box

    def _tracked(self, frame: NDArray[Any], seconds: float) -> Found | None:
        """The hand near where it was in the frame before; None where it has to be searched."""
        if self._last is None or seconds - self._searched >= self._settings.search:
            return None
        found = self._finder.track(frame, self._last)
        if found is None or found.probability < self._settings.sure_near:
            return None
        self._last = found.box
        return found

    def _searched_for(self, frame: NDArray[Any], seconds: float) -> Found:
        """The most probable hand in the whole frame."""
        found = self._finder.find(frame, self._box)
        self._searched = seconds
        self._last = found.box if found.probability >= self._settings.sure else None
        return found


def _is_flat(frame: NDArray[Any], box: Box) -> bool:
    """Whether a frame is of one colour in a box, or nearly so."""
    left, top = max(int(box.x), 0), max(int(box.y), 0)
    right, bottom = max(int(box.x + box.w), 0), max(int(box.y + box.h), 0)
    inside = frame[top:bottom:_STEP, left:right:_STEP]
    return inside.size == 0 or float(inside.std(axis=(0, 1)).max()) < _LEAST_CONTRAST


def _apart(a: Box, b: Box) -> float:
    """Distance of the middles, or difference of the sides, in sides of the first box."""
    side = max(a.w, a.h)
    dx, dy = a.x + a.w / 2 - b.x - b.w / 2, a.y + a.h / 2 - b.y - b.h / 2
    return max(math.hypot(dx, dy), abs(side - max(b.w, b.h))) / side
