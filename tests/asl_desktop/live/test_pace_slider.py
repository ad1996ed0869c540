"""One slider for all times of typing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings
from tests.asl_desktop.compose.signing import NONE, Signer
from trainer.recognition.steady import Pace


def frames_until(signer: Signer, sign: str, done: Callable[[], bool]) -> int:
    for frame in range(200):
        if done():
            return frame
        signer.show(sign, 1 / 30, 0.97)
    raise AssertionError(f"nothing came of {sign}")


def test_a_faster_pace_types_letters_and_spaces_sooner(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, make_window: Callable[[], MainWindow]
) -> None:
    signer, composer = Signer(window, monkeypatch), window.composer
    slider = window.live.pace.slider
    assert Settings().pace is Pace.NORMAL
    taken = []
    for key, name in (
        (Qt.Key.Key_Left, "Calm"),
        (Qt.Key.Key_Right, "Normal"),
        (Qt.Key.Key_Right, "Fast"),
    ):
        QTest.keyClick(slider, key)
        assert name in window.live.pace.toolTip()
        assert name in slider.accessibleName()
        composer.field.clear_text()
        letter = frames_until(signer, "A", lambda: composer.field.text == "A")
        space = frames_until(signer, NONE, lambda: composer.field.text == "A ")
        taken.append((letter, space))
    assert taken == sorted(taken, reverse=True)
    assert len({letter for letter, _ in taken}) == len({space for _, space in taken}) == 3
    assert Settings().pace is Pace.FAST
    window.close()
    assert make_window().live.pace.pace is Pace.FAST
