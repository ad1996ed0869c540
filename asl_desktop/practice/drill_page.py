"""Drill: one letter after the other, those that need it most first."""

from __future__ import annotations

import time

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.live.big_letter import BigLetter, Certainty
from asl_desktop.parts import card, line
from asl_desktop.practice import tips
from asl_desktop.practice.hand_picture import HandPicture
from asl_desktop.practice.page import Clock, Page, sentence
from asl_desktop.practice.record_store import RecordStore
from asl_desktop.practice.record_strip import RecordCard
from asl_desktop.theme import SPACE
from trainer.letters import LETTERS
from trainer.practice.attempt import Attempt
from trainer.practice.choice import confused_pairs, next_letter
from trainer.practice.record import Skill
from trainer.reading import Reading
from trainer.steady import Steady

_PAUSE_MS = 900
"""Between a hit and the next letter."""


class DrillPage(Page):
    """Asks for letters and notes how they went."""

    def __init__(
        self,
        store: RecordStore,
        rng: np.random.Generator,
        clock: Clock = time.perf_counter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(store, rng, clock, parent)
        self.attempt: Attempt | None = None
        """The letter that is asked for now."""
        self._recent: list[str] = []
        self._running = False
        self._asked = self._right = 0
        self.among = QComboBox()
        self.score = line(muted=True)
        self.target = BigLetter()
        self.picture = HandPicture()
        self.words = sentence()
        self.begin = QPushButton()
        self.show_me = QPushButton(self.tr("Show &me"))
        self.skip = QPushButton(self.tr("S&kip"))
        self.record = RecordCard(Skill.SIGNING, LETTERS)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self._lay_out()
        self.begin.clicked.connect(self._toggle)
        self.show_me.clicked.connect(self._help)
        self.skip.clicked.connect(self._skip)
        self.among.activated.connect(self._restart)
        store.changed.connect(lambda: self.record.show_record(store.record))
        self.record.show_record(store.record)
        self._list_pairs()
        self._rest()

    def see(self, steady: Steady, reading: Reading, seconds: float) -> None:
        """Follows the hand until the letter is held."""
        attempt = self.attempt
        if attempt is None:
            return
        before = attempt.wrong
        if attempt.see(steady, seconds):
            self._finish(attempt, seconds)
        elif attempt.wrong != before:
            other = attempt.wrong[-1]
            first = self.tr("That looks like {0}.").replace("{0}", other)
            self.words.setText(f"{first} {tips.apart(attempt.letter, other)}".strip())

    def leave(self) -> None:
        """Ends the drill; what was not answered is not counted."""
        self._rest()

    def set_left_handed(self, left_handed: bool) -> None:
        """Draws the hand as a left one, or not."""
        self.picture.set_left_handed(left_handed)

    # Running ----------------------------------------------------------------------------------

    def _toggle(self) -> None:
        if self._running:
            self._rest()
            return
        self._running = True
        self._asked = self._right = 0
        self._recent = []
        self._ask()

    def _restart(self) -> None:
        if self._running:
            self._recent = []
            self._ask()

    def _rest(self) -> None:
        self._running = False
        self._pause.stop()
        self.attempt = None
        self.target.show_letter("", Certainty.UNSURE)
        self.picture.show_letter("")
        self.words.setText(
            self.tr("Sign each letter that is asked for and hold it until it counts.")
        )
        self._list_pairs()
        self._show_buttons()

    def _ask(self) -> None:
        self._pause.stop()
        letter = next_letter(
            self.store.record, Skill.SIGNING, self.rng, self._recent, self.among.currentData()
        )
        self._recent = [*self._recent[-4:], letter]
        self.attempt = Attempt(letter, self.clock())
        self.target.show_letter(letter, Certainty.SURE)
        self.picture.show_letter("")
        self.words.setText(self.tr("Sign {0}.").replace("{0}", letter))
        self._show_buttons()

    def _finish(self, attempt: Attempt, seconds: float) -> None:
        self.attempt = None
        taken = attempt.seconds(seconds)
        self._count(attempt, attempt.clean, taken)
        if attempt.clean:
            text = self.tr("✓ {0} in {1} s").replace("{1}", f"{taken:.1f}")
        else:
            text = self.tr("{0} is right now. It comes back soon.")
        self.words.setText(text.replace("{0}", attempt.letter))
        self._show_buttons()
        self._pause.start()

    def _skip(self) -> None:
        if self.attempt is not None:
            self._count(self.attempt, False, 0.0)
        self._ask()

    def _help(self) -> None:
        if self.attempt is not None:
            self.attempt.helped = True
            self.picture.show_letter(self.attempt.letter)
            self.words.setText(tips.tip(self.attempt.letter))

    def _count(self, attempt: Attempt, hit: bool, seconds: float) -> None:
        self._asked += 1
        self._right += hit
        self.store.note(Skill.SIGNING, attempt.letter, hit, seconds, attempt.wrong)

    # Showing ----------------------------------------------------------------------------------

    def _show_buttons(self) -> None:
        self.begin.setText(self.tr("St&op") if self._running else self.tr("Beg&in"))
        self.begin.setProperty("primary", not self._running)
        self.begin.style().unpolish(self.begin)
        self.begin.style().polish(self.begin)
        self.show_me.setEnabled(self.attempt is not None)
        self.skip.setEnabled(self._running)
        text = self.tr("{0} of {1} right") if self._asked else ""
        self.score.setText(text.replace("{0}", str(self._right)).replace("{1}", str(self._asked)))

    def _list_pairs(self) -> None:
        chosen = self.among.currentData()
        self.among.clear()
        self.among.addItem(self.tr("All letters, weak ones first"), LETTERS)
        for pair in confused_pairs(self.store.record, Skill.SIGNING):
            if {pair.first, pair.second} <= set(LETTERS):
                text = self.tr("{0} and {1}, often confused")
                text = text.replace("{0}", pair.first).replace("{1}", pair.second)
                self.among.addItem(text, pair.first + pair.second)
        self.among.setCurrentIndex(max(self.among.findData(chosen), 0))

    def _lay_out(self) -> None:
        caption = QLabel(self.tr("Pra&ctise"))
        caption.setProperty("muted", True)
        caption.setBuddy(self.among)
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(caption)
        top.addWidget(self.among)
        top.addStretch(1)
        top.addWidget(self.score)
        self.score.setWordWrap(False)
        middle = QHBoxLayout()
        middle.addWidget(self.target, 1)
        middle.addWidget(self.picture, 1)
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
        inside.addLayout(middle, 1)
        inside.addWidget(self.words)
        inside.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(frame, 1)
        layout.addWidget(self.record)
