from __future__ import annotations

import numpy as np
import pytest

from trainer.experiments.statistics import calibration, interval


def test_the_interval_is_that_of_a_proportion_when_rows_are_alone() -> None:
    right = np.r_[np.ones(900), np.zeros(100)]
    low, high = interval(right, np.arange(1000))
    half = 1.96 * np.sqrt(0.9 * 0.1 / 1000)
    assert low == pytest.approx(0.9 - half, abs=0.003)
    assert high == pytest.approx(0.9 + half, abs=0.003)


def test_rows_that_hang_together_widen_it() -> None:
    groups = np.repeat(np.arange(100), 10)
    right = (groups < 90).astype(float)
    low, high = interval(right, groups)
    assert low == pytest.approx(0.84, abs=0.011)
    assert high == pytest.approx(0.95, abs=0.011)


def test_groups_count_by_their_rows() -> None:
    groups = np.r_[np.zeros(9, int), 1]
    low, high = interval(np.r_[np.ones(9), 0.0], groups)
    assert (low, high) == (0.0, 1.0)


def test_a_network_that_is_right_as_often_as_it_says_is_calibrated() -> None:
    p = np.full((1000, 24), 0.3 / 23, np.float32)
    p[:, 5] = 0.7
    labels = np.where(np.arange(1000) % 10 < 7, 5, 6)
    curve = calibration(p, labels)
    assert curve["error"] == pytest.approx(0, abs=1e-6)
    # 0.7 as a float32 lies just below the edge of two bins.
    assert curve["n"] == [0, 0, 0, 0, 0, 0, 1000, 0, 0, 0]
    wrong = calibration(p, np.zeros(1000, np.int64))
    assert wrong["error"] == pytest.approx(0.7, abs=1e-6)


def test_confidence_of_one_falls_into_the_last_bin() -> None:
    p = np.eye(24, dtype=np.float32)
    curve = calibration(p, np.arange(24))
    assert curve["n"][-1] == 24
    assert curve["accuracy"][-1] == curve["confidence"][-1] == 1.0
