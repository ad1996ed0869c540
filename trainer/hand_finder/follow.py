"""Tracks the hand from frame to frame, with a box that moves smoothly.

Of two hands, the box goes to the one that moves, and stays on it until it is gone for a while.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.hand_finder.evidence import SignProbability, evident
from trainer.hand_finder.finder import Found, HandFinder, is_same
from trainer.hand_finder.motion import Motion
from trainer.images.box import Box

_LEAST_CONTRAST = 3.0
"""Least standard deviation of the gray levels in the box of a hand."""

_LIVELIER = 1.5
"""How often as much as another hand a hand must move to be the one that signs."""

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
        sure_to_stay: Least probability of the followed hand so that none is followed in its place.
        search: Seconds after which the whole frame is searched, however sure the hand is.
        settle: Time constant of the smoothing, in seconds.
        jump: Distance to the new box, in sides of the old one, from which the box jumps to it.
        rest: Seconds without a hand from which there is none.
        choose: Seconds after the first sight of a hand in which one that moves more takes its
            place.
    """

    sure: float = 0.5
    settle: float = 0.15
    sure_near: float = 0.9
    sure_to_stay: float = 0.98
    search: float = 0.4
    jump: float = 0.5
    rest: float = 2.0
    choose: float = 1.0


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
        self._last_seen = self._searched = self._first_seen = -math.inf
        self._last: Box | None = None  # Where the hand was in the latest frame, not smoothed.
        self._place: Box | None = None  # Where it was at the latest search.
        self._motion = Motion()
        self._other: Box | None = None  # Where another hand was, beside the one that is followed.
        self._other_seen = -math.inf
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
        if self.tracking is Tracking.NO_HAND:
            self._first_seen = seconds
        if self._is_choosing:
            self._motion.see(frame)
        else:
            self._motion = Motion()
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

    @property
    def _is_choosing(self) -> bool:
        """Whether the hand came into view only now, so that another may be the one that signs."""
        return self._seconds - self._first_seen < self._settings.choose

    def _seen(self, frame: NDArray[Any]) -> Found | None:
        """The hand to follow: near where it was or, where it is time to search, anywhere.

        Returns:
            None for no hand, or another one only, which waits.
        """
        settings = self._settings
        near = None if self._last is None else self._finder.track(frame, self._last)
        waits = self._seconds - self._searched < settings.search
        if waits and near and near.probability >= settings.sure_near and not self._compares:
            self._last = near.box
            return near
        self._searched = self._seconds
        hands, near = self._evident(frame, self._searched_for(frame), near)
        chosen = self._chosen(hands, near)
        self._last = self._place = None if chosen is None else chosen.box
        return chosen

    @property
    def _compares(self) -> bool:
        """Whether there is another hand, which may turn out to be the one that signs."""
        return self._is_choosing and self._other is not None

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
            # What was followed is no hand, so none waits for it.
            near, self._other = None, None
        return [hand for hand in hands if hand in shown], near

    def _chosen(self, hands: Sequence[Found], near: Found | None) -> Found | None:
        """Which of the hands in a frame to follow; None: none, or only the other one, which waits.

        Args:
            hands: The most probable one first.
            near: What is where the hand was in the frame before.
        """
        settings = self._settings
        if near is None or near.probability < settings.sure:
            own = [hand for hand in hands if not self._waits(hand.box)]
        else:
            own = [hand for hand in hands if is_same(hand.box, near.box)]
            if near.probability >= settings.sure_to_stay:
                own.append(near)
            elif own != hands[:1]:
                own = list(hands)
        followed = own[0] if own else None
        beside = [
            hand
            for hand in hands
            if hand.probability >= settings.sure_near
            and not (followed and is_same(hand.box, followed.box))
        ]
        taken_along = near is not None and beside and self._was_crossed(near.box, beside[0].box)
        if beside and followed and (taken_along or self._is_livelier(beside[0].box, followed.box)):
            followed, beside = beside[0], [followed]
        if beside:
            self._other, self._other_seen = beside[0].box, self._seconds
        return followed

    def _waits(self, box: Box) -> bool:
        """Whether a box is on the other hand, and the followed one may come back."""
        last_seen = min(self._other_seen, self._last_seen)
        resting = self._seconds - last_seen < self._settings.rest
        return resting and self._other is not None and is_same(box, self._other)

    def _was_crossed(self, near: Box, other: Box) -> bool:
        """Whether a hand that crossed before the followed one took the box along."""
        place = self._place
        return place is not None and not near.shared_area(place) and other.shared_area(place) > 0

    def _is_livelier(self, other: Box, followed: Box) -> bool:
        """Whether another hand than the one that came into view is the one that signs."""
        lively = self._motion.of(other) > _LIVELIER * self._motion.of(followed)
        return self._is_choosing and lively


def _is_flat(frame: NDArray[Any], box: Box) -> bool:
    """Whether a frame is of one colour in a box, or nearly so."""
    left, top = max(int(box.x), 0), max(int(box.y), 0)
    right, bottom = max(int(box.x + box.w), 0), max(int(box.y + box.h), 0)
    inside = frame[top:bottom:_STEP, left:right:_STEP]
    if inside.size == 0:
        return True
    # Of a copy, which is several times as fast as NumPy's `std`.
    return float(cv2.meanStdDev(np.ascontiguousarray(inside))[1].max()) < _LEAST_CONTRAST


def _apart(a: Box, b: Box) -> float:
    """Distance of the middles, or difference of the sides, in sides of the first box."""
    side = max(a.w, a.h)
    dx, dy = a.x + a.w / 2 - b.x - b.w / 2, a.y + a.h / 2 - b.y - b.h / 2
    return max(math.hypot(dx, dy), abs(side - max(b.w, b.h))) / side
