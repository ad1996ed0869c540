"""The reading: the letter, its certainty, the candidates and the network's input image."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.widgets import theme
from asl_desktop.widgets.big_letter import NONE, SURE, UNCLEAR, BigLetter, CandidateRow, Certainty
from asl_desktop.widgets.image_list import PixelImage
from asl_desktop.widgets.parts import caption, card
from asl_desktop.widgets.theme import SPACE
from trainer.letters import LETTERS
from trainer.recognition.reader import Reading
from trainer.recognition.steady import Phase, Steady

_OTHERS = 2
_SEEN_SIDE = 114
"""Four times the 28 pixels of Sign Language MNIST, with a line around."""


class LetterPanel(QWidget):
    """Two cards: the reading, and below it the network's input with frame rate and latency."""

    def __init__(self) -> None:
        super().__init__()
        self._words = {
            Certainty.SURE: self.tr("Sure"),
            Certainty.LIKELY: self.tr("Likely"),
            Certainty.UNSURE: self.tr("Unsure – a guess"),
        }
        self.letter = BigLetter()
        self.verdict = QLabel()
        self.verdict.setProperty("muted", True)
        theme.scale(self.verdict, 1.15)
        self.verdict.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.rows = [_row(leading=index == 0) for index in range(1 + _OTHERS)]
        self.seen = PixelImage(self.tr("What the network sees"), _SEEN_SIDE)
        self.rate = QLabel()
        self.latency = QLabel()
        self.computing = QLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(self._reading_card(), 1)
        layout.addWidget(self._network_card())
        self.show_reading(None)
        self.show_pace(None, None, None)

    def show_reading(self, reading: Reading | None, steady: Steady | None = None) -> None:
        """Shows a reading, or with None that there is none.

        Args:
            reading: Of this frame: its image is shown as it is, and so are its candidates unless
                there is no sign.
            steady: What is made of all frames so far; None where nothing moves, and the reading is
                all there is.
        """
        if reading is None:
            self.letter.show_letter("", Certainty.UNSURE)
            self._set(self.verdict, self.tr("Nothing is read yet"))
        elif steady is None:
            certainty = Certainty.of(reading.confidence)
            self.letter.show_letter(reading.letter if reading.is_sign else "", certainty)
            self._set(
                self.verdict, self._words[certainty] if reading.is_sign else self.tr("No sign")
            )
        else:
            self._show_steady(reading, steady)
        no_sign = steady.phase is Phase.NO_SIGN if steady else reading and not reading.is_sign
        for index, row in enumerate(self.rows):
            if reading is None or no_sign:
                row.show_candidate(NONE, None)
            else:
                row.show_candidate(*reading.candidates[index])
        self.seen.show_image(None if reading is None else reading.image)

    def _show_steady(self, reading: Reading, steady: Steady) -> None:
        if steady.phase is Phase.LETTER:
            drawn = steady.letter not in LETTERS
            held = 0.0 if drawn else float(reading.probabilities[LETTERS.index(steady.letter)])
            probability = steady.probability if drawn else held
            certainty = Certainty.SURE if probability >= SURE else Certainty.LIKELY
            self.letter.show_letter(steady.letter, certainty, steady.dwell)
            words = self._words[certainty]
        elif steady.phase is Phase.UNSURE:
            self.letter.show_letter(UNCLEAR, Certainty.UNSURE, 0.0)
            words = self._doubt(steady.rivals)
        else:
            self.letter.show_letter("", Certainty.UNSURE, 0.0)
            words = self.tr("No sign")
        self._set(self.verdict, words)

    def _doubt(self, rivals: tuple[str, ...]) -> str:
        if not rivals:
            return self.tr("Unsure")
        if len(rivals) == 1:
            return self.tr("Unsure: {0}?").replace("{0}", rivals[0])
        words = self.tr("Unsure: {0} or {1}?")
        return words.replace("{0}", rivals[0]).replace("{1}", rivals[1])

    def show_pace(self, rate: float | None, latency: float | None, computing: float | None) -> None:
        """Shows frames per second, latency in ms from arrival to screen, and reading time in ms."""
        self._set(self.rate, self._number(rate, self.tr("{0} frames/s"), 0))
        self._set(self.latency, self._number(latency, self.tr("{0} ms"), 0))
        self._set(self.computing, self._number(computing, self.tr("{0} ms"), 1))

    def _reading_card(self) -> QFrame:
        frame = card()
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.letter, 1)
        layout.addWidget(self.verdict)
        grid = QGridLayout()
        grid.setHorizontalSpacing(SPACE + SPACE // 2)
        grid.setVerticalSpacing(SPACE)
        for index, row in enumerate(self.rows):
            grid.addWidget(row.letter, index, 0)
            grid.addWidget(row.bar, index, 1)
            grid.addWidget(row.number, index, 2)
        grid.setColumnStretch(1, 1)
        layout.addLayout(grid)
        return frame

    def _network_card(self) -> QFrame:
        frame = card()
        layout = QVBoxLayout(frame)
        layout.setContentsMargins(3 * SPACE, 2 * SPACE, 3 * SPACE, 2 * SPACE)
        layout.setSpacing(SPACE)
        title = QLabel(self.tr("What the network sees"))
        theme.scale(title, 1.0, bold=True)
        layout.addWidget(title)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(self.seen)
        row.addLayout(self._pace(), 1)
        layout.addLayout(row)
        return frame

    def _pace(self) -> QVBoxLayout:
        layout = QVBoxLayout()
        layout.setSpacing(0)
        layout.addStretch(1)
        for name, value, hint in (
            (self.tr("Frame rate"), self.rate, self.tr("Frames that arrived in the last second")),
            (self.tr("Latency"), self.latency, self.tr("From a frame's arrival to the screen")),
            (self.tr("Reading"), self.computing, self.tr("Time to crop and read one frame")),
        ):
            value.setAccessibleName(name)
            for label in (caption(name, value), value):
                label.setToolTip(hint)
                layout.addWidget(label)
            layout.addStretch(1)
        return layout

    @staticmethod
    def _set(label: QLabel, text: str) -> None:
        # A new layout costs more than a comparison.
        if label.text() != text:
            label.setText(text)

    @staticmethod
    def _number(value: float | None, unit: str, digits: int) -> str:
        return NONE if value is None else unit.replace("{0}", f"{value:.{digits}f}")


def _row(*, leading: bool) -> CandidateRow:
    row = CandidateRow(leading)
    for label in (row.letter, row.number):
        theme.scale(label, 1.15 if leading else 1.0, bold=leading)
    row.fit()
    return row
