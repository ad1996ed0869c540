"""The learner's progress by letter at the bottom of a page, and the button that erases it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QHelpEvent, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.practice.choice import weakest_first
from asl_desktop.practice.learner_progress import Progress, Skill
from asl_desktop.practice.progress_store import ProgressStore
from asl_desktop.widgets import question
from asl_desktop.widgets.parts import line
from asl_desktop.widgets.theme import SPACE, accent_colour, muted_colour, stage_colour


class ProgressCard(QFrame):
    """The strip with a sentence above it.

    Args:
        store: What is shown, and erased.
        skill: Which of its parts is shown.
        letters: For which letters.
    """

    export = Signal()
    """The user wants the results as a file."""

    def __init__(self, store: ProgressStore, skill: Skill, letters: str) -> None:
        super().__init__()
        self.setObjectName("card")
        self._store = store
        self.summary = line(muted=True)
        self.erase_button = QPushButton(self.tr("Erase &your progress…"))
        self.export_button = QPushButton(self.tr("Export results…"))
        self.export_button.setToolTip(self.tr("A CSV table for a teacher or for yourself"))
        self.strip = ProgressStrip(skill, letters)
        above = QHBoxLayout()
        above.setSpacing(SPACE)
        above.addWidget(self.summary, 1)
        above.addWidget(self.export_button)
        above.addWidget(self.erase_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        layout.setSpacing(SPACE // 2)
        layout.addLayout(above)
        layout.addWidget(self.strip)
        self.erase_button.clicked.connect(self._ask_to_erase)
        self.export_button.clicked.connect(self.export)
        store.changed.connect(self._show)
        self._show()

    def _ask_to_erase(self) -> None:
        if question.confirm(
            self,
            self.tr("Erase your progress"),
            self.tr(
                "Erase how your letters went so far, signed and read, and your best pace? They "
                "cannot be brought back."
            ),
            self.tr("&Erase"),
            self.tr("&Keep"),
        ):
            self._store.erase()

    def _show(self) -> None:
        self.strip.show_progress(self._store.progress)
        self.summary.setText(self.strip.summary())
        self.export_button.setEnabled(not self._store.progress.empty)
        self.erase_button.setEnabled(not self._store.progress.empty)


_BAR_HEIGHT = 34
_GAP = 4.0
_WEAKEST = 3


class ProgressStrip(QWidget):
    """A column for each letter, filled by its share of hits; a dash without attempts.

    Args:
        skill: What is shown.
        letters: For which letters.
    """

    def __init__(self, skill: Skill, letters: str) -> None:
        super().__init__()
        self._skill = skill
        self._letters = letters
        self._progress = Progress()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Your letters"))

    def show_progress(self, progress: Progress) -> None:
        """Shows the results of the letters."""
        self._progress = progress
        self.setAccessibleDescription(self.summary())
        self.update()

    def summary(self) -> str:
        """One sentence on the letters that need practice most."""
        tallies = self._progress.tallies[self._skill]
        tried = "".join(letter for letter in self._letters if tallies[letter].tries)
        weak = [
            letter
            for letter in weakest_first(self._progress, self._skill, tried)
            if tallies[letter].share != 1
        ]
        if not tried:
            return self.tr("Nothing practised yet.")
        if not weak:
            return self.tr("No mistakes so far.")
        return self.tr("Weakest: {0}.").replace("{0}", ", ".join(weak[:_WEAKEST]))

    def sizeHint(self) -> QSize:
        """Bars and letters below them."""
        return QSize(24 * 22, _BAR_HEIGHT + self.fontMetrics().height() + 6)

    def minimumSizeHint(self) -> QSize:
        """Columns may become narrow."""
        return QSize(24 * 14, self.sizeHint().height())

    def event(self, event: QEvent) -> bool:
        """Shows the numbers of the letter under the mouse as a tool tip."""
        if isinstance(event, QHelpEvent):
            index = int(event.pos().x() / (self.width() / len(self._letters)))
            letter = self._letters[min(max(index, 0), len(self._letters) - 1)]
            QToolTip.showText(event.globalPos(), self._numbers(letter), self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints all columns."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        metrics = QFontMetricsF(self.font())
        step = self.width() / len(self._letters)
        width = min(step - _GAP, 18.0)
        for index, letter in enumerate(self._letters):
            left = index * step + (step - width) / 2
            ground = QRectF(left, 1, width, _BAR_HEIGHT)
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.setBrush(stage_colour(self))
            painter.drawRoundedRect(ground, 3, 3)
            share = self._progress.tally(self._skill, letter).share
            painter.setPen(Qt.PenStyle.NoPen)
            if share is None:
                painter.setBrush(muted_colour(self))
                painter.drawRect(QRectF(left + 0.3 * width, _BAR_HEIGHT / 2, 0.4 * width, 2))
            elif share > 0:
                painter.setBrush(accent_colour(self))
                filled = QRectF(ground)
                filled.setTop(ground.bottom() - max(share * ground.height(), 4))
                painter.drawRoundedRect(filled, 3, 3)
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            across = metrics.horizontalAdvance(letter)
            baseline = _BAR_HEIGHT + 5 + metrics.ascent()
            painter.drawText(QPointF(left + (width - across) / 2, baseline), letter)

    def _numbers(self, letter: str) -> str:
        tally = self._progress.tally(self._skill, letter)
        if not tally.tries:
            return self.tr("{0}: never tried").replace("{0}", letter)
        text = self.tr("{0}: {1} of {2} correct")
        for number, value in enumerate((letter, tally.hits, tally.tries)):
            text = text.replace(f"{{{number}}}", str(value))
        if tally.pace is not None:
            text += self.tr(", {0} s each").replace("{0}", f"{tally.pace:.1f}")
        if tally.instead:
            others = sorted(tally.instead, key=lambda other: -tally.instead[other])
            text += self.tr(", taken for {0}").replace("{0}", ", ".join(others))
        return text
