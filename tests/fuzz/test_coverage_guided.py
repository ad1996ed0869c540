"""The readers of arrays and rows, by a fuzzer that sees which branches it has reached."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.fuzz.door import tried
from tests.nightly import cases

DOORS = [
    *("w.safetensors", "w.npz", "crops.npz", "run.checkpoint", "held-out.npz", "kept.npz"),
    *("rows.csv", "rows.csv.gz", "rows.zip"),
]

if importlib.util.find_spec("atheris") is None:
    pytest.skip("needs atheris: uv sync --group fuzz (Linux only)", allow_module_level=True)


@pytest.mark.parametrize("door", DOORS)
def test_what_reaches_new_branches_is_told_or_harmless(tmp_path: Path, door: str) -> None:
    runs = cases(500, 10_000 if door.startswith("rows") else 50_000)
    command = [sys.executable, "-m", "tests.fuzz.coverage_guided", door, f"-runs={runs}", "-seed=1"]
    done = subprocess.run(
        [*command, f"-artifact_prefix={tmp_path}/"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"OPENBLAS_NUM_THREADS": "1"},
    )
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-4000:]
    counted = re.search(r"Done (\d+) runs", done.stderr)
    assert counted is not None
    tried[os.environ["PYTEST_CURRENT_TEST"].split(" ")[0]] += int(counted[1])
    assert int(counted[1]) >= runs
