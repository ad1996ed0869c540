"""Tracks the hand from frame to frame, with a box that moves smoothly."""

from __future__ import annotations

import math
from collections.abc import Sequence
from enum import Enum, auto
from typing import Any

import cv2
from numpy.typing import NDArray

from trainer.hand_finder.evidence import SignProbability, evident
from trainer.hand_finder.finder import Found, HandFinder, is_same
from trainer.hand_finder.follow_settings import FollowSettings
from trainer.hand_finder.which_hand import WhichHand
from trainer.images.box import Box

_LEAST_CONTRAST = 3.0
"""Least standard deviation of the gray levels in the box of a hand."""

_SIDE = 64
"""Pixels of a box that are looked at, along each side."""


class Tracking(Enum):
    """What the box does."""

    FOLLOWING = auto()
    """The hand is in view."""

    RESTING = auto()
    """The hand left the image a moment ago; the box stays where it was."""

    NO_HAND = auto()
    """No hand yet, or none for a while."""


class Follow:
    """A box that follows the hand from frame to frame.

    Args:
        finder: The hand finder.
        settings: How the box moves.
        sign: What the letter network says of a box, which is asked of every hand that a search
            finds; None: the finder is believed.
    """

    def __init__(
        self,
        finder: HandFinder,
        settings: FollowSettings | None = None,
        sign: SignProbability | None = None,
    ) -> None:
        self._finder = finder
        self._sign = sign
        self._settings = settings or FollowSettings()
        self._box: Box | None = None
        self._seconds = 0.0
        self._last_seen = self._searched = -math.inf
        self._last: Box | None = None  # Where the hand was in the latest frame, not smoothed.
        self._which = WhichHand(self._settings)
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
        self._which.look(frame, seconds, followed=self.tracking is not Tracking.NO_HAND)
        found = self._seen(frame)
        # A plain area, such as the image of a covered lens, can look like a hand to the finder.
        if found is None or _is_flat(frame, found.box):
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

    def _seen(self, frame: NDArray[Any]) -> Found | None:
        """The hand to follow: near where it was or, where it is time to search, anywhere.

        Returns:
            None for no hand, or another one only, which waits.
        """
        settings = self._settings
        near = None if self._last is None else self._finder.track(frame, self._last)
        waits = self._seconds - self._searched < settings.search
        if waits and near and near.probability >= settings.sure_near and not self._which.compares:
            self._last = near.box
            return near
        self._searched = self._seconds
        hands, near = self._evident(frame, self._searched_for(frame), near)
        chosen = self._which.choose(hands, near, self._last_seen)
        self._last = None if chosen is None else chosen.box
        return chosen

    def _searched_for(self, frame: NDArray[Any]) -> list[Found]:
        """The hands in a frame of which the finder is sure, the most probable one first."""
        found = self._finder.find(frame, self._box)
        hands = [found] if found.probability >= self._settings.sure else []
        if found.other and found.other.probability >= self._settings.sure_near:
            hands.append(found.other)
        return hands

    def _evident(
        self, frame: NDArray[Any], hands: Sequence[Found], near: Found | None
    ) -> tuple[Sequence[Found], Found | None]:
        """The hands of a search, and what is where the hand was, without those that are none."""
        if self._sign is None:
            return hands, near
        there = [hand for hand in hands if near and is_same(hand.box, near.box)]
        asked = list(hands)
        if near and not there and near.probability >= self._settings.sure:
            there = [near]
            asked.append(near)
        shown = evident(asked, self._last, frame, self._sign)
        if there and there[0] not in shown:
            near = None
            self._which.forget_other()
        return [hand for hand in hands if hand in shown], near


def _is_flat(frame: NDArray[Any], box: Box) -> bool:
    """Whether a frame is of one colour in a box, or nearly so."""
    left, top = max(int(box.x), 0), max(int(box.y), 0)
    right, bottom = max(int(box.x + box.w), 0), max(int(box.y + box.h), 0)
    inside = frame[top:bottom, left:right]
    if inside.size == 0:
        return True
    few = cv2.resize(inside, (_SIDE, _SIDE), interpolation=cv2.INTER_NEAREST)
    return float(cv2.meanStdDev(few)[1].max()) < _LEAST_CONTRAST


def _apart(a: Box, b: Box) -> float:
    """Distance of the middles, or difference of the sides, in sides of the first box."""
    side = max(a.w, a.h)
    return max(math.dist(a.middle, b.middle), abs(side - max(b.w, b.h))) / side
