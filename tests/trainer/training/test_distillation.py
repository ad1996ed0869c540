"""What a network learns from its teachers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.trainer.conftest import printed_letters, write_csv
from trainer.cli import main
from trainer.images.preprocessing import Preprocessing
from trainer.model import weights
from trainer.model.inference import Inference
from trainer.model.model import Model
from trainer.nn.loss import softmax
from trainer.training.distillation import Teacher
from trainer.training.recipe import Recipe
from trainer.training.train import EpochDone, train

TAUGHT = Recipe(
    hidden=(24,),
    epochs=6,
    batch_size=32,
    ema=0.9,
    dropout=0.0,
    label_smoothing=0.0,
    distillation_weight=0.7,
)


def network(seed: int, **changes: object) -> Model:
    recipe = replace(TAUGHT, **changes)  # type: ignore[arg-type]
    made = recipe.network(np.random.default_rng(seed))
    reading = Inference(mirror=True, temperature=0.5)
    return Model(made, recipe.preprocessing, about={"seed": seed}, inference=reading)


TWO = [network(0), network(1)]


def inputs(n: int) -> np.ndarray:
    return printed_letters(2).inputs(Preprocessing())[:n]


def last_epoch(recipe: Recipe, teacher: Teacher | None, first: int = 0) -> EpochDone:
    """The last epoch of a run; with `first`, of one that went on from the state before it."""
    data, state = printed_letters(4), None
    if first:
        for event in train(recipe, data, teacher=teacher):
            if isinstance(event, EpochDone) and event.epoch == first - 1:
                state = {name: array.copy() for name, array in event.state.items()}
                break
    *_, last = train(recipe, data, state=state, teacher=teacher)
    assert isinstance(last, EpochDone)
    return last


@pytest.mark.parametrize("share", [0.0, 0.7, 1.0])
def test_targets_are_the_teachers_in_part(share: float) -> None:
    x, labels = inputs(5), np.array([3, 0, 23, 7, 7])
    mirrored = x.reshape(-1, 28, 28)[:, :, ::-1].reshape(x.shape)
    views = np.stack([x, mirrored], axis=1).reshape(10, 784)
    # Without the temperature, which calibrates the finished model.
    outputs = [softmax(model.network.forward(views).copy()) for model in TWO]
    mean = np.mean(outputs, axis=0).reshape(5, 2, -1).mean(axis=1)
    expected = share * mean + (1 - share) * np.eye(24)[labels]
    targets = Teacher(TWO, replace(TAUGHT, distillation_weight=share)).targets(x, labels)
    np.testing.assert_allclose(targets, expected, atol=1e-5)
    np.testing.assert_allclose(targets.sum(axis=1), 1, atol=1e-5)


def test_a_network_like_the_teachers_first_one_begins_with_its_weights() -> None:
    student, other = network(5).network, network(5, hidden=(12,)).network
    fresh = other.theta.copy()
    teacher = Teacher(TWO, TAUGHT)
    teacher.begin(student)
    teacher.begin(other)
    np.testing.assert_allclose(student.theta, network(0).network.theta, rtol=1e-6)
    np.testing.assert_array_equal(other.theta, fresh)


def test_a_network_that_only_hears_its_teacher_says_the_same() -> None:
    recipe = replace(TAUGHT, distillation_weight=1.0, epochs=40, learning_rate=5e-3)
    x = inputs(48)
    said = replace(TWO[0].inference, temperature=1.0)
    expected = np.mean([replace(one, inference=said).probabilities(x) for one in TWO], axis=0)

    def away(model: Model) -> float:
        return float(
            np.abs(replace(model, inference=said).probabilities(x) - expected).sum(1).mean()
        )

    alone = last_epoch(replace(recipe, distillation_weight=0.0), None).model
    taught = last_epoch(recipe, Teacher(TWO, recipe)).model
    assert away(taught) < 0.7 * min(away(network(0)), away(alone))


@pytest.mark.parametrize("first", [0, 3])
def test_the_same_seed_gives_the_same_weights_and_a_run_goes_on(first: int) -> None:
    whole = last_epoch(TAUGHT, Teacher(TWO, TAUGHT)).model.network.theta
    again = last_epoch(TAUGHT, Teacher(TWO, TAUGHT), first).model.network.theta
    np.testing.assert_array_equal(again, whole)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"preprocessing": Preprocessing(size=20)}, "larger images"),
        (
            {"preprocessing": Preprocessing(normalise="dataset", mean=120, standard_deviation=60)},
            "another normalisation",
        ),
        ({"no_sign": 0.1}, 'does not know "no sign"'),
    ],
)
def test_a_teacher_must_read_what_the_network_reads(changes: dict[str, object], says: str) -> None:
    with pytest.raises(ValueError, match=says):
        Teacher(TWO, replace(TAUGHT, **changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "changes",
    [
        {"distillation_weight": -0.1},
        {"distillation_weight": 1.1},
        {"label_smoothing": 0.1},
        {"initial_size": 20, "initial_epochs": 1},
    ],
)
def test_recipes_that_cannot_be_taught(changes: dict[str, float]) -> None:
    with pytest.raises(ValueError, match="distillation_weight"):
        replace(TAUGHT, **changes)  # type: ignore[arg-type]


def command(folder: Path, *more: str) -> list[str]:
    csv = write_csv(folder / "letters.csv", printed_letters(4))
    files = ["train", "--train", str(csv), "--out", str(folder / "w.safetensors"), "--no-record"]
    recipe = ["--hidden", "24", "--epochs", "2", "--batch-size", "32", "--label-smoothing", "0"]
    return [*files, *recipe, "--dropout", "0", *more]


def test_a_teacher_of_smaller_images_sees_their_middle() -> None:
    small = replace(network(1), preprocessing=Preprocessing(size=20, margin=0.8))
    recipe = replace(TAUGHT, preprocessing=small.preprocessing, distillation_weight=1.0)
    small = replace(small, network=recipe.network(np.random.default_rng(1)))
    x = inputs(4)
    targets = Teacher([network(0), small], replace(TAUGHT, distillation_weight=1.0)).targets(
        x, np.zeros(4, np.int64)
    )
    middle = x.reshape(-1, 28, 28)[:, 3:25, 3:25]
    seen = np.stack([cv2.resize(m, (20, 20), interpolation=cv2.INTER_AREA) for m in middle])
    plain = replace(small.inference, temperature=1.0)
    both = [replace(network(0), inference=plain).probabilities(x)]
    both.append(replace(small, inference=plain).probabilities(seen.reshape(4, -1)))
    np.testing.assert_allclose(targets, np.mean(both, axis=0), atol=1e-5)


def test_weights_name_their_teachers(tmp_path: Path) -> None:
    files = [tmp_path / f"{seed}.safetensors" for seed in range(2)]
    for model, file in zip(TWO, files, strict=True):
        weights.save(model, file)
    teacher = ["--teacher", *map(str, files), "--distillation-weight", "0.7"]
    assert main(command(tmp_path, *teacher)) == 0
    about = weights.load(tmp_path / "w.safetensors").about
    assert about["recipe"]["distillation_weight"] == 0.7
    assert "--distillation-weight 0.7" in about["command"]
    assert [one["seed"] for one in about["teacher"]] == [0, 1]


@pytest.mark.parametrize(
    ("more", "says"),
    [
        (["--teacher", "two.safetensors"], "need each other"),
        (["--distillation-weight", "0.7"], "need each other"),
        (
            [
                "--teacher",
                "two.safetensors",
                "--distillation-weight",
                "0.7",
                "--fine-tune",
                "two.safetensors",
            ],
            "Leave one out",
        ),
        (
            ["--teacher", "two.safetensors", "--distillation-weight", "0.7", "--size", "20"],
            "two.safetensors: cannot teach this network: it reads larger images",
        ),
        (["--teacher", "none.safetensors", "--distillation-weight", "0.7"], "none.safetensors"),
    ],
)
def test_a_command_that_cannot_be_taught_says_why(
    more: list[str],
    says: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    weights.save(TWO[0], tmp_path / "two.safetensors")
    assert main(command(tmp_path, *more)) != 0
    assert says in capsys.readouterr().err
    assert not (tmp_path / "w.safetensors").exists()
