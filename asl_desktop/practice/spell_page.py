"""Spell a word against the clock."""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from asl_desktop.parts import card, line
from asl_desktop.practice import tips
from asl_desktop.practice.hand_picture import HandPicture
from asl_desktop.practice.page import Clock, Page, sentence
from asl_desktop.practice.record_store import RecordStore
from asl_desktop.practice.word_boxes import WordBoxes
from asl_desktop.theme import SPACE
from trainer.practice.attempt import Attempt
from trainer.practice.record import Skill
from trainer.practice.words import choose_word
from trainer.reading import Reading
from trainer.steady import Steady

_LONGEST = (3, 4, 5, 6, 8)
_USUAL = 4
_TICK_MS = 200


class SpellPage(Page):
    """A word, a clock that runs from its first letter, and the pace at the end."""

    def __init__(
        self,
        store: RecordStore,
        rng: np.random.Generator,
        clock: Clock = time.perf_counter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(store, rng, clock, parent)
        self.word = ""
        """What is to be spelled; "" before the first."""
        self.done = 0
        """How many of its letters are."""
        self._attempt: Attempt | None = None
        self._start = 0.0
        self._skipped = False
        self.longest = QComboBox()
        self.boxes = WordBoxes()
        self.time = line(2.0, bold=True)
        self.words = sentence()
        self.picture = HandPicture()
        self.begin = QPushButton(self.tr("Beg&in"))
        self.show_me = QPushButton(self.tr("Show &me"))
        self.skip = QPushButton(self.tr("S&kip letter"))
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_time)
        for letters in _LONGEST:
            text = self.tr("up to {0} letters").replace("{0}", str(letters))
            self.longest.addItem(text, letters)
        self.longest.setCurrentIndex(_LONGEST.index(_USUAL))
        self._lay_out()
        self.begin.clicked.connect(self._begin)
        self.show_me.clicked.connect(self._help)
        self.skip.clicked.connect(self._skip)
        self._rest(self._invitation())

    def see(self, steady: Steady, reading: Reading, seconds: float) -> None:
        """Goes on to the next letter once this one is held."""
        attempt = self._attempt
        if attempt is None:
            return
        held = attempt.see(steady, seconds)
        # A letter said twice counts anew only when it was let go of in between.
        again = self.done > 0 and self.word[self.done - 1] == attempt.letter
        if steady.typed == attempt.letter or (held and not again):
            self._count(attempt, attempt.clean, seconds)

    def leave(self) -> None:
        """Gives the word up."""
        if self._attempt is not None:
            self.word, self.done = "", 0
            self._rest(self._invitation())

    def set_left_handed(self, left_handed: bool) -> None:
        """Draws the hand as a left one, or not."""
        self.picture.set_left_handed(left_handed)

    # Running ----------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.word = choose_word(
            self.store.record, Skill.SIGNING, self.rng, self.longest.currentData(), self.word
        )
        self.done = 0
        self._skipped = False
        self._start = self.clock()
        self._tick.start()
        self._ask(self._start)

    def _ask(self, seconds: float) -> None:
        letter = self.word[self.done]
        self._attempt = Attempt(letter, seconds)
        self.picture.show_letter("")
        self.boxes.show_word(self.word, self.done)
        if self.done and self.word[self.done - 1] == letter:
            text = self.tr("{0} once more: open your hand for a moment, then sign it again.")
        else:
            text = self.tr("Sign {0}.")
        self.words.setText(text.replace("{0}", letter))
        self._show_time()
        self._show_buttons()

    def _count(self, attempt: Attempt, hit: bool, seconds: float) -> None:
        taken = attempt.seconds(seconds)
        self.store.note(Skill.SIGNING, attempt.letter, hit, taken, attempt.wrong)
        self.done += 1
        if self.done < len(self.word):
            self._ask(seconds)
        else:
            self._finish(seconds)

    def _finish(self, seconds: float) -> None:
        taken = max(seconds - self._start, 0.1)
        pace = 60 * len(self.word) / taken
        if self._skipped:
            text = self.tr("Done in {0} s, with letters skipped.")
        elif self.store.note_pace(pace):
            text = self.tr("✓ {0} s: {1} letters a minute, your best so far.")
        else:
            text = self.tr("✓ {0} s: {1} letters a minute. Your best is {2}.")
        text = text.replace("{0}", f"{taken:.1f}").replace("{1}", f"{pace:.0f}")
        self._rest(text.replace("{2}", f"{self.store.record.best_pace:.0f}"))
        self.time.setText(self._clock_text(taken))

    def _rest(self, text: str) -> None:
        self._attempt = None
        self._tick.stop()
        self.picture.show_letter("")
        if self.word:
            self.boxes.show_word(self.word, self.done)
        else:
            self.boxes.show_blank(_USUAL)
        self.words.setText(text)
        self.time.setText(self._clock_text(0.0))
        self._show_buttons()

    def _skip(self) -> None:
        if self._attempt is not None:
            self._skipped = True
            self._count(self._attempt, False, self.clock())

    def _help(self) -> None:
        if self._attempt is not None:
            self._attempt.helped = True
            self.picture.show_letter(self._attempt.letter)
            self.words.setText(tips.tip(self._attempt.letter))

    # Showing ----------------------------------------------------------------------------------

    def _show_time(self) -> None:
        self.time.setText(self._clock_text(self.clock() - self._start))

    def _clock_text(self, seconds: float) -> str:
        return self.tr("{0} s").replace("{0}", f"{max(seconds, 0.0):.1f}")

    def _invitation(self) -> str:
        text = self.tr("Spell a word letter by letter. The clock starts when you press Begin.")
        if self.store.record.best_pace:
            best = self.tr("Your best so far: {0} letters a minute.")
            text = f"{text} {best.replace('{0}', f'{self.store.record.best_pace:.0f}')}"
        return text

    def _show_buttons(self) -> None:
        running = self._attempt is not None
        self.begin.setText(self.tr("Ne&xt word") if self.word else self.tr("Beg&in"))
        self.show_me.setEnabled(running)
        self.skip.setEnabled(running)

    def _lay_out(self) -> None:
        caption = QLabel(self.tr("Words &of"))
        caption.setProperty("muted", True)
        caption.setBuddy(self.longest)
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(caption)
        top.addWidget(self.longest)
        top.addStretch(1)
        top.addWidget(self.time)
        self.time.setWordWrap(False)
        self.begin.setProperty("primary", True)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self.begin, self.show_me, self.skip):
            buttons.addWidget(button)
        buttons.addStretch(1)
        frame = card()
        inside = QVBoxLayout(frame)
        inside.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        inside.setSpacing(SPACE)
        inside.addLayout(top)
        inside.addSpacing(SPACE)
        inside.addWidget(self.boxes)
        inside.addWidget(self.picture, 1)
        inside.addWidget(self.words)
        inside.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(frame)
