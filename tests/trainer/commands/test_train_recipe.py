"""How `trainer train` takes the hyper-parameters that depend on data or on other files."""

from __future__ import annotations

from pathlib import Path

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


def test_emphasis_decides_what_is_drawn(folder: Path) -> None:
    thetas = []
    for factor in ("1", "0.1"):
        assert main(command(folder, "--emphasis", f"one:{factor}")) == 0
        model = weights.load(folder / "w.safetensors")
        assert model.about["recipe"]["emphasis"] == {"one": float(factor)}
        thetas.append(model.network.theta)
    assert (thetas[0] != thetas[1]).any()


def test_growing_images_end_large(folder: Path) -> None:
    assert main(command(folder, "--small-size", "20", "--small-epochs", "2")) == 0
    model = weights.load(folder / "w.safetensors")
    assert model.preprocessing.size == 28
    assert model.about["recipe"]["small_size"] == 20


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        (["--emphasis", "nobody:2"], "--emphasis names nobody, which is no source of the images"),
        (["--emphasis", "one:0"], "emphasis must be above 0"),
        (["--emphasis", "one:nan"], "emphasis must be above 0"),
        (["--small-size", "20"], "small_size and small_epochs need each other"),
        (["--small-size", "20", "--small-epochs", "3"], "must leave an epoch at full size"),
    ],
)
def test_what_cannot_be_is_said(
    folder: Path, more: list[str], sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(command(folder, *more)) != 0
    assert sentence in capsys.readouterr().err


@pytest.mark.parametrize("text", ["one", "one:", ":x"])
def test_emphasis_without_a_number_is_refused(
    folder: Path, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(command(folder, "--emphasis", text))
    assert "is not of the form SOURCE:0.25" in capsys.readouterr().err


def test_a_finished_network_does_not_grow(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    start = folder / "w.safetensors"
    assert main(command(folder)) == 0
    growth = ["--small-size", "20", "--small-epochs", "1", "--start-from", str(start)]
    assert main(command(folder, *growth)) != 0
    assert "keeps its size, so --small-epochs" in capsys.readouterr().err
