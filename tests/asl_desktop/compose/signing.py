"""Shows made frames to a window, on a clock of the test's own."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.hand_box import HandBox
from asl_desktop.main_window import MainWindow
from tests.asl_desktop.helpers import plain
from trainer.letters import CLASSES, LETTERS
from trainer.recognition.reader import Candidate, Reading

NONE = "-"
"""No hand."""

RATE = 30


def reading(sign: str, share: float = 0.9) -> Reading:
    """Of one letter, of "MN" in equal parts, or of no sign."""
    probabilities = np.full(CLASSES, (1 - share) / CLASSES, np.float32)
    for letter in sign.strip(NONE):
        probabilities[LETTERS.index(letter)] += share / len(sign)
    order = np.argsort(-probabilities, kind="stable")
    candidates = tuple(Candidate(LETTERS[i], float(probabilities[i])) for i in order)
    no_sign = share if sign == NONE else 0.0
    return Reading(candidates, probabilities, plain(9)[:28, :28, 0], 1.0, no_sign)


class Signer:
    """Stands in for the camera of a window."""

    def __init__(self, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
        self._window = window
        self._frame: LiveFrame | None = None
        self.seconds = 100.0
        self.box = HandBox()
        monkeypatch.setattr(window.live.camera, "take", lambda: self._frame)

    def show(self, sign: str, seconds: float, share: float = 0.9) -> None:
        """Holds one sign for a time."""
        for _ in range(round(seconds * RATE)):
            self.show_once(reading(sign, share), RATE)

    def show_once(self, seen: Reading, rate: float) -> None:
        """One frame."""
        self.seconds += 1 / RATE
        self._frame = LiveFrame(plain(9), "made", self.box, seen, self.seconds, rate)
        self._window.live.camera.frame_ready.emit()
        QApplication.processEvents()

    def spell(self, word: str) -> None:
        """Each letter for a second; a space and the way to a double letter without a hand."""
        before = ""
        for letter in word:
            if letter == before:
                self.show(NONE, 0.4)
            if letter == " ":
                self.show(NONE, 1.5)
            else:
                self.show(letter, 0.8)
            before = letter
