"""Worker processes end when the process that they work for does."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psutil
import pytest

from tests.patience import PATIENCE_SECONDS, PROGRAM_SECONDS
from tests.trainer.conftest import printed_letters, write_csv
from trainer.support import workers

PATIENCE = PROGRAM_SECONDS

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


def commands(folder: Path) -> dict[str, list[str]]:
    csv = write_csv(folder / "letters.csv", printed_letters(20))
    grid = ["--widths", "300", "--rates", "1e-3,1e-4,1e-5,1e-6", "--epochs", "100000"]
    return {
        "render": ["render", "--out", str(folder / "r.npz"), "--images", "100000"],
        "search": ["search", "--train", str(csv), "--validate", "random", *grid],
    }


@pytest.fixture
def started(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """A command with two workers at work, in a group of its own."""
    words = [*commands(tmp_path)[request.param], "--jobs", "2", "--json"]
    process = subprocess.Popen(
        [sys.executable, "-m", "trainer.cli", *words],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    own = psutil.Process(process.pid)
    wait_until(lambda: len(busy(own)) >= 2)
    workers = own.children(recursive=True)
    yield process
    for left in (*workers, own):
        with suppress(psutil.NoSuchProcess):
            left.kill()
    process.communicate()


def busy(process: psutil.Process) -> list[psutil.Process]:
    """Workers that have used some processor time, beyond what starting takes."""
    return [child for child in process.children() if child.cpu_times().user > 1.5]


def wait_until(condition: object, seconds: float = PATIENCE) -> None:
    waiter = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < waiter
        time.sleep(0.05)


@pytest.mark.parametrize("started", ["render", "search"], indirect=True)
@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP", "SIGKILL", "SIGINT"])
def test_nothing_is_left_running(started: subprocess.Popen[str], name: str) -> None:
    children = psutil.Process(started.pid).children(recursive=True)
    assert len(children) >= 2
    os.kill(started.pid, getattr(signal, name))
    _, alive = psutil.wait_procs(children, timeout=PATIENCE_SECONDS)
    assert not alive
    _, said = started.communicate(timeout=PATIENCE)
    assert "Traceback" not in said
    if name != "SIGKILL":
        # joblib's own tracker of temporary files may add a line of its own behind it.
        own = [line for line in said.splitlines() if line.startswith("trainer:")]
        assert own == ["trainer: stopped."]
        assert started.returncode == 130


INTERRUPTING = """
import os, signal, sys

class Interrupt:
    def find_spec(self, name, path=None, target=None):
        if name == os.environ["INTERRUPT_AT"]:
            sys.meta_path.remove(self)
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupt())
"""
"""Sends itself a Ctrl+C when it is about to import a module, on a machine of any speed."""


@pytest.mark.parametrize("module", ["trainer.commands", "numpy", "cv2"])
def test_ctrl_c_during_the_start_prints_one_line(tmp_path: Path, module: str) -> None:
    # Python imports this by itself, before anything else.
    (tmp_path / "sitecustomize.py").write_text(INTERRUPTING)
    done = subprocess.run(
        [sys.executable, "-m", "trainer.cli", "search", "--jobs", "1"],
        env=os.environ | {"PYTHONPATH": str(tmp_path), "INTERRUPT_AT": module},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (130, "trainer: stopped.\n")


def test_this_process_alone_where_one_is_enough() -> None:
    import joblib

    pids = workers.parallel(1)(joblib.delayed(os.getpid)() for _ in range(2))
    assert pids == [os.getpid()] * 2
