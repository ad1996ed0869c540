from __future__ import annotations

import pytest

from trainer.letters import LETTERS, Convention


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
