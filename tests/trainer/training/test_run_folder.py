from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters, write_csv
from trainer.cli import main
from trainer.evaluation.predictions import HeldOut, Outcomes
from trainer.model import weights
from trainer.support import atomic, paths
from trainer.support.errors import UserError
from trainer.training import checkpoint, run_folder
from trainer.training.checkpoint import Checkpoint
from trainer.training.run_folder import RunFolder

SMALL = ["--hidden", "24", "--batch-size", "32", "--epochs", "3", "--validate", "random"]


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "letters.csv", printed_letters(8))


def train(csv: Path, *more: str) -> list[str]:
    return ["train", "--train", str(csv), "--out", str(csv.parent / "w.safetensors"), *SMALL, *more]


def test_a_run_of_the_command_line_is_recorded(
    csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(paths.OVERRIDE, str(tmp_path / "data"))
    assert main(train(csv, "--json", "--keep-best")) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    told = [event for event in events if event["event"] == "epoch"]
    (folder,) = (tmp_path / "data/runs").iterdir()
    run = json.loads((folder / run_folder.RUN).read_text())
    assert run["weights"] == str(tmp_path / "w.safetensors")
    assert run["arguments"][1] == str(csv)
    epochs = [json.loads(line) for line in (folder / run_folder.EPOCHS).read_text().splitlines()]
    assert [epoch["loss"] for epoch in epochs] == [event["loss"] for event in told]
    held_out = HeldOut.load(folder / run_folder.HELD_OUT)
    latest = Outcomes.load(folder / run_folder.LATEST)
    assert latest.epoch == 2
    assert latest.confusion(held_out.labels).tolist() == told[-1]["confusion"]
    kept = Outcomes.load(folder / run_folder.SAVED)
    best = max(epoch["validation_accuracy"] for epoch in epochs)
    assert (kept.read == held_out.labels).mean() == pytest.approx(best)
    assert json.loads((folder / run_folder.ABOUT).read_text())["held_out"] == len(held_out)


def test_a_run_that_cannot_be_written_down_leaves_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise UserError("run.json: cannot be written (No space left on device).")

    monkeypatch.setattr(atomic, "write_bytes", refuse)
    with pytest.raises(UserError, match="No space"):
        run_folder.make(tmp_path / "runs", ["--train", "x.csv"], [])
    assert not list((tmp_path / "runs").iterdir())


def test_a_run_may_go_unrecorded(
    csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(paths.OVERRIDE, str(tmp_path / "data"))
    assert main(train(csv, "--no-record")) == 0
    assert not (tmp_path / "data").exists()
    first = (tmp_path / "w.safetensors").read_bytes()
    # A folder that cannot be made ends no run, and changes no weights.
    (tmp_path / "data").touch()
    assert main(train(csv)) == 0
    assert "will not be in the app's list" in capsys.readouterr().err
    assert (tmp_path / "w.safetensors").read_bytes() == first


def test_changed_files_are_noticed(csv: Path, tmp_path: Path) -> None:
    run = json.loads((run_folder.make(tmp_path, [], [csv]) / run_folder.RUN).read_text())
    assert run_folder.changed_file(run) is None
    csv.write_text(csv.read_text() + "\n")
    assert run_folder.changed_file(run) == str(csv)
    csv.unlink()
    assert run_folder.changed_file(run) == str(csv)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_a_recorded_file_may_lead_back_to_itself(tmp_path: Path) -> None:
    loop = tmp_path / "loop.csv"
    loop.symlink_to(loop)
    run = {"files": [{"path": str(loop), "size": 1, "changed": 1}]}
    assert run_folder.changed_file(run) == str(loop)


def test_fine_tuning_begins_with_what_is_known(
    csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*train(csv, "--no-record", "--learning-rate", "0.01"), "--epochs", "12"]) == 0
    start = tmp_path / "w.safetensors"
    capsys.readouterr()
    tuned = tmp_path / "tuned.safetensors"
    few = write_csv(tmp_path / "few.csv", printed_letters(6, 5).subset(np.arange(100)))
    arguments = ["--fine-tune", str(start), "--epochs", "1", "--learning-rate", "1e-5"]
    command = ["train", "--train", str(few), "--out", str(tuned), "--no-record", "--json"]
    assert main([*command, "--validation", str(csv), *arguments]) == 0
    epoch = json.loads(capsys.readouterr().out.splitlines()[-2])
    before = weights.load(start)
    assert weights.load(tuned).network.spec() == before.network.spec()
    assert epoch["validation_accuracy"] >= before.about["scores"]["validation_accuracy"] - 0.05
    assert main([*command, *arguments, "--no-sign", "0.1"]) == 1
    assert "has no class for images without a sign" in capsys.readouterr().err


@pytest.mark.parametrize("rate", ["1e30", "1e39"])
@pytest.mark.parametrize("more", [[], ["--keep-best"]])
def test_a_run_that_diverges_says_so_and_saves_nothing(
    csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], rate: str, more: list[str]
) -> None:
    out = tmp_path / "w.safetensors"
    out.write_bytes(b"what was there")
    for optimiser in ("sgd", "adam"):
        wild = ["--optimiser", optimiser, "--learning-rate", rate, "--no-record", *more]
        assert main(train(csv, *wild)) == 1
        assert "Training diverged" in capsys.readouterr().err
        assert out.read_bytes() == b"what was there"


