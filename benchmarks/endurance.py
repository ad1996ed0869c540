"""Whether the app stays the same in a long run: memory, threads, open files and latency.

    uv run python -m benchmarks.endurance [--minutes 30] [--out FILE.json]

The whole window plays a clip of 60 frames a second in the Live tab and reads it. From a third of
the time on and again from three fifths on, a network is trained in the Training tab for an eighth
of it. A run that other programs delay is waited for, until it has learned from an image and until
it has ended; the measurement then takes longer. Measured every second: resident memory, threads and
open files of the app, and for each frame the time from its arrival until it is shown. The first
minute, in which caches fill and the Training tab is made, is left out. Latency is compared between
the minute after it and the last one; in neither is anything trained. Set QT_QPA_PLATFORM to choose
between a real display and `offscreen`.

Exits with 1 where a bound is broken.
"""

from __future__ import annotations

# ruff: noqa: E402 - the two set-ups come before what they set up
from asl_desktop.startup.libraries import import_numpy, import_opencv

import_numpy()
import_opencv()

import argparse
import datetime
import json
import os
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import psutil
from numpy.typing import NDArray
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings, Theme
from asl_desktop.widgets.theme import STYLE, ThemeSwitch
from trainer.data.csv import write_csv
from trainer.data.dataset import Dataset
from trainer.letters import CLASSES, Convention
from trainer.support.paths import OVERRIDE

RATE = 60
TRAININGS = (1 / 3, 3 / 5)
"""When they begin, as shares of the time."""

TRAINING_SHARE = 1 / 8
MOST_DELAY = 3
"""Times the chosen minutes after which the measurement gives up."""

MOST_GROWTH_MB = 10.0
MOST_SLOWER = 1.2


@dataclass(frozen=True)
class Sample:
    """The process in one second."""

    minute: float
    megabytes: float
    threads: int
    files: int
    training: bool
    seconds: float
    """Of processor time since the start."""

    latencies: NDArray[np.float32]
    """Milliseconds, a frame each."""


def make_clip(path: Path, seconds: int = 10) -> Path:
    """A bright square that wanders over noise."""
    rng = np.random.default_rng(0)
    noise = rng.integers(0, 60, (480, 640, 3), np.uint8)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), RATE, (640, 480))
    for number in range(seconds * RATE):
        image = noise.copy()
        x = 40 + number * 3 % 400
        cv2.rectangle(image, (x, 140), (x + 160, 340), (200, 210, 230), -1)
        writer.write(image)
    writer.release()
    return path


def make_images(path: Path) -> Path:
    """Noise of every letter, to train on."""
    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(CLASSES), 200)
    images = rng.integers(0, 256, (len(labels), 28, 28), np.uint8)
    write_csv(Dataset(images, labels, np.full(len(labels), "noise")), path, Convention.GAP)
    return path


class Trainings:
    """When the next training run starts, and when it is told to stop.

    Args:
        minutes: How long the measurement takes where nothing delays it.
    """

    def __init__(self, minutes: float) -> None:
        self.started = 0
        """Runs that were started."""

        self.learned = 0
        """Runs that came to learn from images."""

        self.ended: float | None = None
        """The minute when the last run ended; None while one goes on or is to come."""

        self._minutes = minutes
        self._quiet = min(1.0, minutes / 6)
        self._learning_since: float | None = None
        self._told = False

    def learn(self, minute: float) -> None:
        """The run that goes on has learned from a batch."""
        if self._learning_since is None:
            self._learning_since = minute
            self.learned += 1

    def next_step(self, minute: float, *, running: bool) -> str:
        """What to do now: "start", "stop", "quit", or "" to go on.

        Args:
            minute: Since the start.
            running: Whether a run goes on.

        Raises:
            RuntimeError: A run failed, or takes so long that nothing can be measured.
        """
        if minute > MOST_DELAY * self._minutes:
            raise RuntimeError(
                f"{self.learned} of {len(TRAININGS)} training runs learned within "
                f"{minute:.0f} minutes: other programs leave too little of the processor"
            )
        if running:
            since = self._learning_since
            if since is None or self._told or minute < since + TRAINING_SHARE * self._minutes:
                return ""
            self._told = True
            return "stop"
        if self.started < len(TRAININGS):
            if minute < TRAININGS[self.started] * self._minutes:
                return ""
            self.started += 1
            self._learning_since, self._told = None, False
            return "start"
        if self.learned < self.started:
            raise RuntimeError("a training run ended before it had learned from an image")
        if self.ended is None:
            self.ended = minute
        # The last part, which is compared, begins some seconds after the end of the run.
        return "quit" if minute >= max(self._minutes, self.ended + 1.2 * self._quiet) else ""


