from __future__ import annotations

import numpy as np
import pytest

from asl_desktop.practice.page import GRACE_SECONDS, WRONG_SECONDS, Attempt
from trainer.recognition.steady import Phase, Steady


def held(letter: str, dwell: float = 1.0) -> Steady:
    return Steady(letter, (), dwell, Phase.LETTER if letter else Phase.NO_SIGN)


def run(attempt: Attempt, letter: str, start: float, end: float) -> bool:
    return any(attempt.see(held(letter), float(t)) for t in np.arange(start, end, 0.05))


def test_a_letter_counts_once_it_is_held_long_enough() -> None:
    attempt = Attempt("A", 10.0)
    assert not attempt.see(held("A", 0.8), 11.0)
    assert attempt.see(held("A", 1.0), 11.4)
    assert attempt.clean
    assert attempt.seconds(11.4) == pytest.approx(1.4)


def test_the_letter_before_is_no_mistake_while_the_hand_is_on_its_way() -> None:
    attempt = Attempt("A", 10.0)
    assert not run(attempt, "S", 10.0, 10.0 + GRACE_SECONDS)
    assert not run(attempt, "T", 10.0 + GRACE_SECONDS, 10.0 + GRACE_SECONDS + WRONG_SECONDS / 2)
    assert run(attempt, "A", 12.0, 12.5)
    assert attempt.clean


def test_a_wrong_letter_that_is_held_is_remembered_once() -> None:
    attempt = Attempt("A", 10.0)
    run(attempt, "S", 10.5, 14.0)
    run(attempt, "", 14.0, 14.2)
    run(attempt, "S", 14.2, 16.0)
    run(attempt, "E", 16.0, 18.0)
    assert attempt.wrong == "SE"
    assert not attempt.clean
    assert run(attempt, "A", 18.0, 18.2)


def test_with_help_it_is_no_clean_hit() -> None:
    attempt = Attempt("A", 0.0)
    attempt.helped = True
    assert attempt.see(held("A"), 1.0)
    assert not attempt.clean
