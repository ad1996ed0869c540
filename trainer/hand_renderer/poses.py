"""The 24 still letters as handshapes, for a right hand.

Keys of `HANDSHAPES` are letters, or a letter and a word for another way to make it
("G flat").  A handshape is its finger angles (`trainer.hand_renderer.skeleton`, degrees) and a goal
for the thumb: where its tip rests, relative to another joint, and which way its pad looks.
The thumb's own angles are then solved for, so that it keeps touching what it should touch
on hands of any proportion.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from trainer.hand_renderer.skeleton import ANGLES, LONG_FINGERS, THUMB, Angles, Skeleton

Finger = tuple[float, float, float, float]  # spread, mcp, pip, dip
Vector = tuple[float, float, float]


@dataclass(frozen=True)
class Thumb:
    """Where the thumb goes.

    The tip joint is put `offset` (centimetres, hand space) from joint `anchor`; the thumb's
    pad looks along `pad` (hand space); `start` is the usual posture near which to stay;
    `wander` is how far (standard deviation, cm) people differ in where they put the tip.
    """

    anchor: str
    offset: Vector
    pad: Vector
    start: tuple[float, float, float, float, float] = (20.0, 35.0, 0.0, 10.0, 15.0)
    wander: Vector = (0.25, 0.25, 0.2)


@dataclass(frozen=True)
class Handshape:
    """One letter's fingers and thumb."""

    index: Finger
    middle: Finger
    ring: Finger
    pinky: Finger
    thumb: Thumb


_INDEX_MCP, _MIDDLE_MCP = "index-finger-phalanx-proximal", "middle-finger-phalanx-proximal"
_INDEX_PIP, _MIDDLE_PIP = "index-finger-phalanx-intermediate", "middle-finger-phalanx-intermediate"
_RING_PIP = "ring-finger-phalanx-intermediate"
_INDEX_DIP, _MIDDLE_DIP = "index-finger-phalanx-distal", "middle-finger-phalanx-distal"
_RING_DIP, _PINKY_DIP = "ring-finger-phalanx-distal", "pinky-finger-phalanx-distal"
_INDEX_TIP, _MIDDLE_TIP = "index-finger-tip", "middle-finger-tip"

# Fingers curled into a fist, and fingers held straight up side by side.
_FIST: dict[str, Finger] = {
    "index": (2, 82, 100, 60),
    "middle": (0, 84, 102, 60),
    "ring": (-4, 84, 102, 60),
    "pinky": (-9, 84, 98, 60),
}
_UP: dict[str, Finger] = {
    "index": (-2, 2, 3, 2),
    "middle": (0, 2, 3, 2),
    "ring": (2.5, 3, 3, 2),
    "pinky": (4, 3, 4, 2),
}


def _shape(thumb: Thumb, **fingers: Finger) -> Handshape:
    return Handshape(thumb=thumb, **{name: fingers.get(name, _FIST[name]) for name in LONG_FINGERS})


