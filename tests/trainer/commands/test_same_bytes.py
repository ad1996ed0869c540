"""The same command, data and seed give the same weight file, in one process and across several."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.patience import PROGRAM_SECONDS
from tests.trainer.conftest import printed_letters, write_csv
from trainer.cli import main
from trainer.model import weights
from trainer.support.version import version

pytestmark = pytest.mark.slow


def _arguments(folder: Path, out: str, seed: int = 3) -> list[str]:
    arguments = ["train", "--train", str(folder / "train.csv"), "--out", str(folder / out)]
    arguments += ["--epochs", "2", "--hidden", "16", "--augmentation", "plain", "--no-record"]
    return [*arguments, "--seed", str(seed), "--json"]


def _train_elsewhere(folder: Path, out: str, hash_seed: str) -> bytes:
    command = [sys.executable, "-m", "trainer.cli", *_arguments(folder, out)]
    environment = os.environ | {"PYTHONHASHSEED": hash_seed}
    subprocess.run(
        command, env=environment, check=True, capture_output=True, timeout=PROGRAM_SECONDS
    )
    return (folder / out).read_bytes()


def test_the_same_seed_gives_the_same_bytes_everywhere(tmp_path: Path) -> None:
    write_csv(tmp_path / "train.csv", printed_letters(2))
    here = []
    for out in ("a.safetensors", "b.safetensors"):
        assert main(_arguments(tmp_path, out)) == 0
        here.append((tmp_path / out).read_bytes())
    assert here[0] == here[1]
    assert _train_elsewhere(tmp_path, "c.safetensors", "1") == here[0]
    assert _train_elsewhere(tmp_path, "d.safetensors", "2") == here[0]
    assert main(_arguments(tmp_path, "e.safetensors", seed=4)) == 0
    assert (tmp_path / "e.safetensors").read_bytes() != here[0]


def test_a_weight_file_names_its_data_and_the_version_that_made_it(tmp_path: Path) -> None:
    data = write_csv(tmp_path / "train.csv", printed_letters(1))
    assert main(_arguments(tmp_path, "w.safetensors")) == 0
    about = weights.load(tmp_path / "w.safetensors").about
    assert about["data"] == {"train.csv": hashlib.sha256(data.read_bytes()).hexdigest()}
    assert about["version"] == version()
    assert about["recipe"]["seed"] == 3
    assert "--seed 3" in about["command"]
