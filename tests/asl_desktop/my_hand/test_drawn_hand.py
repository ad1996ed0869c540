"""A drawn hand before the camera, the shipped network and finder: a wrong letter on purpose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from asl_desktop.main_window import MainWindow
from asl_desktop.my_hand import record_page
from asl_desktop.my_hand.recorder import WANTED
from tests.asl_desktop.helpers import ListSource
from tests.asl_desktop.my_hand.test_my_hand_tab import mine_of
from tests.patience import PATIENCE_SECONDS
from trainer.hand_renderer.reference import reference_image
from trainer.samples.store import Sitting
from trainer.support.paths import DEFAULT_WEIGHTS, asset

SIDE = 380
PATIENCE = int(1000 * PATIENCE_SECONDS)


def frames(letter: str) -> list[NDArray[Any]]:
    """The hand sways a little before a wall."""
    hand, mask = reference_image(letter, SIDE)
    share = mask[:, :, None] / 255
    rng = np.random.default_rng(0)
    result = []
    for step in range(12):
        frame = np.full((480, 640, 3), 170, np.uint8)
        left = round((640 - SIDE) / 2 + 5 * np.sin(step / 6 * np.pi))
        place = frame[480 - SIDE :, left : left + SIDE]
        place[:] = place * (1 - share) + hand * share
        result.append(np.clip(frame + rng.normal(0, 2, frame.shape), 0, 255).astype(np.uint8))
    return result


def test_a_wrong_letter_is_named_and_the_right_one_taken(
    make_window: Callable[[], MainWindow], qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record_page, "_STALE_MS", 10 * PATIENCE)
    window = make_window()
    mine = mine_of(window)
    record = mine.record
    window.weights.open(asset(DEFAULT_WEIGHTS))
    shown = frames("L")
    window.live.camera.play_source(lambda: ListSource(shown, live=True), live=True)
    qtbot.waitUntil(record.start_button.isEnabled, timeout=PATIENCE)
    record.choose("B")
    qtbot.mouseClick(record.start_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: record.status.text() == "This looks like an L.", timeout=PATIENCE)
    assert record.answer_button.text().replace("&", "") == "It is a B"
    assert not mine.store.samples
    # The hand goes on to B, and nobody has to press anything.
    shown[:] = frames("B")
    full = WANTED[Sitting.LEARN]
    qtbot.waitUntil(lambda: len(mine.store.of("B")) == full, timeout=PATIENCE)
    qtbot.waitUntil(lambda: record.letter == "C", timeout=PATIENCE)
    # It still shows B: C has to wait.
    assert not mine.store.of("C")
