from __future__ import annotations

import numpy as np
import pytest

from trainer.experiments.continuous_spelling import Shown, measure, show
from trainer.letters import CLASSES, LETTERS
from trainer.recognition.decoder import Decoder


@pytest.fixture(scope="module")
def english() -> Decoder:
    return Decoder.of("en")


@pytest.mark.parametrize("rate", [2.0, 3.0])
def test_rendered_spelling_is_read_at_two_and_three_letters_a_second(
    rate: float, english: Decoder
) -> None:
    found = measure(show(rate, 12, seed=1), english)
    assert found["letter_error_rate"] <= 0.12
    assert found["among_three"] >= 0.9


def test_letters_and_words_are_counted(english: Decoder) -> None:
    found = measure([shown("WATER", "WATER"), shown("HELP", "HELB")], english)
    assert (found["words"], found["letters"]) == (2, 9)
    assert found["letter_error_rate"] == pytest.approx(1 / 9, abs=1e-4)
    assert found["as_read"] == 0.5


def shown(word: str, read: str) -> Shown:
    """Each letter in four frames, and one between."""
    frames = []
    for letter in read:
        held = np.full(CLASSES + 1, 0.001, np.float32)
        held[LETTERS.index(letter)] = 0.97
        frames += [held] * 4 + [np.full(CLASSES + 1, 1 / (CLASSES + 1), np.float32)]
    return Shown(word, np.stack(frames))
