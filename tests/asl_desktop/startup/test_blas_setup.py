from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

NAMES = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS")


def run(code: str, **environment: str) -> object:
    clean = {name: value for name, value in os.environ.items() if name not in NAMES}
    code = f"import os, json; from asl_desktop.startup.blas_setup import import_numpy; {code}"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=clean | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout)


THREADS = "print(len(os.listdir('/proc/self/task')))"
MULTIPLY = "import numpy as np; a = np.ones((600, 600)); a @ a; "


@pytest.mark.skipif(sys.platform != "linux", reason="threads are counted in Linux's /proc")
def test_matrix_products_stay_in_one_thread() -> None:
    assert run(f"import_numpy(); {MULTIPLY}{THREADS}") == 1


def test_processes_that_the_app_starts_are_not_held_back() -> None:
    code = f"import_numpy(); print(json.dumps([n for n in {NAMES} if n in os.environ]))"
    assert run(code) == []


def test_what_the_user_chose_is_kept() -> None:
    code = "import_numpy(); print(os.environ['OPENBLAS_NUM_THREADS'])"
    assert run(code, OPENBLAS_NUM_THREADS="3") == 3
