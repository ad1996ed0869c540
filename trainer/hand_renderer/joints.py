"""The 21 joints of a hand, in the usual order of joint networks, from the bones of the mesh."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.mesh import FloatArray, HandMesh

JOINTS = 21
"""Wrist, then four joints of the thumb and of the index, middle, ring and little finger, each from
the palm outwards."""

HAND_FINGERS = ("thumb", "index", "middle", "ring", "pinky")

_THUMB_PARTS = ("metacarpal", "phalanx-proximal", "phalanx-distal", "tip")
_FINGER_PARTS = ("phalanx-proximal", "phalanx-intermediate", "phalanx-distal", "tip")


def joints_of(finger: str) -> slice:
    """Where the four joints of a finger of `HAND_FINGERS` stand among the 21."""
    first = 1 + 4 * HAND_FINGERS.index(finger)
    return slice(first, first + 4)


def joint_places(mesh: HandMesh, frames: FloatArray) -> npt.NDArray[np.float64]:
    """The joints' places (21, 3) float64, hand space, metres.

    Args:
        mesh: Names the bones.
        frames: Bone frames (bones, 4, 4), as `Skeleton.frames` gives them.
    """
    return np.asarray(frames[bones(mesh), :3, 3], np.float64)


@lru_cache(maxsize=4)
def bones(mesh: HandMesh) -> npt.NDArray[np.int64]:
    """(21,) positions of the joints among the bones of the mesh."""
    names = ["wrist", *(f"thumb-{part}" for part in _THUMB_PARTS)]
    names += [f"{f}-finger-{part}" for f in HAND_FINGERS[1:] for part in _FINGER_PARTS]
    return np.array([mesh.joint(name) for name in names])
