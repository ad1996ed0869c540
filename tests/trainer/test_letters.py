from __future__ import annotations

import pytest

from trainer.letters import LETTERS, Convention, decide_convention
from trainer.support.errors import UserError


def test_the_letters_are_the_alphabet_without_j_and_z() -> None:
    assert LETTERS == "ABCDEFGHIKLMNOPQRSTUVWXY"


@pytest.mark.parametrize("convention", list(Convention))
def test_labels_and_classes_are_inverse(convention: Convention) -> None:
    for index in range(24):
        assert convention.class_of(convention.label_of(index)) == index


def test_the_same_label_is_k_or_l_depending_on_the_convention() -> None:
    in_gap, without = Convention.GAP.class_of(10), Convention.NO_GAP.class_of(10)
    assert (LETTERS[in_gap or 0], LETTERS[without or 0]) == ("K", "L")


@pytest.mark.parametrize(("convention", "label"), [("gap", 9), ("gap", 25), ("no-gap", 24)])
def test_labels_that_a_convention_lacks(convention: str, label: int) -> None:
    assert Convention(convention).class_of(label) is None


def test_24_decides_for_the_gap_and_9_against_it() -> None:
    assert decide_convention([0, 10, 24], "f.csv") is Convention.GAP
    assert decide_convention([0, 9, 23], "f.csv") is Convention.NO_GAP


def test_labels_that_fit_both_are_refused_with_the_two_ways_out() -> None:
    with pytest.raises(UserError, match=r"f\.csv.*--labels gap.*--labels no-gap"):
        decide_convention([0, 10, 23], "f.csv")


def test_labels_that_fit_neither_are_refused() -> None:
    with pytest.raises(UserError, match="9 and 24 both occur"):
        decide_convention([9, 24], "f.csv")
