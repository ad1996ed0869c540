"""The 24 letters as buttons that tell how many samples each has."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QToolButton, QWidget

from asl_desktop.letter_button import LetterButton
from asl_desktop.mine.recorder import WANTED
from asl_desktop.theme import SPACE
from trainer.letters import LETTERS

_IN_A_ROW = 12
_FULL = "✓"


class LetterStrip(QWidget):
    """One letter is chosen; arrow keys go to the next."""

    chosen = Signal(str)
    """By the user."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        for place, letter in enumerate(LETTERS):
            button = LetterButton(30, 48)
            button.clicked.connect(lambda _, letter=letter: self.chosen.emit(letter))
            self._group.addButton(button)
            self._buttons[letter] = button
            layout.addWidget(button, place // _IN_A_ROW, place % _IN_A_ROW)

    @property
    def letter(self) -> str:
        """What is chosen."""
        return next(name for name, button in self._buttons.items() if button.isChecked())

    def choose(self, letter: str) -> None:
        """Shows a letter as chosen; tells nobody."""
        self._buttons[letter].setChecked(True)

    def show_counts(self, counts: list[int]) -> None:
        """Shows how many samples each of the 24 letters has."""
        for (letter, button), count in zip(self._buttons.items(), counts, strict=True):
            mark = _FULL if count >= WANTED else str(count) if count else ""
            text = f"{letter} {mark}".strip()
            if button.text() != text:
                button.setText(text)
                said = self.tr("{0}: {1} samples").replace("{0}", letter)
                button.setAccessibleName(said.replace("{1}", str(count)))
                button.setToolTip(button.accessibleName())
