"""Teach: fine-tunes the network on the first sitting, checks it on the second; keep or revert."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.my_hand.recorder import planned_seconds
from asl_desktop.my_hand.tuning import AGAIN, FineTuneResult, Tuning
from asl_desktop.widgets import theme
from asl_desktop.widgets.big_letter import ConfidenceBar
from asl_desktop.widgets.parts import card, line, plain_label, row
from asl_desktop.widgets.theme import SPACE
from trainer.samples.store import SampleStore, Sitting
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

    record_again = Signal(list)
    """Letters that are to be recorded once more."""

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
        self.again_button = QPushButton()
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of learning"))
        self.status = line()
        self.before = _Row(self.tr("Before"), leading=False)
        self.after = _Row(self.tr("After"), leading=True)
        self.letters = line()
        self.verdict = line(1.1, bold=True)
        self.result = card()
        self._lay_out()
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(self._stop)
        self.keep_button.clicked.connect(self.keep)
        self.revert_button.clicked.connect(self.revert)
        self.again_button.clicked.connect(lambda: self.record_again.emit(self._again()))
        tuning.stepped.connect(self._show_step)
        tuning.ended.connect(self._end)
        self.refresh()

    def use(self, store: SampleStore) -> None:
        """Learns another store from now on, another person's."""
        self._store = store
        self.status.setText("")
        self.refresh()

    def start(self) -> None:
        """Starts fine-tuning."""
        self._stopped = False
        self.progress.setRange(0, 0)
        self.status.setText(self.tr("Reading the samples…"))
        try:
            self.tuning.start(checks=bool(self._store.counts(Sitting.CHECK).any()))
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
        learned = self._store.counts(Sitting.LEARN)
        ready = int((learned > 0).sum()) > 1
        self.what.setText(
            self._words(
                int(learned.sum()),
                int((learned > 0).sum()),
                int(self._store.counts(Sitting.CHECK).sum()),
            )
        )
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

    def _words(self, samples: int, letters: int, check: int) -> str:
        if letters < 2:
            return self.tr("Record two letters or more first, under Record.")
        text = self.tr("{0} samples of {1} letters to learn. It takes a minute or two.")
        if check:
            text += " " + self.tr("The second sitting, {2} samples, checks the result.")
        else:
            text += " " + self.tr(
                "There is no second sitting to check with: record it first to see what is gained."
            )
        for index, number in enumerate((samples, letters, check)):
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
        checked = outcome.n > 0
        for widget in (*self.before.widgets, *self.after.widgets, self.letters):
            widget.setVisible(checked)
        self.before.show_share(outcome.before)
        self.after.show_share(outcome.after)
        self.letters.setText(self._letter_by_letter(outcome))
        self.keep_button.setEnabled(not outcome.kept)
        self.keep_button.setProperty("primary", not outcome.kept)
        self.keep_button.style().polish(self.keep_button)
        if outcome.kept:
            verdict = self.tr("The network reads with what it learned.")
        elif not checked:
            verdict = self.tr("The network learned your samples. Keep it?")
        elif outcome.after > outcome.before:
            verdict = self.tr("The network reads your hand better now. Keep it?")
        elif outcome.before == 1:
            verdict = self.tr("The network read your hand already; there is nothing to gain.")
        else:
            verdict = self.tr("This did not help. Revert, and record more samples.")
        self.verdict.setText(verdict)
        if checked:
            caption = self.tr(
                "Accuracy on the {0} samples of the second sitting, which were not learned. It "
                "stands for your hand in that place and light; others may differ."
            )
        else:
            caption = self.tr("Not checked: there was no second sitting.")
        self.caption.setText(caption.replace("{0}", str(outcome.n)))
        again = self._again()
        self.again_button.setVisible(bool(again))
        text = self.tr("Record a&gain: {0}").replace("{0}", " ".join(again))
        self.again_button.setText(text)
        seconds = round(planned_seconds(len(again), Sitting.LEARN))
        hint = self.tr("What is still confused, to learn: about {0} seconds")
        self.again_button.setToolTip(hint.replace("{0}", str(seconds)))

    def _again(self) -> list[str]:
        outcome = self.tuning.outcome
        return [] if outcome is None else outcome.confused[:AGAIN]

    def _letter_by_letter(self, outcome: FineTuneResult) -> str:
        """What is still confused, the worst first; the other letters together."""
        parts = []
        for name in outcome.confused:
            letter = outcome.letters[name]
            part = self.tr("{0}: {1} of {2} right, before {3}; read as {4}")
            numbers = (name, letter.after, letter.n, letter.before, letter.instead)
            for index, number in enumerate(numbers):
                part = part.replace(f"{{{index}}}", str(number))
            parts.append(part)
        rest = len(outcome.letters) - len(parts)
        if rest:
            text = self.tr("The other {0}: all right").replace("{0}", str(rest))
            parts.append(text)
        return "\n".join(parts)

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
        below.addWidget(self.letters)
        below.addWidget(self.verdict)
        below.addLayout(row(self.keep_button, self.revert_button, self.again_button))
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

        self.widgets: tuple[QWidget, ...] = (self.name, self.bar, self.number)

    def place(self, grid: QGridLayout, row: int) -> None:
        for column, widget in enumerate(self.widgets):
            grid.addWidget(widget, row, column)

    def show_share(self, share: float) -> None:
        self.number.setText(f"{share * 100:.0f} %")
        self.bar.show_probability(share)
