"""Whether the app stays the same in a long run: memory, threads, open files and latency.

    uv run python -m benchmarks.endurance [--minutes 30] [--json]

The whole window plays a clip of 60 frames a second and reads it; meanwhile a network is trained
twice in a process of its own, as the app does it. Measured every second: resident memory, threads
and open files of the app, and for each frame the time from its arrival until it is shown. The first
minute, in which caches fill, is left out. Set QT_QPA_PLATFORM to choose between a real display and
`offscreen`. Exits with 1 where a bound is broken: memory +10 MB, threads and files +0, and p99 of
the last minute 1.2 times that of the first after the warm-up.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

import cv2
import numpy as np
import psutil

RATE = 60
MOST_GROWTH_MB = 10.0
MOST_SLOWER = 1.2


@dataclass
class Sample:
    """The process in one second."""

    minute: float
    megabytes: float
    threads: int
    files: int
    latencies: list[float] = field(default_factory=list)
    """Milliseconds, a frame each."""


def make_clip(path: Path, seconds: int = 10) -> Path:
    """A bright square that wanders over noise."""
    rng = np.random.default_rng(0)
    noise = rng.integers(0, 60, (480, 640, 3), np.uint8)
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), RATE, (640, 480))
    for number in range(seconds * RATE):
        picture = noise.copy()
        x = 40 + number * 3 % 400
        cv2.rectangle(picture, (x, 140), (x + 160, 340), (200, 210, 230), -1)
        writer.write(picture)
    writer.release()
    return path


def make_pictures(path: Path) -> Path:
    """Noise of every letter, to train on."""
    from trainer.data.csv import write_csv
    from trainer.data.dataset import Dataset
    from trainer.letters import CLASSES, Convention

    rng = np.random.default_rng(0)
    labels = np.repeat(np.arange(CLASSES), 40)
    pictures = rng.integers(0, 256, (len(labels), 28, 28), np.uint8)
    write_csv(Dataset(pictures, labels, np.full(len(labels), "noise")), path, Convention.GAP)
    return path


def watch(minutes: float, folder: Path) -> list[Sample]:
    """Runs the app for so long."""
    from asl_desktop.qt_setup import import_opencv

    import_opencv()
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from asl_desktop.frame_worker import LiveFrame
    from asl_desktop.main_window import MainWindow
    from asl_desktop.settings import Settings, Theme
    from asl_desktop.theme import ThemeSwitch

    app = QApplication([])
    window = MainWindow(Settings(), ThemeSwitch(app, Theme.LIGHT))
    window.show()
    window.start(str(make_clip(folder / "clip.mp4")))
    process = psutil.Process()
    samples: list[Sample] = []
    latencies: list[float] = []
    trainings: list[subprocess.Popen[bytes]] = []
    begun = time.perf_counter()

    def shown(frame: LiveFrame) -> None:
        latencies.append((time.perf_counter() - frame.arrived) * 1000)

    def sample() -> None:
        minute = (time.perf_counter() - begun) / 60
        megabytes = process.memory_info().rss / 2**20
        samples.append(
            Sample(minute, megabytes, process.num_threads(), process.num_fds(), latencies.copy())
        )
        latencies.clear()
        if len(trainings) < 2 and minute > minutes * (len(trainings) + 1) / 3:
            trainings.append(_train(folder))
        if minute >= minutes:
            window.close()
            app.quit()

    make_pictures(folder / "train.csv")
    window.live.frame_shown.connect(shown)
    timer = QTimer()
    timer.timeout.connect(sample)
    timer.start(1000)
    app.exec()
    for training in trainings:
        if training.wait(600):
            raise RuntimeError("a training run failed")
    return samples


def _train(folder: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "trainer.cli", "train", "--train", str(folder / "train.csv")]
    command += ["--out", str(folder / "w.safetensors"), "--epochs", "5", "--hidden", "128"]
    return subprocess.Popen([*command, "--json", "--give-way"], stdout=subprocess.DEVNULL)


def summary(samples: list[Sample]) -> dict[str, float]:
    """What the bounds are about; the first minute, or the first fifth, warms up."""
    minutes = samples[-1].minute
    warm = min(1.0, minutes / 5)
    counted = [s for s in samples if s.minute >= warm]
    first = [s for s in counted if s.minute < 2 * warm]
    last = [s for s in counted if s.minute >= minutes - warm]

    def p99(part: list[Sample]) -> float:
        return float(np.percentile([ms for s in part for ms in s.latencies], 99))

    frames = sum(len(s.latencies) for s in counted)
    return {
        "minutes": minutes,
        "frames_per_second": frames / (counted[-1].minute - counted[0].minute) / 60,
        "megabytes_after_warm_up": counted[0].megabytes,
        "megabytes_grown": _middle(last, "megabytes") - _middle(first, "megabytes"),
        "threads_grown": _middle(last, "threads") - _middle(first, "threads"),
        "files_grown": _middle(last, "files") - _middle(first, "files"),
        "p99_ms_first": p99(first),
        "p99_ms_last": p99(last),
    }


def _middle(part: list[Sample], name: str) -> float:
    return float(np.median([getattr(s, name) for s in part]))


def main() -> int:
    """Prints the summary; 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--minutes", type=float, default=30.0)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        # Settings and runs of this machine's user are left alone.
        os.environ |= {"XDG_CONFIG_HOME": name, "ASL_DESKTOP_DATA": name}
        found = summary(watch(chosen.minutes, Path(name)))
    if chosen.json:
        print(json.dumps(found))
    else:
        for key, value in found.items():
            print(f"{key:26} {value:10.2f}")
    kept = (
        found["megabytes_grown"] <= MOST_GROWTH_MB
        and found["threads_grown"] <= 0
        and found["files_grown"] <= 0
        and found["p99_ms_last"] <= MOST_SLOWER * found["p99_ms_first"]
    )
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
