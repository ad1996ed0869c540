"""Words for the letters typed so far or for the last word, accepted by shortcut or click."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from asl_desktop.actions import TextActions, keys
from asl_desktop.widgets.theme import SPACE, accent_colour, muted_colour

_BAR = 4
"""Height of the bar that fills while a word is accepted by holding."""


class SuggestionBar(QWidget):
    """As many buttons as there are actions for suggestions; those without a word are disabled."""

    accepted = Signal(str)
    """The accepted word."""

    def __init__(self, actions: TextActions) -> None:
        super().__init__()
        self._actions = actions.suggestions
        self.words: list[str] = []
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        self.buttons = [_WordButton(number) for number in range(1, len(self._actions) + 1)]
        for index, (button, action) in enumerate(zip(self.buttons, self._actions, strict=True)):
            layout.addWidget(button, 1)
            button.clicked.connect(action.trigger)
            action.triggered.connect(lambda _, chosen=index: self._accept(chosen))
        self.show_words([])

    def show_words(self, words: list[str]) -> None:
        """Offers words, the most probable first."""
        self.words = words[: len(self._actions)]
        for index, (button, action) in enumerate(zip(self.buttons, self._actions, strict=True)):
            word = self.words[index] if index < len(self.words) else ""
            action.setEnabled(bool(word))
            button.setEnabled(bool(word))
            button.show_word(word)
            button.setAccessibleName(
                self.tr("Accept {0}").replace("{0}", word) if word else self.tr("No suggestion")
            )
            button.setToolTip(f"{word} ({keys(action)})" if word else "")

    def show_progress(self, share: float) -> None:
        """Shows how far, 0–1, the first word is accepted by holding."""
        self.buttons[0].show_progress(share)

    def _accept(self, index: int) -> None:
        if index < len(self.words):
            self.accepted.emit(self.words[index])


class _WordButton(QPushButton):
    """A number and a word, elided to the button's width."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self._word = ""
        self._progress = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_word(self, word: str) -> None:
        self._word = word
        self._fit()

    def show_progress(self, share: float) -> None:
        if share != self._progress:
            self._progress = share
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._progress > 0:
            bar = self.rect().adjusted(SPACE, self.height() - _BAR, -SPACE, 0)
            bar.setWidth(round(bar.width() * self._progress))
            painter = QPainter(self)
            painter.fillRect(bar, accent_colour(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        text = f"{self._number}  {self._word}" if self._word else str(self._number)
        room = self.width() - 4 * SPACE
        self.setText(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, room))


class ElidedTail(QLabel):
    """The end of a text on one line of any width; line breaks are shown as spaces."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def minimumSizeHint(self) -> QSize:
        """One line, of any width."""
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the end of the text."""
        painter = QPainter(self)
        painter.setPen(muted_colour(self))
        line = " ".join(self.text().splitlines())
        shown = self.fontMetrics().elidedText(line, Qt.TextElideMode.ElideLeft, self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, shown)
