"""The Training tab: a recipe on the left, what the network learns on the right."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.settings import Settings
from asl_desktop.theme import SPACE
from asl_desktop.training import runs as run_folders
from asl_desktop.training.plots import Plots
from asl_desktop.training.recipe_card import RecipeCard
from asl_desktop.training.training_process import TrainingProcess
from trainer.errors import UserError

_STEPS = 1000
"""Of the progress bar."""


class TrainingTab(QWidget):
    """Runs one training at a time.

    Args:
        settings: What is remembered.
        runs: Folder for the weights of the runs; made when the first one starts.
    """

    use_live = Signal(Path)
    """The user wants to read with these weights now."""

    save_as = Signal(Path)
    """The user wants a copy of these weights."""

    trouble = Signal(str)
    """Why a run failed, in one sentence."""

    def __init__(self, settings: Settings, runs: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self._weights: Path | None = None
        self._started = 0.0
        self._done_before: float | None = None
        self._paused_at: float | None = None
        self._epochs = 1
        self.recipe = RecipeCard(settings)
        self.plots = Plots()
        self.process = TrainingProcess(self)
        self.start_button = QPushButton(self.tr("&Start"))
        self.start_button.setProperty("primary", True)
        self.pause_button = QPushButton(self.tr("&Pause"))
        self.stop_button = QPushButton(self.tr("S&top"))
        self.stop_button.setToolTip(self.tr("Ends the run and keeps the best weights so far"))
        self.go_on_button = QPushButton(self.tr("Resume u&nfinished run"))
        self.use_button = QPushButton(self.tr("&Use live now"))
        self.save_button = QPushButton(self.tr("Sa&ve weights…"))
        self.progress = QProgressBar()
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the run"))
        self.status = QLabel(self.tr("Add a CSV in the layout of Sign Language MNIST, then start."))
        self.status.setWordWrap(True)
        self._lay_out()
        self._connect()
        self._update()

    def shut_down(self) -> None:
        """Ends a run that is under way; the weights of its best epoch stay on disk."""
        self.process.shut_down()

    # Making -----------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        scroll = QScrollArea()
        scroll.setWidget(self.recipe)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFixedWidth(320)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self.start_button, self.pause_button, self.stop_button):
            buttons.addWidget(button)
        buttons.addStretch(1)
        for button in (self.use_button, self.save_button):
            buttons.addWidget(button)
        right = QVBoxLayout()
        right.setSpacing(SPACE)
        right.addWidget(self.plots, 1)
        right.addWidget(self.progress)
        below = QHBoxLayout()
        below.setSpacing(SPACE)
        below.addWidget(self.status, 1)
        below.addWidget(self.go_on_button)
        right.addLayout(below)
        right.addLayout(buttons)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(2 * SPACE)
        layout.addWidget(scroll)
        layout.addLayout(right, 1)

    def _connect(self) -> None:
        self.recipe.changed.connect(self._update)
        self.start_button.clicked.connect(self._start)
        self.go_on_button.clicked.connect(self._go_on)
        self.pause_button.clicked.connect(self._pause_or_resume)
        self.stop_button.clicked.connect(self._stop)
        self.use_button.clicked.connect(lambda: self._offer(self.use_live))
        self.save_button.clicked.connect(lambda: self._offer(self.save_as))
        self.process.noted.connect(self.status.setText)
        self.process.batch_done.connect(self._show_batch)
        self.process.epoch_done.connect(self._show_epoch)
        self.process.ended.connect(self._end)

    # Running ----------------------------------------------------------------------------------

    def _start(self) -> None:
        try:
            folder = run_folders.make(self._runs, self.recipe.arguments())
        except UserError as error:
            self.trouble.emit(str(error))
            return
        except OSError as error:
            self.trouble.emit(
                self.tr("{0}: cannot be made ({1}), so there is no place for the weights.")
                .replace("{0}", str(self._runs))
                .replace("{1}", error.strerror or str(error))
            )
            return
        self._run(folder)

    def _go_on(self) -> None:
        folder = run_folders.unfinished(self._runs)
        if folder is not None:
            self._run(folder)

    def _run(self, folder: Path) -> None:
        arguments = run_folders.arguments_of(folder)
        epochs = arguments[arguments.index("--epochs") + 1]
        self._epochs = max(1, int(epochs)) if epochs.isdigit() else 1
        self._weights = None
        self._paused_at = None
        self._done_before = None
        self.plots.clear()
        self.progress.setValue(0)
        self.status.setText(self.tr("Reading the pictures…"))
        self.process.start(arguments)
        self._update()

    def _pause_or_resume(self) -> None:
        if self._paused_at is None:
            self._paused_at = time.monotonic()
            self.process.order("pause")
            self.status.setText(self.tr("Paused."))
        else:
            # What the pause took is no part of the pace.
            self._started += time.monotonic() - self._paused_at
            self._paused_at = None
            self.process.order("resume")
        self._update()

    def _stop(self) -> None:
        self.status.setText(self.tr("Stopping…"))
        self.process.order("stop")

    def _show_batch(self, event: dict[str, Any]) -> None:
        self.plots.add_batch(event)
        done = event["epoch"] + (event["batch"] + 1) / event["batches"]
        if self._done_before is None:
            # Reading the data, and what an earlier process learned, are no part of the pace.
            self._done_before, self._started = done, time.monotonic()
        self.progress.setValue(round(_STEPS * done / self._epochs))
        if self._paused_at is None and event["batch"] % 10 == 0 and done > self._done_before:
            self.status.setText(self._how_far(done, event))

    def _how_far(self, done: float, event: dict[str, Any]) -> str:
        spent = time.monotonic() - self._started
        left = spent / (done - (self._done_before or 0)) * (self._epochs - done)
        minutes, seconds = divmod(round(left), 60)
        return (
            self.tr("Epoch {0} of {1}: loss {2}, {3} % right. {4} to go.")
            .replace("{0}", str(event["epoch"] + 1))
            .replace("{1}", str(self._epochs))
            .replace("{2}", f"{event['loss']:.3f}")
            .replace("{3}", f"{event['accuracy'] * 100:.0f}")
            .replace("{4}", f"{minutes}:{seconds:02}")
        )

    def _show_epoch(self, event: dict[str, Any]) -> None:
        self.plots.add_epoch(event)

    def _end(self, weights: Path | None, reason: str) -> None:
        self._weights = weights
        self._paused_at = None
        if reason:
            self.status.setText(self.tr("The run ended without weights."))
            self.trouble.emit(reason)
        elif weights is None:
            self.status.setText(self.tr("Stopped before the first epoch was over."))
        else:
            self.status.setText(self._result())
        self._update()

    def _result(self) -> str:
        accuracies = self.plots.curves["validation_accuracy"].y
        if not accuracies:
            return self.tr("Done. Nothing was held out, so try the weights live.")
        best = max(accuracies)
        return (
            self.tr("Done. The best epoch, {0}, reads {1} % of what was held out.")
            .replace("{0}", str(accuracies.index(best) + 1))
            .replace("{1}", f"{best * 100:.1f}")
        )

    def _offer(self, signal: Any) -> None:
        if self._weights is not None:
            signal.emit(self._weights)

    def _update(self) -> None:
        running = self.process.running
        self.recipe.setEnabled(not running)
        self.start_button.setEnabled(not running and bool(self.recipe.paths))
        self.pause_button.setEnabled(running)
        self.pause_button.setText(
            self.tr("&Pause") if self._paused_at is None else self.tr("&Resume")
        )
        self.stop_button.setEnabled(running)
        self.go_on_button.setVisible(not running and run_folders.unfinished(self._runs) is not None)
        for button in (self.use_button, self.save_button):
            button.setEnabled(self._weights is not None and not running)
