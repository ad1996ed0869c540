"""Which of two hands is the one that signs: the followed one, or the one that moves."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

from trainer.hand_finder.finder import Found, is_same
from trainer.hand_finder.follow_settings import FollowSettings
from trainer.hand_finder.motion import Motion
from trainer.images.box import Box

_LIVELIER = 1.5
"""How often as much as another hand a hand must move to be the one that signs."""


class WhichHand:
    """Chooses among the hands of each search, and remembers where the other one is.

    Args:
        settings: How long a hand is chosen, how long one waits, and how sure each must be.
    """

    def __init__(self, settings: FollowSettings) -> None:
        self._settings = settings
        self._now = 0.0
        self._first_seen = -math.inf
        self._motion = Motion()
        self._place: Box | None = None  # Where the followed hand was at the latest search.
        self._other: Box | None = None  # Where another hand was, beside the one that is followed.
        self._other_seen = -math.inf

    def look(self, frame: NDArray[Any], seconds: float, *, followed: bool) -> None:
        """Takes in what moves in a frame.

        Args:
            frame: Gray or BGR, 8 bits.
            seconds: Its time, on any clock.
            followed: Whether a hand was in view a moment ago.
        """
        self._now = seconds
        if not followed:
            self._first_seen = seconds
        if self._is_new:
            self._motion.see(frame)
        else:
            self._motion = Motion()

    @property
    def compares(self) -> bool:
        """Whether there is another hand, which may turn out to be the one that signs."""
        return self._is_new and self._other is not None

    @property
    def _is_new(self) -> bool:
        """Whether the hand came into view only now, so that another may be the one that signs."""
        return self._now - self._first_seen < self._settings.choose

    def forget_other(self) -> None:
        """What was followed is no hand, so no other one waits for it."""
        self._other = None

    def choose(self, hands: Sequence[Found], near: Found | None, last_seen: float) -> Found | None:
        """Which of the hands in a frame to follow; None: none, or only the other one, which waits.

        Args:
            hands: The most probable one first.
            near: What is where the hand was in the frame before.
            last_seen: When the followed hand was in view.
        """
        followed = self._followed(hands, near, last_seen)
        beside = self._beside(hands, followed)
        if followed and beside:
            crossed = near is not None and self._was_crossed(near.box, beside.box)
            if crossed or self._is_livelier(beside.box, followed.box):
                followed, beside = beside, followed
        if beside:
            self._other, self._other_seen = beside.box, self._now
        self._place = None if followed is None else followed.box
        return followed

    def _followed(
        self, hands: Sequence[Found], near: Found | None, last_seen: float
    ) -> Found | None:
        """The hand that was followed, where it is still there; else one that waits for none."""
        if near is None or near.probability < self._settings.sure:
            return next((hand for hand in hands if not self._waits(hand.box, last_seen)), None)
        if near.probability >= self._settings.sure_to_stay:
            return next((hand for hand in hands if is_same(hand.box, near.box)), near)
        return hands[0] if hands else None

    def _beside(self, hands: Sequence[Found], followed: Found | None) -> Found | None:
        """A second hand that is surely one."""
        return next(
            (
                hand
                for hand in hands
                if hand.probability >= self._settings.sure_near
                and not (followed and is_same(hand.box, followed.box))
            ),
            None,
        )

    def _waits(self, box: Box, last_seen: float) -> bool:
        """Whether a box is on the other hand, and the followed one may come back."""
        resting = self._now - min(self._other_seen, last_seen) < self._settings.rest
        return resting and self._other is not None and is_same(box, self._other)

    def _was_crossed(self, near: Box, other: Box) -> bool:
        """Whether a hand that crossed before the followed one took the box along."""
        place = self._place
        return place is not None and not near.shared_area(place) and other.shared_area(place) > 0

    def _is_livelier(self, other: Box, followed: Box) -> bool:
        """Whether another hand than the one that came into view is the one that signs."""
        return self._is_new and self._motion.of(other) > _LIVELIER * self._motion.of(followed)
