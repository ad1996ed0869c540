"""The base of the pages of the Practice tab."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QLayout, QPushButton, QVBoxLayout, QWidget

from asl_desktop.practice.hints import Hints
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.progress_store import ProgressStore
from asl_desktop.widgets import tips
from asl_desktop.widgets.hand_image import HandImage
from asl_desktop.widgets.parts import announce, card_with, line
from asl_desktop.widgets.scrolling import Scrolling
from asl_desktop.widgets.theme import SPACE
from trainer.letters import LETTERS
from trainer.recognition.reader import Reading
from trainer.recognition.signing import BEGINS_WITH
from trainer.recognition.steady import Phase, Steady

Clock = Callable[[], float]
"""Seconds, as the frames' `arrived`."""

PAUSE_MS = 900
"""Between a right answer and the next question."""


class Page(QWidget):
    """Base of a page.

    Args:
        store: The learner's progress.
        rng: Chooses letters and words.
        clock: Tells the time.
    """

    uses_camera = True
    """Whether the camera image is shown beside the page."""

    def __init__(self, store: ProgressStore, rng: np.random.Generator, clock: Clock) -> None:
        super().__init__()
        self.store = store
        self.rng = rng
        self.clock = clock
        self.hints = Hints(self)

    def see(self, steady: Steady, reading: Reading, seconds: float) -> None:
        """Processes a reading while the page is visible."""

    def enter(self) -> None:
        """The page is shown."""

    def leave(self) -> None:
        """The page is hidden: ends a running exercise."""

    def set_left_handed(self, left_handed: bool) -> None:
        """Whether hands are drawn as left ones."""

    def set_reduced_motion(self, reduced: bool) -> None:
        """Whether to show things at once instead of one after the other."""

    def put(
        self, inside: QLayout, buttons: QLayout | None = None, below: QWidget | None = None
    ) -> None:
        """Lays the page out: a card as high as there is room for, and what stands below it.

        Args:
            inside: What the card holds; scrolls where there is little room.
            buttons: Stay in sight at the lower edge of the card.
            below: Stands below the card.
        """
        content = QWidget()
        inside.setContentsMargins(0, 0, 0, 0)
        content.setLayout(inside)
        column = QVBoxLayout()
        column.setSpacing(SPACE)
        column.addWidget(Scrolling(content), 1)
        if buttons is not None:
            column.addLayout(buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(card_with(column), 1)
        if below is not None:
            layout.addWidget(below)


def sentence() -> QLabel:
    """A label with room for two lines, so that nothing moves when its text changes."""
    label = line(1.15)
    label.setMinimumHeight(2 * label.fontMetrics().lineSpacing())
    label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    return label


class SigningPage(Page):
    """Asks for one letter at a time; an attempt with help is no hit."""

    def __init__(self, store: ProgressStore, rng: np.random.Generator, clock: Clock) -> None:
        super().__init__(store, rng, clock)
        self.attempt: Attempt | None = None
        """At the letter that is asked for now."""
        self.demo = False
        """Whether the demo clip plays: its hand does not count as the learner's."""
        self.image = HandImage()
        self.words = sentence()
        self.begin = QPushButton()
        self.show_me = QPushButton(self.tr("Sho&w me"))
        self.skip = QPushButton()
        self.show_me.clicked.connect(self._help)

    def set_left_handed(self, left_handed: bool) -> None:
        """Draws the hand as a left one, or not."""
        self.image.set_left_handed(left_handed)

    def note(self, attempt: Attempt, hit: bool, seconds: float) -> None:
        """Adds an attempt to the learner's progress, unless it was the demo clip's."""
        if not self.demo:
            self.store.note(Skill.SIGNING, attempt.letter, hit, seconds, attempt.wrong)

    def advise(self, attempt: Attempt, steady: Steady, reading: Reading, seconds: float) -> None:
        """Says what is wrong with the sign, once the hand had time to change."""
        hint = self.hints.see(steady, reading, seconds)
        if attempt.letter not in LETTERS:
            if reading.joints is None:
                self.words.setText(
                    self.tr("This network does not read {0}: skip it.").replace(
                        "{0}", attempt.letter
                    )
                )
            return
        if attempt.seconds(seconds) < GRACE_SECONDS + WRONG_SECONDS:
            return
        if hint.joints:
            text = hint.text if steady.phase is Phase.LETTER else hint.how
        elif steady.letter and steady.letter in attempt.wrong:
            text = hint.text
        else:
            return
        if text != self.words.text():
            self.words.setText(text)
            announce(self.words, text)

    def _help(self) -> None:
        if self.attempt is not None:
            self.attempt.helped = True
            self.image.show_letter(self.attempt.letter)
            self.words.setText(tips.tip(self.attempt.letter))


class ScoreLine(QLabel):
    """The score; empty before the first answer."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("muted", True)
        self._asked = self._right = 0

    def restart(self) -> None:
        """Counts from 0 again."""
        self._asked = self._right = 0
        self.clear()

    def count(self, *, right: bool) -> None:
        """Adds an answer."""
        self._asked += 1
        self._right += right
        text = self.tr("{0} of {1} correct").replace("{0}", str(self._right))
        self.setText(text.replace("{1}", str(self._asked)))


GRACE_SECONDS = 1.0
"""Seconds to change from the previous letter; letters held meanwhile are no mistakes."""

WRONG_SECONDS = 1.0
"""Seconds after which a wrong letter counts as a mistake."""


class Attempt:
    """One attempt at a letter: is it held, and which others were held instead?

    Args:
        letter: What is asked for.
        start: When, in seconds.
    """

    def __init__(self, letter: str, start: float) -> None:
        self.letter = letter
        self.wrong = ""
        """The other letters that were held, in the order of their first time."""
        self.helped = False
        """Whether the answer was shown."""
        self._start = start
        self._held = ""
        self._since = start

    def see(self, steady: Steady, seconds: float) -> bool:
        """Processes a smoothed letter; True once the right one is held."""
        held = steady.letter
        if held == self.letter:
            return steady.dwell >= 1
        if held != self._held:
            self._held, self._since = held, seconds
        since = max(self._since, self._start + GRACE_SECONDS)
        begins = held in BEGINS_WITH.get(self.letter, "")
        if held and not begins and held not in self.wrong and seconds - since >= WRONG_SECONDS:
            self.wrong += held
        return False

    def seconds(self, now: float) -> float:
        """Seconds since the start."""
        return now - self._start

    @property
    def clean(self) -> bool:
        """Whether there was no mistake and no help."""
        return not self.wrong and not self.helped