HANDSHAPES: dict[str, Handshape] = {
    "A": _shape(
        Thumb(_INDEX_PIP, (2.4, 1.0, -1.4), (-1.0, 0.0, 0.3), (20, 30, 0, 0, 5), (0.5, 0.5, 0.3))
    ),
    "B": _shape(
        Thumb(_MIDDLE_MCP, (0.0, -1.4, 3.0), (-0.3, 0.4, -1.0), (10, 45, 0, 45, 60)), **_UP
    ),
    "C": _shape(
        Thumb(_INDEX_TIP, (0.4, -7.0, 0.9), (-0.2, 1.0, -0.1), (25, 60, 0, 0, 0), (0.4, 0.7, 0.5)),
        index=(-1, 44, 36, 22),
        middle=(0, 47, 36, 22),
        ring=(1, 47, 36, 22),
        pinky=(3, 42, 34, 22),
    ),
    "D": _shape(
        Thumb(_MIDDLE_TIP, (0.7, -0.5, 0.9), (-0.7, 0.5, -0.4), (15, 50, 0, 15, 20)),
        index=(1, 3, 4, 2),
        middle=(0, 62, 72, 42),
        ring=(-2, 66, 74, 42),
        pinky=(-5, 68, 72, 42),
    ),
    "D ring": _shape(
        Thumb(_MIDDLE_TIP, (0.4, -1.1, 0.6), (-0.4, 0.9, -0.3), (15, 58, 0, 15, 25)),
        index=(1, 5, 5, 3),
        middle=(0, 46, 60, 40),
        ring=(-1, 50, 62, 42),
        pinky=(-3, 52, 62, 42),
    ),
    "E": _shape(
        Thumb(
            _MIDDLE_TIP,
            (-0.6, -1.7, 0.2),
            (-0.1, 0.6, -0.8),
            (0, 50, 0, 35, 55),
            (0.8, 0.4, 0.25),
        ),
        index=(1, 48, 108, 62),
        middle=(0, 50, 110, 62),
        ring=(-2, 50, 110, 62),
        pinky=(-6, 50, 108, 62),
    ),
    "E open": _shape(
        Thumb(
            _MIDDLE_MCP,
            (-1.3, -3.6, 3.8),
            (-0.1, 0.5, -0.9),
            (-5, 45, 0, 50, 60),
            (0.8, 0.4, 0.3),
        ),
        index=(1, 22, 96, 64),
        middle=(0, 24, 98, 64),
        ring=(-2, 26, 98, 64),
        pinky=(-6, 28, 96, 62),
    ),
    "F": _shape(
        Thumb(_INDEX_TIP, (0.5, -0.6, 0.8), (-0.6, 0.6, -0.5), (15, 50, 0, 15, 20)),
        index=(-2, 58, 62, 38),
        middle=(2, 6, 6, 3),
        ring=(-9, 4, 5, 3),
        pinky=(-22, 2, 5, 3),
    ),
    "F closed": _shape(
        Thumb(_INDEX_TIP, (0.4, -0.8, 0.7), (-0.6, 0.6, -0.5), (15, 50, 0, 15, 20)),
        index=(-1, 54, 64, 40),
        middle=(2, 4, 5, 3),
        ring=(3, 4, 5, 3),
        pinky=(3, 5, 6, 4),
    ),
    "G": _shape(
        Thumb(_INDEX_TIP, (0.3, -4.2, 0.5), (-0.2, 0.7, -0.6), (15, 55, 0, 0, 0), (0.3, 0.6, 0.3)),
        index=(2, 46, 14, 8),
    ),
    "G flat": _shape(
        Thumb(_INDEX_PIP, (2.6, -2.4, 1.4), (-0.8, 0.2, -0.3), (25, 25, 0, 0, 0)),
        index=(0, 14, 6, 4),
    ),
    "H": _shape(
        Thumb(_RING_PIP, (1.6, -0.8, 1.3), (-0.4, 0.0, -1.0), (5, 45, 0, 20, 25)),
        index=(-2, 8, 4, 3),
        middle=(0, 8, 4, 3),
    ),
    "I": _shape(
        Thumb(_MIDDLE_DIP, (0.6, 0.7, 1.8), (-0.3, 0.0, -1.0), (10, 45, 0, 15, 20)),
        pinky=(-8, 3, 4, 2),
    ),
    "K": _shape(
        Thumb(_MIDDLE_PIP, (0.9, 0.0, 0.0), (-0.9, 0.2, -0.2), (15, 45, 0, 0, 5)),
        index=(9, 2, 3, 2),
        middle=(-11, 22, 6, 4),
    ),
    "L": _shape(
        Thumb(_INDEX_MCP, (6.9, -2.3, 1.2), (-0.3, 0.8, 0.5), (68, 12, 0, -5, -5)),
        index=(2, 2, 3, 2),
    ),
    "M": _shape(
        Thumb(_RING_DIP, (-1.0, 0.5, -0.8), (-0.3, 0.0, -1.0), (0, 45, 0, 25, 25), (0.5, 0.5, 0.3)),
        index=(0, 66, 80, 42),
        middle=(0, 68, 80, 42),
        ring=(-2, 70, 80, 42),
        pinky=(-9, 86, 98, 60),
    ),
    "N": _shape(
        Thumb(
            _MIDDLE_DIP, (-1.0, 1.8, -0.5), (-0.3, 0.2, -1.0), (5, 45, 0, 20, 20), (0.4, 0.6, 0.3)
        ),
        index=(-1, 62, 84, 44),
        middle=(1, 64, 86, 44),
        ring=(-4, 88, 98, 58),
        pinky=(-9, 88, 96, 60),
    ),
    "O": _shape(
        Thumb(_INDEX_TIP, (0.2, -1.3, 0.3), (-0.3, 0.9, -0.4), (25, 62, 0, 10, 35)),
        index=(-1, 36, 56, 44),
        middle=(0, 40, 57, 44),
        ring=(1, 42, 54, 40),
        pinky=(3, 42, 46, 34),
    ),
    "P": _shape(
        Thumb(_MIDDLE_PIP, (0.9, 0.0, 0.0), (-0.9, 0.2, -0.2), (15, 45, 0, 0, 5)),
        index=(4, 4, 4, 3),
        middle=(-5, 58, 8, 4),
    ),
    "Q": _shape(
        Thumb(_INDEX_TIP, (0.4, -4.5, 0.4), (-0.2, 0.7, -0.6), (15, 55, 0, 0, 0), (0.3, 0.6, 0.3)),
        index=(2, 46, 16, 10),
    ),
    "R": _shape(
        Thumb(_RING_PIP, (1.6, -1.0, 1.3), (-0.4, 0.0, -1.0), (5, 45, 0, 20, 25)),
        index=(-11, 15, 4, 2),
        middle=(15, 5, 12, 8),
    ),
    "R over": _shape(
        Thumb(_RING_PIP, (1.6, -1.0, 1.3), (-0.4, 0.0, -1.0), (5, 45, 0, 20, 25)),
        index=(-11, 0, 4, 2),
        middle=(12, 18, 8, 4),
    ),
    "S": _shape(
        Thumb(
            _MIDDLE_PIP,
            (-0.1, -1.5, 1.7),
            (-0.3, -0.1, -1.0),
            (5, 50, 0, 25, 35),
            (0.7, 0.4, 0.2),
        ),
    ),
    "T": _shape(
        Thumb(
            _INDEX_PIP, (-1.0, 1.5, -0.3), (-0.3, 0.2, -1.0), (10, 40, 0, 10, 15), (0.2, 0.6, 0.4)
        ),
        index=(8, 66, 92, 52),
        middle=(-1, 84, 102, 60),
    ),
    "U": _shape(
        Thumb(_RING_PIP, (1.6, -1.0, 1.3), (-0.4, 0.0, -1.0), (5, 45, 0, 20, 25)),
        index=(-2, 2, 3, 2),
        middle=(1, 2, 3, 2),
    ),
    "V": _shape(
        Thumb(_RING_PIP, (1.6, -1.0, 1.3), (-0.4, 0.0, -1.0), (5, 45, 0, 20, 25)),
        index=(13, 2, 3, 2),
        middle=(-12, 2, 3, 2),
    ),
    "W": _shape(
        Thumb(_PINKY_DIP, (1.1, 0.6, 1.1), (-0.5, 0.2, -0.8), (-5, 50, 0, 25, 30)),
        index=(11, 2, 3, 2),
        middle=(0, 2, 3, 2),
        ring=(-11, 2, 3, 2),
        pinky=(-4, 74, 82, 50),
    ),
    "X": _shape(
        Thumb(_MIDDLE_PIP, (0.6, -1.6, 1.7), (-0.3, -0.1, -1.0), (5, 50, 0, 25, 35)),
        index=(2, 10, 84, 46),
    ),
    "Y": _shape(
        Thumb(_INDEX_MCP, (6.8, -1.2, 1.3), (-0.3, 0.8, 0.5), (62, 12, 0, -5, -5)),
        pinky=(-22, 2, 4, 2),
    ),
}

