from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters, write_csv
from trainer.cli import main
from trainer.experiments.unseen import mean
from trainer.model import weights
from trainer.support.paths import (
    DEFAULT_WEIGHTS,
    FINDER_WEIGHTS,
    SHIPPED_CARDS,
    SIGN_MNIST_WEIGHTS,
    asset,
)

MEMORY = Path("/dev/shm")  # noqa: S108 - a file system, not a file
RESULTS = Path(__file__).resolve().parents[3] / "docs/results"


def cells(name: str) -> dict[str, dict[str, float]]:
    found: dict[str, dict[str, float]] = json.loads((RESULTS / f"{name}.json").read_bytes())[
        "cells"
    ]
    return found


def card(path: Path, capsys: pytest.CaptureFixture[str]) -> dict[str, object]:
    capsys.readouterr()
    assert main(["info", str(path), "--json"]) == 0
    printed: dict[str, object] = json.loads(capsys.readouterr().out)
    return printed


def accuracies(weights: str, capsys: pytest.CaptureFixture[str]) -> list[float]:
    entries = card(asset(weights), capsys)["accuracy"]
    assert isinstance(entries, list)
    return [entry["accuracy"] for entry in entries]


@pytest.mark.parametrize("name", [DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS, FINDER_WEIGHTS])
def test_the_shipped_weights_have_a_card(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    described = card(asset(name), capsys)
    assert {"title", "reads", "made", "limits", "recipe", "command"} <= described.keys()
    assert described["accuracy"]
    data = described["data"]
    assert isinstance(data, list)
    assert all(entry["licence"] for entry in data)
    assert main(["info", str(asset(name))]) == 0
    printed = capsys.readouterr().out
    assert str(described["title"]) in printed
    assert max(map(len, printed.splitlines())) <= 100


def test_no_card_outlives_its_weights(capsys: pytest.CaptureFixture[str]) -> None:
    titles = {
        card(asset(name), capsys)["title"]
        for name in (DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS, FINDER_WEIGHTS)
    }
    known = json.loads(asset(SHIPPED_CARDS).read_bytes()).values()
    assert titles == {entry["title"] for entry in known}


def test_the_accuracies_are_those_of_the_result_files(capsys: pytest.CaptureFixture[str]) -> None:
    unseen = accuracies(DEFAULT_WEIGHTS, capsys)[0]
    assert unseen == round(mean(cells("unseen"), "accuracy"), 4)
    official, new_person = accuracies(SIGN_MNIST_WEIGHTS, capsys)
    assert official == round(cells("seeds")["seed 0"]["accuracy"], 4)
    assert new_person == round(min(c["accuracy"] for c in cells("protocols").values()), 4)
    found = [
        (c["both"]["good"], c["n"])
        for c in json.loads((RESULTS / "finder.json").read_bytes())["cells"].values()
    ]
    pooled = float(np.average([good for good, _ in found], weights=[n for _, n in found]))
    assert accuracies(FINDER_WEIGHTS, capsys) == [round(pooled, 3)]


def test_weights_of_the_user_say_what_is_known(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, out = tmp_path / "hands.csv", tmp_path / "w.safetensors"
    write_csv(data, printed_letters(4))
    train = ["train", "--train", str(data), "--out", str(out), "--hidden", "8", "--epochs", "1"]
    assert main([*train, "--validate", "random", "--no-record"]) == 0
    described = card(out, capsys)
    assert described["reads"] == "24 letters, from 28 × 28 gray pixels"
    assert list(described["files"]) == ["hands.csv"]  # type: ignore[call-overload]
    assert str(described["command"]).startswith("trainer train ")
    (measured,) = described["accuracy"]  # type: ignore[misc]
    assert 0 <= measured["accuracy"] <= 1
    assert main(["info", str(out)]) == 0
    assert "on the validation images of" in capsys.readouterr().out


def test_the_default_weights_are_described_without_a_file_name(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["info"]) == 0
    assert "default network" in capsys.readouterr().out


def test_what_is_no_weight_file_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "w.safetensors").write_bytes(b"nothing")
    assert main(["info", str(tmp_path / "w.safetensors")]) == 1
    assert "w.safetensors" in capsys.readouterr().err
    assert main(["info", str(tmp_path / "none.safetensors")]) == 1


def own(path: Path, about: dict[str, str]) -> Path:
    """Weights that the program does not know."""
    model = weights.load(asset(SIGN_MNIST_WEIGHTS))
    model.network.theta[0] += 1
    weights.save(replace(model, about=about), path)
    return path


@pytest.mark.skipif(not MEMORY.is_dir(), reason="file systems on disks have no such times")
def test_a_time_that_no_calendar_has_is_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    with tempfile.TemporaryDirectory(dir=MEMORY) as folder:
        path = own(Path(folder) / "w.safetensors", {})
        os.utime(path, (1e12, 1e12))
        assert card(path, capsys)["made"] == ""
        assert main(["info", str(path)]) == 0


def test_what_no_terminal_can_show_is_escaped(tmp_path: Path) -> None:
    path = own(tmp_path / "w.safetensors", {"command": "\ud800\x1b[31m"})
    words = [sys.executable, "-m", "trainer.cli", "info", str(path)]
    done = subprocess.run(words, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"ud800" in done.stdout
    assert b"\x1b" not in done.stdout
