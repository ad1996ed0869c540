"""Spell a word against the clock."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QComboBox, QVBoxLayout

from asl_desktop.practice.choice import choose_word
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.page import Attempt, Clock, SigningPage
from asl_desktop.practice.progress_store import ProgressStore
from asl_desktop.practice.word_boxes import Result, WordBoxes
from asl_desktop.widgets.parts import caption, line, row
from asl_desktop.widgets.theme import SPACE
from trainer.recognition.reader import Reading
from trainer.recognition.steady import Steady

_LONGEST = (3, 4, 5, 6, 8)
_USUAL = 4
_TICK_MS = 200


class SpellPage(SigningPage):
    """A word, a clock that runs from its first letter, and the pace at the end."""

    def __init__(self, store: ProgressStore, rng: np.random.Generator, clock: Clock) -> None:
        super().__init__(store, rng, clock)
        self.word = ""
        """The word to spell; "" before the first."""
        self.results: list[Result] = []
        """How its letters went so far."""
        self._start = 0.0
        self.longest = QComboBox()
        self.boxes = WordBoxes()
        self.time = line(2.0, bold=True)
        self.skip.setText(self.tr("S&kip letter"))
        self._tick = QTimer(self)
        self._tick.setInterval(_TICK_MS)
        self._tick.timeout.connect(self._show_time)
        for letters in _LONGEST:
            text = self.tr("up to {0} letters").replace("{0}", str(letters))
            self.longest.addItem(text, letters)
        self.longest.setCurrentIndex(_LONGEST.index(_USUAL))
        self._lay_out()
        self.begin.clicked.connect(self._begin)
        self.skip.clicked.connect(self._skip)
        self._rest(self._invitation())

    @property
    def done(self) -> int:
        """Number of letters that are behind."""
        return len(self.results)

    def see(self, steady: Steady, reading: Reading, seconds: float) -> None:
        """Goes on to the next letter once this one is held."""
        attempt = self.attempt
        if attempt is None:
            return
        held = attempt.see(steady, seconds)
        # A double letter counts again only after it was released.
        again = self.done > 0 and self.word[self.done - 1] == attempt.letter
        if steady.typed == attempt.letter or (held and not again):
            self._count(attempt, seconds)
        else:
            self.advise(attempt, steady, reading, seconds)

    def leave(self) -> None:
        """Aborts the word."""
        if self.attempt is not None:
            self.word, self.results = "", []
            self._rest(self._invitation())

    # Running ----------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.word = choose_word(
            self.store.progress, Skill.SIGNING, self.rng, self.longest.currentData(), self.word
        )
        self.results = []
        self._start = self.clock()
        self._tick.start()
        self._ask(self._start)

    def _ask(self, seconds: float) -> None:
        letter = self.word[self.done]
        self.attempt = Attempt(letter, seconds)
        self.hints.ask(letter)
        self.image.show_letter("")
        self.boxes.show_word(self.word, self.results)
        if self.done and self.word[self.done - 1] == letter:
            text = self.tr("{0} once more: open your hand for a moment, then sign it again.")
        else:
            text = self.tr("Sign {0}.")
        self.words.setText(text.replace("{0}", letter))
        self._show_time()
        self._show_buttons()

    def _count(self, attempt: Attempt, seconds: float, *, skipped: bool = False) -> None:
        self.note(attempt, attempt.clean and not skipped, attempt.seconds(seconds))
        self.results.append(Result(attempt.letter, skipped, attempt.helped, attempt.wrong))
        if self.done < len(self.word):
            self._ask(seconds)
        else:
            self._finish(seconds)

    def _finish(self, seconds: float) -> None:
        taken = max(seconds - self._start, 0.1)
        pace = 60 * len(self.word) / taken
        skipped = [result.letter for result in self.results if result.skipped]
        if skipped:
            text = self.tr("{0} s, but not the whole word: you skipped {3}.")
        elif self.demo:
            text = self.tr("Done in {0} s. The demo clip does not count.")
        elif self.store.note_pace(pace):
            text = self.tr("✓ {0} s: {1} letters a minute, your best so far.")
        else:
            text = self.tr("✓ {0} s: {1} letters a minute. Your best is {2}.")
        text = text.replace("{0}", f"{taken:.1f}").replace("{1}", f"{pace:.0f}")
        text = text.replace("{2}", f"{self.store.progress.best_pace:.0f}")
        self._rest(" ".join([text.replace("{3}", ", ".join(skipped)), *self._mistakes()]))
        self.time.setText(self._clock_text(taken))

    def _mistakes(self) -> list[str]:
        """What was seen in place of letters, one sentence each."""
        sentence = self.tr("{0} was seen as {1} first.")
        return [
            sentence.replace("{0}", result.letter).replace("{1}", ", ".join(result.wrong))
            for result in self.results
            if result.wrong
        ]

    def _rest(self, text: str) -> None:
        self.attempt = None
        self._tick.stop()
        self.image.show_letter("")
        if self.word:
            self.boxes.show_word(self.word, self.results)
        else:
            self.boxes.show_blank(_USUAL)
        self.words.setText(text)
        self.time.setText(self._clock_text(0.0))
        self._show_buttons()

    def _skip(self) -> None:
        if self.attempt is not None:
            self._count(self.attempt, self.clock(), skipped=True)

    # Showing ----------------------------------------------------------------------------------

    def _show_time(self) -> None:
        self.time.setText(self._clock_text(self.clock() - self._start))

    def _clock_text(self, seconds: float) -> str:
        return self.tr("{0} s").replace("{0}", f"{max(seconds, 0.0):.1f}")

    def _invitation(self) -> str:
        text = self.tr("Spell a word letter by letter. The clock starts when you press Begin.")
        if self.store.progress.best_pace:
            best = self.tr("Your best so far: {0} letters a minute.")
            text = f"{text} {best.replace('{0}', f'{self.store.progress.best_pace:.0f}')}"
        return text

    def _show_buttons(self) -> None:
        running = self.attempt is not None
        self.begin.setText(self.tr("Ne&xt word") if self.word else self.tr("Be&gin"))
        self.show_me.setEnabled(running)
        self.skip.setEnabled(running)

    def _lay_out(self) -> None:
        self.time.setWordWrap(False)
        self.begin.setProperty("primary", True)
        inside = QVBoxLayout()
        inside.setSpacing(SPACE)
        how_long = caption(self.tr("Words &of"), self.longest)
        inside.addLayout(row(how_long, self.longest, right=[self.time]))
        inside.addSpacing(SPACE)
        inside.addWidget(self.boxes)
        inside.addWidget(self.image, 1)
        inside.addWidget(self.words)
        self.put(inside, row(self.begin, self.show_me, self.skip))
