"""A letter and its probability, as a bar and a number."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from asl_desktop.live.big_letter import NONE
from asl_desktop.live.confidence_bar import ConfidenceBar


class CandidateRow:
    """Three widgets for a row of a grid.

    Args:
        leading: Whether the bar is that of the first candidate.
    """

    def __init__(self, leading: bool) -> None:
        self.letter = QLabel()
        self.bar = ConfidenceBar(leading)
        self.number = QLabel()
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def fit(self) -> None:
        """Gives the labels room for whatever they may show, in the fonts that they have now."""
        self.letter.setMinimumWidth(self.letter.fontMetrics().horizontalAdvance("W"))
        self.number.setMinimumWidth(self.number.fontMetrics().horizontalAdvance("100 %"))

    def show_candidate(self, letter: str, probability: float | None) -> None:
        """Shows a letter, and a dash where there is no probability."""
        # Laying out again costs more than comparing.
        if self.letter.text() != letter:
            self.letter.setText(letter)
            self.bar.setAccessibleName(letter)
        number = NONE if probability is None else f"{probability * 100:.0f} %"
        if self.number.text() != number:
            self.number.setText(number)
        self.bar.show_probability(probability or 0.0)
