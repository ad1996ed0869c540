from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters
from tests.trainer.training.test_train import SMALL
from trainer.cli import main
from trainer.model import weights
from trainer.training.train import EpochDone, train


def kept(plan: str, folder: Path) -> Path:
    recipe = replace(SMALL, convolutions=plan, hidden=(8,), epochs=1)
    *_, last = train(recipe, printed_letters(2))
    assert isinstance(last, EpochDone)
    weights.save(last.model, folder / "convolutional.safetensors")
    return folder / "convolutional.safetensors"


@pytest.mark.parametrize("plan", ["4k5s2 6s2", "4k5s2 p 6"])
def test_the_written_out_network_reads_alike(plan: str, tmp_path: Path) -> None:
    path, out = kept(plan, tmp_path), tmp_path / "flat.safetensors"
    assert main(["unroll", "--weights", str(path), "--out", str(out)]) == 0
    before, after = weights.load(path), weights.load(out)
    assert after.preprocessing == before.preprocessing
    assert not {"conv2d", "max_pool2d"} & {layer.kind for layer in after.network.layers}
    x = printed_letters(1).inputs(before.preprocessing)
    np.testing.assert_allclose(after.probabilities(x), before.probabilities(x), atol=1e-5)


@pytest.mark.parametrize("name", ["kept.safetensors", "flat.txt"])
def test_what_is_read_is_not_overwritten_nor_named_as_another_kind(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    path = kept("", tmp_path).rename(tmp_path / "kept.safetensors")
    before = path.read_bytes()
    assert main(["unroll", "--weights", str(path), "--out", str(tmp_path / name)]) == 1
    assert name in capsys.readouterr().err
    assert path.read_bytes() == before
    assert not (tmp_path / "flat.txt").exists()


def test_a_maximum_of_pixels_cannot_be_written_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, out = kept("p 4", tmp_path), tmp_path / "flat.safetensors"
    assert main(["unroll", "--weights", str(path), "--out", str(out)]) == 1
    assert (
        "no dense equivalent is known here of layers of the kind max_pool2d"
        in capsys.readouterr().err
    )
    assert not out.exists()
