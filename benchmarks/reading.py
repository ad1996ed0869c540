"""How long `read_csv` takes beside a plain `pandas.read_csv` of the same file, in the same run.

    uv run python -m benchmarks.reading ../shared/data/sign_mnist_train.csv

"First" reads with an empty cache and fills it; "later" reads the unchanged file again. The ways
take turns, and the medians are compared, so that a busy moment of the machine hits them alike.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from unittest import mock

import pandas as pd

from trainer.data import csv_cache
from trainer.data.csv import read_csv


def timed(f: Callable[[], object]) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    f()
    return time.perf_counter() - start


def main() -> None:
    """Prints medians and ratios as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("csv", type=Path)
    parser.add_argument("--runs", type=int, default=7)
    arguments = parser.parse_args()
    path: Path = arguments.csv
    seconds: dict[str, list[float]] = {"pandas": [], "first": [], "later": []}
    # The file's bytes come from the disk once, before any measurement.
    path.read_bytes()
    for _ in range(arguments.runs):
        with (
            tempfile.TemporaryDirectory() as folder,
            mock.patch.object(csv_cache, "_folder", return_value=Path(folder)),
        ):
            seconds["pandas"].append(timed(lambda: pd.read_csv(path)))
            seconds["first"].append(timed(lambda: read_csv(path)))
            seconds["later"].append(timed(lambda: read_csv(path)))
    medians = {name: statistics.median(values) for name, values in seconds.items()}
    print(
        json.dumps(
            {
                "seconds": medians,
                "first_over_pandas": medians["first"] / medians["pandas"],
                "later_over_pandas": medians["later"] / medians["pandas"],
            },
            indent=1,
        )
    )


if __name__ == "__main__":
    main()
