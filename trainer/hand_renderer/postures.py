"""How one finger of a letter can stand wrong: straight where it should be curled, and so on.

for mistake in mistakes("T"):
angles = mistaken_angles("T", mistake, skeleton, shape_angles("T", skeleton))
"""

from __future__ import annotations

from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from trainer.hand_renderer.mesh import default_mesh
from trainer.hand_renderer.poses import HANDSHAPES, Finger, Thumb, finger_angles, solve_thumb
from trainer.hand_renderer.skeleton import LONG_FINGERS, THUMB, Angles, Skeleton
from trainer.hand_renderer.variation import usual_proportions


class Posture(StrEnum):
    """How a finger stands."""

    STRAIGHT = "straight"
    ROUND = "round"
    """Half bent, as around a glass."""
    HOOKED = "hooked"
    """Up, with its tip bent down."""
    FORWARD = "forward"
    """Straight, but bent at the knuckle."""
    CURLED = "curled"
    """Closed into the palm."""
    APART = "apart"
    """Straight, and away from the finger beside it."""
    TOGETHER = "together"
    """Straight, and beside the next finger."""
    OUT = "out"
    """The thumb, away from the hand."""
    SIDE = "side"
    """The thumb, upright along the side of the hand."""
    FRONT = "front"
    """The thumb, across the front of the curled fingers."""
    PALM = "palm"
    """The thumb, folded over the palm."""
    UNDER_ONE = "under-one"
    """The thumb, its tip between index and middle finger."""
    UNDER_TWO = "under-two"
    UNDER_THREE = "under-three"


class Mistake(NamedTuple):
    """A finger of `trainer.joints.FINGERS`, and how it stands instead of as it should."""

    finger: str
    posture: Posture


_BENDS: dict[Posture, tuple[float, float, float]] = {
    Posture.STRAIGHT: (4, 5, 3),
    Posture.ROUND: (42, 42, 26),
    Posture.HOOKED: (10, 84, 46),
    Posture.FORWARD: (62, 8, 5),
    Posture.CURLED: (82, 100, 60),
}
_SPREAD = {"index": 13.0, "middle": -12.0, "ring": -11.0, "pinky": -18.0}
_BESIDE = {"index": -2.0, "middle": 1.0, "ring": 2.5, "pinky": 4.0}
_LEAST_BEND = 55.0
"""Degrees, over the three joints, from which a finger stands noticeably otherwise."""
_LEAST_SPREAD = 9.0
_LEAST_THUMB = 0.022
"""Metres by which the thumb's tip must be elsewhere."""

_THUMBS: dict[Posture, Thumb] = {
    Posture.OUT: HANDSHAPES["L"].thumb,
    Posture.SIDE: HANDSHAPES["A clear"].thumb,
    Posture.FRONT: HANDSHAPES["S clear"].thumb,
    Posture.PALM: HANDSHAPES["B"].thumb,
    Posture.UNDER_ONE: HANDSHAPES["T clear"].thumb,
    Posture.UNDER_TWO: HANDSHAPES["N"].thumb,
    Posture.UNDER_THREE: HANDSHAPES["M"].thumb,
}
_FISTS = "AEMNST"
_SIDE_OF_STRAIGHT = Thumb(
    "index-finger-phalanx-proximal", (2.2, 1.6, 0.6), (-0.9, 0.2, 0.3), (20, 20, 0, 0, 0)
)
"""The thumb along the hand where the index finger is straight."""


@lru_cache(maxsize=64)
def mistakes(shape: str) -> tuple[Mistake, ...]:
    """All ways in which exactly one finger of a handshape of `HANDSHAPES` can stand wrong."""
    skeleton = Skeleton(default_mesh(), usual_proportions(default_mesh()))
    angles = finger_angles(shape)
    found = [
        Mistake(finger, posture)
        for number, finger in enumerate(LONG_FINGERS)
        for posture in _wrong_postures(shape, finger, angles[4 * number : 4 * number + 4])
    ]
    right = solve_thumb(skeleton, angles, HANDSHAPES[shape].thumb)
    for posture in _thumb_postures(shape):
        wrong = mistaken_angles(shape, Mistake("thumb", posture), skeleton, right)
        apart = _thumb_tip(skeleton, wrong) - _thumb_tip(skeleton, right)
        if np.linalg.norm(apart) >= _LEAST_THUMB:
            found.append(Mistake("thumb", posture))
    return tuple(found)


def mistaken_angles(shape: str, mistake: Mistake, skeleton: Skeleton, angles: Angles) -> Angles:
    """The 21 angles (degrees) of a handshape with one finger wrong.

    Args:
        shape: The handshape, as in `HANDSHAPES`.
        mistake: Which finger, and how.
        skeleton: One person's hand.
        angles: The handshape as this person holds it.
    """
    if mistake.finger == "thumb":
        goal = _thumb_goal(shape, mistake.posture)
        start = angles.copy()
        start[THUMB] = goal.start
        return solve_thumb(skeleton, start, goal)
    wrong = angles.copy()
    first = 4 * LONG_FINGERS.index(mistake.finger)
    wrong[first : first + 4] = _finger(mistake.finger, mistake.posture, angles[first])
    return wrong


def _finger(finger: str, posture: Posture, spread: float) -> Finger:
    if posture is Posture.APART:
        return (_SPREAD[finger], *_BENDS[Posture.STRAIGHT])
    if posture is Posture.TOGETHER:
        return (_BESIDE[finger], *_BENDS[Posture.STRAIGHT])
    return (float(spread), *_BENDS[posture])


def _wrong_postures(shape: str, finger: str, right: Angles) -> list[Posture]:
    wrong = [
        posture
        for posture, bends in _BENDS.items()
        if np.abs(np.array(bends) - right[1:]).sum() >= _LEAST_BEND
    ]
    if right[1:].sum() < _LEAST_BEND and shape[0] in "BHRUVW" and finger != "pinky":
        for posture, spread in ((Posture.APART, _SPREAD), (Posture.TOGETHER, _BESIDE)):
            if abs(spread[finger] - right[0]) >= _LEAST_SPREAD:
                wrong.append(posture)
    return wrong


def _thumb_postures(shape: str) -> tuple[Posture, ...]:
    if shape[0] in _FISTS:
        return tuple(_THUMBS)[:3] + tuple(_THUMBS)[4:]
    if shape[0] in "IXY":
        return (Posture.OUT, Posture.SIDE, Posture.FRONT)
    return (Posture.OUT, Posture.SIDE, Posture.PALM)


def _thumb_goal(shape: str, posture: Posture) -> Thumb:
    if posture is Posture.SIDE and finger_angles(shape)[2] < _LEAST_BEND:
        return _SIDE_OF_STRAIGHT
    return _THUMBS[posture]


def _thumb_tip(skeleton: Skeleton, angles: Angles) -> Angles:
    return np.asarray(skeleton.thumb_frames(angles[THUMB])[-1, :3, 3], np.float64)


def right_posture(letter: str, finger: str) -> Posture:
    """How a finger of `LONG_FINGERS` should stand in a letter."""
    first = 4 * LONG_FINGERS.index(finger)
    bends = finger_angles(letter)[first + 1 : first + 4]
    return min(_BENDS, key=lambda posture: float(np.abs(np.array(_BENDS[posture]) - bends).sum()))
