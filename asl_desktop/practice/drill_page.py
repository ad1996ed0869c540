"""Drill: rounds of letters to sign, the weakest ones first."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout

from asl_desktop.practice.choice import confused_pairs
from asl_desktop.practice.course import LESSONS, due_letters, next_step
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.page import PAUSE_MS, Attempt, Clock, ScoreLine, SigningPage
from asl_desktop.practice.progress_store import ProgressStore
from asl_desktop.practice.progress_strip import ProgressCard
from asl_desktop.practice.round_words import lesson_name, summary
from asl_desktop.practice.rounds import Round
from asl_desktop.widgets.big_letter import BigLetter, Certainty
from asl_desktop.widgets.parts import alarm, announce, caption, row
from asl_desktop.widgets.theme import SPACE
from trainer.letters import ALPHABET
from trainer.recognition.reader import Reading
from trainer.recognition.steady import Steady


class DrillPage(SigningPage):
    """Asks for letters, records hits and misses, and sums every round up."""

    def __init__(self, store: ProgressStore, rng: np.random.Generator, clock: Clock) -> None:
        super().__init__(store, rng, clock)
        self.round: Round | None = None
        """The round that goes on."""
        self.among = QComboBox()
        self.score = ScoreLine()
        self.target = BigLetter()
        self.skip.setText(self.tr("S&kip"))
        self.progress = ProgressCard(store, Skill.SIGNING, ALPHABET)
        self._pause = alarm(self, PAUSE_MS, self._go_on)
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

    def start_round(self, letters: str) -> None:
        """Starts a round of certain letters, such as a lesson's."""
        if self.among.findData(letters) < 0:
            self.among.addItem(" ".join(letters), letters)
        self.among.setCurrentIndex(self.among.findData(letters))
        self.score.restart()
        self.round = Round(letters, self.rng)
        self._ask()

    def _toggle(self) -> None:
        if self.round is not None:
            self._rest()
        else:
            self.start_round(self.among.currentData())

    def _restart(self) -> None:
        if self.round is not None:
            self.start_round(self.among.currentData())

    def _rest(self, words: str = "") -> None:
        self.round = None
        self._pause.stop()
        self.attempt = None
        self.hints.ask("")
        self.target.show_letter("", Certainty.UNSURE)
        self.image.show_letter("")
        self.words.setText(
            words or self.tr("Sign each letter that is asked for and hold it until it counts.")
        )
        self._list_choices()
        self._show_buttons()

    def _go_on(self) -> None:
        done = self.round
        if done is None:
            return
        if not done.over:
            self._ask()
            return
        step = next_step(self.store.progress, Skill.SIGNING, self.store.today())
        self._rest(summary(done, Skill.SIGNING, step))
        announce(self.words, self.words.text())
        if step.letters and self.among.findData(step.letters) >= 0:
            # Begin goes on with it.
            self.among.setCurrentIndex(self.among.findData(step.letters))

    def _ask(self) -> None:
        self._pause.stop()
        if self.round is None:
            return
        letter = self.round.next_letter(self.store.progress, Skill.SIGNING)
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
        self._go_on()
        if skipped is not None and self.attempt is not None:
            text = self.tr("{0} was skipped. Sign {1}.").replace("{0}", skipped.letter)
            self.words.setText(text.replace("{1}", self.attempt.letter))

    def _count(self, attempt: Attempt, hit: bool, seconds: float) -> None:
        self.score.count(right=hit)
        if self.round is not None:
            self.round.note(attempt.letter, hit, attempt.wrong)
            self.round.close_question(hit)
        self.note(attempt, hit, seconds)

    # Showing ----------------------------------------------------------------------------------

    def _show_buttons(self) -> None:
        running = self.round is not None
        self.begin.setText(self.tr("St&op") if running else self.tr("Be&gin"))
        self.begin.setProperty("primary", not running)
        self.begin.style().unpolish(self.begin)
        self.begin.style().polish(self.begin)
        self.show_me.setEnabled(self.attempt is not None)
        self.skip.setEnabled(running)

    def _follow_progress(self) -> None:
        # The choice of letters stays the same during a drill.
        if self.round is None:
            self._list_choices()

    def _list_choices(self) -> None:
        chosen = self.among.currentData()
        self.among.clear()
        self.among.addItem(self.tr("All letters, weak ones first"), ALPHABET)
        due = due_letters(self.store.progress, Skill.SIGNING, self.store.today())
        if due:
            text = self.tr("Due today: {0}").replace("{0}", " ".join(due))
            self.among.addItem(text, due)
        for number in range(len(LESSONS)):
            self.among.addItem(lesson_name(number), LESSONS[number])
        for pair in confused_pairs(self.store.progress, Skill.SIGNING):
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