# Ways to make letters that show a learner best where the thumb goes.
HANDSHAPES |= {
    "A clear": _shape(
        Thumb(_INDEX_PIP, (1.7, 0.6, -1.3), (-1.0, 0.0, 0.3), (20, 30, 0, 0, 5)),
    ),
    "E clear": _shape(
        Thumb(_MIDDLE_TIP, (-1.0, -1.9, 0.5), (-0.1, 0.5, -0.9), (-5, 45, 0, 50, 60)),
        index=(1, 30, 100, 60),
        middle=(0, 32, 102, 60),
        ring=(-2, 33, 102, 60),
        pinky=(-6, 34, 100, 60),
    ),
    "M clear": replace(
        HANDSHAPES["M"],
        thumb=Thumb(_RING_DIP, (-1.1, 0.0, -0.7), (-0.3, 0.0, -1.0), (0, 45, 0, 25, 25)),
    ),
    "S clear": _shape(
        Thumb(_MIDDLE_PIP, (-0.3, -1.7, 1.6), (-0.3, -0.1, -1.0), (5, 50, 0, 25, 35)),
    ),
    "T clear": replace(
        HANDSHAPES["T"],
        thumb=Thumb(_INDEX_PIP, (-1.0, 1.0, -0.1), (-0.3, 0.2, -1.0), (10, 40, 0, 10, 15)),
    ),
    "X clear": replace(
        HANDSHAPES["X"],
        thumb=Thumb(_MIDDLE_PIP, (0.4, -1.5, 1.2), (-0.3, -0.1, -1.0), (5, 50, 0, 25, 35)),
    ),
}

