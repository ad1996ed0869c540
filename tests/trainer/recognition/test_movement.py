from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from trainer.hand_renderer.movements import Moving
from trainer.hand_renderer.signer import Signer
from trainer.nn.layers.linear import Linear
from trainer.nn.sequential import Sequential
from trainer.recognition.movement import Movement, Movements, check_network
from trainer.recognition.movement_features import INPUTS
from trainer.recognition.movement_file import shipped_movements

WIDTH = 640


@pytest.fixture
def movements() -> Movements:
    return shipped_movements()


def hand(seed: int) -> Moving:
    rng = np.random.default_rng(seed)
    return Moving(Signer(rng), rng)


def seen(moving: Moving, *, left: bool = False, size: float = 700.0) -> np.ndarray:
    """(n, 21, 2) pixels of a hand without errors, 30 frames a second."""
    points = moving.points()[::2]
    side = -1 if left else 1
    return (points[:, :, :2] * [side * size, -size] + WIDTH / 2).astype(np.float32)


def told(movements: Movements, joints: np.ndarray) -> list[Movement]:
    found = (movements.update(one, number / 30) for number, one in enumerate(joints))
    return [movement for movement in found if movement is not None]


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("left", [False, True])
@pytest.mark.parametrize("size", [250.0, 1200.0])
def test_j_and_z_are_told_once_each(
    movements: Movements, seed: int, left: bool, size: float
) -> None:
    moving = hand(seed)
    moving.show("I", 0.5)
    moving.draw_j(0.9)
    moving.rest(0.5)
    moving.show("1", 0.5)
    moving.draw_z(1.1)
    moving.rest(0.5)
    found = told(movements, seen(moving, left=left, size=size))
    assert "".join(movement.letter for movement in found) == "JZ"
    for movement, drawn in zip(found, moving.drawn, strict=True):
        assert movement.probability >= movements.settings.sure
        assert abs(movement.end - drawn.end) < 0.35
    assert all(before.end <= after.start + 0.3 for before, after in pairwise(found))


@pytest.mark.parametrize("letter", ["I", "D", "X", "L", "Y", "G"])
def test_held_letters_are_no_movements(movements: Movements, letter: str) -> None:
    moving = hand(4)
    moving.show(letter, 2.5)
    moving.slide(0.3)
    moving.rest(0.8)
    moving.leave(0.5)
    assert not told(movements, seen(moving))


def test_frames_without_a_hand_are_passed_over(movements: Movements) -> None:
    moving = hand(1)
    moving.show("I", 0.5)
    moving.draw_j(0.9)
    moving.rest(0.5)
    joints = seen(moving)
    found = []
    for number, one in enumerate(joints):
        lost = number % 6 == 0
        found.append(movements.update(None if lost else one, number / 30))
    assert [movement.letter for movement in found if movement] == ["J"]


def test_a_clock_that_runs_backwards_starts_anew(movements: Movements) -> None:
    moving = hand(1)
    moving.show("I", 0.5)
    moving.draw_j(0.9)
    joints = seen(moving)
    for number, one in enumerate(joints):
        movements.update(one, 100 + number / 30)
    movements.reset()
    assert movements.update(joints[0], 1.0) is None
    assert movements.update(None, 1.5) is None


def test_joints_of_another_number_are_refused(movements: Movements) -> None:
    with pytest.raises(ValueError, match="21 joints"):
        movements.update(np.zeros((20, 2), np.float32), 0.0)


def test_a_network_of_another_kind_is_refused() -> None:
    rng = np.random.default_rng(0)
    with pytest.raises(ValueError, match="none for movements"):
        check_network(Sequential([Linear(INPUTS, 2, rng)], (INPUTS,)))
