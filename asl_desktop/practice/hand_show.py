"""Shows a word as hands: one letter after the other, or all in a row where motion is reduced."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from asl_desktop.widgets.hand_image import HandImage
from asl_desktop.widgets.parts import alarm
from asl_desktop.widgets.theme import SPACE

_BLANK_MS = 120
"""Between two letters, so that one said twice is seen twice."""


class HandShow(QWidget):
    """Hands whose accessible names do not tell the letters: they are the question."""

    over = Signal()
    """The last letter was shown for its time."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.at_once = False
        """Whether the next word is shown in a row."""
        self._word = ""
        self._place = 0
        self._letter_ms = 1000
        self._left_handed = False
        self._images: list[HandImage] = []
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(SPACE)
        self._next = alarm(self, _BLANK_MS, self._go_on)
        self._have(1)

    @property
    def shown(self) -> str:
        """The letters that are on the screen now."""
        return "".join(image.letter for image in self._images if not image.isHidden())

    def show_letter(self, letter: str, *, secret: bool = True) -> None:
        """Shows one letter, or none with ""."""
        self._next.stop()
        self._have(1)
        self._images[0].show_letter(letter, secret=secret)

    def show_word(self, word: str, letter_ms: int) -> None:
        """Shows a word, each letter for so long."""
        self._next.stop()
        self._word, self._letter_ms = word, letter_ms
        if self.at_once or len(word) < 2:
            self._have(len(word))
            for image, letter in zip(self._images, word, strict=False):
                image.show_letter(letter, secret=True)
            self.over.emit()
        else:
            self._place = -1
            self._have(1)
            self._images[0].show_letter("")
            self._next.start(_BLANK_MS)

    def stop(self) -> None:
        """Shows nothing."""
        self.show_letter("")

    def set_left_handed(self, left_handed: bool) -> None:
        """Whether to show left hands."""
        self._left_handed = left_handed
        for image in self._images:
            image.set_left_handed(left_handed)

    def _go_on(self) -> None:
        image = self._images[0]
        if image.letter:
            image.show_letter("")
            if self._place + 1 == len(self._word):
                self.over.emit()
            else:
                self._next.start(_BLANK_MS)
            return
        self._place += 1
        image.show_letter(self._word[self._place], secret=True)
        self._next.start(self._letter_ms)

    def _have(self, count: int) -> None:
        while len(self._images) < count:
            image = HandImage()
            image.set_left_handed(self._left_handed)
            self._images.append(image)
            self._layout.addWidget(image)
        for index, image in enumerate(self._images):
            image.setVisible(index < count)
