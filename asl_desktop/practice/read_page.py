"""Read hands: shows hands, and the learner types letters or words. Needs no camera."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from asl_desktop.practice.choice import choose_word, next_letter
from asl_desktop.practice.learner_progress import ALPHABET, Skill
from asl_desktop.practice.page import PAUSE_MS, Clock, Page, ScoreLine, sentence
from asl_desktop.practice.progress_store import ProgressStore
from asl_desktop.practice.progress_strip import ProgressCard
from asl_desktop.widgets import theme, tips
from asl_desktop.widgets.hand_image import HandImage
from asl_desktop.widgets.parts import alarm, announce, caption, row
from asl_desktop.widgets.theme import SPACE

_LONGEST_WORD = 6
_ROOM_FOR_PROGRESS = 500
"""Height of the page, in device-independent pixels."""


class ReadPage(Page):
    """Asks for the letters of shown hands and records the answers."""

    uses_camera = False

    def __init__(self, store: ProgressStore, rng: np.random.Generator, clock: Clock) -> None:
        super().__init__(store, rng, clock)
        self.question = ""
        """The letter or word asked for; "" without an open question."""
        self._last = ""
        self._recent: list[str] = []
        self._start = 0.0
        self.kind = QComboBox()
        self.pace = QComboBox()
        self._pace_caption = caption(self.tr("Pa&ce"), self.pace)
        self.score = ScoreLine()
        self.hands = HandShow()
        self.words = sentence()
        self.answer = QLineEdit()
        self.check = QPushButton()
        self.again = QPushButton(self.tr("A&gain"))
        self.give_up = QPushButton(self.tr("Sho&w me"))
        self.progress = ProgressCard(store, Skill.READING, ALPHABET)
        self._pause = alarm(self, PAUSE_MS, self.ask)
        self._fill()
        self._lay_out()
        self.kind.activated.connect(self._restart)
        self.answer.textEdited.connect(self._typed)
        self.answer.returnPressed.connect(self._check)
        self.check.clicked.connect(self._check)
        self.again.clicked.connect(self._show_question)
        self.give_up.clicked.connect(lambda: self._judge(""))

    @property
    def asks_words(self) -> bool:
        """Whether words are asked for, not letters."""
        return bool(self.kind.currentData())

    def enter(self) -> None:
        """Asks at once: the learner needs only the keyboard."""
        self._restart()

    def leave(self) -> None:
        """Stops; the open question does not count."""
        self._pause.stop()
        self.question = ""
        self.hands.stop()

    def set_left_handed(self, left_handed: bool) -> None:
        """Shows left hands, or right ones."""
        self.hands.set_left_handed(left_handed)

    def set_reduced_motion(self, reduced: bool) -> None:
        """Shows words in a row."""
        self.hands.at_once = reduced
        self.pace.setEnabled(not reduced)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hides the progress in a low window, for the sake of the hand."""
        super().resizeEvent(event)
        self.progress.strip.setVisible(self.height() >= _ROOM_FOR_PROGRESS)

    # Asking -----------------------------------------------------------------------------------

    def _restart(self) -> None:
        self.score.restart()
        self._recent = []
        self.ask()

    def ask(self) -> None:
        """Shows the next letter or word."""
        self._pause.stop()
        progress = self.store.progress
        if self.asks_words:
            self.question = choose_word(
                progress, Skill.READING, self.rng, _LONGEST_WORD, self.question or self._last
            )
        else:
            self.question = next_letter(progress, Skill.READING, self.rng, self._recent, ALPHABET)
            self._recent = [*self._recent[-4:], self.question]
        self._last = self.question
        self._start = self.clock()
        self.answer.clear()
        self.answer.setMaxLength(20 if self.asks_words else 1)
        self.answer.setFocus()
        self.words.setText(
            self.tr("Which word is this? Type it and press Enter.")
            if self.asks_words
            else self.tr("Which letter is this? Type it.")
        )
        self._show_question()
        self._show_buttons()

    def _show_question(self) -> None:
        if self.asks_words:
            self.hands.show_word(self._last, self.pace.currentData())
        else:
            self.hands.show_letter(self._last)
        self.answer.setFocus()

    def _typed(self, text: str) -> None:
        if self.question and not self.asks_words and text.strip():
            self._judge(text)

    def _check(self) -> None:
        if not self.question:
            self.ask()
        elif self.answer.text().strip():
            self._judge(self.answer.text())

    def _judge(self, text: str) -> None:
        """Judges an answer; "" gives up."""
        given, wanted = text.strip().upper(), self.question
        seconds = self.clock() - self._start
        self.question = ""
        right = given == wanted
        self.score.count(right=right)
        if len(given) == len(wanted) or not given:
            for index, letter in enumerate(wanted):
                read = given[index : index + 1]
                other = read if read != letter and read in tuple(ALPHABET) else ""
                share = seconds / len(wanted)
                self.store.note(Skill.READING, letter, read == letter, share, other)
        self.words.setText(self._verdict(given, wanted))
        announce(self.words, self.words.text())
        if not self.asks_words:
            self.hands.show_letter(wanted, secret=False)
        self._show_buttons()
        if right:
            self._pause.start()

    def _verdict(self, given: str, wanted: str) -> str:
        if given == wanted:
            return self.tr("✓ Correct: {0}").replace("{0}", wanted)
        if not given:
            text = self.tr("That is {0}.")
        else:
            text = self.tr("That is {0}, not {1}.").replace("{1}", given)
        known = tips.apart(wanted, given) if len(wanted) == len(given) == 1 else ""
        if not known and len(wanted) == 1:
            known = tips.tip(wanted)
        return f"{text.replace('{0}', wanted)} {known}".strip()

    # Showing ----------------------------------------------------------------------------------

    def _show_buttons(self) -> None:
        open_ = bool(self.question)
        self.check.setText(self.tr("Chec&k") if open_ else self.tr("Ne&xt"))
        self.give_up.setEnabled(open_)
        self.again.setVisible(self.asks_words)
        self._pace_caption.setVisible(self.asks_words)
        self.pace.setVisible(self.asks_words)

    def _fill(self) -> None:
        self.kind.addItem(self.tr("Letters"), False)
        self.kind.addItem(self.tr("Words"), True)
        for name, milliseconds in (
            (self.tr("Slow"), 1300),
            (self.tr("Medium"), 800),
            (self.tr("Fast"), 450),
        ):
            self.pace.addItem(name, milliseconds)

    def _lay_out(self) -> None:
        self.answer.setAccessibleName(self.tr("Your answer"))
        self.answer.setPlaceholderText(self.tr("Your answer"))
        theme.scale(self.answer, 1.4, bold=True)
        self.answer.setMaximumWidth(260)
        self.check.setProperty("primary", True)
        inside = QVBoxLayout()
        inside.setSpacing(SPACE)
        what = caption(self.tr("Sh&ow"), self.kind)
        inside.addLayout(row(what, self.kind, self._pace_caption, self.pace, right=[self.score]))
        inside.addWidget(self.hands, 1)
        inside.addWidget(self.words)
        self.put(inside, row(self.answer, self.check, self.again, self.give_up), self.progress)


_BLANK_MS = 120
"""Between two letters, so that a double letter is visible as two."""


class HandShow(QWidget):
    """Shows a word as hands: one letter after the other, or in a row with reduced motion.

    Accessible names do not contain the letters, which are the question.
    """

    over = Signal()
    """The last letter was shown."""

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
