"""Where the joints of a hand are in an image, and in its mirror image."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from trainer.images.box import Box

Number = TypeVar("Number", np.float32, np.float64)


def in_frame(joints: NDArray[np.float32], square: Box) -> NDArray[np.float32]:
    """Joints (..., 2) in pixels of a frame, of joints from -1 to 1 across a square in it."""
    corner = np.array(square[:2], np.float32)
    return corner + (joints + np.float32(1)) * np.float32(square.w / 2)


def mirrored(joints: NDArray[Number], width: float) -> NDArray[Number]:
    """Joints (..., 2) in the mirror image of an image `width` wide."""
    result = joints.copy()
    result[..., 0] = width - result[..., 0]
    return result
