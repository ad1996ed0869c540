from __future__ import annotations

import numpy as np
import pytest

from trainer.hand_renderer.movements import RATE, Moving, gone
from trainer.hand_renderer.signer import INDEX_TIP, LITTLE_TIP, Signer


def hand(seed: int, sway: float = 0.0) -> Moving:
    rng = np.random.default_rng(seed)
    return Moving(Signer(rng, sway=0.3), rng, sway)


def drawn(moving: Moving, joint: int) -> np.ndarray:
    """The path of a joint while the last letter is drawn, (n, 2)."""
    _, start, end = moving.drawn[-1]
    return moving.points()[round(start * RATE) : round(end * RATE), joint, :2]


@pytest.mark.parametrize("seed", range(4))
def test_the_little_finger_draws_a_j(seed: int) -> None:
    moving = hand(seed)
    moving.show("I", 0.3)
    moving.draw_j(0.9)
    path = drawn(moving, LITTLE_TIP)
    lowest = int(path[:, 1].argmin())
    # Down first, then to the signer's left, which is the viewer's right.
    assert path[0, 1] - path[lowest, 1] > 0.02
    assert path[-1, 0] - path[0, 0] > 0.01
    assert moving.drawn[0].letter == "J"
    assert moving.drawn[0].end - moving.drawn[0].start == pytest.approx(0.9)


@pytest.mark.parametrize("seed", range(4))
def test_the_index_finger_draws_a_z(seed: int) -> None:
    moving = hand(seed)
    moving.show("1", 0.3)
    moving.draw_z(1.0)
    path = drawn(moving, INDEX_TIP)
    across = np.sign(np.diff(path[:, 0]))
    across = across[across != 0]
    assert (np.diff(across) != 0).sum() == 2  # to one side, back, and again
    assert across[0] == -1
    assert path[0, 1] > path[-1, 1]


def test_movements_go_on_where_the_one_before_ended() -> None:
    moving = hand(5)
    for movement in (moving.wander, moving.circle, moving.shake, moving.slide):
        moving.show("D", 0.2)
        movement(1.0)
    moving.strokes(3, 1.0)
    moving.leave(0.4)
    points = moving.points()
    assert len(points) == round(moving.seconds * RATE)
    assert np.linalg.norm(np.diff(points, axis=0), axis=2).max() < 0.08
    assert not moving.drawn
    assert gone(points)[-1]
    assert not gone(points)[RATE]
