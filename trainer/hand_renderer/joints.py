"""Where the joints of the drawn hand are: they are bones of its mesh."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.mesh import FloatArray, HandMesh
from trainer.hand_renderer.skeleton import LONG_FINGERS

_THUMB_PARTS = ("metacarpal", "phalanx-proximal", "phalanx-distal", "tip")
_FINGER_PARTS = ("phalanx-proximal", "phalanx-intermediate", "phalanx-distal", "tip")


def joint_places(mesh: HandMesh, frames: FloatArray) -> npt.NDArray[np.float64]:
    """The joints' places (21, 3) float64, hand space, metres.

    Args:
        mesh: Names the bones.
        frames: Bone frames (bones, 4, 4), as `Skeleton.frames` gives them.
    """
    return np.asarray(frames[bones(mesh), :3, 3], np.float64)


@lru_cache(maxsize=4)
def bones(mesh: HandMesh) -> npt.NDArray[np.int64]:
    """(21,) positions of `trainer.joints` among the bones of the mesh."""
    names = ["wrist", *(f"thumb-{part}" for part in _THUMB_PARTS)]
    names += [f"{f}-finger-{part}" for f in LONG_FINGERS for part in _FINGER_PARTS]
    return np.array([mesh.joint(name) for name in names])
