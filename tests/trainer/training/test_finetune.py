from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters, write_csv
from tests.trainer.training.test_loop import SMALL
from trainer.cli import main
from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.images.preprocessing import Preprocessing
from trainer.model import weights
from trainer.model.model import Model
from trainer.nn.plan import build_network
from trainer.training.augment import Augmentation
from trainer.training.finetune import FineTuning, StepDone, finetune
from trainer.training.loop import EpochDone, train

QUICK = FineTuning(steps=200, batch_size=32, learning_rate=1e-2, augmentation=Augmentation())


def turned(dataset: Dataset) -> Dataset:
    """Another 'person': the same letters, upside down."""
    return replace(dataset, images=np.ascontiguousarray(dataset.images[:, ::-1, ::-1]))


@pytest.fixture(scope="module")
def model() -> Model:
    recipe = replace(SMALL, convolutions="8 p 16 p", hidden=(), learning_rate=1e-2, ema=0.0)
    *_, last = train(recipe, printed_letters(20))
    assert isinstance(last, EpochDone)
    return last.model


def accuracy(model: Model, dataset: Dataset) -> float:
    p = model.probabilities(dataset.inputs(model.preprocessing))
    return float((p.argmax(axis=1) == dataset.labels).mean())


def tuned(
    model: Model, own: Dataset, settings: FineTuning, earlier: Dataset | None = None
) -> Model:
    events = list(finetune(model, own, settings, earlier and Collection([earlier])))
    assert all(isinstance(event, StepDone) for event in events[:-1])
    assert len(events) == settings.steps + 1
    assert isinstance(events[-1], Model)
    return events[-1]


def test_a_few_images_teach_another_hand(model: Model) -> None:
    own, test = turned(printed_letters(3, seed=1)), turned(printed_letters(4, seed=2))
    before = accuracy(model, test)
    after = accuracy(tuned(model, own, QUICK), test)
    assert before < 0.7
    assert after > 0.9


def test_replay_keeps_what_was_known(model: Model) -> None:
    known = printed_letters(4, seed=3)
    own = turned(printed_letters(3, seed=1))
    settings = replace(QUICK, replay=0.5)
    assert accuracy(model, known) > 0.95
    assert accuracy(tuned(model, own, settings, printed_letters(10)), known) > 0.9


def test_the_model_itself_and_its_statistics_stay(model: Model) -> None:
    before = {name: array.copy() for name, array in model.network.state().items()}
    new = tuned(model, turned(printed_letters(1)), replace(QUICK, steps=5))
    for name, array in model.network.state().items():
        np.testing.assert_array_equal(array, before[name])
    for name, array in new.network.state().items():
        same = np.array_equal(array, before[name])
        assert same == name.endswith((".mean", ".variance")), name


def test_the_first_convolutions_stay() -> None:
    network = build_network(28, "6 p 8 p 8", (), np.random.default_rng(0))
    before = network.state()
    new = tuned(Model(network, Preprocessing()), printed_letters(1), replace(QUICK, steps=3))
    stayed = {name for name, a in new.network.state().items() if np.array_equal(a, before[name])}
    learned = set(before) - stayed
    # The third convolution is the first that learns.
    third = [k for k, layer in enumerate(network.layers) if layer.kind == "conv2d"][2]
    assert {int(name.split(".")[0]) for name in learned} == {
        k for k, layer in enumerate(network.layers) if k >= third and layer.parameters()
    }


def test_the_seed_decides(model: Model) -> None:
    own = turned(printed_letters(1))
    settings = replace(QUICK, steps=5)

    def theta(seed: int) -> np.ndarray:
        return tuned(model, own, replace(settings, seed=seed)).network.theta

    np.testing.assert_array_equal(theta(1), theta(1))
    assert (theta(1) != theta(2)).any()


def test_the_command(model: Model, tmp_path: Path) -> None:
    weights.save(model, tmp_path / "w.safetensors")
    csv = str(write_csv(tmp_path / "own.csv", turned(printed_letters(2))))
    out = tmp_path / "mine.safetensors"
    given = ["--weights", str(tmp_path / "w.safetensors"), "--data", csv, "--replay", csv]
    assert main(["finetune", *given, "--out", str(out), "--steps", "4", "--json"]) == 0
    about = weights.load(out).about
    assert about["finetuning"]["steps"] == 4
    assert len(about["data"]["own.csv"]) == 64


@pytest.mark.parametrize(
    "change", [{"steps": 0}, {"learning_rate": 0.0}, {"replay": 1.0}, {"fixed": -1}]
)
def test_settings_out_of_range_are_refused(change: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"must"):
        FineTuning(**change)  # type: ignore[arg-type]


@pytest.mark.parametrize(("shown", "way"), [(6, 0.5), (12, 0.5), (18, 0.75)])
def test_with_few_letters_the_weights_go_a_part_of_the_way(
    model: Model, shown: int, way: float
) -> None:
    own = turned(printed_letters(2))
    few = own.subset(own.labels < shown)
    settings = replace(QUICK, steps=10)
    before = model.network.theta.copy()
    whole = tuned(model, few, replace(settings, partial=1.0)).network.theta - before
    part = tuned(model, few, replace(settings, partial=0.5)).network.theta - before
    np.testing.assert_allclose(part, way * whole, rtol=1e-3, atol=1e-6)
    every = [
        tuned(model, own, replace(settings, partial=partial)).network.theta for partial in (0.5, 1)
    ]
    np.testing.assert_array_equal(*every)


def test_the_command_tells_how_images_that_were_not_learned_are_read(
    model: Model, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights.save(model, tmp_path / "w.safetensors")
    csv = str(write_csv(tmp_path / "own.csv", turned(printed_letters(4))))
    out = tmp_path / "mine.safetensors"
    given = ["--weights", str(tmp_path / "w.safetensors"), "--data", csv, "--out", str(out)]
    assert main(["finetune", *given, "--aside", "0.25", "--steps", "40", "--json"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    steps = [event for event in events if event["event"] == "step"]
    assert [event["step"] for event in steps] == list(range(40))
    before, after, saved = events[0], events[-2], events[-1]
    assert [e["event"] for e in (before, after, saved)] == ["before", "after", "saved"]
    assert before["n"] == after["n"] == 24
    assert saved["n"] == 3 * 24
    assert after["accuracy"] > before["accuracy"]
    assert weights.load(out).about["aside"]["after"] == after["accuracy"]


def test_a_command_whose_program_is_gone_writes_nothing(
    model: Model, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights.save(model, tmp_path / "w.safetensors")
    csv = str(write_csv(tmp_path / "own.csv", printed_letters(1)))
    out = tmp_path / "mine.safetensors"
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    given = ["--weights", str(tmp_path / "w.safetensors"), "--data", csv, "--out", str(out)]
    assert main(["finetune", *given, "--control", "--steps", "100000"]) == 0
    assert not out.exists()


def test_all_cannot_be_kept_aside(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--data", str(tmp_path), "--out", str(tmp_path / "w.safetensors"), "--aside", "1"]
    assert main(["finetune", *given]) == 1
    assert "--aside" in capsys.readouterr().err
