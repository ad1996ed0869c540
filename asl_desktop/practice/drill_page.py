"""Drill: asks for one letter after the other, the weakest ones first."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from asl_desktop.practice.choice import confused_pairs, next_letter
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.page import PAUSE_MS, Attempt, Clock, ScoreLine, SigningPage
from asl_desktop.practice.progress_store import ProgressStore
from asl_desktop.practice.progress_strip import ProgressCard
from asl_desktop.widgets.big_letter import BigLetter, Certainty
from asl_desktop.widgets.parts import alarm, caption, row
from asl_desktop.widgets.theme import SPACE
from trainer.letters import LETTERS
from trainer.recognition.reader import Reading
from trainer.recognition.steady import Steady


class DrillPage(SigningPage):
    """Asks for letters and records hits and misses."""

    def __init__(self, store: ProgressStore, rng: np.random.Generator, clock: Clock) -> None:
        super().__init__(store, rng, clock)
        self._recent: list[str] = []
        self._running = False
        self.among = QComboBox()
        self.score = ScoreLine()
        self.target = BigLetter()
        self.skip.setText(self.tr("S&kip"))
        self.progress = ProgressCard(store, Skill.SIGNING, LETTERS)
        self._pause = alarm(self, PAUSE_MS, self._ask)
        self._lay_out()
        self.begin.clicked.connect(self._toggle)
        self.skip.clicked.connect(self._skip)
        self.among.activated.connect(self._restart)
        store.changed.connect(self._follow_progress)
        self._rest()

    def see(self, steady: Steady, reading: Reading, seconds: float) -> None:
        """Follows the hand until the letter is held."""
        attempt = self.attempt
        if attempt is None:
            return
        if attempt.see(steady, seconds):
            self._finish(attempt, seconds)
        else:
            self.advise(attempt, steady, reading, seconds)

    def leave(self) -> None:
        """Ends the drill; the open question does not count."""
        self._rest()

    # Running ----------------------------------------------------------------------------------

    def _toggle(self) -> None:
        if self._running:
            self._rest()
            return
        self._running = True
        self.score.restart()
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
        self.image.show_letter("")
        self.words.setText(
            self.tr("Sign each letter that is asked for and hold it until it counts.")
        )
        self._list_pairs()
        self._show_buttons()

    def _ask(self) -> None:
        self._pause.stop()
        letter = next_letter(
            self.store.progress, Skill.SIGNING, self.rng, self._recent, self.among.currentData()
        )
        self._recent = [*self._recent[-4:], letter]
        self.attempt = Attempt(letter, self.clock())
        self.hints.ask(letter)
        self.target.show_letter(letter, Certainty.SURE)
        self.image.show_letter("")
        self.words.setText(self.tr("Sign {0}.").replace("{0}", letter))
        self._show_buttons()

    def _finish(self, attempt: Attempt, seconds: float) -> None:
        self.attempt = None
        taken = attempt.seconds(seconds)
        self._count(attempt, attempt.clean, taken)
        if attempt.clean:
            text = self.tr("✓ {0} in {1} s").replace("{1}", f"{taken:.1f}")
        else:
            text = self.tr("{0} is correct now. It comes back soon.")
            if attempt.wrong:
                text = self.tr("{0} is correct now; {1} was seen before. It comes back soon.")
                text = text.replace("{1}", ", ".join(attempt.wrong))
        self.words.setText(text.replace("{0}", attempt.letter))
        self._show_buttons()
        self._pause.start()

    def _skip(self) -> None:
        skipped = self.attempt
        if skipped is not None:
            self._count(skipped, False, 0.0)
        self._ask()
        if skipped is not None and self.attempt is not None:
            text = self.tr("{0} was skipped. Sign {1}.").replace("{0}", skipped.letter)
            self.words.setText(text.replace("{1}", self.attempt.letter))

    def _count(self, attempt: Attempt, hit: bool, seconds: float) -> None:
        self.score.count(right=hit)
        self.note(attempt, hit, seconds)

    # Showing ----------------------------------------------------------------------------------

    def _show_buttons(self) -> None:
        self.begin.setText(self.tr("St&op") if self._running else self.tr("Beg&in"))
        self.begin.setProperty("primary", not self._running)
        self.begin.style().unpolish(self.begin)
        self.begin.style().polish(self.begin)
        self.show_me.setEnabled(self.attempt is not None)
        self.skip.setEnabled(self._running)

    def _follow_progress(self) -> None:
        # The choice of letters stays the same during a drill.
        if not self._running:
            self._list_pairs()

    def _list_pairs(self) -> None:
        chosen = self.among.currentData()
        self.among.clear()
        self.among.addItem(self.tr("All letters, weak ones first"), LETTERS)
        for pair in confused_pairs(self.store.progress, Skill.SIGNING):
            if {pair.first, pair.second} <= set(LETTERS):
                text = self.tr("{0} and {1}, often confused")
                text = text.replace("{0}", pair.first).replace("{1}", pair.second)
                self.among.addItem(text, pair.first + pair.second)
        self.among.setCurrentIndex(max(self.among.findData(chosen), 0))

    def _lay_out(self) -> None:
        middle = QHBoxLayout()
        middle.addWidget(self.target, 1)
        middle.addWidget(self.image, 1)
        inside = QVBoxLayout()
        inside.setSpacing(SPACE)
        what = caption(self.tr("Pra&ctise"), self.among)
        inside.addLayout(row(what, self.among, right=[self.score]))
        inside.addSpacing(SPACE)
        inside.addLayout(middle, 1)
        inside.addWidget(self.words)
        self.put(inside, row(self.begin, self.show_me, self.skip), self.progress)
