"""J and Z, drawn by a hand whose joints the network gives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from asl_desktop.main_window import MainWindow
from tests.asl_desktop.compose.signing import RATE, Signer, reading
from trainer.hand_renderer import movements
from trainer.hand_renderer.movements import Moving
from trainer.hand_renderer.signer import Signer as Person


@pytest.fixture
def signer(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Signer:
    window.live.preview.setFocus()
    return Signer(window, monkeypatch)


def draw(signer: Signer, letter: str, begins_with: str, before: float) -> None:
    """Holds the letter that a movement begins with, and draws."""
    rng = np.random.default_rng(1)
    moving = Moving(Person(rng), rng)
    moving.show("I" if letter == "J" else "1", before)
    if letter == "J":
        moving.draw_j(0.9)
    else:
        moving.draw_z(1.1)
    moving.rest(0.6)
    for points in moving.points()[:: movements.RATE // RATE]:
        joints = (points[:, :2] * [700, -700] + 320).astype(np.float32)
        signer.show_once(replace(reading(begins_with, 0.97), joints=joints), RATE)


@pytest.mark.parametrize(("letter", "begins_with"), [("J", "I"), ("Z", "D")])
@pytest.mark.parametrize("before", [0.1, 0.9])
def test_a_drawn_letter_is_typed_without_the_one_that_it_begins_with(
    window: MainWindow, signer: Signer, letter: str, begins_with: str, before: float
) -> None:
    signer.show("A", 0.8, 0.97)
    draw(signer, letter, begins_with, before)
    assert window.composer.field.text == "A" + letter
    signer.show("-", 0.4)
    signer.show("O", 0.8, 0.97)
    assert window.composer.field.text == "A" + letter + "O"


def test_the_panel_shows_the_drawn_letter_for_a_moment(window: MainWindow, signer: Signer) -> None:
    draw(signer, "J", "I", 0.4)
    assert window.live.panel.letter.letter == "J"
    signer.show("I", 1.0)
    assert window.live.panel.letter.letter == "I"
