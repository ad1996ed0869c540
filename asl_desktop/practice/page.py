"""What the pages of the Practice tab have in common."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLayout, QVBoxLayout, QWidget

from asl_desktop.parts import card_with, line
from asl_desktop.practice.record_store import RecordStore
from asl_desktop.theme import SPACE
from trainer.reading import Reading
from trainer.steady import Steady

Clock = Callable[[], float]
"""Seconds, as the frames' `arrived`."""

PAUSE_MS = 900
"""Between a right answer and the next question."""


class Page(QWidget):
    """One way to practise.

    Args:
        store: The learner's record.
        rng: Chooses letters and words.
        clock: Tells the time.
    """

    uses_camera = True
    """Whether the camera's picture belongs beside it."""

    def __init__(self, store: RecordStore, rng: np.random.Generator, clock: Clock) -> None:
        super().__init__()
        self.store = store
        self.rng = rng
        self.clock = clock

    def see(self, steady: Steady, reading: Reading, seconds: float) -> None:
        """Takes in a frame that was read, while the page is shown."""

    def enter(self) -> None:
        """The page is shown."""

    def leave(self) -> None:
        """The page is hidden: what runs comes to its end."""

    def set_left_handed(self, left_handed: bool) -> None:
        """Whether hands are drawn as left ones."""

    def set_reduced_motion(self, reduced: bool) -> None:
        """Whether to show things at once instead of one after the other."""

    def put(self, inside: QLayout, below: QWidget | None = None) -> None:
        """Lays the page out: a card as high as there is room for, and what stands below it."""
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(card_with(inside), 1)
        if below is not None:
            layout.addWidget(below)


def sentence() -> QLabel:
    """What a page says, with room for two lines, so that nothing moves when it says more."""
    label = line(1.15)
    label.setMinimumHeight(2 * label.fontMetrics().lineSpacing())
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return label
