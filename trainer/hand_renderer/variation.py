"""Random people and random, slightly sloppy signing."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from trainer.hand_renderer.mesh import HandMesh
from trainer.hand_renderer.poses import HANDSHAPES, finger_angles, solve_thumb
from trainer.hand_renderer.skeleton import Angles, Proportions, Skeleton
from trainer.joints import FINGERS

# The mesh is slender; an average hand is this much thicker.
USUAL_FINGER_WIDTH = 1.32
USUAL_THUMB_WIDTH = 1.15

_LOWEST = np.array([-30.0, -12.0, -3.0, -5.0])  # spread, mcp, pip, dip
_HIGHEST = np.array([25.0, 94.0, 114.0, 75.0])


def usual_proportions(mesh: HandMesh) -> Proportions:
    """An average hand."""
    width = np.ones(len(mesh.joint_names))
    for joint, name in enumerate(mesh.joint_names):
        if name.startswith("thumb"):
            width[joint] = USUAL_THUMB_WIDTH
        elif "finger" in name and "metacarpal" not in name:
            width[joint] = USUAL_FINGER_WIDTH
    return Proportions(palm=np.ones(3), length=np.ones(len(width)), width=width)


def random_proportions(mesh: HandMesh, rng: np.random.Generator) -> Proportions:
    """A random person's hand: palm, finger lengths, overall and per-finger thickness."""
    usual = usual_proportions(mesh)
    palm = np.clip(rng.normal([1.0, 1.0, 1.04], [0.06, 0.06, 0.07]), 0.82, 1.22)
    length = np.full(len(usual.length), np.clip(rng.normal(1.0, 0.06), 0.84, 1.16))
    fat = np.clip(rng.normal(1.0, 0.08), 0.82, 1.25)
    width = usual.width.copy()
    for joint, name in enumerate(mesh.joint_names):
        if name in ("wrist", "forearm"):
            continue
        length[joint] *= rng.normal(1.0, 0.025)
        width[joint] *= fat * rng.normal(1.0, 0.02)
    for finger in FINGERS:
        longer, wider = rng.normal(1.0, 0.03, 2)
        for joint, name in enumerate(mesh.joint_names):
            if name.startswith(finger):
                length[joint] *= longer
                width[joint] *= wider
    return Proportions(palm=palm, length=length, width=width)


def random_angles(shape_name: str, skeleton: Skeleton, rng: np.random.Generator) -> Angles:
    """A handshape's 21 angles (degrees) as one person might hold them once.

    The bends vary together across the hand, per finger and per joint, within joint limits.
    """
    angles = finger_angles(shape_name)
    loose = rng.uniform(0.25, 1.5)
    fingers = angles[:16].reshape(4, 4)
    bends = fingers[:, 1:]
    whole, by_finger, by_joint = (
        rng.normal(0, 4.5, 1),
        rng.normal(0, 4.5, (4, 1)),
        rng.normal(0, 4.0, (4, 3)),
    )
    bends += loose * (whole + by_finger + by_joint)
    # Straight fingers hang slightly bent far more often than they bend backwards.
    straight = bends < 3
    bends[straight] += np.abs(rng.normal(0, 3.0, bends.shape))[straight] * loose
    fingers[:, 0] += loose * rng.normal(0, 2.2, 4)
    # Spread fingers open and close together.
    fingers[:, 0] *= np.clip(rng.normal(0.92, 0.2), 0.3, 1.3)
    np.clip(fingers, _LOWEST, _HIGHEST, out=fingers)

    thumb = HANDSHAPES[shape_name].thumb
    offset = np.array(thumb.offset) + rng.normal(0, 1, 3) * thumb.wander
    pad = np.array(thumb.pad) / np.linalg.norm(thumb.pad) + loose * rng.normal(0, 0.15, 3)
    start = np.array(thumb.start) + loose * rng.normal(0, 6.0, 5)
    angles[16:] = start
    jittered = replace(
        thumb,
        offset=(float(offset[0]), float(offset[1]), float(offset[2])),
        pad=(float(pad[0]), float(pad[1]), float(pad[2])),
    )
    return solve_thumb(skeleton, angles, jittered)
