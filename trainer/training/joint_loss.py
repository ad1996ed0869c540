"""The second task of a letter network: where the hand's joints are in its image."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trainer.joints import JOINTS
from trainer.nn.layers.layer import Array

NEAR = np.float32(0.04)
"""Error, in half sides of the image, up to which the loss grows with its square."""


def joint_targets(
    joints: NDArray[np.float32], warps: NDArray[np.float64], size: int
) -> NDArray[np.float32]:
    """(n, 42): x and y of every joint in augmented images, from -1 to 1 across them.

    Args:
        joints: (n, 21, 2) in pixels of the stored images, NaN where they are not known.
        warps: (n, 3, 3) from pixels of the augmented images to pixels of the stored ones.
        size: Side of the augmented images, in pixels.
    """
    # Pixel centres lie at whole numbers in warps, edges in joints.
    points = np.concatenate([joints - 0.5, np.ones((*joints.shape[:2], 1))], axis=2)
    moved = np.einsum("nij,nkj->nki", np.linalg.inv(warps), points)
    centred = (moved[..., :2] / moved[..., 2:] + 0.5) * 2 / size - 1
    return np.asarray(centred.reshape(len(joints), 2 * JOINTS), np.float32)


def joint_loss(output: Array, targets: NDArray[np.float32]) -> tuple[float, Array]:
    """Mean distance of coordinates, and its gradient by the output.

    The distance is √(e² + NEAR²) − NEAR: joints that a tracker guessed wrong weigh no more than
    others. Unknown joints cost nothing.

    Args:
        output: (n, 42).
        targets: (n, 42), NaN where they are not known.
    """
    error = np.nan_to_num(output - targets)
    length = np.sqrt(error**2 + NEAR**2)
    return float((length - NEAR).mean()), error / (length * np.float32(error.size))
