"""How `trainer train` takes the hyper-parameters that depend on data or on other files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters, write_csv
from trainer.cli import main
from trainer.model import weights


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("recipe")
    for seed, name in enumerate(("one", "other")):
        write_csv(made / f"{name}.csv", printed_letters(2, seed))
    return made


def command(folder: Path, *more: str) -> list[str]:
    files = ["--train", str(folder / "one.csv"), str(folder / "other.csv"), "--no-record"]
    small = [
        "--hidden",
        "",
        "--convolutions",
        "4 p",
        "--epochs",
        "3",
        "--epoch-images",
        "60",
        "--ema",
        "0",
    ]
    return ["train", *files, *small, "--out", str(folder / "w.safetensors"), "--json", *more]


def test_source_weights_decide_what_is_drawn(folder: Path) -> None:
    thetas = []
    for factor in ("1", "0.1"):
        assert main(command(folder, "--source-weights", f"one:{factor}")) == 0
        model = weights.load(folder / "w.safetensors")
        assert model.about["recipe"]["source_weights"] == {"one": float(factor)}
        thetas.append(model.network.theta)
    assert (thetas[0] != thetas[1]).any()


@pytest.mark.parametrize("option", ["--replay", "--teacher", "--fine-tune", "--initial-weights"])
def test_what_a_training_reads_is_not_overwritten(
    folder: Path, capsys: pytest.CaptureFixture[str], option: str
) -> None:
    precious = folder / "precious.npz"
    precious.write_bytes(b"precious")
    assert main(command(folder, option, str(precious), "--out", str(precious))) == 1
    assert "this command reads it" in capsys.readouterr().err
    assert precious.read_bytes() == b"precious"


def test_a_source_that_is_not_there_is_named_and_all_cannot_be_left_out(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command(folder, "--leave-out", "ones", "other")) == 0
    said = capsys.readouterr().err
    assert "--leave-out: no image is from ones." in said
    assert main(command(folder, "--leave-out", "one", "other")) == 1
    assert "No images are left to learn from" in capsys.readouterr().err


def test_growing_images_end_large(folder: Path) -> None:
    assert main(command(folder, "--initial-size", "20", "--initial-epochs", "2")) == 0
    model = weights.load(folder / "w.safetensors")
    assert model.preprocessing.size == 28
    assert model.about["recipe"]["initial_size"] == 20


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (
            ["--source-weights", "nobody:2"],
            "--source-weights names nobody, which is no source of the images",
        ),
        (["--source-weights", "one:1", "one:2"], "source_weights must name each source once"),
        (["--initial-size", "20"], "initial_size and initial_epochs need each other"),
        (["--initial-size", "20", "--initial-epochs", "3"], "must leave an epoch at full size"),
    ],
)
def test_what_cannot_be_is_said(
    folder: Path, more: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command(folder, *more)) != 0
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("text", ["one", "one:", ":x", "one:0", "one:nan", "one:inf"])
def test_source_weights_without_a_number_are_refused(
    folder: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(command(folder, "--source-weights", text))
    assert "of the form SOURCE:0.25" in capsys.readouterr().err


def test_a_finished_network_does_not_grow(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start = folder / "start.safetensors"
    assert main(command(folder, "--out", str(start))) == 0
    growth = ["--initial-size", "20", "--initial-epochs", "1"]
    for flag in ("--fine-tune", "--initial-weights", "--start-from"):
        assert main(command(folder, *growth, flag, str(start))) != 0
        assert "keeps its size, so --initial-epochs" in capsys.readouterr().err


def test_the_earlier_spelling_of_fine_tune_prints_a_note(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    start = folder / "start.safetensors"
    assert main(command(folder, "--out", str(start))) == 0
    assert main(command(folder, "--start-from", str(start))) == 0
    assert "--start-from is called --fine-tune now." in capsys.readouterr().err


def test_initial_weights_are_where_training_starts(folder: Path) -> None:
    path = folder / "start.safetensors"
    assert main(command(folder, "--out", str(path))) == 0
    start = weights.load(path)
    first = ["--initial-weights", str(path), "--learning-rate", "1e-9"]
    assert main(command(folder, *first, "--weight-decay", "0")) == 0
    theta = weights.load(folder / "w.safetensors").network.theta
    np.testing.assert_allclose(theta, start.network.theta, atol=1e-5)
