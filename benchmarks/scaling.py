"""How time and memory of training grow with rows, width and batch size.

    uv run python -m benchmarks.scaling [--quick] [--out docs/results/scaling.json]

Every point is a process of its own, so that its peak memory is its own. Rows are synthetic. Time is
per 1,000 rows of one epoch, augmentation included, after a warm-up; at most --steps mini-batches
are run, because an epoch is its mini-batches one after the other. Reading is measured, too: a CSV
of that many rows is written, read, and deleted.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.training import rows
from trainer.data.plain_csv import COLUMNS, read_plain
from trainer.training.recipe import Recipe
from trainer.training.train import BatchDone, train

BASE = {"rows": 10_000, "width": 1024, "batch": 256}
ROWS = (1_000, 5_000, 20_000, 100_000, 500_000)
WIDTHS = (64, 128, 256, 512, 1024, 2048)
BATCHES = (16, 64, 256, 1024)
WARM_UP = 3


def trained(n: int, width: int, batch: int, steps: int) -> dict[str, float]:
    """Seconds per 1,000 rows, and peak memory, of training width – width/2 – width/4."""
    recipe = replace(
        Recipe(), hidden=(width, width // 2, width // 4), batch_size=batch, epochs=9999
    )
    start, learned, done = 0.0, 0, 0
    for event in train(recipe, rows(n)):
        if isinstance(event, BatchDone):
            done += 1
            if done > WARM_UP:
                learned += min(batch, n)
            if done == WARM_UP:
                start = time.perf_counter()
            if done == WARM_UP + steps:
                break
    seconds = time.perf_counter() - start
    return {"seconds_per_1000_rows": seconds / learned * 1000, "peak_mib": _peak()}


def read(n: int) -> dict[str, float]:
    """Seconds per 1,000 rows, and peak memory, of reading a CSV file of n rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "rows.csv"
        rng = np.random.default_rng(0)
        with path.open("w") as file:
            file.write(",".join(COLUMNS) + "\n")
            # The same thousand lines again and again: making them anew would take hours.
            values = rng.integers(0, 256, (1000, len(COLUMNS)))
            values[:, 0] %= 25
            lines = [",".join(map(str, row)) + "\n" for row in values.tolist()]
            for number in range(n):
                file.write(lines[number % 1000])
        start = time.perf_counter()
        table = read_plain(path)
        seconds = time.perf_counter() - start
        assert table is not None
        assert len(table[1]) == n
        return {
            "seconds_per_1000_rows": seconds / n * 1000,
            "peak_mib": _peak(),
            "file_mib": path.stat().st_size / 2**20,
        }


def _peak() -> float:
    # On Linux, in KiB.
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def point(*command: str) -> Any:
    """One measurement in a process of its own."""
    full = [sys.executable, "-m", "benchmarks.scaling", "--point", *command]
    return json.loads(subprocess.run(full, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Measures and writes JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, help="JSON file (default: standard output)")
    parser.add_argument("--steps", type=int, default=40, help="mini-batches a point (default: 40)")
    parser.add_argument("--quick", action="store_true", help="small sizes only")
    parser.add_argument("--point", nargs="+", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.point:
        kind, *numbers = arguments.point
        print(json.dumps({"read": read, "train": trained}[kind](*map(int, numbers))))
        return
    last = 2 if arguments.quick else None
    steps = str(arguments.steps)
    found: dict[str, dict[str, Any]] = {"read": {}, "rows": {}, "width": {}, "batch": {}}
    for n in ROWS[:last]:
        found["read"][str(n)] = point("read", str(n))
    for name, sizes in {"rows": ROWS, "width": WIDTHS, "batch": BATCHES}.items():
        for size in sizes[:last]:
            sizes_here = {**BASE, name: size}
            numbers = [str(sizes_here[key]) for key in ("rows", "width", "batch")]
            found[name][str(size)] = point("train", *numbers, steps)
    text = json.dumps({"settings": {"steps": arguments.steps, **BASE}, "cells": found}, indent=1)
    if arguments.out:
        arguments.out.write_text(text + "\n")
    else:
        print(text)


if __name__ == "__main__":
    main()
