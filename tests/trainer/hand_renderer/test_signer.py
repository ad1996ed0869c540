from __future__ import annotations

import numpy as np
import pytest

from trainer.hand_renderer.signer import INDEX_TIP, LITTLE_TIP, WRIST, Signer, turns
from trainer.joints import JOINTS


@pytest.fixture(scope="module")
def signer() -> Signer:
    return Signer(np.random.default_rng(3))


def straight(shape: np.ndarray, first: int) -> float:
    """How straight the finger with these four joints is: 1 for a line."""
    joints = shape[first : first + 4]
    along = np.linalg.norm(np.diff(joints, axis=0), axis=1).sum()
    return float(np.linalg.norm(joints[3] - joints[0]) / along)


def test_i_has_its_little_finger_up_and_a_pointing_hand_its_index_finger(signer: Signer) -> None:
    i, one = signer.hold("I").shape, signer.hold("1").shape
    assert i.shape == one.shape == (JOINTS, 3)
    assert straight(i, 17) > 0.95 > 0.7 > straight(i, 5)
    assert straight(one, 5) > 0.95 > 0.7 > straight(one, 17)
    assert np.linalg.norm(i[LITTLE_TIP] - i[WRIST]) > 0.1
    assert np.linalg.norm(one[INDEX_TIP] - one[WRIST]) > 0.12


def test_a_letter_is_held_a_little_differently_every_time(signer: Signer) -> None:
    first, second = signer.hold("L"), signer.hold("L")
    apart = np.linalg.norm(first.shape - second.shape, axis=1).max()
    assert 0 < apart < 0.02
    assert not np.allclose(first.turn, second.turn)


def test_turns_are_rotations(signer: Signer) -> None:
    made = turns(np.random.default_rng(0).normal(0, 1, (5, 3)))
    assert np.allclose(made @ made.transpose(0, 2, 1), np.eye(3))
    assert np.allclose(np.linalg.det(made), 1)
    assert np.allclose(turns(np.zeros((1, 3)))[0], np.eye(3))