@pytest.mark.parametrize("loss", [shutil.rmtree, lambda folder: folder.rename(f"{folder} moved")])
def test_a_run_folder_that_is_gone_stops_no_training(
    csv: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    loss: Callable[[Path], object],
) -> None:
    monkeypatch.setenv(paths.OVERRIDE, str(tmp_path / "data"))
    assert main(train(csv, "--no-record")) == 0
    expected = (tmp_path / "w.safetensors").read_bytes()
    capsys.readouterr()
    add = RunFolder.add

    def lose_and_add(self: RunFolder, *arguments: Any, **more: Any) -> None:
        for folder in (tmp_path / "data" / "runs").iterdir():
            if not folder.name.endswith("moved"):
                loss(folder)
        add(self, *arguments, **more)

    monkeypatch.setattr(RunFolder, "add", lose_and_add)
    assert main(train(csv)) == 0
    assert capsys.readouterr().err.count("The run folder is incomplete") == 1
    assert (tmp_path / "w.safetensors").read_bytes() == expected


def test_all_folders_of_a_run_may_go(
    csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    # As in the app, where weights and checkpoint are in the run's folder.
    folder = run_folder.make(tmp_path / "runs", [], [csv])
    arguments = ["train", "--train", str(csv), *SMALL, "--record", str(folder), "--keep-best"]
    arguments += ["--out", str(folder / "w.safetensors"), "--checkpoint", str(folder / "c")]
    save = checkpoint.save

    def lose_and_save(reached: Checkpoint, path: Path, run: str) -> None:
        shutil.rmtree(folder)
        save(reached, path, run)

    monkeypatch.setattr(checkpoint, "save", lose_and_save)
    assert main(arguments) == 0
    assert capsys.readouterr().err.count("The checkpoint is incomplete") == 1
    assert not (folder / "c").exists()


def test_a_full_disk_for_extras_stops_no_training(
    csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(paths.OVERRIDE, str(tmp_path / "data"))
    write = atomic.write_bytes

    def fill_up(path: Path, content: bytes) -> None:
        if path.name in (run_folder.LATEST, "c"):
            raise UserError(f"{path}: cannot be written (No space left on device).")
        write(path, content)

    monkeypatch.setattr(atomic, "write_bytes", fill_up)
    assert main(train(csv, "--checkpoint", str(tmp_path / "c"))) == 0
    said = capsys.readouterr().err
    assert said.count("No space left") == 2
    assert weights.load(tmp_path / "w.safetensors").network.theta.size


def test_two_processes_do_not_train_the_same_run(
    csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = run_folder.make(tmp_path / "runs", [], [csv])
    other = RunFolder(folder, {"by": "the other"}, [], None)
    before = (folder / run_folder.ABOUT).read_bytes()
    assert main(train(csv, "--record", str(folder))) == 1
    assert "another process trains this run" in capsys.readouterr().err
    assert (folder / run_folder.ABOUT).read_bytes() == before
    del other
    assert main(train(csv, "--record", str(folder))) == 0


def test_a_named_folder_is_made(
    csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "runs" / "first"
    assert main(train(csv, "--record", str(folder))) == 0
    assert len((folder / run_folder.EPOCHS).read_text().splitlines()) > 0
    assert main(train(csv, "--record", str(csv))) == 1
    assert f"{csv}: cannot be made" in capsys.readouterr().err
