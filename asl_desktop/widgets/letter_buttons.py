"""Buttons to choose a letter."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QToolButton, QWidget

from asl_desktop.widgets.theme import SPACE
from trainer.letters import LETTERS

_ROWS = 2


class LetterButton(QToolButton):
    """A checkable button that shares the row's width with the others.

    Args:
        least: Narrowest width, in device-independent pixels.
        usual: Width that it asks for.
    """

    def __init__(self, least: int, usual: int) -> None:
        super().__init__()
        self._least, self._usual = least, usual
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setStyleSheet("padding: 4px 2px;")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it may become."""
        return QSize(self._least, self.fontMetrics().height() + 2 * SPACE)

    def sizeHint(self) -> QSize:
        """As wide as it would like to be."""
        return QSize(self._usual, self.fontMetrics().height() + 2 * SPACE)


class LetterButtons(QWidget):
    """Two rows, in which one letter is chosen; arrow keys go to the next.

    Args:
        letters: What there is to choose from.
        least: Narrowest width of a button, in device-independent pixels.
        usual: Width that a button asks for.
    """

    chosen = Signal(str)
    """The letter that the user chose."""

    def __init__(self, letters: str, least: int, usual: int) -> None:
        super().__init__()
        self._group = QButtonGroup(self)
        self.buttons: dict[str, LetterButton] = {}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE // 2)
        for index, letter in enumerate(letters):
            button = LetterButton(least, usual)
            button.setText(letter)
            button.setAccessibleName(letter)
            button.clicked.connect(lambda _, letter=letter: self.chosen.emit(letter))
            self._group.addButton(button)
            self.buttons[letter] = button
            layout.addWidget(button, *divmod(index, len(letters) // _ROWS))

    @property
    def letter(self) -> str:
        """What is chosen."""
        return next(name for name, button in self.buttons.items() if button.isChecked())

    def choose(self, letter: str) -> None:
        """Shows a letter as chosen, without a signal."""
        self.buttons[letter].setChecked(True)


_FULL = "✓"


class LetterStrip(LetterButtons):
    """The letters, each with its number of samples."""

    def __init__(self) -> None:
        super().__init__(LETTERS, 30, 48)

    def show_counts(self, counts: list[int], complete: int) -> None:
        """Shows the 24 letters' numbers of samples; a check mark from `complete` ones on."""
        for (letter, button), count in zip(self.buttons.items(), counts, strict=True):
            mark = _FULL if count >= complete else str(count) if count else ""
            text = f"{letter} {mark}".strip()
            if button.text() != text or not button.toolTip():
                button.setText(text)
                said = self.tr("{0}: {1} samples").replace("{0}", letter)
                button.setAccessibleName(said.replace("{1}", str(count)))
                button.setToolTip(button.accessibleName())