_HANGING: Finger = (0, 80, 20, 8)
_FLAT: Finger = (0, 78, 56, 8)

# Ways that people really sign letters, beside the usual ones.
HANDSHAPES |= {
    "D fist": _shape(
        Thumb(_MIDDLE_PIP, (0.4, -1.5, 1.7), (-0.3, -0.1, -1.0), (5, 50, 0, 25, 30)),
        index=(1, 3, 4, 2),
    ),
    "H tucked": _shape(
        Thumb(_MIDDLE_MCP, (-0.6, -2.6, 1.6), (-0.3, 0.2, -1.0), (0, 45, 0, 40, 50)),
        index=(-2, 6, 4, 3),
        middle=(0, 6, 4, 3),
        ring=(-4, 70, 84, 40),
        pinky=(-9, 72, 82, 40),
    ),
    "H thumb": _shape(
        Thumb(_INDEX_MCP, (2.0, 2.2, 0.5), (-0.9, 0.2, 0.3), (20, 20, 0, 0, 0)),
        index=(-2, 8, 4, 3),
        middle=(0, 8, 4, 3),
    ),
    "I side": _shape(HANDSHAPES["A clear"].thumb, pinky=(-8, 3, 4, 2)),
    "K low": _shape(
        Thumb(_MIDDLE_MCP, (0.9, 1.0, 1.2), (-0.6, 0.1, -0.7), (15, 45, 0, 0, 5)),
        index=(9, 2, 3, 2),
        middle=(-9, 14, 6, 4),
    ),
    "M flat": _shape(HANDSHAPES["M"].thumb, index=_FLAT, middle=_FLAT, ring=_FLAT),
    "M hanging": _shape(
        Thumb(_RING_PIP, (0.6, -1.6, -2.2), (-0.3, 0.2, -1.0), (0, 50, 0, 25, 30)),
        index=_HANGING,
        middle=_HANGING,
        ring=_HANGING,
    ),
    "N flat": _shape(HANDSHAPES["N"].thumb, index=_FLAT, middle=_FLAT),
    "N hanging": _shape(
        Thumb(_MIDDLE_PIP, (0.0, -1.8, -2.2), (-0.3, 0.2, -1.0), (0, 50, 0, 25, 30)),
        index=_HANGING,
        middle=_HANGING,
    ),
    "P down": _shape(
        Thumb(_MIDDLE_PIP, (0.9, -0.6, 0.4), (-0.9, 0.2, -0.2), (15, 50, 0, 0, 5)),
        index=(2, 8, 8, 4),
        middle=(-2, 84, 14, 6),
        ring=(-4, 86, 70, 40),
        pinky=(-7, 86, 70, 40),
    ),
    "R close": _shape(
        HANDSHAPES["R"].thumb,
        index=(-9.5, 12, 4, 2),
        middle=(11, 2, 8, 5),
    ),
    "T high": _shape(
        Thumb(_INDEX_PIP, (-1.0, 2.4, -0.2), (-0.3, 0.2, -1.0), (10, 40, 0, 5, 5)),
        index=(8, 66, 92, 52),
    ),
    "X slight": replace(HANDSHAPES["X"], index=(2, 14, 56, 38)),
    "X thumb": _shape(
        Thumb(_INDEX_DIP, (0.8, -1.8, 0.4), (-0.7, 0.2, -0.6), (20, 40, 0, 0, 5)),
        index=(2, 12, 76, 46),
    ),
}

