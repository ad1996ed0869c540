"""The learner's progress in the app: read once, written shortly after each change."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from asl_desktop.own_file import OwnFile
from asl_desktop.practice import learner_progress
from asl_desktop.practice.learner_progress import Progress, Skill
from asl_desktop.practice.results_csv import Noted
from asl_desktop.widgets.parts import alarm
from trainer.support.errors import UserError

_QUIET_MS = 1000
"""Changes within this time are written together."""


class ProgressStore(QObject):
    """Records attempts and saves them.

    Args:
        path: Its file, which need not exist.
        parent: Qt's parent.
        today: Tells the day.
    """

    changed = Signal()
    error = Signal(str)
    """Why the progress could not be written, in one sentence."""

    def __init__(
        self, path: Path, parent: QObject | None = None, today: Callable[[], date] = date.today
    ) -> None:
        super().__init__(parent)
        self.today = today
        self.goal = 0
        """Letters that the learner wants to practise a day; 0 for no goal."""
        self.session: list[Noted] = []
        """Every try since the window was opened."""
        self._file = OwnFile(path, "the practice progress")
        self.progress = learner_progress.load(self._file)
        self._unsaved = False
        self._saving = alarm(self, _QUIET_MS, self.save)

    def note(self, skill: Skill, letter: str, hit: bool, seconds: float, instead: str = "") -> None:
        """Adds one try, as `Progress.note`."""
        self.progress.note(skill, letter, hit, seconds, instead, today=self.today(), goal=self.goal)
        self.session.append(Noted(datetime.now(), skill, letter, hit, seconds, instead))
        self._change()

    def note_pace(self, letters_a_minute: float) -> bool:
        """Saves the pace of a word if it is the best so far; returns whether it is."""
        if letters_a_minute <= self.progress.best_pace:
            return False
        self.progress.best_pace = letters_a_minute
        self._change()
        return True

    @property
    def notice(self) -> str:
        """One sentence about what could not be read or will not be saved, or ""."""
        return self._file.notice

    def save(self) -> None:
        """Writes unsaved changes, unless `notice` says that nothing is saved."""
        self._saving.stop()
        if self._unsaved:
            content = learner_progress.content(self.progress)
            self._unsaved = not self._file.save(content, self.error.emit)

    def erase(self) -> None:
        """Erases the progress, on disk first: if that fails, nothing is erased."""
        try:
            self._file.write(learner_progress.content(Progress()))
        except UserError as error:
            self.error.emit(str(error))
            return
        self._saving.stop()
        self._unsaved = False
        self.progress = Progress()
        self.session = []
        self.changed.emit()

    def close(self) -> None:
        """Saves, and lets another window save from now on."""
        self.save()
        self._file.close()

    def _change(self) -> None:
        self._unsaved = True
        self._saving.start()
        self.changed.emit()
