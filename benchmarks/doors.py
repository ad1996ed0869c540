"""How much memory each door of the program takes at its peak, by file, in a process of its own.

    uv run python -m benchmarks.doors --out doors.json

Hostile files are those of `../shared/cases/attacks` where it is there; the large valid ones are
made here, and are as large as a door still takes them or a person may well have them. Linux only:
the peak is the kernel's VmHWM, which is reset when all modules are imported.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from asl_desktop.compose.composer import Draft
from asl_desktop.own_file import OwnFile
from asl_desktop.practice import learner_progress as practice
from asl_desktop.training import runs
from trainer.capture.opening import open_source
from trainer.capture.source import frames
from trainer.data import csv_cache
from trainer.data.crops import read_crops, save_crops
from trainer.data.csv import read_csv, write_csv
from trainer.data.dataset import Dataset
from trainer.data.load import chosen, load
from trainer.evaluation.predictions import HeldOut
from trainer.images.files import read_image
from trainer.images.preprocessing import Preprocessing
from trainer.letters import Convention
from trainer.model import weights
from trainer.model.model import Model
from trainer.nn.plan import build_network
from trainer.support.errors import UserError
from trainer.training import run_folder

ATTACKS = Path(__file__).resolve().parents[2] / "shared/cases/attacks"
MOST_FRAMES = 100
_RNG = np.random.default_rng(0)


def _practise(path: Path) -> None:
    file = OwnFile(path, "the practice record")
    practice.load(file)
    if file.notice:
        raise UserError(file.notice)


DOORS: dict[str, Callable[[Path], object]] = {
    "weights": weights.load,
    "image": read_image,
    "video": lambda path: sum(1 for _ in islice(frames(open_source(str(path))), MOST_FRAMES)),
    "crops": read_crops,
    "csv": read_csv,
    "images of letters": lambda path: load(chosen(path)),
    "held-out images": HeldOut.load,
    "runs": runs.read_all,
    "practice": _practise,
    "text": lambda path: Draft(path).read(),
}


def attacks() -> Iterator[tuple[str, Path]]:
    """Doors with hostile files."""
    if ATTACKS.is_dir():
        for path in sorted((ATTACKS / "weights").iterdir()):
            yield "weights", path
        yield "image", ATTACKS / "scans.jpg"
        yield "crops", ATTACKS / "crop_box1e5.npz"


def large(folder: Path) -> Iterator[tuple[str, Path]]:
    """Doors with valid files that are large."""
    path = folder / "20_million_parameters.safetensors"
    network = build_network(28, "", [4000, 4000], _RNG)
    weights.save(Model(network, Preprocessing()), path)
    yield "weights", path
    for ending in (".png", ".jpg", ".tif"):
        path = folder / f"8000_by_8000{ending}"
        small = _RNG.integers(0, 256, (800, 800, 3), np.uint8)
        cv2.imwrite(str(path), cv2.resize(small, (8000, 8000)))
        yield "image", path
    path = folder / "4K.mp4"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 30, (3840, 2160))
    for _ in range(12):
        writer.write(cv2.resize(_RNG.integers(0, 256, (216, 384, 3), np.uint8), (3840, 2160)))
    writer.release()
    yield "video", path
    images = _RNG.integers(0, 256, (4000, 128, 128), np.uint8)
    labels = np.arange(4000) % 24
    boxes = np.tile(np.array([20, 20, 88, 88], np.float32), (4000, 1))
    save_crops(Dataset(images, labels, np.full(4000, "me"), boxes), folder / "4000.npz")
    yield "crops", folder / "4000.npz"
    yield from _tables(folder)
    kept = HeldOut(
        _RNG.integers(0, 256, (30_000, 28, 28), np.uint8),
        np.zeros(30_000, np.int64),
        ("x.csv",),
        np.zeros(30_000, np.int64),
        np.arange(30_000),
    )
    kept.save(folder / "held-out.npz")
    yield "held-out images", folder / "held-out.npz"
    yield "runs", _runs(folder / "runs")
    for door, name in (("practice", "practice.json"), ("text", "text.txt")):
        (folder / name).write_bytes(b"[" * (15 << 20) if door == "practice" else b"A" * (15 << 20))
        yield door, folder / name


def _tables(folder: Path) -> Iterator[tuple[str, Path]]:
    pixels = _RNG.integers(0, 256, (27_455, 28, 28), np.uint8)
    labels = np.arange(27_455) % 24
    rows = Dataset(pixels, labels, np.full(27_455, "me"))
    write_csv(rows, folder / "27455_rows.csv", Convention.GAP)
    yield "csv", folder / "27455_rows.csv"
    for number in range(1000):
        place = folder / "letters" / "AB"[number % 2]
        place.mkdir(parents=True, exist_ok=True)
        cv2.imwrite(str(place / f"{number}.jpg"), _RNG.integers(0, 256, (480, 640, 3), np.uint8))
    yield "images of letters", folder / "letters"


def _runs(folder: Path) -> Path:
    epoch = {"epoch": 0, "loss": 1.0, "accuracy": 0.5, "seconds": 1.0}
    line = json.dumps(epoch | {"validation_loss": 1.0, "validation_accuracy": 0.5}) + "\n"
    for _ in range(100):
        run = runs.make(folder, ["--epochs", "1000"], [])
        (run.folder / run_folder.EPOCHS).write_text(line * 1000)
    return folder


def _status(field: str) -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(f"{field}:")) << 10


def open_one(door: str, path: Path) -> dict[str, Any]:
    """Opens a door with a file; the peak above what is used before it, in bytes."""
    with tempfile.TemporaryDirectory() as folder:
        csv_cache._folder = lambda: Path(folder)
        Path("/proc/self/clear_refs").write_text("5")
        before, start = _status("VmRSS"), time.process_time()
        try:
            DOORS[door](path)
            said = ""
        except UserError as error:
            said = str(error)
        seconds = time.process_time() - start
    return {"bytes": _status("VmHWM") - before, "seconds": seconds, "refused": said}


def measured(door: str, path: Path) -> dict[str, Any]:
    """The same in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.doors", "--one", door, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    size = path.stat().st_size if path.is_file() else 0
    print(
        f"{door:18}{path.name:36}{size / 1e6:8.1f} MB{found['bytes'] / 1e6:8.0f} MB"
        f"{found['seconds']:7.1f} s  {'refused' if found['refused'] else 'read'}",
        flush=True,
    )
    return {"door": door, "file": path.name, "size": size} | found


def main() -> None:
    """Prints a table, and writes it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--one", nargs=2, metavar=("DOOR", "FILE"), help=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path)
    arguments = parser.parse_args()
    if arguments.one:
        door, path = arguments.one
        print(json.dumps(open_one(door, Path(path))))
        return
    with tempfile.TemporaryDirectory() as folder:
        found = [measured(*case) for case in chain(attacks(), large(Path(folder)))]
    if arguments.out:
        arguments.out.write_text(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
