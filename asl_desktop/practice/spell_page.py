"""Spell a word against the clock."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QComboBox, QSizePolicy, QVBoxLayout, QWidget

from asl_desktop.practice.choice import choose_word
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.page import Attempt, Clock, SigningPage
from asl_desktop.practice.progress_store import ProgressStore
from asl_desktop.widgets.parts import caption, line, row
from asl_desktop.widgets.theme import SPACE, accent_colour, muted_colour, stage_colour
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
        self.done = 0
        """Number of its letters that are spelled."""
        self._start = 0.0
        self._skipped = False
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

    def see(self, steady: Steady, reading: Reading, seconds: float) -> None:
        """Goes on to the next letter once this one is held."""
        attempt = self.attempt
        if attempt is None:
            return
        held = attempt.see(steady, seconds)
        # A double letter counts again only after it was released.
        again = self.done > 0 and self.word[self.done - 1] == attempt.letter
        if steady.typed == attempt.letter or (held and not again):
            self._count(attempt, attempt.clean, seconds)

    def leave(self) -> None:
        """Aborts the word."""
        if self.attempt is not None:
            self.word, self.done = "", 0
            self._rest(self._invitation())

    # Running ----------------------------------------------------------------------------------

    def _begin(self) -> None:
        self.word = choose_word(
            self.store.progress, Skill.SIGNING, self.rng, self.longest.currentData(), self.word
        )
        self.done = 0
        self._skipped = False
        self._start = self.clock()
        self._tick.start()
        self._ask(self._start)

    def _ask(self, seconds: float) -> None:
        letter = self.word[self.done]
        self.attempt = Attempt(letter, seconds)
        self.image.show_letter("")
        self.boxes.show_word(self.word, self.done)
        if self.done and self.word[self.done - 1] == letter:
            text = self.tr("{0} once more: open your hand for a moment, then sign it again.")
        else:
            text = self.tr("Sign {0}.")
        self.words.setText(text.replace("{0}", letter))
        self._show_time()
        self._show_buttons()

    def _count(self, attempt: Attempt, hit: bool, seconds: float) -> None:
        self.note(attempt, hit, attempt.seconds(seconds))
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
        elif self.demo:
            text = self.tr("Done in {0} s. The demo clip does not count.")
        elif self.store.note_pace(pace):
            text = self.tr("✓ {0} s: {1} letters a minute, your best so far.")
        else:
            text = self.tr("✓ {0} s: {1} letters a minute. Your best is {2}.")
        text = text.replace("{0}", f"{taken:.1f}").replace("{1}", f"{pace:.0f}")
        self._rest(text.replace("{2}", f"{self.store.progress.best_pace:.0f}"))
        self.time.setText(self._clock_text(taken))

    def _rest(self, text: str) -> None:
        self.attempt = None
        self._tick.stop()
        self.image.show_letter("")
        if self.word:
            self.boxes.show_word(self.word, self.done)
        else:
            self.boxes.show_blank(_USUAL)
        self.words.setText(text)
        self.time.setText(self._clock_text(0.0))
        self._show_buttons()

    def _skip(self) -> None:
        if self.attempt is not None:
            self._skipped = True
            self._count(self.attempt, False, self.clock())

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


_LARGEST = 84.0
_GAP = 10.0


class WordBoxes(QWidget):
    """A word as boxes: spelled letters are filled, the current one has a thick frame."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._word = ""
        self._done = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_word(self, word: str, done: int) -> None:
        """Shows a word and how many of its letters are spelled."""
        self._word, self._done = word, done
        if done < len(word):
            text = self.tr("{0}, now {1}").replace("{0}", word).replace("{1}", word[done])
        else:
            text = word
        self.setAccessibleName(text)
        self.update()

    def show_blank(self, count: int) -> None:
        """Shows empty boxes."""
        self._word, self._done = "?" * count, -1
        self.setAccessibleName(self.tr("No word yet"))
        self.update()

    def sizeHint(self) -> QSize:
        """A row of large boxes."""
        return QSize(480, round(_LARGEST) + 6)

    def minimumSizeHint(self) -> QSize:
        """Boxes become smaller with the room."""
        return QSize(220, round(_LARGEST) + 6)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the row in the middle."""
        if not self._word:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = len(self._word)
        side = min(_LARGEST, (self.width() - (count - 1) * _GAP - 4) / count)
        left = (self.width() - count * side - (count - 1) * _GAP) / 2
        font = QFont(self.font())
        font.setPixelSize(round(side * 0.56))
        font.setWeight(QFont.Weight.Bold)
        painter.setFont(font)
        palette = self.palette()
        for index, letter in enumerate(self._word):
            box = QRectF(left + index * (side + _GAP), (self.height() - side) / 2, side, side)
            done, now = index < self._done, index == self._done
            painter.setPen(
                QPen(accent_colour(self), 3) if now else palette.color(QPalette.ColorRole.Mid)
            )
            painter.setBrush(accent_colour(self) if done else stage_colour(self))
            painter.drawRoundedRect(box, 8, 8)
            if done:
                painter.setPen(palette.color(QPalette.ColorRole.HighlightedText))
            elif now:
                painter.setPen(palette.color(QPalette.ColorRole.Text))
            else:
                painter.setPen(muted_colour(self))
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, letter)
