from __future__ import annotations

import os
import signal
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters, write_csv
from trainer.cli import main
from trainer.data.collection import Collection
from trainer.support.errors import UserError
from trainer.training import checkpoint
from trainer.training.checkpoint import Checkpoint
from trainer.training.recipe import Recipe
from trainer.training.train import EpochDone, train

RECIPE = Recipe(hidden=(24,), epochs=3, batch_size=32, ema=0.9, dropout=0.2)


def epochs_of(recipe: Recipe, state: dict[str, np.ndarray] | None = None) -> list[tuple[Any, ...]]:
    data, held_out = printed_letters(4), printed_letters(2, 7)
    result = []
    for event in train(recipe, data, held_out, state):
        if isinstance(event, EpochDone):
            kept = {name: array.copy() for name, array in event.model.network.state().items()}
            reached = {name: array.copy() for name, array in event.state.items()}
            result.append((event.epoch, event.loss, event.validation_loss, kept, reached))
    return result


@pytest.mark.parametrize("optimiser", ["adam", "momentum", "muon", "sgd"])
@pytest.mark.parametrize("convolutions", ["", "4 p"])
def test_going_on_gives_the_same_numbers(optimiser: str, convolutions: str, tmp_path: Path) -> None:
    recipe = replace(RECIPE, optimiser=optimiser, convolutions=convolutions, learning_rate=0.01)
    whole = epochs_of(recipe)
    file = tmp_path / "c"
    checkpoint.save(Checkpoint(whole[0][4], [{"epoch": 0}], 0.5), file, "run")
    read = checkpoint.load(file, "run")
    assert read is not None
    assert (read.epochs, read.best) == ([{"epoch": 0}], 0.5)
    rest = epochs_of(recipe, read.arrays)
    assert [e[:3] for e in rest] == [e[:3] for e in whole[1:]]
    for one, other in zip(rest, whole[1:], strict=True):
        for kept, expected in zip(one[3:], other[3:], strict=True):
            assert kept.keys() == expected.keys()
            for name in kept:
                np.testing.assert_array_equal(kept[name], expected[name])


@pytest.mark.parametrize("after", [1, 2, 3])
def test_going_on_while_images_grow(after: int) -> None:
    recipe = replace(RECIPE, convolutions="4 p", optimiser="muon", epochs=4)
    recipe = replace(recipe, initial_size=20, initial_epochs=2)
    whole = epochs_of(recipe)
    rest = epochs_of(recipe, whole[after - 1][4])
    assert [e[:3] for e in rest] == [e[:3] for e in whole[after:]]
    for name, array in rest[-1][3].items():
        np.testing.assert_array_equal(array, whole[-1][3][name])


def command(folder: Path, csv: Path, epochs: int) -> list[str]:
    recipe = ["--hidden", "24", "--epochs", str(epochs), "--batch-size", "32", "--keep-best"]
    files = ["--train", str(csv), "--validate", "random", "--out", str(folder / "w.safetensors")]
    return ["train", *files, *recipe, "--json", "--checkpoint", str(folder / "checkpoint")]


@pytest.mark.slow
def test_a_killed_run_goes_on_and_ends_with_the_same_bytes(tmp_path: Path) -> None:
    csv = write_csv(tmp_path / "letters.csv", printed_letters(10))
    killed, whole = tmp_path / "killed", tmp_path / "whole"
    killed.mkdir()
    whole.mkdir()
    with subprocess.Popen(
        [sys.executable, "-m", "trainer.cli", *command(killed, csv, 60)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            # In the middle of the second epoch.
            if '"epoch": 1, "batch": 2' in line:
                os.kill(process.pid, signal.SIGKILL)
                break
        process.stdout.read()
    assert process.returncode == -signal.SIGKILL
    assert (killed / "checkpoint").exists()
    assert main(command(killed, csv, 60)) == 0
    assert main(command(whole, csv, 60)) == 0
    assert not (killed / "checkpoint").exists()
    name = "w.safetensors"
    assert (killed / name).read_bytes() == (whole / name).read_bytes()


def test_other_runs_and_damaged_files_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "c"
    assert checkpoint.load(file, "run") is None
    checkpoint.save(Checkpoint({"theta": np.zeros(2, np.float32)}, [], 0.0), file, "run")
    with pytest.raises(UserError, match="another recipe"):
        checkpoint.load(file, "other")
    file.write_bytes(file.read_bytes()[:-3])
    with pytest.raises(UserError, match="damaged"):
        checkpoint.load(file, "run")


def test_recipe_letters_and_division_tell_runs_apart() -> None:
    data = printed_letters(3)
    marks = {
        checkpoint.fingerprint(recipe, [Collection([data.subset(np.arange(n))])], held_out)
        for recipe in (RECIPE, replace(RECIPE, seed=1))
        for n in (40, 50)
        for held_out in (None, data)
    }
    assert len(marks) == 8