class Watch:
    """Runs the app for so long, trains in it, and notes every second.

    Args:
        minutes: How long.
        folder: For all files.
    """

    def __init__(self, minutes: float, folder: Path) -> None:
        self.samples: list[Sample] = []
        self.errors: list[str] = []
        """What the app said in its banner, and exceptions that nothing caught."""

        self._trainings = Trainings(minutes)
        self._app = QApplication(["", *STYLE])
        self._window = MainWindow(Settings(), ThemeSwitch(self._app, Theme.LIGHT))
        self._window.resize(1280, 800)
        self._window.show()
        self._data = make_images(folder / "train.csv")
        self._window.start(str(make_clip(folder / "clip.mp4")))
        self._process = psutil.Process()
        self._latencies: list[float] = []
        self._window.live.frame_shown.connect(self._note_frame)
        self._window.live.error.connect(self.errors.append)
        self._timer = QTimer(interval=1000)
        self._timer.timeout.connect(self._note)
        self._begun = 0.0
        self._delayed: RuntimeError | None = None

    def run(self) -> list[Sample]:
        """Returns when the time is over, which begins with the first frame."""
        hooks = sys.excepthook, threading.excepthook
        sys.excepthook = lambda kind, error, trace: self.errors.append(repr(error))
        threading.excepthook = lambda raised: self.errors.append(repr(raised.exc_value))
        self._app.exec()
        sys.excepthook, threading.excepthook = hooks
        if self._delayed is not None:
            raise self._delayed
        return self.samples

    @property
    def _minute(self) -> float:
        return (time.perf_counter() - self._begun) / 60

    @property
    def _training(self) -> bool:
        training = self._window.training
        return training is not None and training.process.running

    def _note_frame(self, frame: LiveFrame) -> None:
        if not self._begun:
            self._begun = time.perf_counter()
            self._timer.start()
        self._latencies.append((time.perf_counter() - frame.arrived) * 1000)

    def _note(self) -> None:
        minute = self._minute
        self.samples.append(
            Sample(
                minute,
                self._process.memory_info().rss / 2**20,
                self._process.num_threads(),
                self._process.num_fds(),
                self._training,
                time.process_time(),
                np.array(self._latencies, np.float32),
            )
        )
        self._latencies.clear()
        if self._window.training is None:
            self._prepare()
        try:
            self._take(self._trainings.next_step(minute, running=self._training))
        except RuntimeError as error:
            self._delayed = error
            self._take("quit")

    def _prepare(self) -> None:
        """Opens the Training tab once, and gives it data and a recipe without an end."""
        self._window.show_training()
        while self._window.training is None:
            self._app.processEvents()
        training = self._window.training
        training.error.connect(self.errors.append)
        training.process.batch_done.connect(lambda: self._trainings.learn(self._minute))
        training.recipe.add_files([self._data])
        training.recipe.advanced.set_values({"--epochs": "100000", "--hidden": "128"})
        training.recipe.validation.setCurrentIndex(training.recipe.validation.findData("random"))
        self._window.show_live()

    def _take(self, step: str) -> None:
        training = self._window.training
        assert training is not None
        match step:
            case "start":
                training.bar.start_button.click()
            case "stop":
                training.bar.stop_button.click()
            case "quit":
                training.shut_down()
                self._window.close()
                self._app.quit()


