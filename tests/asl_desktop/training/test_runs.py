from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QStandardPaths
from pytestqt.qtbot import QtBot

from asl_desktop import user_folders
from asl_desktop.training import runs
from trainer.support.paths import OVERRIDE
from trainer.training import run_folder


def test_a_run_is_remembered(tmp_path: Path) -> None:
    run = runs.make(tmp_path / "runs", ["--train", "ä b.csv"], [])
    assert run.command[:3] == ["--train", "ä b.csv", "--out"]
    assert run.weights == run.folder / "weights.safetensors"
    assert runs.read(run.folder) == run
    with pytest.raises(ValueError, match="holds no run"):
        runs.read(tmp_path)


def test_the_newest_run_with_a_checkpoint_goes_on(tmp_path: Path) -> None:
    assert runs.unfinished(tmp_path) is None
    first, second, finished, broken = (runs.make(tmp_path, [], []) for _ in range(4))
    for run in (first, second, broken):
        (run.folder / "checkpoint").touch()
    (broken.folder / "run.json").write_text("no JSON")
    found = runs.unfinished(tmp_path)
    assert found is not None
    assert found.folder == second.folder
    assert not finished.unfinished


def test_a_run_whose_file_changed_does_not_go_on(tmp_path: Path) -> None:
    csv = tmp_path / "letters.csv"
    csv.write_text("as it was")
    run = runs.make(tmp_path, [], [csv])
    (run.folder / "checkpoint").touch()
    assert runs.read(run.folder).unfinished
    csv.write_text("otherwise")
    # Of the same length, and perhaps written within one tick of the system's clock.
    os.utime(csv, (1, 1))
    assert runs.unfinished(tmp_path) is None
    assert runs.read(run.folder).changed == str(csv)


def test_runs_are_named_and_deleted(tmp_path: Path) -> None:
    run = runs.make(tmp_path, ["--epochs", "2"], [])
    epochs = [
        {"epoch": 0, "loss": 1.0, "validation_accuracy": 0.5},
        {"epoch": 1, "loss": 0.5, "validation_accuracy": 0.5},
    ]
    epochs = [{"accuracy": 0.5, "validation_loss": None} | epoch for epoch in epochs]
    lines = "".join(json.dumps(epoch) + "\n" for epoch in epochs)
    # A run that was killed while it wrote leaves half a line.
    (run.folder / run_folder.EPOCHS).write_text(lines + '{"epoch": 2, "lo')
    runs.rename(run.folder, " Mine ")
    (read,) = runs.read_all(tmp_path)
    assert read.name == "Mine"
    assert read.epochs == epochs
    assert read.best == epochs[1]
    runs.delete(run.folder)
    assert runs.read_all(tmp_path) == []


def test_app_and_command_line_look_into_the_same_folder(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(OVERRIDE)
    before = QCoreApplication.applicationName()
    QCoreApplication.setApplicationName("asl-desktop")
    place = QStandardPaths.StandardLocation.AppLocalDataLocation
    assert user_folders.runs() == Path(QStandardPaths.writableLocation(place)) / "runs"
    QCoreApplication.setApplicationName(before)
