"""The Practice tab: its pages with the camera image beside them."""

from __future__ import annotations

import time
from pathlib import Path

import numpy as np
from PySide6.QtCore import Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from asl_desktop.actions import Actions
from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.practice import results_csv
from asl_desktop.practice.course_page import CoursePage
from asl_desktop.practice.drill_page import DrillPage
from asl_desktop.practice.learn_page import LearnPage
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.practice.live_panel import LivePanel
from asl_desktop.practice.page import Clock, Page
from asl_desktop.practice.progress_store import ProgressStore
from asl_desktop.practice.progress_strip import ProgressCard
from asl_desktop.practice.read_page import ReadPage
from asl_desktop.practice.spell_page import SpellPage
from asl_desktop.settings import Settings
from asl_desktop.widgets import file_dialogs
from asl_desktop.widgets.parts import PageBar, Titled, switch
from asl_desktop.widgets.scrolling import Scrolling
from asl_desktop.widgets.theme import SPACE
from trainer.capture.opening import DEMO_NAME
from trainer.recognition.steady import Steady
from trainer.support import atomic
from trainer.support.errors import UserError

_PANEL_WIDTH = 280
_PATIENCE_SECONDS = 10.0


class PracticeTab(QWidget):
    """The course, and pages to learn, drill, spell and read.

    Args:
        settings: Remembers which hand is drawn.
        actions: Mirror and reduced motion.
        path: The learner's progress.
        seed: Chooses letters and words; None for other ones each time.
        clock: Seconds, as the frames' `arrived`.
    """

    error = Signal(str)
    """Why something failed, in one sentence."""

    def __init__(
        self,
        settings: Settings,
        actions: Actions,
        path: Path,
        seed: int | None = None,
        clock: Clock = time.perf_counter,
    ) -> None:
        super().__init__()
        self._settings = settings
        self.store = ProgressStore(path, self)
        self.store.error.connect(self.error)
        rng = np.random.default_rng(seed)
        self.course = CoursePage(self.store, rng, clock, settings)
        self.learn = LearnPage(self.store, rng, clock)
        self.drill = DrillPage(self.store, rng, clock)
        self.spell = SpellPage(self.store, rng, clock)
        self.read = ReadPage(self.store, rng, clock, settings)
        self.panel = LivePanel()
        self._side = Scrolling(self.panel)
        self.left_handed = switch(self.tr("Left hand"), self.tr("Draw the hands as left hands"))
        self._bar = PageBar(
            [
                Titled(self.course, self.tr("Co&urse"), self.tr("Lessons, and what is due today")),
                Titled(self.learn, self.tr("Lear&n"), self.tr("Letter by letter, with an image")),
                Titled(self.drill, self.tr("Dr&ill"), self.tr("Your weakest letters first")),
                Titled(self.spell, self.tr("Spell a wor&d"), self.tr("Against the clock")),
                Titled(self.read, self.tr("Re&ad hands"), self.tr("No camera needed")),
            ],
            last=self.left_handed,
        )
        self._reported = False
        self._lay_out()
        self._connect(actions)

    @property
    def page(self) -> Page:
        """The page that is shown."""
        page = self._bar.page
        assert isinstance(page, Page)  # noqa: S101 - nothing else is in there
        return page

    def show_page(self, page: Page) -> None:
        """Shows another page."""
        if page is not self.page:
            self.page.leave()
            self._bar.show_page(page)
            page.enter()
        self._side.setVisible(page.uses_camera)

    def show_frame(self, frame: LiveFrame, steady: Steady | None) -> None:
        """Uses a frame of the Live tab and its letter, while this tab is visible."""
        if not self.isVisible() or not self.page.uses_camera:
            return
        self.drill.demo = self.spell.demo = frame.name == DEMO_NAME
        self.panel.show_frame(frame, steady)
        if steady is not None and frame.reading is not None:
            self.page.see(steady, frame.reading, frame.arrived)

    def showEvent(self, event: QShowEvent) -> None:
        """Draws the hand of the one who signs; reports once that no progress could be read."""
        super().showEvent(event)
        left = self._settings.left_handed
        if left != self.left_handed.isChecked():
            # Shown, and not chosen: another person signs now.
            self.left_handed.blockSignals(True)
            self.left_handed.setChecked(left)
            self.left_handed.blockSignals(False)
            self._draw_left_hands(left)
        if self.store.notice and not self._reported:
            self._reported = True
            self.error.emit(self.store.notice)

    def shut_down(self) -> None:
        """Saves the learner's progress for the last time."""
        for page in (self.learn, self.drill, self.spell):
            page.hints.wait(_PATIENCE_SECONDS)
        self.read.hands.wait(_PATIENCE_SECONDS)
        self.store.close()

    def hideEvent(self, event: QHideEvent) -> None:
        """Saves the learner's progress."""
        super().hideEvent(event)
        self.page.leave()
        self.store.save()

    def _connect(self, actions: Actions) -> None:
        self.course.learn.connect(self._learn)
        self.course.sign.connect(self._sign)
        self.course.read.connect(self._read)
        self.course.words.connect(self._practise_words)
        for card in (self.drill.progress, self.read.progress):
            card.export.connect(lambda card=card: self._export(card))
        self._bar.chosen.connect(self.show_page)
        actions.mirror.toggled.connect(self._mirror)
        self._mirror(actions.mirror.isChecked())
        actions.skeleton.toggled.connect(self.panel.view.set_skeleton)
        self.panel.view.set_skeleton(actions.skeleton.isChecked())
        self.left_handed.toggled.connect(self._choose_hand)
        self.left_handed.setChecked(self._settings.left_handed)
        for page in self._pages():
            actions.reduce_motion.toggled.connect(page.set_reduced_motion)
            page.set_reduced_motion(actions.reduce_motion.isChecked())
        actions.reduce_motion.toggled.connect(self.panel.letter.set_in_steps)
        self.panel.letter.set_in_steps(actions.reduce_motion.isChecked())

    def _pages(self) -> tuple[Page, ...]:
        return (self.course, self.learn, self.drill, self.spell, self.read)

    def _learn(self, letter: str) -> None:
        self.show_page(self.learn)
        self.learn.choose(letter)

    def _sign(self, letters: str) -> None:
        self.show_page(self.drill)
        self.drill.start_round(letters)

    def _read(self, letters: str) -> None:
        self.show_page(self.read)
        self.read.start_round(letters)

    def _practise_words(self, skill: Skill) -> None:
        self.show_page(self.spell if skill is Skill.SIGNING else self.read)
        if skill is Skill.READING:
            self.read.choose_words()

    def _export(self, card: ProgressCard) -> None:
        path = file_dialogs.ask_where_to_save(
            self,
            self.tr("Export the results"),
            self._settings.folder("export"),
            f"asl-practice-{self.store.today().isoformat()}.csv",
            "CSV (*.csv)",
        )
        if path is None:
            return
        self._settings.set_folder("export", path.parent)
        try:
            text = results_csv.table(self.store.progress, self.store.session)
            # Spreadsheets take a file without a mark for the system's own encoding.
            atomic.write_bytes(path, text.encode("utf-8-sig"))
        except UserError as error:
            self.error.emit(str(error))
        else:
            card.summary.setText(self.tr("Saved as {0}.").replace("{0}", path.name))

    def _mirror(self, mirrored: bool) -> None:
        self.panel.view.mirrored = mirrored

    def _choose_hand(self, left: bool) -> None:
        self._settings.left_handed = left
        self._draw_left_hands(left)

    def _draw_left_hands(self, left: bool) -> None:
        for page in self._pages():
            page.set_left_handed(left)

    def _lay_out(self) -> None:
        below = QHBoxLayout()
        below.setSpacing(2 * SPACE)
        below.addWidget(self._bar.stack, 1)
        self._side.setFixedWidth(max(_PANEL_WIDTH, self.fontMetrics().averageCharWidth() * 34))
        below.addWidget(self._side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(self._bar)
        layout.addLayout(below, 1)
        self._side.setVisible(self.page.uses_camera)