_LOW = np.array([-25.0, -15.0, -70.0, -10.0, -25.0])
_HIGH = np.array([75.0, 75.0, 70.0, 65.0, 85.0])
_ROUNDS = 10
"""Steps in which the thumb is brought to its goal, at most."""


def finger_angles(shape_name: str) -> Angles:
    """A handshape's 21 angles with the thumb at its starting posture."""
    shape = HANDSHAPES[shape_name]
    fingers = [value for name in LONG_FINGERS for value in getattr(shape, name)]
    angles = np.array([*fingers, *shape.thumb.start], np.float64)
    if len(angles) != len(ANGLES):
        raise AssertionError(f"{shape_name} has {len(angles)} angles")
    return angles


def solve_thumb(skeleton: Skeleton, angles: Angles, thumb: Thumb) -> Angles:
    """`angles` (21,) with the thumb moved to its goal (damped least squares)."""
    joint = skeleton.mesh.joint(thumb.anchor)
    target = skeleton.frames(angles)[joint, :3, 3] + np.array(thumb.offset) / 100
    pad = np.array(thumb.pad) / np.linalg.norm(thumb.pad)
    start = angles[THUMB].copy()
    current = start.copy()
    steps = np.concatenate([np.zeros((1, 5)), np.eye(5)])

    def residual(trial: Angles) -> Angles:
        tip = skeleton.thumb_frames(trial)[..., 3, :, :]
        miss = (tip[..., :3, 3] - target) / 0.003
        tilt = (tip[..., :3, 2] - pad) * 1.2
        return np.concatenate([miss, tilt, (trial - start) / 35.0], axis=-1)

    damping = 1.0
    for _ in range(_ROUNDS):
        several = residual(current + steps)
        value = several[0]
        slope = (several[1:] - value).T
        move = np.linalg.solve(slope.T @ slope + damping * 1e-3 * np.eye(5), -slope.T @ value)
        trial = np.clip(current + np.clip(move, -25, 25), _LOW, _HIGH)
        better = (residual(trial) ** 2).sum() < (value**2).sum()
        current = trial if better else current
        if better and np.abs(move).max() < 0.3:
            break
        damping = damping / 4 if better else damping * 20
    solved = angles.copy()
    solved[THUMB] = current
    return solved


def shape_angles(shape_name: str, skeleton: Skeleton) -> Angles:
    """A plain handshape (21,) degrees, named as in `HANDSHAPES`, on one person's hand."""
    return solve_thumb(skeleton, finger_angles(shape_name), HANDSHAPES[shape_name].thumb)
