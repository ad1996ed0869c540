"""Whether the camera stays live and the window answers while a network is trained in the app.

    uv run python -m benchmarks.training_tab [--data CSV] [--seconds N] [--clip VIDEO]

Plays a video of 30 frames/s, made here, in the Live tab, and reports for each state of the training
the frames a second that are shown, and how long the event loop was away: its longest stall, and the
99th percentile of the time between two turns of a timer of 5 ms. The window should answer within
50 ms and show 25 frames/s. Without a display, start it by `xvfb-run`.

With `--data`, the quick look is timed on that file as well.
"""

from __future__ import annotations

# ruff: noqa: E402 - the two set-ups come before what they set up
from asl_desktop.startup.libraries import import_numpy, import_opencv

import_numpy()
import_opencv()

import argparse
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication

from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings, Theme
from asl_desktop.training.training_tab import TrainingTab
from asl_desktop.widgets.theme import STYLE, ThemeSwitch
from benchmarks.screenshots import _write_hands
from trainer.support.paths import OVERRIDE

RATE = 30
TICK_MS = 5
PATIENCE = 600


class Watch:
    """Counts shown frames, and times the turns of the event loop."""

    def __init__(self, window: MainWindow) -> None:
        self._frames = 0
        self._turns: list[float] = []
        self._timer = QTimer(interval=TICK_MS)
        self._timer.timeout.connect(lambda: self._turns.append(time.perf_counter()))
        window.live.frame_shown.connect(self._count)

    def during(self, name: str, seconds: float, still: Callable[[], bool] = lambda: True) -> None:
        """Watches for a while, or as long as `still` holds, and prints a line."""
        self._frames, self._turns = 0, []
        self._timer.start()
        start = time.perf_counter()
        while time.perf_counter() - start < seconds and still():
            QApplication.processEvents()
            time.sleep(0.001)
        spent = time.perf_counter() - start
        self._timer.stop()
        away = np.diff(self._turns) * 1000 - TICK_MS
        print(
            f"{name:44} {self._frames / spent:8.1f} {away.max():10.1f} "
            f"{np.percentile(away, 99):8.1f} {spent:8.1f}",
            flush=True,
        )

    def _count(self, _: object) -> None:
        self._frames += 1


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--clip", type=Path)
    parser.add_argument("--seconds", type=float, default=20)
    chosen = parser.parse_args()
    app = QApplication(["", *STYLE])
    with tempfile.TemporaryDirectory() as folder:
        os.environ[OVERRIDE] = folder
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, folder)
        clip = chosen.clip or Path(folder) / "clip.mp4"
        data = chosen.data or Path(folder) / "hands.csv"
        if chosen.clip is None:
            _write_clip(clip)
        if chosen.data is None:
            _write_hands(data)
        window = MainWindow(Settings(), ThemeSwitch(app, Theme.LIGHT))
        window.start(str(clip))
        window.show()
        _wait(lambda: bool(window.live.panel.letter.letter) or window.live.panel.isVisible())
        try:
            _measure(window, data, chosen.seconds, quick=chosen.data is not None)
        finally:
            window.close()


def _measure(window: MainWindow, data: Path, seconds: float, *, quick: bool) -> None:
    watch = Watch(window)
    print(f"load of the machine: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"{'':44} {'frames/s':>8} {'longest ms':>10} {'p99 ms':>8} {'for s':>8}")
    watch.during("Live tab, no training", seconds)
    window.tabs.setCurrentIndex(_training_tab(window))
    while window.training is None:
        QApplication.processEvents()
    training = window.training
    watch.during("Training tab, no training", seconds / 4)
    training.recipe.add_files([data])
    watch.during(
        "Training tab, a file is summed up", seconds, lambda: training.data.background.busy
    )
    training.recipe.preset.setCurrentIndex(2)
    _start(training)
    watch.during("Training tab, training (fully connected)", seconds)
    window.show_live()
    watch.during("Live tab, training (fully connected)", seconds)
    training.bar.stop_button.click()
    _wait(lambda: not training.process.running)
    if quick:
        training.recipe.preset.setCurrentIndex(0)
        start = time.perf_counter()
        training.bar.start_button.click()
        watch.during(
            "Live tab, the quick look as a whole", PATIENCE, lambda: training.process.running
        )
        print(f"The quick look took {time.perf_counter() - start:.1f} s in all.")


def _training_tab(window: MainWindow) -> int:
    titles = [window.tabs.tabText(i).replace("&", "") for i in range(window.tabs.count())]
    return titles.index("Training")


def _start(training: TrainingTab) -> None:
    training.bar.start_button.click()
    _wait(lambda: bool(training.plots.curves["batch_loss"].y))


def _wait(condition: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not condition():
        QApplication.processEvents()
        if time.monotonic() > until:
            raise SystemExit("the window did not do what it should")


def _write_clip(path: Path) -> None:
    """Ten seconds of a moving gray hand-sized blot."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), RATE, (1280, 720))
    for step in range(10 * RATE):
        frame = np.full((720, 1280, 3), 170, np.uint8)
        x = round(640 + 200 * np.sin(step / RATE))
        cv2.ellipse(frame, (x, 380), (110, 170), 0, 0, 360, (90, 110, 150), -1)
        writer.write(frame)
    writer.release()


if __name__ == "__main__":
    main()
