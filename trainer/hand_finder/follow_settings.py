"""How a hand is followed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class FollowSettings:
    """Times are in seconds.

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
