from __future__ import annotations

import numpy as np

from trainer.images.box import Box
from trainer.images.joint_places import in_frame, mirrored
from trainer.joints import JOINTS


def test_the_corners_of_the_square_are_minus_one_and_one() -> None:
    joints = np.array([[-1, -1], [1, 1], [0, 0.5]], np.float32)
    shown = in_frame(joints, Box(10, 20, 40, 40))
    np.testing.assert_allclose(shown, [[10, 20], [50, 60], [30, 50]])


def test_mirroring_twice_changes_nothing() -> None:
    joints = np.random.default_rng(0).random((5, JOINTS, 2)).astype(np.float32)
    np.testing.assert_allclose(mirrored(mirrored(joints, 30), 30), joints, atol=1e-5)
    np.testing.assert_array_equal(mirrored(joints, 30)[..., 1], joints[..., 1])
