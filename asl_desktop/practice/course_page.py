"""Course: lessons of a few letters, what is due today, and progress over the weeks."""

from __future__ import annotations

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
)

from asl_desktop.practice.course import (
    LESSONS,
    LOOK_ALIKES,
    Step,
    current_lesson,
    is_learnt,
    next_step,
)
from asl_desktop.practice.goal_card import GoalCard
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.letter_tile import LetterTile
from asl_desktop.practice.page import Clock, Page
from asl_desktop.practice.progress_store import ProgressStore
from asl_desktop.practice.round_words import lesson_name, step_name
from asl_desktop.settings import Settings
from asl_desktop.widgets import theme, tips
from asl_desktop.widgets.letter_buttons import LetterButton
from asl_desktop.widgets.parts import line, row
from asl_desktop.widgets.theme import SPACE

_ROOM_FOR_WEEKS = 520
"""Height of the page, in device-independent pixels."""

_PAIRS = 3
"""Look-alikes that are explained."""


class CoursePage(Page):
    """Chooses a lesson and starts rounds on the other pages."""

    uses_camera = False

    learn = Signal(str)
    """A letter that the user wants to see large."""

    sign = Signal(str)
    """Letters that the user wants to sign."""

    read = Signal(str)
    """Letters that the user wants to read."""

    words = Signal(Skill)
    """The user wants to go on to words."""

    def __init__(
        self, store: ProgressStore, rng: np.random.Generator, clock: Clock, settings: Settings
    ) -> None:
        super().__init__(store, rng, clock)
        self.lesson = 0
        """The lesson that is shown, counted from 0."""
        self._group = QButtonGroup(self)
        self.buttons = [LetterButton(60, 120) for _ in LESSONS]
        self.title = QLabel()
        self.tiles = [LetterTile() for _ in range(max(map(len, LESSONS)))]
        self.pairs = line(muted=True)
        self.sign_button = QPushButton()
        self.read_button = QPushButton()
        self.next_signing = QPushButton()
        self.next_reading = QPushButton()
        self.goal = GoalCard(store, settings)
        self._lay_out()
        self._connect()
        self.enter()

    def enter(self) -> None:
        """Shows the lesson that is to be learnt now."""
        lesson = current_lesson(self.store.progress, Skill.READING, self.store.today())
        signing = current_lesson(self.store.progress, Skill.SIGNING, self.store.today())
        known = [number for number in (lesson, signing) if number is not None]
        self.show_lesson(min(known, default=len(LESSONS) - 1))

    def show_lesson(self, number: int) -> None:
        """Shows a lesson, counted from 0."""
        self.lesson = number
        self.buttons[number].setChecked(True)
        letters = LESSONS[number]
        for tile, letter in zip(self.tiles, letters.ljust(len(self.tiles)), strict=True):
            tile.setVisible(letter != " ")
            tile.image.show_letter(letter.strip())
            tile.title.setText(letter)
        self.pairs.setText("\n".join(look_alikes(number)))
        self.pairs.setVisible(bool(self.pairs.text()))
        self._follow()

    def set_left_handed(self, left_handed: bool) -> None:
        """Draws left hands, or right ones."""
        for tile in self.tiles:
            tile.image.set_left_handed(left_handed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hides the weeks in a low window, for the sake of the hands."""
        super().resizeEvent(event)
        self.goal.chart.setVisible(self.height() >= _ROOM_FOR_WEEKS)

    def _connect(self) -> None:
        self._group.idClicked.connect(self.show_lesson)
        for tile in self.tiles:
            tile.chosen.connect(lambda tile=tile: self.learn.emit(tile.title.text()))
        self.sign_button.clicked.connect(lambda: self.sign.emit(LESSONS[self.lesson]))
        self.read_button.clicked.connect(lambda: self.read.emit(LESSONS[self.lesson]))
        self.next_signing.clicked.connect(lambda: self._start(Skill.SIGNING))
        self.next_reading.clicked.connect(lambda: self._start(Skill.READING))
        self.store.changed.connect(self._follow)

    def _start(self, skill: Skill) -> None:
        step = self._step(skill)
        if not step.letters:
            self.words.emit(skill)
        elif skill is Skill.SIGNING:
            self.sign.emit(step.letters)
        else:
            self.read.emit(step.letters)

    def _step(self, skill: Skill) -> Step:
        return next_step(self.store.progress, skill, self.store.today())

    def _follow(self) -> None:
        progress, today = self.store.progress, self.store.today()
        for number, button in enumerate(self.buttons):
            done = all(is_learnt(progress, skill, number, today) for skill in Skill)
            text = f"{'✓ ' if done else ''}{number + 1}  {LESSONS[number]}"
            button.setText(text)
            name = lesson_name(number)
            learnt = self.tr("{0}, learnt").replace("{0}", name)
            button.setAccessibleName(learnt if done else name)
        self.title.setText(lesson_name(self.lesson))
        for tile, letter in zip(self.tiles, LESSONS[self.lesson], strict=False):
            tile.show_reviews([progress.review(skill, letter, today) for skill in Skill])
        sign, read = self.tr("Sign: {0}"), self.tr("Read: {0}")
        self.next_signing.setText(sign.replace("{0}", step_name(self._step(Skill.SIGNING))))
        self.next_reading.setText(read.replace("{0}", step_name(self._step(Skill.READING))))

    def _lay_out(self) -> None:
        lessons = QHBoxLayout()
        lessons.setSpacing(SPACE // 2)
        for number, button in enumerate(self.buttons):
            self._group.addButton(button, number)
            lessons.addWidget(button)
        theme.scale(self.title, 1.5, bold=True)
        self.sign_button.setText(self.tr("Si&gn these letters"))
        self.read_button.setText(self.tr("Read these letters"))
        self.next_signing.setProperty("primary", True)
        self.next_reading.setProperty("primary", True)
        hands = QHBoxLayout()
        hands.setSpacing(SPACE)
        for tile in self.tiles:
            hands.addWidget(tile, 1)
        inside = QVBoxLayout()
        inside.setSpacing(SPACE)
        inside.addLayout(lessons)
        inside.addLayout(row(self.title, right=[self.sign_button, self.read_button]))
        inside.addLayout(hands, 1)
        inside.addWidget(self.pairs)
        what = QLabel(self.tr("Up next"))
        what.setProperty("muted", True)
        buttons = row(what, self.next_signing, self.next_reading)
        self.put(inside, buttons, self.goal)


def look_alikes(number: int) -> list[str]:
    """How letters of a lesson differ from each other and from earlier ones, in sentences."""
    new = LESSONS[number]
    known = "".join(LESSONS[: number + 1])
    pairs = sorted(
        {(min(one, other), max(one, other)) for one in new for other in known if one != other},
        key=lambda pair: (not any(set(pair) <= set(group) for group in LOOK_ALIKES), pair),
    )
    sentences = [tips.apart(*pair) for pair in pairs]
    return [sentence for sentence in sentences if sentence][:_PAIRS]
