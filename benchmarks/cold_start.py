"""Time from starting `asl-desktop` to the first painted frame of a clip, against bare imports.

    uv run python -m benchmarks.cold_start [--clip VIDEO] [--runs N] [--json]

Both are started in turns, so that a busy machine burdens both alike. The app says "first frame"
when the frame is on the screen; its end is not counted. CPU time is counted to the process's end.
Set QT_QPA_PLATFORM to choose between a real display and `offscreen`. Both find their modules
compiled, as from the second start on anywhere, even where PYTHONDONTWRITEBYTECODE is set.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

BARE = ["-c", "import cv2, numpy; from PySide6 import QtWidgets; print('first frame', flush=True)"]
APP = ["-c", "import sys; from asl_desktop.main import main; sys.exit(main())"]


class Run(NamedTuple):
    """Seconds until the line was printed, and of CPU time until the end."""

    wall: float
    cpu: float


def main() -> None:
    """Prints medians and their ratio."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--clip", type=Path, help="a video (default: one that is made for it)")
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clip = chosen.clip or _make_clip(Path(folder) / "clip.mp4")
        # Settings of this machine's user would change what is measured.
        environment = os.environ | {"XDG_CONFIG_HOME": folder, "PYTHONPYCACHEPREFIX": folder}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        app = [*APP, "--exit-after-first-frame", "--source", str(clip)]
        bare, app = [sys.executable, *BARE], [sys.executable, *app]
        start(bare, environment), start(app, environment)  # fills the caches
        runs = [(start(bare, environment), start(app, environment)) for _ in range(chosen.runs)]
    result: dict[str, float] = {"runs": len(runs)}
    for kind in Run._fields:
        least, own = (statistics.median(getattr(run[i], kind) for run in runs) for i in (0, 1))
        ratios = statistics.median(getattr(r[1], kind) / getattr(r[0], kind) for r in runs)
        result |= {f"bare_{kind}_s": least, f"app_{kind}_s": own}
        result |= {f"{kind}_ratio_of_medians": own / least, f"{kind}_median_of_ratios": ratios}
    result = {name: round(value, 3) for name, value in result.items()}
    if chosen.json:
        print(json.dumps(result))
    else:
        print("\n".join(f"{name:28} {value:g}" for name, value in result.items()))


def start(command: Sequence[str | Path], environment: dict[str, str]) -> Run:
    """Starts a program that prints "first frame" and ends by itself."""
    began = time.perf_counter()
    before = os.times()
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        wall = time.perf_counter() - began
        process.stdout.read()
    after = os.times()
    if line != "first frame\n" or process.returncode:
        raise SystemExit(f"{command[-1]}: exit code {process.returncode}, printed {line!r}")
    cpu = after.children_user + after.children_system
    return Run(wall, cpu - before.children_user - before.children_system)


def _make_clip(path: Path) -> Path:
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 30, (1280, 720))
    noise = np.random.default_rng(0).integers(0, 255, (720, 1280, 3), np.uint8)
    for shift in range(30):
        writer.write(np.roll(cv2.blur(noise, (41, 41)), 8 * shift, axis=1))
    writer.release()
    return path


if __name__ == "__main__":
    main()
