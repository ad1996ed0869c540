from __future__ import annotations

import numpy as np
import pytest

from trainer.hand_finder.evidence import (
    CLEARER,
    NEEDED,
    NEEDED_TO_STAY,
    SignProbability,
    evidence,
    evident,
)
from trainer.hand_finder.finder import Found
from trainer.images.box import Box
from trainer.images.preprocessing import Image

FRAME = np.zeros((240, 320, 3), np.uint8)
LEFT, RIGHT = Box(20, 80, 80, 80), Box(200, 80, 80, 80)


def by_box(signs: dict[Box, float | None]) -> SignProbability:
    return lambda frame, box: signs[box]


def test_evidence_is_the_finders_logit_and_half_of_the_letters() -> None:
    assert evidence(0.5, 0.5) == pytest.approx(0)
    assert evidence(0.9, 0.5) == pytest.approx(np.log(9))
    assert evidence(0.9, 0.8) == pytest.approx(np.log(9) + np.log(4) / 2)


@pytest.mark.parametrize(("p", "sign", "value"), [(1.0, 1.0, 6), (0.0, 0.0, -6), (1.0, 0.0, 2)])
def test_rounded_probabilities_count_as_far_as_any(p: float, sign: float, value: float) -> None:
    assert evidence(p, sign) == pytest.approx(value)


def test_what_shows_no_letter_is_no_hand_though_the_finder_takes_it_for_one() -> None:
    face = Found(LEFT, 0.9)
    assert evidence(0.9, 0.05) < NEEDED < evidence(0.9, 0.95)
    assert evident([face], None, FRAME, by_box({LEFT: 0.05})) == []
    assert evident([face], None, FRAME, by_box({LEFT: 0.95})) == [face]


def test_the_hand_that_was_followed_needs_less() -> None:
    hand = Found(LEFT, 0.9)
    assert NEEDED_TO_STAY < evidence(0.9, 0.5) < NEEDED
    sign = by_box({LEFT: 0.5})
    assert evident([hand], LEFT, FRAME, sign) == [hand]
    assert evident([hand], RIGHT, FRAME, sign) == []


def test_the_letter_network_is_not_asked_where_its_answer_would_change_nothing() -> None:
    def never(frame: Image, box: Box) -> float:
        raise AssertionError

    hand = Found(LEFT, 0.98)
    assert evident([hand], LEFT, FRAME, by_box({LEFT: 0.0})) == [hand]
    assert evident([hand], LEFT, FRAME, never) == [hand]
    for before, hands in ((None, [hand]), (RIGHT, [hand]), (LEFT, [hand, Found(RIGHT, 0.98)])):
        with pytest.raises(AssertionError):
            evident(hands, before, FRAME, never)
    with pytest.raises(AssertionError):
        evident([Found(LEFT, 0.9)], LEFT, FRAME, never)


def test_beside_a_hand_a_less_evident_one_is_none() -> None:
    hand, face = Found(LEFT, 0.98), Found(RIGHT, 0.98)
    assert evidence(0.98, 0.98) - evidence(0.98, 0.4) > CLEARER
    assert evident([face, hand], RIGHT, FRAME, by_box({LEFT: 0.98, RIGHT: 0.4})) == [hand]
    assert evident([face, hand], RIGHT, FRAME, by_box({LEFT: 0.98, RIGHT: 0.9})) == [face, hand]


def test_a_network_without_no_sign_changes_nothing() -> None:
    hands = [Found(LEFT, 0.6), Found(RIGHT, 0.95)]
    assert evident(hands, None, FRAME, by_box({LEFT: None, RIGHT: None})) == hands
