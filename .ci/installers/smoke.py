"""Starts what PyInstaller built, as somebody who just unpacked it.

    python .ci/installers/smoke.py dist

Trains a network for one epoch, runs a search on two workers, imports every module of the app, and
shows a frame of the demo clip. Needs nothing but Python, and a display or
QT_QPA_PLATFORM=offscreen.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

SUFFIX = ".exe" if sys.platform == "win32" else ""
LETTERS = 25
ROWS_A_LETTER = 6
SECONDS = 300


def main() -> None:
    """Prints the size and how long each start took; fails if one fails."""
    dist = Path(sys.argv[1]).resolve()
    bundle = dist / "ASL Desktop.app"
    folder = bundle / "Contents/MacOS" if bundle.is_dir() else dist / "asl-desktop"
    app, trainer = folder / f"asl-desktop{SUFFIX}", folder / f"trainer{SUFFIX}"
    print(f"{megabytes(bundle if bundle.is_dir() else folder):.0f} MB", flush=True)
    with tempfile.TemporaryDirectory() as temporary:
        work = Path(temporary)
        write_noise(work / "noise.csv")
        data = ("--train", "noise.csv", "--labels", "gap", "--validate", "random", "--epochs", "1")
        run(work, trainer, "--version")
        run(work, trainer, "train", *data, "--out", "W.safetensors")
        run(work, trainer, "search", *data, "--widths", "16,24", "--rates", "1e-4", "--jobs", "2")
        run(work, app, "--try-modules")
        run(work, app, "--source", "demo", "--exit-after-first-frame")


def run(work: Path, *command: str | Path) -> None:
    """Runs a program to its end."""
    own = {"ASL_DESKTOP_DATA": str(work), "XDG_CONFIG_HOME": str(work)}
    start = time.perf_counter()
    subprocess.run(command, cwd=work, env=os.environ | own, timeout=SECONDS, check=True)
    seconds = time.perf_counter() - start
    print(
        f"{seconds:6.1f} s  {Path(command[0]).name} {' '.join(map(str, command[1:]))}", flush=True
    )


def write_noise(path: Path) -> None:
    """A CSV in Sign Language MNIST's layout that teaches nothing."""
    numbers = random.Random(0)
    lines = ["label," + ",".join(f"pixel{i}" for i in range(1, 785))]
    for row in range(LETTERS * ROWS_A_LETTER):
        label = row % LETTERS
        if label != 9:
            pixels = (str(numbers.randrange(256)) for _ in range(784))
            lines.append(f"{label}," + ",".join(pixels))
    path.write_text("\n".join(lines) + "\n", encoding="ascii")


def megabytes(folder: Path) -> float:
    """Of all files in it, links not followed; a million bytes each."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return sum(path.stat().st_size for path in files) / 1e6


if __name__ == "__main__":
    main()
