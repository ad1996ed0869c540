"""The alphabet as buttons."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QToolButton, QWidget

from asl_desktop import fonts
from asl_desktop.letter_button import LetterButton
from asl_desktop.theme import SPACE
from trainer.practice.record import ALPHABET

_IN_A_ROW = 13


class LetterGrid(QWidget):
    """One letter of A to Z is chosen; arrow keys go to the next."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        for place, letter in enumerate(ALPHABET):
            button = LetterButton(24, 44)
            button.setText(letter)
            button.setAccessibleName(letter)
            fonts.scale(button, 1.1, bold=True)
            button.clicked.connect(lambda _, letter=letter: self.choose(letter))
            self._group.addButton(button)
            self._buttons[letter] = button
            layout.addWidget(button, place // _IN_A_ROW, place % _IN_A_ROW)
        self._letter = ""

    @property
    def letter(self) -> str:
        """What is chosen."""
        return self._letter

    def choose(self, letter: str) -> None:
        """Chooses a letter."""
        button = self._buttons[letter]
        button.setChecked(True)
        if self.isAncestorOf(self.window().focusWidget() or self):
            button.setFocus()
        if letter != self._letter:
            self._letter = letter
            self.chosen.emit(letter)

    def step(self, by: int) -> None:
        """Goes on or back, round the end."""
        place = (ALPHABET.index(self._letter) + by) % len(ALPHABET)
        self.choose(ALPHABET[place])
