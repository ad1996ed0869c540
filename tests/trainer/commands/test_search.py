from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import psutil
import pytest

from tests.patience import PROGRAM_SECONDS
from tests.trainer.conftest import printed_letters, write_csv
from trainer.cli import main
from trainer.data.crops import save_crops
from trainer.data.dataset import Dataset
from trainer.experiments import results
from trainer.letters import NO_SIGN

SMALL = ["--widths", "8,12", "--rates", "1e-3,1e-4", "--epochs", "2"]
NAMES = ["8 × 0.001", "8 × 0.0001", "12 × 0.001", "12 × 0.0001"]


@pytest.fixture(scope="module")
def csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_csv(tmp_path_factory.mktemp("search") / "letters.csv", printed_letters(20))


def search(csv: Path, *more: str) -> list[str]:
    return ["search", "--train", str(csv), "--validate", "random", *SMALL, *more]


def test_the_grid_is_searched_and_kept(
    csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "grid.json"
    assert main(search(csv, "--jobs", "1", "--out", str(out), "--json")) == 0
    captured = capsys.readouterr()
    lines = [json.loads(line) for line in captured.out.splitlines()]
    assert [line["name"] for line in lines[:-1]] == NAMES
    assert "leaks" in captured.err
    cells = results.load(out)["cells"]
    assert list(cells) == sorted(NAMES)
    best = max(NAMES, key=lambda name: cells[name]["accuracy"])
    assert cells[lines[-1]["name"]]["accuracy"] == cells[best]["accuracy"]
    # A second run has nothing left to train.
    before = out.read_bytes()
    assert main(search(csv, "--jobs", "1", "--out", str(out))) == 0
    table = capsys.readouterr().out
    assert f"* chosen: {lines[-1]['name']}" in table
    assert f"{cells[NAMES[0]]['accuracy']:.4f}" in table
    assert out.read_bytes() == before


def test_what_holds_no_letters_or_too_few_is_said(
    csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = Dataset(np.zeros((2, 28, 28), np.uint8), np.full(2, NO_SIGN), np.full(2, "room"))
    save_crops(empty, tmp_path / "empty.npz")
    assert main(search(csv, "--test", str(tmp_path / "empty.npz"))) == 1
    assert "empty.npz: images without a sign" in capsys.readouterr().err
    assert (
        main(search(write_csv(tmp_path / "few.csv", printed_letters(1).subset(np.arange(4))))) == 1
    )
    assert "nothing can be held out by random: there are too few images" in capsys.readouterr().err


def test_processes_find_the_same(csv: Path, tmp_path: Path) -> None:
    one, two = tmp_path / "1.json", tmp_path / "2.json"
    assert main(search(csv, "--jobs", "1", "--out", str(one))) == 0
    # In a process of its own, which takes its workers with it when it ends.
    command = [sys.executable, "-m", "trainer.cli", *search(csv, "--jobs", "2", "--out", str(two))]
    subprocess.run(command, check=True, capture_output=True)
    assert one.read_bytes() == two.read_bytes()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """The address of a scheduler with two worker processes."""
    with ExitStack() as stack:

        def start(*command: str) -> None:
            process = subprocess.Popen(
                [sys.executable, "-m", *command],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                cwd=Path(__file__).resolve().parents[3],
            )
            stack.callback(process.wait)
            stack.callback(process.terminate)

        scheduler_file = tmp_path / "scheduler.json"
        local = ["--host", "127.0.0.1", "--no-dashboard"]
        start(
            "distributed.cli.dask_scheduler",
            *local,
            "--port",
            "0",
            "--scheduler-file",
            str(scheduler_file),
        )
        deadline = time.monotonic() + PROGRAM_SECONDS
        while not (scheduler_file.exists() and scheduler_file.read_text().endswith("}")):
            assert time.monotonic() < deadline, "the scheduler did not start"
            time.sleep(0.05)
        address = str(json.loads(scheduler_file.read_text())["address"])
        for _ in range(2):
            start(
                "distributed.cli.dask_worker",
                address,
                *local,
                "--nthreads",
                "1",
                "--nworkers",
                "1",
                "--no-nanny",
                "--local-directory",
                str(tmp_path),
            )
        yield address


def test_a_dask_cluster_finds_the_same(csv: Path, tmp_path: Path, cluster: str) -> None:
    here, there = tmp_path / "here.json", tmp_path / "there.json"
    assert main(search(csv, "--jobs", "1", "--out", str(here))) == 0
    command = [sys.executable, "-m", "trainer.cli"]
    command += search(csv, "--dask", cluster, "--out", str(there))
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert here.read_bytes() == there.read_bytes()


def test_a_cluster_that_does_not_answer(csv: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "trainer.cli", *search(csv, "--dask", "tcp://127.0.0.1:9")]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert done.returncode == 1
    assert "no Dask scheduler answers" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (["--widths", "8,-1"], "no list of positive numbers"),
        (["--widths", "9" * 400], "no list of positive numbers"),
        (["--rates", "nan"], "no list of positive numbers"),
        (["--validate", "guess"], "invalid"),
    ],
)
def test_bad_grids_are_refused(
    csv: Path, change: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stop:
        main(["search", "--train", str(csv), *change])
    assert stop.value.code == 2
    assert said in capsys.readouterr().err


def test_the_chosen_network_is_scored_once(
    csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = write_csv(tmp_path / "more.csv", printed_letters(4, 3))
    test = write_csv(tmp_path / "test.csv", printed_letters(5, 9))
    arguments = search(csv, "--jobs", "1", "--json", "--test", str(test))
    arguments.insert(3, str(more))
    assert main(arguments) == 0
    *cells, chosen, scored = map(json.loads, capsys.readouterr().out.splitlines())
    assert len(cells) == 4
    assert (scored["event"], scored["name"], scored["n"]) == ("scored", chosen["name"], 120)
    assert 0 <= scored["accuracy"] <= 1


def started(arguments: list[str], *, out: int, err: int) -> subprocess.Popen[str]:
    """A search in a process of its own, which can be stopped."""
    command = [sys.executable, "-m", "trainer.cli", *arguments]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=out, stderr=err, text=True)


def stop(process: subprocess.Popen[str]) -> None:
    assert process.stdin is not None
    process.stdin.write("stop\n")
    process.stdin.flush()


def test_a_search_stops_in_the_middle_and_keeps_what_it_has(csv: Path, tmp_path: Path) -> None:
    out = tmp_path / "grid.json"
    long = [*search(csv, "--jobs", "2", "--out", str(out), "--json", "--control")]
    # So many that it is stopped long before the last one, however late.
    long[long.index("--rates") + 1] = ",".join(f"{n}e-5" for n in range(1, 51))
    long[long.index("--epochs") + 1] = "60"
    with started(long, out=subprocess.PIPE, err=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        stop(process)
        assert process.wait(PROGRAM_SECONDS) == 0
    cells = results.load(out)["cells"]
    assert first["name"] in cells
    assert len(cells) < 100


@pytest.mark.parametrize("seconds", [0, 0.2, 0.4, 0.6, 0.8, 1.2, 3])
@pytest.mark.slow
def test_a_search_stops_at_any_moment(csv: Path, seconds: float) -> None:
    """Among them the moments in which joblib is imported, and its workers are started."""
    endless = [*search(csv, "--jobs", "2", "--json", "--control")]
    endless[endless.index("--epochs") + 1] = "100000"
    with started(endless, out=subprocess.DEVNULL, err=subprocess.PIPE) as process:
        assert process.stderr is not None
        process.stderr.readline()
        time.sleep(seconds)
        workers = psutil.Process(process.pid).children(recursive=True)
        stop(process)
        try:
            assert process.wait(PROGRAM_SECONDS) == 0
        finally:
            process.kill()
    _, alive = psutil.wait_procs(workers, PROGRAM_SECONDS)
    for worker in alive:
        worker.kill()
    assert alive == []
