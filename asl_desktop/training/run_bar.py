"""The bar below the pages: progress of the run, and buttons for run and weights."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtWidgets import (
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from asl_desktop.training.runs_page import set_text
from asl_desktop.widgets.parts import plain_label, row, set_progress
from asl_desktop.widgets.theme import SPACE

_STEPS = 1000
"""Steps of the progress bar."""


class RunBar(QWidget):
    """Progress, status, and the buttons for the run and its weights."""

    def __init__(self) -> None:
        super().__init__()
        self.progress = QProgressBar()
        self.progress.setRange(0, _STEPS)
        self.progress.setTextVisible(False)
        self.progress.setAccessibleName(self.tr("Progress of the run"))
        self.status = plain_label()
        self.status.setWordWrap(True)
        self.start_button = QPushButton()
        self.start_button.setProperty("primary", True)
        set_text(
            self.start_button,
            self.tr("Start trainin&g"),
            "F5",
            self.tr("Train with this recipe"),
        )
        self.pause_button = QPushButton()
        self.stop_button = QPushButton()
        set_text(
            self.stop_button,
            self.tr("Stop"),
            "F7",
            self.tr("Ends the run and saves the best checkpoint so far"),
        )
        self.resume_button = QPushButton()
        set_text(
            self.resume_button,
            self.tr("Resume the last run"),
            "F8",
            self.tr("Resumes after the last complete epoch"),
        )
        self.use_button = QPushButton(self.tr("Use l&ive now"))
        self.use_button.setToolTip(self.tr("Read with these weights, until others are chosen"))
        self.weights_button = QPushButton(self.tr("&Weights"))
        menu = QMenu(self)
        self.save_action = menu.addAction(self.tr("&Save weights…"))
        self.default_action = menu.addAction(self.tr("Set as &default"))
        menu.addSeparator()
        self.shipped_action = menu.addAction(self.tr("&Back to the shipped one"))
        self.weights_button.setMenu(menu)
        self._lay_out()

    def show_batch(self, event: dict[str, Any], epochs: str, seconds_left: float) -> None:
        """Shows how far a run is, and how long the rest takes.

        Args:
            event: Fields of `BatchDone`.
            epochs: Of the run.
            seconds_left: Of the run.
        """
        minutes, seconds = divmod(round(seconds_left), 60)
        self.status.setText(
            self.tr("Epoch {0} of {1}: loss {2}, accuracy {3} %. {4} left.")
            .replace("{0}", str(event["epoch"] + 1))
            .replace("{1}", epochs)
            .replace("{2}", f"{event['loss']:.3f}")
            .replace("{3}", f"{event['accuracy'] * 100:.0f}")
            .replace("{4}", f"{minutes}:{seconds:02}")
        )

    def show_progress(self, share: float) -> None:
        """Shows the completed share of the run."""
        set_progress(self.progress, round(_STEPS * min(share, 1.0)))

    def show_run(self, *, running: bool, paused: bool, ready: bool, resumable: bool) -> None:
        """Enables the buttons for the run; `ready` is whether it can start."""
        self.start_button.setEnabled(ready and not running)
        self.pause_button.setVisible(running)
        self.stop_button.setVisible(running)
        self.resume_button.setVisible(resumable and not running)
        set_text(self.pause_button, self.tr("Resume") if paused else self.tr("Pause"), "F6")

    def show_weights(self, there: bool) -> None:
        """Enables the buttons for the weights."""
        for control in (self.use_button, self.save_action, self.default_action):
            control.setEnabled(there)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.progress)
        layout.addWidget(self.status)
        left = (self.start_button, self.pause_button, self.stop_button, self.resume_button)
        right = (self.use_button, self.weights_button)
        layout.addLayout(row(*left, right=right))


class Pace:
    """Estimates the remaining time; pauses and epochs of an earlier process do not count.

    Args:
        epochs: Of the whole run.
    """

    def __init__(self, epochs: int) -> None:
        self._epochs = max(epochs, 1)
        self._began: tuple[float, float] | None = None
        self._paused: float | None = None
        self.done = 0.0
        """Completed epochs, with a fraction for the current one."""

    @property
    def share(self) -> float:
        """Completed share of the run."""
        return self.done / self._epochs

    @property
    def paused(self) -> bool:
        """Whether the run is paused."""
        return self._paused is not None

    def reach(self, done: float) -> None:
        """Updates the number of completed epochs."""
        self.done = done
        if self._began is None:
            # Loading the data and the epochs of an earlier process do not count.
            self._began = (done, time.monotonic())

    def pause(self) -> None:
        """Stops the clock."""
        self._paused = time.monotonic()

    def resume(self) -> None:
        """Restarts the clock."""
        if self._paused is not None and self._began is not None:
            done, began = self._began
            self._began = (done, began + time.monotonic() - self._paused)
        self._paused = None

    def seconds_left(self) -> float | None:
        """Remaining seconds; None before there is an estimate."""
        if self._began is None or self.done <= self._began[0]:
            return None
        done, began = self._began
        return (time.monotonic() - began) / (self.done - done) * (self._epochs - self.done)
