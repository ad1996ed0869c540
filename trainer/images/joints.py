"""The 21 joints of a hand, named and ordered as MediaPipe Hands has them."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from trainer.images.box import Box

FINGERS = ("thumb", "index", "middle", "ring", "little")

NAMES = (
    "wrist",
    *("thumb_cmc", "thumb_mcp", "thumb_ip", "thumb_tip"),
    *(f"{finger}_{part}" for finger in FINGERS[1:] for part in ("mcp", "pip", "dip", "tip")),
)

JOINTS = len(NAMES)

Number = TypeVar("Number", np.float32, np.float64)


def finger_joints(finger: int) -> slice:
    """Joints of a finger, from the palm to the tip; 0 is the thumb, 4 the little finger."""
    return slice(1 + 4 * finger, 5 + 4 * finger)


def in_frame(joints: NDArray[np.float32], square: Box) -> NDArray[np.float32]:
    """Joints (..., 2) in pixels of a frame, of joints from -1 to 1 across a square in it."""
    corner = np.array(square[:2], np.float32)
    return corner + (joints + np.float32(1)) * np.float32(square.w / 2)


def mirrored(joints: NDArray[Number], width: float) -> NDArray[Number]:
    """Joints (..., 2) in the mirror image of an image `width` wide."""
    result = joints.copy()
    result[..., 0] = width - result[..., 0]
    return result
