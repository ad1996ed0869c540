"""Today's goal, the days in a row, and the weeks."""

from __future__ import annotations

from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout

from asl_desktop.practice.progress_store import ProgressStore
from asl_desktop.practice.week_chart import WeekChart
from asl_desktop.settings import Settings
from asl_desktop.widgets.parts import caption, line, set_progress
from asl_desktop.widgets.theme import SPACE

GOALS = (0, 10, 20, 40, 80)
WEEKS = 8


class GoalCard(QFrame):
    """What was practised today and before.

    Args:
        store: What is shown.
        settings: Remembers the goal.
    """

    def __init__(self, store: ProgressStore, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("card")
        self._store = store
        self._settings = settings
        self.goal = QComboBox()
        for goal in GOALS:
            text = self.tr("{0} letters a day").replace("{0}", str(goal))
            self.goal.addItem(text if goal else self.tr("No goal"), goal)
        self.goal.setCurrentIndex(max(self.goal.findData(settings.daily_goal), 0))
        self.today = line()
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.streak = QLabel()
        self.chart = WeekChart()
        self._lay_out()
        self.goal.activated.connect(self._choose)
        store.changed.connect(self._show)
        self._choose()

    def _choose(self) -> None:
        self._settings.daily_goal = self._store.goal = int(self.goal.currentData())
        self._show()

    def _show(self) -> None:
        goal, today = self._store.goal, self._store.today()
        diary = self._store.progress.diary
        done = diary.day(today).tries
        text = self.tr("Today: {0} of {1} letters") if goal else self.tr("Today: {0} letters")
        self.today.setText(text.replace("{0}", str(done)).replace("{1}", str(goal)))
        self.bar.setVisible(goal > 0)
        self.bar.setRange(0, max(goal, 1))
        self.bar.setAccessibleName(self.today.text())
        set_progress(self.bar, min(done, goal))
        days = diary.streak(today)
        self.streak.setVisible(goal > 0)
        if days == 1:
            self.streak.setText(self.tr("Goal met on 1 day"))
        elif days:
            self.streak.setText(self.tr("Goal met {0} days in a row").replace("{0}", str(days)))
        else:
            self.streak.setText(self.tr("Meet the goal to start a row of days"))
        self.chart.show_weeks(diary.weeks(today, WEEKS))

    def _lay_out(self) -> None:
        self.streak.setProperty("muted", True)
        choice = QHBoxLayout()
        choice.setSpacing(SPACE)
        choice.addWidget(caption(self.tr("Daily g&oal"), self.goal))
        choice.addWidget(self.goal)
        choice.addSpacing(SPACE)
        choice.addWidget(self.today, 1)
        done = QHBoxLayout()
        done.setSpacing(2 * SPACE)
        done.addWidget(self.bar, 1)
        done.addWidget(self.streak)
        left = QVBoxLayout()
        left.setSpacing(SPACE)
        left.addStretch(1)
        left.addLayout(choice)
        left.addLayout(done)
        left.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        layout.setSpacing(3 * SPACE)
        layout.addLayout(left, 2)
        layout.addWidget(self.chart, 3)
