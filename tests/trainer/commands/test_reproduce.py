from __future__ import annotations

import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.trainer.conftest import printed_letters, write_csv
from tests.trainer.hand_finder.test_finder import ring_box, ring_frame
from trainer.cli import main
from trainer.commands import reproduce
from trainer.commands.render import render
from trainer.data.crops import save_crops
from trainer.data.dataset import Dataset
from trainer.experiments import ablation, fine_tuning, results, seed_grid, sign_mnist, unseen
from trainer.hand_finder.file import load_finder
from trainer.images.preprocessing import Preprocessing
from trainer.letters import NO_SIGN
from trainer.model import weights
from trainer.training import recipes

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    def change(name: str, **settings: Any) -> None:
        monkeypatch.setattr(recipes, name, replace(getattr(recipes, name), **settings))

    change("FULLY_CONNECTED", hidden=(16, 8))
    change("CONV_STAGE", convolutions="4k5s3", hidden=(16,))
    change("DENSE_STAGE", batch_size=32)
    monkeypatch.setattr(sign_mnist, "SIZES", (("1k7s4", 4), ("2k7s4", 6)))
    monkeypatch.setattr(ablation, "HIDDEN", (16, 8))
    monkeypatch.setattr(seed_grid, "WIDTHS", (8, 12))
    monkeypatch.setattr(seed_grid, "RATES", (1e-4,))


