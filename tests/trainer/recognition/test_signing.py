"""Typing of J and Z, with movements that are told when a test says so."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from trainer.letters import CLASSES, LETTERS
from trainer.recognition.movement import Movement, Movements
from trainer.recognition.reader import Candidate, Reading
from trainer.recognition.seen import Seen
from trainer.recognition.signing import SignedLetters, add_seen
from trainer.recognition.steady import SPACE, Steady
from trainer.support.errors import UserError

STEP = 1 / 20
I_POSE = np.random.default_rng(1).uniform(0, 100, (21, 2)).astype(np.float32)
OTHER_POSE = I_POSE[::-1].copy()


class Told(Movements):
    """Tells a movement when a test says so."""

    def __init__(self) -> None:
        self.next: Movement | None = None

    def reset(self) -> None:
        self.next = None

    def update(self, joints: Any, seconds: float) -> Movement | None:
        told, self.next = self.next, None
        return told


class Hand:
    """Signs to `SignedLetters` on a clock of its own."""

    def __init__(self) -> None:
        self.told = Told()
        self.signed = SignedLetters(movements=lambda: self.told)
        self.frame = 0
        self.text = ""
        self.seen: list[Seen] = []
        self.last = Steady()

    @property
    def seconds(self) -> float:
        return self.frame * STEP

    def hold(self, letter: str, seconds: float, pose: np.ndarray = OTHER_POSE) -> None:
        for _ in range(round(seconds / STEP)):
            self.feed(letter, pose)

    def draw(self, letter: str, seconds: float, reads: str) -> None:
        """Draws a letter, while the network reads something in it."""
        start = self.seconds
        self.hold(reads, seconds, I_POSE)
        self.told.next = Movement(letter, 0.97, start, self.seconds)
        self.feed(reads, I_POSE)

    def feed(self, letter: str, pose: np.ndarray) -> None:
        probabilities = np.full(CLASSES, 0.1 / CLASSES, np.float32)
        if letter:
            probabilities[LETTERS.index(letter)] += 0.9
        candidates = (Candidate(letter or "A", 0.9),)
        image = np.zeros((28, 28), np.uint8)
        no_sign = 0.0 if letter else 0.9
        joints = pose if letter else None
        reading = Reading(candidates, probabilities, image, 1.0, no_sign, joints)
        self.last = self.signed.update(reading, self.seconds)
        add_seen(self.seen, self.last)
        if self.last.taken_back:
            assert self.text.endswith(self.last.taken_back)
            self.text = self.text.removesuffix(self.last.taken_back)
        self.text += self.last.typed
        self.frame += 1


@pytest.fixture
def hand() -> Hand:
    return Hand()


def test_the_i_that_a_j_begins_with_is_taken_back(hand: Hand) -> None:
    hand.hold("A", 0.8)
    hand.hold("I", 0.6, I_POSE)
    assert hand.text == "AI"
    hand.draw("J", 0.8, reads="I")
    assert hand.text == "AJ"
    assert [one.letter for one in hand.seen] == ["A", "J"]
    assert hand.seen[-1].share == 1


def test_what_is_read_while_a_z_is_drawn_is_taken_back(hand: Hand) -> None:
    hand.hold("O", 0.8)
    hand.hold("D", 0.1, I_POSE)
    hand.draw("Z", 1.2, reads="G")
    assert hand.text == "OZ"
    hand.draw("Z", 1.0, reads="X")
    assert hand.text == "OZZ"


def test_an_i_that_was_let_go_is_a_letter_of_its_own(hand: Hand) -> None:
    hand.hold("I", 0.8, I_POSE)
    hand.hold("S", 0.8)
    hand.draw("J", 0.8, reads="I")
    assert hand.text == "ISJ"


def test_the_hand_at_the_end_of_a_movement_types_nothing(hand: Hand) -> None:
    hand.draw("J", 0.8, reads="I")
    hand.hold("S", 1.0, I_POSE)  # it stands still; the network reads something in it
    assert hand.text == "J"
    hand.hold("S", 0.8, OTHER_POSE)  # another hand
    assert hand.text == "JS"


def test_a_hand_that_comes_to_rest_after_its_letter_was_told_types_nothing(hand: Hand) -> None:
    hand.draw("J", 0.8, reads="I")
    hand.hold("I", 0.2, 0.5 * I_POSE + 0.5 * OTHER_POSE)
    hand.hold("I", 1.0, OTHER_POSE)
    assert hand.text == "J"


def test_a_letter_that_follows_at_once_is_typed(hand: Hand) -> None:
    hand.draw("Z", 1.0, reads="D")
    hand.hold("X", 0.3, 0.5 * I_POSE + 0.5 * OTHER_POSE)  # on the way
    hand.hold("A", 1.0, OTHER_POSE)
    assert hand.text == "ZA"


def test_a_drawn_letter_is_shown_for_a_moment_like_a_held_one(hand: Hand) -> None:
    hand.draw("Z", 1.0, reads="D")
    assert (hand.last.letter, hand.last.dwell, hand.last.typed) == ("Z", 1.0, "Z")
    assert hand.last.probability == pytest.approx(0.97)
    hand.hold("D", 0.4, I_POSE)
    assert (hand.last.letter, hand.last.typed) == ("Z", "")
    hand.hold("D", 1.0, I_POSE)
    assert hand.last.letter == "D"
    assert hand.last.probability == 0


def test_a_space_follows_a_word_that_ends_in_a_movement(hand: Hand) -> None:
    hand.draw("J", 0.8, reads="I")
    hand.hold("", 1.8)
    assert hand.text == "J" + SPACE
    hand.draw("Z", 0.8, reads="D")
    assert hand.text == "J Z"


def test_without_movements_held_letters_are_read_as_before(hand: Hand) -> None:
    hand.signed = SignedLetters(movements=None)
    hand.hold("I", 0.8, I_POSE)
    hand.draw("J", 0.8, reads="I")
    assert hand.text == "I"


def test_forgets_all_when_it_starts_anew(hand: Hand) -> None:
    hand.hold("I", 0.8, I_POSE)
    hand.signed.reset()
    hand.draw("J", 0.2, reads="Y")
    assert hand.text == "IJ"


def test_a_network_that_cannot_be_read_is_told_once_and_done_without(hand: Hand) -> None:
    def fail() -> Movements:
        raise UserError("movement.safetensors: cannot be read.")

    hand.signed = SignedLetters(movements=fail)
    with pytest.raises(UserError, match="cannot be read"):
        hand.feed("A", OTHER_POSE)
    hand.hold("A", 0.8)
    assert hand.text == "A"
