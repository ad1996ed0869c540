"""What the pages have in common that ask for letters before the camera."""

from __future__ import annotations

import numpy as np
from PySide6.QtWidgets import QPushButton

from asl_desktop.practice import tips
from asl_desktop.practice.hand_picture import HandPicture
from asl_desktop.practice.page import Clock, Page, sentence
from asl_desktop.practice.record_store import RecordStore
from trainer.practice.attempt import Attempt
from trainer.practice.record import Skill


class SigningPage(Page):
    """Asks for one letter at a time; its picture is help, which makes the attempt no hit."""

    def __init__(self, store: RecordStore, rng: np.random.Generator, clock: Clock) -> None:
        super().__init__(store, rng, clock)
        self.attempt: Attempt | None = None
        """At the letter that is asked for now."""
        self.demo = False
        """Whether the hand before the camera is that of the demo clip, which learns nothing."""
        self.picture = HandPicture()
        self.words = sentence()
        self.begin = QPushButton()
        self.show_me = QPushButton(self.tr("Show &me"))
        self.skip = QPushButton()
        self.show_me.clicked.connect(self._help)

    def set_left_handed(self, left_handed: bool) -> None:
        """Draws the hand as a left one, or not."""
        self.picture.set_left_handed(left_handed)

    def note(self, attempt: Attempt, hit: bool, seconds: float) -> None:
        """Adds an attempt to the learner's record, unless it was the demo clip's."""
        if not self.demo:
            self.store.note(Skill.SIGNING, attempt.letter, hit, seconds, attempt.wrong)

    def _help(self) -> None:
        if self.attempt is not None:
            self.attempt.helped = True
            self.picture.show_letter(self.attempt.letter)
            self.words.setText(tips.tip(self.attempt.letter))