@pytest.fixture(scope="module")
def csv(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Letters at five places each, which count as photographs, in four variants each."""
    places = [np.roll(printed_letters(4, seed).images, 2 * seed, (1, 2)) for seed in range(5)]
    labels = np.tile(printed_letters(4).labels, 5)
    dataset = Dataset(np.concatenate(places), labels, np.full(len(labels), "printed"))
    return write_csv(tmp_path_factory.mktemp("reproduce") / "letters.csv", dataset)


def run(experiment: str, csv: Path, out: Path) -> dict[str, Any]:
    arguments = ["reproduce", experiment, "--train", str(csv), "--test", str(csv)]
    assert main([*arguments, "--out", str(out), "--epochs", "1", "--jobs", "1"]) == 0
    cells: dict[str, Any] = results.load(out)["cells"]
    return cells


def test_five_seeds(csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cells = run("seeds", csv, tmp_path / "r.json")
    assert set(cells) == {"summary", *(f"seed {seed}" for seed in range(5))}
    summary, first = cells["summary"], cells["seed 0"]
    low, high = summary["accuracy_interval"]
    assert low <= summary["accuracy_mean"] <= high
    assert summary["accuracy_min"] <= summary["accuracy_mean"] <= summary["accuracy_max"]
    assert sum(first["wrong"].values()) == round((1 - first["accuracy"]) * first["n"])
    assert f"{summary['accuracy_mean']:.4f}" in capsys.readouterr().out


def test_earlier_options_still_name_an_experiment(
    csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "r.json"
    arguments = ["reproduce", "--fresh", "--train", str(csv), "--test", str(csv)]
    assert main([*arguments, "--out", str(out), "--epochs", "1", "--jobs", "1"]) == 0
    assert "`reproduce --fresh` is called `reproduce fresh` now." in capsys.readouterr().err
    first = results.load(out)["cells"]["seed 0"]
    assert first["parameters"] == 785 * 16 + 17 * 8 + 9 * 24


def test_the_sign_mnist_network_is_made_in_two_stages(csv: Path, tmp_path: Path) -> None:
    out = tmp_path / "w.safetensors"
    arguments = ["reproduce", "sign_mnist", "--train", str(csv), "--epochs", "1"]
    assert main([*arguments, "--out", str(out)]) == 0
    made = weights.load(out)
    assert {layer.kind for layer in made.network.layers} == {"linear", "relu", "dropout"}
    first = made.about["initialised_from"]
    assert first["recipe"]["convolutions"] == "4k5s3"
    assert made.about["recipe"]["batch_size"] == 32
    initial = weights.load(tmp_path / "w.initial.safetensors").network.theta
    assert (initial == 0).mean() > 0.5
    assert (made.network.theta == 0).mean() < 0.1
    # The commands in the file make the same bytes.
    for command, name in ((first["command"], "w.conv_stage"), (made.about["command"], "w")):
        program, *words = shlex.split(command)
        assert program == "trainer"
        again = [str(tmp_path / "again.safetensors") if w == "W.safetensors" else w for w in words]
        assert main([*again, "--no-record"]) == 0
        made_again = weights.load(tmp_path / "again.safetensors")
        assert made_again.about == weights.load(tmp_path / f"{name}.safetensors").about


def test_what_is_made_already_is_not_made_again(
    csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["reproduce", "sign_mnist", "--train", str(csv), "--epochs", "1"]
    arguments += ["--out", str(tmp_path / "w.safetensors")]
    assert main(arguments) == 0
    (tmp_path / "w.safetensors").unlink()
    before = (tmp_path / "w.conv_stage.safetensors").stat().st_mtime_ns
    capsys.readouterr()
    assert main(arguments) == 0
    assert "w.conv_stage.safetensors is there already" in capsys.readouterr().err
    assert (tmp_path / "w.conv_stage.safetensors").stat().st_mtime_ns == before
    assert (tmp_path / "w.safetensors").exists()


@pytest.fixture
def crops(tmp_path: Path) -> list[str]:
    """Rendered hands of the sources of two folds, and images without a sign."""
    hands = render(96, seed=0, jobs=1)
    names = ("gunsai75", "sakshamsood3", "insigh1_child", "longhongvo23", "mandeep888", "rendered")
    sources = np.array([names[i // 24 if i < 72 else 3 + i % 3] for i in range(96)])
    # Every letter of gunsai75 twice, so that some can be held out.
    sources[24:48] = "gunsai75"
    empty = replace(
        hands.subset(np.arange(12)), labels=np.full(12, NO_SIGN), sources=np.full(12, "person")
    )
    save_crops(replace(hands, sources=sources), tmp_path / "hands.npz")
    save_crops(empty, tmp_path / "empty.npz")
    return [str(tmp_path / "hands.npz"), str(tmp_path / "empty.npz")]


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    changes = {"convolutions": "4 p p p", "epoch_images": 24, "batch_size": 12}
    teacher = replace(recipes.TEACHER, **changes, source_weights=())
    first = replace(recipes.FIRST_STAGE, **changes, source_weights=())
    default = replace(recipes.DEFAULT, **changes, source_weights=())
    smaller = replace(
        teacher, initial_size=0, initial_epochs=0, preprocessing=Preprocessing(64, 1.2)
    )
    monkeypatch.setattr(recipes, "TEACHERS", (teacher, smaller))
    monkeypatch.setattr(recipes, "FIRST_STAGE", first)
    monkeypatch.setattr(recipes, "DEFAULT", default)
    short = {"epochs": 2, "initial_epochs": 1}
    teachers = (replace(teacher, **short), replace(smaller, epochs=1))
    monkeypatch.setattr(unseen, "TEACHERS", teachers)
    monkeypatch.setattr(unseen, "FIRST_STAGE", replace(first, epochs=1))
    monkeypatch.setattr(unseen, "DEFAULT", replace(default, epochs=1))


@pytest.mark.usefixtures("tiny")
def test_the_default_network_is_trained_in_stages(crops: list[str], tmp_path: Path) -> None:
    out = tmp_path / "w.safetensors"
    arguments = ["reproduce", "default", "--train", *crops, "--epochs", "2", "--out", str(out)]
    assert main(arguments) == 0
    made = weights.load(out)
    assert (made.preprocessing.size, made.preprocessing.margin) == (96, 1.1)
    assert made.has_joints
    assert "--leave-out sign_mnist_train:T" in made.about["command"]
    first = made.about["initialised_from"]
    assert first["recipe"]["distillation_weight"] == 0.7
    assert "--leave-out sign_mnist_train:T aayushrasaily" in first["command"]
    large, small = first["teacher"]
    assert large["recipe"]["initial_size"] == 64
    assert small["recipe"]["preprocessing"]["size"] == 64


@pytest.mark.usefixtures("tiny")
def test_signers_that_were_left_out(
    crops: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, networks = tmp_path / "u.json", tmp_path / "networks"
    networks.mkdir()
    monkeypatch.setitem(unseen.FOLDS, "C", ("gunsai75",))
    arguments = ["reproduce", "unseen", "--train", *crops, "--folds", "C", "--out", str(out)]
    assert main([*arguments, "--networks", str(networks)]) == 0
    cells = results.load(out)["cells"]
    assert set(cells) == {"gunsai75"}
    assert cells["gunsai75"]["n"] == 48
    assert len(cells["gunsai75"]["no_sign"]["letters"]) == len(unseen.THRESHOLDS)
    assert {path.name for path in networks.iterdir()} == {
        "C.safetensors",
        "C.first_stage.safetensors",
        "C.teacher0.safetensors",
        "C.teacher1.safetensors",
    }
    # Ten images a letter of that signer.
    one_step = replace(recipes.FINE_TUNING, epochs=1, epoch_images=8, batch_size=8)
    monkeypatch.setattr(fine_tuning, "FINE_TUNING", one_step)
    out = tmp_path / "f.json"
    arguments = ["reproduce", "fine-tuning", "--train", crops[0], "--networks", str(networks)]
    assert main([*arguments, "--letters", "ABC", "--out", str(out)]) == 0
    cell = results.load(out)["cells"]["gunsai75"]
    assert (cell["learned_from"], cell["n"]) == (3, 24)
    assert "others_after" in cell


def test_the_finder_and_its_folds(
    crops: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("FINDER_DETECTION", "FINDER_REFINEMENT"):
        monkeypatch.setattr(recipes, name, replace(getattr(recipes, name), steps=1))
    folder, rng = tmp_path / "frames", np.random.default_rng(0)
    folder.mkdir()
    box = ",".join(map(str, ring_box((120, 120), 50)))
    table = "file,letter,source,x,y,w,h\n"
    for name in ("hawkcodesz", "gunsai75"):
        cv2.imwrite(str(folder / f"{name}.png"), ring_frame(rng, (120, 120), 50))
        table += f"{name}.png,A,{name},{box}\n"
    (folder / "boxes.csv").write_text(table)
    files = ["--frames", str(folder), "--train", crops[0]]
    out = tmp_path / "finder.safetensors"
    assert main(["reproduce", "finder", *files, "--out", str(out)]) == 0
    assert load_finder(out).refinement is not None
    out = tmp_path / "folds.json"
    assert main(["reproduce", "finder-folds", *files, "--out", str(out)]) == 0
    cells = results.load(out)["cells"]
    assert {name: cell["fold"] for name, cell in cells.items()} == {
        "hawkcodesz": "A",
        "gunsai75": "C",
    }
    assert cells["gunsai75"]["both"]["milliseconds"] > 0
    empty = cells["gunsai75"]["empty"]
    assert empty["n"] == 1
    assert empty["claimed"] in (0.0, 1.0)


def test_sizes(csv: Path, tmp_path: Path) -> None:
    cells = run("sizes", csv, tmp_path / "s.json")
    assert set(cells) == {"1k7s4 · 4", "2k7s4 · 6"}
    small, large = cells.values()
    assert small["parameters"] < large["parameters"]


def test_an_interrupted_experiment_resumes(
    csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "r.json"
    whole = run("seeds", csv, out)
    saved = results.load(out)
    del saved["cells"]["seed 3"], saved["cells"]["summary"]
    again = results.Results(tmp_path / "again.json", saved["settings"])
    for name, cell in saved["cells"].items():
        again.add(name, cell)
    trained: list[str] = []
    real = reproduce.run_all

    def spy(task: object, cells: dict[str, object], *more: object) -> object:
        trained.extend(cells)
        return real(task, cells, *more)  # type: ignore[arg-type]

    monkeypatch.setattr(reproduce, "run_all", spy)
    assert run("seeds", csv, tmp_path / "again.json") == whole
    assert trained == ["seed 3"]


def test_the_first_search(csv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
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


@pytest.mark.parametrize(
    ("name", "more", "sentence"),
    [
        ("protocols", ["--train", "CSV"], "official"),
        ("seeds", ["--train", "CSV"], "needs --test"),
        ("default", [], "needs --train"),
        ("fine-tuning", ["--train", "CSV"], "needs --networks"),
        ("fine-tuning", ["--train", "CSV", "--networks", "none"], "no networks"),
        ("finder", ["--train", "CSV"], "needs --frames"),
        ("seeds", ["--train", "CSV", "--weights", "w"], "trainer reproduce sign_mnist"),
    ],
)
def test_what_is_missing_is_said(
    name: str,
    more: list[str],
    sentence: str,
    csv: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    more = [str(csv) if word == "CSV" else word for word in more]
    out = "r.safetensors" if name in ("default", "sign_mnist", "finder") else "r.json"
    assert main(["reproduce", name, *more, "--out", str(tmp_path / out)]) == 1
    assert sentence in capsys.readouterr().err
