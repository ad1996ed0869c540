from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from trainer.data.dataset import Dataset
from trainer.evaluation.joints import joint_scores
from trainer.images.preprocessing import Preprocessing
from trainer.joints import JOINTS

PREPROCESSING = Preprocessing(size=28, margin=1.0)


def hands() -> Dataset:
    """Two hands in boxes of 40 pixels, whose joints all lie in the middle."""
    boxes = np.array([[10, 10, 40, 30], [20, 10, 30, 40]], np.float32)
    middle = boxes[:, None, :2] + boxes[:, None, 2:] / 2
    joints = np.repeat(middle, JOINTS, axis=1)
    images = np.zeros((2, 80, 80), np.uint8)
    return Dataset(images, np.zeros(2, np.int64), np.array(["a", "b"]), boxes, joints=joints)


def test_joints_are_scored_in_sides_of_the_hand_box() -> None:
    found = np.zeros((2, JOINTS, 2), np.float32)
    found[0, 0, 0] = 0.3  # 0.15 sides
    found[1, :2, 1] = 0.5  # 0.25 sides
    scores = joint_scores(found, hands(), PREPROCESSING)
    assert scores is not None
    assert scores.n == 2
    assert scores.error == pytest.approx((0.15 + 2 * 0.25) / 42, abs=1e-6)
    assert scores.pck_1 == pytest.approx(39 / 42)
    assert scores.pck_2 == pytest.approx(40 / 42)


def test_hands_without_known_joints_do_not_count() -> None:
    data = hands()
    assert data.joints is not None
    data.joints[1] = np.nan
    scores = joint_scores(np.zeros((2, JOINTS, 2), np.float32), data, PREPROCESSING)
    assert scores is not None
    assert (scores.n, scores.error) == (1, 0.0)
    nothing = replace(data, joints=np.full_like(data.joints, np.nan))
    assert joint_scores(np.zeros((2, JOINTS, 2), np.float32), nothing, PREPROCESSING) is None
