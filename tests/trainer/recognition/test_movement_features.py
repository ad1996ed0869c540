from __future__ import annotations

import numpy as np
import pytest

from trainer.recognition.movement_features import (
    INPUTS,
    SPANS,
    span_inputs,
    without_outliers,
)


@pytest.fixture
def path() -> tuple[np.ndarray, np.ndarray]:
    """Two seconds of a hand that moves along a bow."""
    seconds = np.arange(60) / 25
    hand = np.random.default_rng(1).uniform(0, 100, (21, 2))
    bow = 80 * np.stack([np.cos(seconds), np.sin(2 * seconds)], axis=1)
    return seconds, (hand + bow[:, None]).astype(np.float32)


def test_size_and_place_do_not_matter(path: tuple[np.ndarray, np.ndarray]) -> None:
    seconds, joints = path
    inputs, enough = span_inputs(seconds, joints, 2.3)
    assert inputs.shape == (len(SPANS), INPUTS)
    assert enough.all()
    elsewhere, _ = span_inputs(seconds, 2.5 * joints + [40, -300], 2.3)
    assert np.allclose(inputs, elsewhere, atol=1e-3)


def test_a_movement_at_half_the_speed_looks_alike_but_for_its_time(
    path: tuple[np.ndarray, np.ndarray],
) -> None:
    seconds, joints = path
    fast, _ = span_inputs(seconds, joints, 2.0, [0.8])
    slow, _ = span_inputs(2 * seconds, joints, 4.0, [1.6])
    assert np.allclose(fast[0, :-1], slow[0, :-1], atol=0.02)
    assert slow[0, -1] - fast[0, -1] == pytest.approx(2 * np.log(2))


def test_spans_without_enough_frames_do_not_count(path: tuple[np.ndarray, np.ndarray]) -> None:
    seconds, joints = path
    kept = (seconds < 1.0) | (seconds > 1.5)
    _, enough = span_inputs(seconds[kept], joints[kept], 2.3)
    assert enough.tolist() == [span < 0.85 for span in SPANS]
    _, enough = span_inputs(seconds[:3], joints[:3], 0.1)
    assert not enough.any()


def test_a_frame_that_is_wrong_is_smoothed_away(path: tuple[np.ndarray, np.ndarray]) -> None:
    _, joints = path
    wrong = joints.copy()
    wrong[30] += 500
    assert np.abs(without_outliers(wrong) - joints).max() < 20
    assert np.array_equal(without_outliers(joints[:2]), joints[:2])
