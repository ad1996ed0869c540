from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.patience import PATIENCE_SECONDS, PROGRAM_SECONDS
from tests.trainer.conftest import printed_letters, write_csv
from trainer.model import weights
from trainer.support.control import Control


def test_lines_are_obeyed() -> None:
    read, write = os.pipe()
    with os.fdopen(read) as stream, os.fdopen(write, "w") as orders:
        control = Control(stream)
        control.wait_while_paused()
        print("pause", file=orders, flush=True)
        while control._running.is_set():
            time.sleep(0.01)
        passed = threading.Event()
        waiting = threading.Thread(target=lambda: (control.wait_while_paused(), passed.set()))
        waiting.start()
        assert not passed.wait(0.1)
        print("resume", file=orders, flush=True)
        assert passed.wait(PATIENCE_SECONDS)
        waiting.join()
        assert not control.stopped
        print("stop", file=orders, flush=True)
        while not control.stopped:
            time.sleep(0.01)


@pytest.fixture
def command(tmp_path: Path) -> list[str]:
    csv = write_csv(tmp_path / "letters.csv", printed_letters(10))
    recipe = ["--hidden", "32", "--epochs", "100000", "--batch-size", "32", "--keep-best"]
    files = ["--train", str(csv), "--validation", str(csv), "--out", str(tmp_path / "w.npz")]
    return [sys.executable, "-m", "trainer.cli", "train", *files, *recipe, "--json", "--control"]


def test_a_run_pauses_goes_on_and_keeps_the_best_when_stopped(
    command: list[str], tmp_path: Path
) -> None:
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    )
    assert process.stdin is not None
    assert process.stdout is not None

    def order(line: str) -> None:
        assert process.stdin is not None
        print(line, file=process.stdin, flush=True)

    def next_epoch() -> dict[str, float]:
        assert process.stdout is not None
        for line in process.stdout:
            event: dict[str, float] = json.loads(line)
            if event["event"] == "epoch":
                return event
        pytest.fail("the run ended")

    with process:
        first = next_epoch()
        order("pause")
        order("resume")
        later = next_epoch()
        assert later["epoch"] > first["epoch"]
        order("stop")
        rest = process.stdout.read().splitlines()
        assert process.wait(PROGRAM_SECONDS) == 0
    epochs = [event for event in map(json.loads, rest) if event["event"] == "epoch"]
    best = max(e["validation_accuracy"] for e in (first, later, *epochs))
    assert json.loads(rest[-1])["event"] == "saved"
    kept = weights.load(tmp_path / "w.npz").about["scores"]["validation_accuracy"]
    assert kept == pytest.approx(best)


def test_a_run_ends_with_its_owner(command: list[str]) -> None:
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdout.readline()
        process.stdin.close()
        process.stdout.read()
        assert process.wait(PROGRAM_SECONDS) == 0
