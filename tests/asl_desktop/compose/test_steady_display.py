"""What the letter panel makes of a held, a doubtful and a missing sign."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings
from asl_desktop.widgets.big_letter import BigLetter, Certainty
from tests.asl_desktop.compose.signing import NONE, Signer


@pytest.fixture
def signer(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Signer:
    return Signer(window, monkeypatch)


def dwells(window: MainWindow, signer: Signer) -> list[float]:
    """How far the ring is filled, frame by frame, while an A is held."""
    shown = []
    for _ in range(30):
        signer.show("A", 1 / 30)
        assert window.live.panel.letter.dwell is not None
        shown.append(window.live.panel.letter.dwell)
    return shown


def test_the_ring_fills_while_a_sign_is_held(window: MainWindow, signer: Signer) -> None:
    shown = dwells(window, signer)
    assert shown == sorted(shown)
    assert (shown[0], shown[-1]) == (0, 1)
    assert len(set(shown)) > 6
    assert window.live.panel.letter.letter == "A"
    assert window.live.panel.verdict.text() == "Sure"


def test_with_reduced_motion_the_ring_fills_in_steps(window: MainWindow, signer: Signer) -> None:
    action = window.user_actions.reduce_motion
    assert not action.isChecked()
    action.trigger()
    assert Settings().reduced_motion
    shown = dwells(window, signer)
    assert set(shown) <= {0, 0.25, 0.5, 0.75, 1}
    assert shown[-1] == 1


def test_doubt_is_put_in_words(window: MainWindow, signer: Signer) -> None:
    panel = window.live.panel
    signer.show("MN", 1)
    assert panel.verdict.text() == "Unsure: M or N?"
    assert panel.letter.letter == ""
    assert panel.letter.accessibleName() == "Unsure"
    assert {row.letter.text() for row in panel.rows[:2]} == {"M", "N"}, "raw candidates stay"
    signer.show("ABCDEFGHIKLMNOPQRSTUVWXY", 1)
    assert panel.verdict.text() == "Unsure"
    signer.show("A", 2, share=0.4)
    assert panel.verdict.text() == "Likely"


def test_no_sign_is_put_in_words(window: MainWindow, signer: Signer) -> None:
    panel = window.live.panel
    signer.show("A", 1)
    signer.show(NONE, 1)
    assert panel.verdict.text() == "No sign"
    assert panel.letter.letter == ""
    assert panel.letter.accessibleName() == "No letter"


def test_the_ring_is_drawn(qtbot: QtBot) -> None:
    letter = BigLetter()
    qtbot.addWidget(letter)
    letter.resize(200, 200)
    images = []
    for dwell in (None, 0.0, 0.3, 1.0):
        letter.show_letter("A", Certainty.SURE, dwell)
        images.append(letter.grab().toImage())
    assert all(a != b for n, a in enumerate(images) for b in images[:n])
