"""Teach: fine-tunes the network on the samples, compares before and after; keep or revert."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.my_hand.tuning import ASIDE, Tuning
from asl_desktop.widgets import theme
from asl_desktop.widgets.big_letter import ConfidenceBar
from asl_desktop.widgets.parts import card, line, plain_label, row
from asl_desktop.widgets.theme import SPACE
from trainer.letters import LETTERS
from trainer.samples.store import SampleStore, last_of_each_letter
from trainer.support.errors import UserError


class TeachPage(QWidget):
    """Runs one fine-tuning at a time.

    Args:
        store: What is learned.
        tuning: How.
        parent: Qt's parent.
    """

    use_live = Signal(Path)
    """Read with these weights from now on."""

    error = Signal(str)

    def __init__(self, store: SampleStore, tuning: Tuning, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self.tuning = tuning
        self._stopped = False
        self.what = line(1.1)
        self.start_button = QPushButton(self.tr("Teach the net&work"))
        self.stop_button = QPushButton(self.tr("St&op"))
        self.keep_button = QPushButton(self.tr("&Keep"))
        self.keep_button.setToolTip(self.tr("Read with the new weights from now on"))
        self.revert_button = QPushButton(self.tr("Revert"))
        self.revert_button.setToolTip(self.tr("Go back to the weights before"))
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of learning"))
        self.status = line()
        self.before = _Row(self.tr("Before"), leading=False)
        self.after = _Row(self.tr("After"), leading=True)
        self.verdict = line(1.1, bold=True)
        self.result = card()
        self._lay_out()
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(self._stop)
        self.keep_button.clicked.connect(self.keep)
        self.revert_button.clicked.connect(self.revert)
        tuning.stepped.connect(self._show_step)
        tuning.ended.connect(self._end)
        self.refresh()

    def start(self) -> None:
        """Starts fine-tuning."""
        self._stopped = False
        self.progress.setRange(0, 0)
        self.status.setText(self.tr("Reading the samples…"))
        try:
            self.tuning.start()
        except UserError as error:
            self.error.emit(str(error))
        self.refresh()

    def keep(self) -> None:
        """Reads with the new weights."""
        try:
            self.use_live.emit(self.tuning.keep())
        except UserError as error:
            self.error.emit(str(error))
        self.status.setText("")
        self.refresh()

    def revert(self) -> None:
        """Drops the new weights."""
        try:
            before = self.tuning.revert()
        except UserError as error:
            self.error.emit(str(error))
            return
        if before is not None:
            self.use_live.emit(before)
        self.status.setText(self.tr("The earlier weights are back. Your samples are still there."))
        self.refresh()

    def refresh(self) -> None:
        """The samples or the outcome changed."""
        running = self.tuning.process.running
        counts = self._store.counts()
        labels = np.repeat(np.arange(len(LETTERS)), counts)
        aside = int(last_of_each_letter(labels, ASIDE).sum())
        ready = int((counts > 1).sum()) > 1
        self.what.setText(self._words(len(labels), int((counts > 0).sum()), aside, ready))
        self.start_button.setEnabled(ready and not running)
        self.start_button.setProperty("primary", self.tuning.outcome is None)
        self.start_button.style().polish(self.start_button)
        self.stop_button.setVisible(running)
        self.progress.setVisible(running)
        self.status.setVisible(bool(self.status.text()))
        self._show_outcome(running=running)

    def shut_down(self) -> None:
        """Stops fine-tuning."""
        self.tuning.process.shut_down()

    def _words(self, samples: int, letters: int, aside: int, ready: bool) -> str:
        if not ready:
            return self.tr("Record two letters or more first, under Record.")
        text = self.tr(
            "{0} samples of {1} letters: {2} to learn from, and the last ones of each letter, {3}, "
            "to compare with. It takes a minute or two; you can go on using the program."
        )
        for index, number in enumerate((samples, letters, samples - aside, aside)):
            text = text.replace(f"{{{index}}}", str(number))
        return text

    def _show_step(self, step: int, steps: int) -> None:
        self.progress.setRange(0, steps)
        self.progress.setValue(step)
        if not self._stopped:
            text = self.tr("Learning: step {0} of {1}.").replace("{0}", str(step))
            self.status.setText(text.replace("{1}", str(steps)))

    def _stop(self) -> None:
        self._stopped = True
        self.status.setText(self.tr("Stopping…"))
        self.tuning.stop()

    def _end(self, reason: str) -> None:
        if reason:
            self.error.emit(reason)
        self.status.setText(self.tr("Stopped; nothing changed.") if self._stopped or reason else "")
        self.refresh()

    def _show_outcome(self, *, running: bool) -> None:
        outcome = self.tuning.outcome
        self.result.setVisible(outcome is not None and not running)
        if outcome is None:
            return
        self.before.show_share(outcome.before)
        self.after.show_share(outcome.after)
        self.keep_button.setEnabled(not outcome.kept)
        self.keep_button.setProperty("primary", not outcome.kept)
        self.keep_button.style().polish(self.keep_button)
        if outcome.kept:
            verdict = self.tr("The network reads with what it learned.")
        elif outcome.after > outcome.before:
            verdict = self.tr("The network reads your hand better now. Keep it?")
        else:
            verdict = self.tr("This did not help. Revert, and record more samples.")
        self.verdict.setText(verdict)
        share = self.tr("Accuracy on {0} samples that it did not learn:")
        self.caption.setText(share.replace("{0}", str(outcome.n)))

    def _lay_out(self) -> None:
        top = card()
        inside = QVBoxLayout(top)
        inside.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        inside.setSpacing(2 * SPACE)
        title = QLabel(self.tr("Teach the network your hand"))
        theme.scale(title, 1.4, bold=True)
        inside.addWidget(title)
        inside.addWidget(self.what)
        inside.addLayout(row(self.start_button, self.stop_button))
        inside.addWidget(self.progress)
        inside.addWidget(self.status)
        self.caption = line(muted=True)
        shares = QGridLayout()
        shares.setHorizontalSpacing(2 * SPACE)
        shares.setVerticalSpacing(SPACE)
        self.before.place(shares, 0)
        self.after.place(shares, 1)
        shares.setColumnStretch(1, 1)
        below = QVBoxLayout(self.result)
        below.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        below.setSpacing(2 * SPACE)
        below.addWidget(self.caption)
        below.addLayout(shares)
        below.addWidget(self.verdict)
        below.addLayout(row(self.keep_button, self.revert_button))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(top)
        layout.addWidget(self.result)
        layout.addStretch(1)


class _Row:
    """A name, a bar and a number."""

    def __init__(self, name: str, *, leading: bool) -> None:
        self.name = plain_label(name)
        self.bar = ConfidenceBar(leading)
        self.bar.setAccessibleName(name)
        self.number = QLabel()
        self.number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        theme.scale(self.number, 1.3, bold=leading)
        self.number.setMinimumWidth(self.number.fontMetrics().horizontalAdvance("100 %"))

    def place(self, grid: QGridLayout, row: int) -> None:
        for column, widget in enumerate((self.name, self.bar, self.number)):
            grid.addWidget(widget, row, column)

    def show_share(self, share: float) -> None:
        self.number.setText(f"{share * 100:.0f} %")
        self.bar.show_probability(share)
