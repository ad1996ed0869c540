from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from trainer.hand_renderer.reference import letter_pose
from trainer.hand_renderer.spelling import GLIDE_SECONDS, HOLD_SECONDS, spell


def test_every_letter_is_held_in_its_pose() -> None:
    spelling = spell("hi a")
    assert [held.letter for held in spelling.letters] == ["H", "I", "A"]
    for held in spelling.letters:
        assert held.end - held.start == pytest.approx(HOLD_SECONDS, abs=0.01)
        middle = spelling.pose((held.start + held.end) / 2)
        np.testing.assert_allclose(middle.angles, letter_pose(held.letter).angles, atol=1e-6)
    first, second, third = spelling.letters
    assert second.start - first.end == pytest.approx(GLIDE_SECONDS, abs=0.01)
    assert third.start - second.end > 1


def test_between_words_the_hand_is_out_of_the_image() -> None:
    spelling = spell("A B")
    low = min(float(spelling.pose(t).place[1]) for t in np.arange(0, spelling.seconds, 0.05))
    assert low < -0.25
    held = spelling.letters[1]
    assert spelling.pose(held.start).place[1] > -0.2


def test_a_letter_said_twice_is_loosened_and_set_down_beside_itself() -> None:
    spelling = spell("LL")
    first, second = spelling.letters
    between = spelling.pose((first.end + second.start) / 2)
    assert np.abs(between.angles - letter_pose("L").angles).max() > 10
    places = [spelling.pose((held.start + held.end) / 2).place[0] for held in (first, second)]
    assert places[1] < places[0]


def test_j_moves_while_it_is_held() -> None:
    spelling = spell("J")
    (held,) = spelling.letters
    places = [spelling.pose(t).place for t in np.linspace(held.start, held.end, 9)]
    assert np.ptp(places, axis=0).max() > 0.05


def test_the_hand_never_jumps() -> None:
    spelling = spell("OK JZ")
    poses = [spelling.pose(t) for t in np.arange(0, spelling.seconds, 1 / 30)]
    steps = [np.abs(b.place - a.place).max() for a, b in pairwise(poses)]
    assert max(steps) < 0.05


@pytest.mark.parametrize("text", ["", "  ", "A1", "Ä"])
def test_what_cannot_be_spelled_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="cannot be spelled"):
        spell(text)
