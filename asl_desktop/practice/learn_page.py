"""Learn: shows a letter with a tip, and how well the learner's sign is read."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QVBoxLayout

from asl_desktop.practice.page import Clock, Page
from asl_desktop.practice.progress_store import ProgressStore
from asl_desktop.widgets import theme, tips
from asl_desktop.widgets.big_letter import CandidateRow
from asl_desktop.widgets.hand_image import HandImage
from asl_desktop.widgets.letter_buttons import LetterButtons
from asl_desktop.widgets.parts import line, row
from asl_desktop.widgets.theme import SPACE
from trainer.letters import ALPHABET, LETTERS
from trainer.recognition.reader import Reading
from trainer.recognition.signing import BEGINS_WITH
from trainer.recognition.steady import Phase, Steady


class LearnPage(Page):
    """Letter by letter without a score."""

    def __init__(self, store: ProgressStore, rng: np.random.Generator, clock: Clock) -> None:
        super().__init__(store, rng, clock)
        self.image = HandImage()
        self.title = QLabel()
        theme.scale(self.title, 3.2, bold=True)
        self.tip = line(1.15)
        self.letters = LetterButtons(ALPHABET, 24, 44)
        for button in self.letters.buttons.values():
            theme.scale(button, 1.1, bold=True)
        self.wanted = _share(leading=True)
        self.read = _share(leading=False)
        self.advice = line(1.15)
        self._lay_out()
        self.letters.chosen.connect(self.choose)
        self.choose("A")

    @property
    def letter(self) -> str:
        """The letter that is shown."""
        return self.letters.letter

    def choose(self, letter: str) -> None:
        """Shows a letter of A to Z."""
        self.letters.choose(letter)
        self.hints.ask(letter)
        if self.letters.isAncestorOf(self.window().focusWidget() or self):
            # Arrow keys continue from there.
            self.letters.buttons[letter].setFocus()
        self.image.show_letter(letter)
        self.title.setText(letter)
        self.tip.setText(tips.tip(letter))
        self._clear()

    def step(self, by: int) -> None:
        """Moves by some letters, cyclically."""
        self.choose(ALPHABET[(ALPHABET.index(self.letter) + by) % len(ALPHABET)])

    def see(self, steady: Steady, reading: Reading, seconds: float) -> None:
        """Shows the probabilities of the target and of the letter seen, and a hint."""
        if self.letter not in LETTERS:
            self._see_movement(steady, reading)
            return
        share = float(reading.probabilities[LETTERS.index(self.letter)])
        self.wanted.show_candidate(self.letter, share)
        other = next(c for c in reading.candidates if c.letter != self.letter)
        self.read.show_candidate(other.letter, other.probability)
        self._advise(self._advice(steady, reading, seconds))

    def leave(self) -> None:
        """Clears the reading."""
        self._clear()

    def set_left_handed(self, left_handed: bool) -> None:
        """Draws the hand as a left one, or not."""
        self.image.set_left_handed(left_handed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A letter key shows that letter."""
        text = event.text().upper()
        if text in tuple(ALPHABET):
            self.choose(text)
        else:
            super().keyPressEvent(event)

    def _clear(self) -> None:
        self.wanted.show_candidate(self.letter, None)
        self.read.show_candidate("", None)
        self._advise(
            self.tr("Sign it into the hand box: here it says how well it is read.")
            if self.letter in LETTERS
            else self.tr("Draw it into the hand box: here it says when it is read.")
        )

    def _see_movement(self, steady: Steady, reading: Reading) -> None:
        """As `see`, for a letter that is drawn."""
        if reading.joints is None:
            self._advise(self.tr("This letter is a movement, which this network does not read."))
            return
        drawn = steady.letter == self.letter
        self.wanted.show_candidate(self.letter, steady.probability if drawn else 0.0)
        other = reading.candidates[0]
        self.read.show_candidate(other.letter, other.probability)
        if drawn:
            text = self.tr("That is {0}. Well done!")
        elif steady.phase is Phase.NO_SIGN:
            text = self.tr("No sign is seen: hold your hand into the box.")
        elif steady.letter and steady.letter in BEGINS_WITH[self.letter]:
            text = self.tr("A good start. Now draw {0} along the arrow.")
        else:
            text = self.tr("Begin with the hand as in the image, then draw {0} along the arrow.")
        self._advise(text.replace("{0}", self.letter))

    def _advice(self, steady: Steady, reading: Reading, seconds: float) -> str:
        hint = self.hints.see(steady, reading, seconds)
        if steady.phase is Phase.NO_SIGN:
            return self.tr("No sign is seen: hold your hand into the box.")
        if steady.letter == self.letter:
            return self.tr("That is {0}. Well done!").replace("{0}", self.letter)
        if not hint.text:
            return self.tr("Not clear yet: turn the hand as in the image and hold it still.")
        compare = self.tr("Compare your hand with the image.")
        return f"{hint.seen} {hint.how or compare}".strip()

    def _advise(self, text: str) -> None:
        if self.advice.text() != text:
            self.advice.setText(text)

    def _lay_out(self) -> None:
        back = QPushButton(self.tr("&Back"))
        back.clicked.connect(lambda: self.step(-1))
        on = QPushButton(self.tr("Ne&xt"))
        on.clicked.connect(lambda: self.step(1))
        shares = QGridLayout()
        shares.setHorizontalSpacing(SPACE)
        shares.setVerticalSpacing(SPACE // 2)
        for index, (what, share) in enumerate(
            ((self.tr("Target"), self.wanted), (self.tr("Seen"), self.read))
        ):
            name = QLabel(what)
            name.setProperty("muted", True)
            shares.addWidget(name, index, 0)
            for column, widget in enumerate((share.letter, share.bar, share.number), start=1):
                shares.addWidget(widget, index, column)
        shares.setColumnStretch(2, 1)
        words = QVBoxLayout()
        words.setSpacing(SPACE)
        words.addWidget(self.title)
        words.addWidget(self.tip)
        words.addSpacing(2 * SPACE)
        words.addLayout(shares)
        words.addWidget(self.advice)
        words.addStretch(1)
        words.addLayout(row(back, on))
        inside = QHBoxLayout()
        inside.setSpacing(2 * SPACE)
        inside.addWidget(self.image, 3)
        inside.addLayout(words, 2)
        self.put(inside, below=self.letters)


def _share(*, leading: bool) -> CandidateRow:
    row = CandidateRow(leading)
    theme.scale(row.letter, 1.0, bold=True)
    row.fit()
    return row
