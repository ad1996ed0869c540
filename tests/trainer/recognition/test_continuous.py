from __future__ import annotations

import numpy as np
import pytest

from trainer.letters import CLASSES, LETTERS
from trainer.recognition.continuous import Continuous, ContinuousSettings
from trainer.recognition.decoder import Decoder
from trainer.recognition.seen import Seen

NONE = "-"
ANY = "?"


class Signer:
    """Shows signs to a `Continuous` on a clock of its own."""

    def __init__(self, rate: float = 30.0) -> None:
        self.continuous = Continuous()
        self._rate = rate
        self._frame = 0
        self._rng = np.random.default_rng(0)
        self.words: list[list[Seen]] = []

    def show(self, sign: str, seconds: float, share: float = 0.9) -> None:
        for _ in range(round(seconds * self._rate)):
            seen = self._look(sign, share)
            no_sign = 0.97 if sign == NONE else 0.01
            if word := self.continuous.update(seen, no_sign, self._frame / self._rate):
                self.words.append(word)
            self._frame += 1

    def spell(self, word: str, rate: float) -> None:
        """Each letter is still for half of its time; between two of them, anything is read."""
        for letter in word:
            self.show(ANY, 0.5 / rate)
            self.show(letter, 0.5 / rate)
        self.show(NONE, 1.0)

    def _look(self, sign: str, share: float) -> np.ndarray:
        p = np.full(CLASSES, (1 - share) / CLASSES)
        if sign == NONE:
            return p * 0.1
        letter = sign if sign != ANY else str(self._rng.choice(list(LETTERS)))
        if sign == ANY:
            p = np.full(CLASSES, 0.5 / CLASSES)
            share = 0.5
        p[LETTERS.index(letter)] += share
        return p


def read(word: list[Seen]) -> str:
    return "".join(one.letter for one in word if one.typed)


@pytest.mark.parametrize("frames", [15, 30, 60])
@pytest.mark.parametrize("rate", [1, 2, 3])
def test_letters_are_found_without_holding_them(rate: float, frames: float) -> None:
    signer = Signer(frames)
    for word in ("WATER", "QUICK", "HELLO"):
        signer.spell(word, rate)
    assert [read(word) for word in signer.words] == ["WATER", "QUICK", "HELLO"]


def test_a_word_that_is_not_over_can_be_asked_for() -> None:
    signer = Signer()
    for letter in "WAT":
        signer.show(letter, 0.3)
    assert read(signer.continuous.end()) == "WAT"
    assert signer.continuous.end() == []


def test_without_a_hand_there_is_no_word() -> None:
    signer = Signer()
    signer.show(NONE, 60)
    assert signer.words == []
    assert signer.continuous.end() == []


def test_one_wrong_frame_is_no_letter() -> None:
    signer = Signer(15)
    signer.show("A", 0.4)
    signer.show("S", 0.06)
    signer.show("A", 0.4)
    assert read(signer.continuous.end()) == "A"


def test_the_evidence_of_a_letter_is_that_of_its_frames() -> None:
    signer = Signer()
    signer.show("A", 0.5)
    signer.show("M", 0.5, share=0.5)
    sure, unsure = signer.continuous.end()
    assert sure.share > unsure.share
    assert sure.evidence is not None
    assert sure.evidence.sum() == pytest.approx(1)


def test_the_words_are_decoded_as_typed_ones_are() -> None:
    signer = Signer()
    signer.spell("WATER", 2.5)
    assert Decoder.of("en").decode(signer.words[0])[0].text == "water"


def test_endless_signing_is_cut_into_words() -> None:
    signer = Signer(10)
    signer.show("A", 100)
    assert len(signer.words) >= 2


def test_settings_and_frames_without_sense_are_refused() -> None:
    with pytest.raises(ValueError, match="positive"):
        ContinuousSettings(space=0)
    with pytest.raises(ValueError, match="24"):
        Continuous().update([1.0], 0.0, 0.0)


@pytest.mark.parametrize(("faint", "expected"), [(0.26, "HELLO"), (0.6, "HELO")])
def test_a_letter_that_fades_for_a_moment_is_two(faint: float, expected: str) -> None:
    """Between two Ls the hand bounces: L stays the most probable, but is hardly shown."""
    signer = Signer()
    for letter in "HEL":
        signer.show(letter, 0.5)
        signer.show(ANY, 0.1)
    signer.show("L", 0.3, share=0.9)
    signer.show("L", 0.3, share=faint)
    for letter in "LO":
        signer.show(letter, 0.5)
        signer.show(ANY, 0.1)
    signer.show(NONE, 1.0)
    (word,) = signer.words
    assert "".join(seen.letter for seen in word if seen.typed) == expected