def summary(samples: list[Sample]) -> dict[str, float]:
    """What the bounds are about; the first minute, or the first sixth, warms up.

    Raises:
        RuntimeError: In a part that is compared something was trained.
    """
    minutes = samples[-1].minute
    warm = min(1.0, minutes / 6)
    first = [s for s in samples if warm <= s.minute < 2 * warm]
    last = [s for s in samples if s.minute >= minutes - warm]
    if any(s.training for s in (*first, *last)):
        raise RuntimeError("a training run reached into the parts that are compared")
    trained = [s for s in samples if s.training]
    shown = sum(len(s.latencies) for s in samples)
    return {
        "minutes": minutes,
        "minutes_trained": len(trained) / 60,
        "frames_shown": float(shown),
        "frames_dropped": max(0.0, RATE * minutes * 60 - shown),
        "megabytes_first": _middle(first, "megabytes"),
        "megabytes_last": _middle(last, "megabytes"),
        "megabytes_most": max(s.megabytes for s in samples),
        "threads_first": _middle(first, "threads"),
        "threads_last": _middle(last, "threads"),
        "files_first": _middle(first, "files"),
        "files_last": _middle(last, "files"),
        "frames_per_second_first": _rate(first),
        "frames_per_second_trained": _rate(trained),
        "frames_per_second_last": _rate(last),
        "processor_ms_a_frame_first": _effort(first),
        "processor_ms_a_frame_last": _effort(last),
        "p50_ms_first": _percentile(first, 50),
        "p50_ms_last": _percentile(last, 50),
        "p99_ms_first": _percentile(first, 99),
        "p99_ms_trained": _percentile(trained, 99),
        "p99_ms_last": _percentile(last, 99),
    }


def _middle(part: list[Sample], name: str) -> float:
    return float(np.median([getattr(s, name) for s in part]))


def _rate(part: list[Sample]) -> float:
    """Of samples of a second each."""
    return float(np.mean([len(s.latencies) for s in part]))


def _effort(part: list[Sample]) -> float:
    """What the app spends on a frame, however busy the machine is."""
    frames = sum(len(s.latencies) for s in part[1:])
    return (part[-1].seconds - part[0].seconds) * 1000 / frames


def _percentile(part: list[Sample], share: float) -> float:
    return float(np.percentile(np.concatenate([s.latencies for s in part]), share))


def bounds(found: dict[str, float]) -> list[tuple[str, float, float]]:
    """What was promised: a name, what was measured, and how much it may be."""
    return [
        (
            "memory after the first minute, MB more",
            found["megabytes_last"] - found["megabytes_first"],
            MOST_GROWTH_MB,
        ),
        ("threads more", found["threads_last"] - found["threads_first"], 0.0),
        ("errors", found["errors"], 0.0),
        ("open files more", found["files_last"] - found["files_first"], 0.0),
        (
            "p99 latency, times that of the beginning",
            found["p99_ms_last"] / found["p99_ms_first"],
            MOST_SLOWER,
        ),
    ]


def show(found: dict[str, float]) -> bool:
    """Prints all numbers, then the promises; returns whether they were kept."""
    for key, value in found.items():
        print(f"{key:44} {value:10.2f}")
    print()
    print(f"{'':44} {'measured':>10} {'at most':>10}")
    for name, value, most in bounds(found):
        print(f"{name:44} {value:10.2f} {most:10.2f}  {'kept' if value <= most else 'BROKEN'}")
    return all(value <= most for _, value, most in bounds(found))


def to_json(found: dict[str, float], samples: list[Sample]) -> dict[str, Any]:
    """For the docs: the numbers, when and where, and the memory minute by minute."""
    by_minute: dict[int, list[Sample]] = {}
    for sample in samples:
        by_minute.setdefault(int(sample.minute), []).append(sample)
    return {
        "date": datetime.date.today().isoformat(),
        "load": round(os.getloadavg()[2], 2),
        "cores": os.cpu_count(),
        "platform": QApplication.platformName(),
        "found": {key: round(value, 2) for key, value in found.items()},
        "megabytes": [round(_middle(part, "megabytes"), 1) for part in by_minute.values()],
    }


def main() -> int:
    """Measures and prints; 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--out", type=Path, help="a JSON file for the numbers")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        # Settings and runs of this machine's user are left alone.
        os.environ[OVERRIDE] = name
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, name)
        watch = Watch(chosen.minutes, Path(name))
        samples = watch.run()
    for error in watch.errors:
        print(f"error: {error}")
    found = summary(samples) | {"errors": float(len(watch.errors))}
    if chosen.out is not None:
        chosen.out.write_text(json.dumps(to_json(found, samples), indent=1) + "\n")
    return 0 if show(found) else 1


if __name__ == "__main__":
    sys.exit(main())
