from __future__ import annotations

import shlex
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from threadpoolctl import threadpool_limits

from tests.trainer.conftest import printed_letters, write_csv
from trainer.cli import main
from trainer.commands import reproduce
from trainer.data.dataset import Dataset
from trainer.experiments import record, results, seed_grid
from trainer.model import weights
from trainer.training.recipe import Recipe


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reproduce, "Recipe", partial(Recipe, hidden=(16, 8)))
    shaped = replace(record.SHAPED, convolutions="4k5s3", hidden=(16,))
    monkeypatch.setattr(record, "SHAPED", shaped)
    monkeypatch.setattr(record, "FREED", replace(record.FREED, batch_size=32))
    monkeypatch.setattr(reproduce, "SIZES", (("1k7s4", 4), ("2k7s4", 6)))
    monkeypatch.setattr(reproduce, "ABLATION_HIDDEN", (16, 8))
    monkeypatch.setattr(seed_grid, "WIDTHS", (8, 12))
    monkeypatch.setattr(seed_grid, "RATES", (1e-4,))


@pytest.fixture(scope="module")
def csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Letters at five places each, which count as photographs, in four variants each."""
    places = [np.roll(printed_letters(4, seed).images, 2 * seed, (1, 2)) for seed in range(5)]
    labels = np.tile(printed_letters(4).labels, 5)
    dataset = Dataset(np.concatenate(places), labels, np.full(len(labels), "printed"))
    return write_csv(tmp_path_factory.mktemp("reproduce") / "letters.csv", dataset)


def run(experiment: str, csv: Path, out: Path) -> dict[str, object]:
    arguments = ["reproduce", f"--{experiment}", "--train", str(csv), "--test", str(csv)]
    assert main([*arguments, "--out", str(out), "--epochs", "1", "--jobs", "1"]) == 0
    cells: dict[str, object] = results.load(out)["cells"]
    return cells


def test_the_record(csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "r.json"
    cells = run("record", csv, out)
    assert set(cells) == {"summary", *(f"seed {seed}" for seed in range(5))}
    summary, first = cells["summary"], cells["seed 0"]
    assert isinstance(summary, dict)
    assert isinstance(first, dict)
    low, high = summary["accuracy_interval"]
    assert low <= summary["accuracy_mean"] <= high
    assert summary["accuracy_min"] <= summary["accuracy_mean"] <= summary["accuracy_max"]
    assert sum(first["wrong"].values()) == round((1 - first["accuracy"]) * first["n"])
    assert f"{summary['accuracy_mean']:.4f}" in capsys.readouterr().out


def test_the_records_weights_are_made_by_the_command_that_they_name(
    csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    arguments = ["--train", str(csv), "--test", str(csv), "--out", "r.json", "--jobs", "1"]
    arguments += ["--weights", "kept.safetensors"]
    assert main(["reproduce", "--record", "--epochs", "1", *arguments]) == 0
    kept = weights.load(Path("kept.safetensors"))
    assert {layer.kind for layer in kept.network.layers} == {"linear", "relu", "dropout"}
    # As in an experiment: with more threads products are rounded in another way.
    with threadpool_limits(1, user_api="blas"):
        for command in kept.about["command"].split(" && "):
            program, *words = shlex.split(command)
            assert program == "trainer"
            assert main([*words, *(["--no-record"] if words[0] == "train" else [])]) == 0
    again = weights.load(Path("W.safetensors"))
    np.testing.assert_array_equal(again.network.theta, kept.network.theta)
    begun = weights.load(Path("begun.safetensors")).network.theta
    assert (begun == 0).mean() > 0.5
    assert (again.network.theta == 0).mean() < 0.1


def test_fresh_weights(csv: Path, tmp_path: Path) -> None:
    cells = run("fresh", csv, tmp_path / "f.json")
    assert set(cells) == {"summary", *(f"seed {seed}" for seed in range(5))}
    first = cells["seed 0"]
    assert isinstance(first, dict)
    assert first["parameters"] == 785 * 16 + 17 * 8 + 9 * 24


def test_sizes(csv: Path, tmp_path: Path) -> None:
    cells = run("sizes", csv, tmp_path / "s.json")
    assert set(cells) == {"1k7s4 · 4", "2k7s4 · 6"}
    small, large = cells.values()
    assert isinstance(small, dict)
    assert isinstance(large, dict)
    assert small["parameters"] < large["parameters"]


def test_it_goes_on_where_it_stopped(
    csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "r.json"
    whole = run("record", csv, out)
    kept = results.load(out)
    del kept["cells"]["seed 3"], kept["cells"]["summary"]
    again = results.Results(tmp_path / "again.json", kept["settings"])
    for name, cell in kept["cells"].items():
        again.add(name, cell)
    trained: list[str] = []
    real = reproduce.run_all

    def spy(task: object, cells: dict[str, object], *more: object) -> object:
        trained.extend(cells)
        return real(task, cells, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(reproduce, "run_all", spy)
    assert run("record", csv, tmp_path / "again.json") == whole
    assert trained == ["seed 3"]


def test_the_seeds_grid(csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cells = run("seed-grid", csv, tmp_path / "g.json")
    chosen = [name for name in cells if name.startswith("chosen: ")]
    assert len(chosen) == 1
    assert set(cells) == {"8 × 0.0001", "12 × 0.0001", *chosen}
    assert "On the official test file" in capsys.readouterr().out


def test_the_ablation(csv: Path, tmp_path: Path) -> None:
    cells = run("ablation", csv, tmp_path / "a.json")
    assert {"the recipe", "no augmentation", "logistic regression", "5 nearest neighbours"} <= set(
        cells
    )
    assert len(cells) > 15


def test_protocols(shared: Path, tmp_path: Path) -> None:
    cells = run("protocols", shared / "data" / "sign_mnist_test.csv", tmp_path / "p.json")
    users = [name for name in cells if name.startswith("user")]
    assert users == [f"user {user}" for user in (10, 3, 4, 5, 6, 7, 9)]
    assert {"by photograph", "by random"} < set(cells)


def test_users_have_to_be_known(
    csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["reproduce", "--protocols", "--train", str(csv), "--out", str(tmp_path / "p")]
    assert main(arguments) == 1
    assert "official" in capsys.readouterr().err


def test_the_test_file_has_to_be_named(
    csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["reproduce", "--record", "--train", str(csv), "--out", str(tmp_path / "r")]
    assert main(arguments) == 1
    assert "--test" in capsys.readouterr().err
