from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters, write_csv
from tests.trainer.training.test_train import SMALL
from trainer.cli import main
from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.images.box import Box
from trainer.images.preprocessing import Preprocessing
from trainer.letters import LETTERS
from trainer.model import weights
from trainer.model.model import Model
from trainer.nn.plan import build_network
from trainer.nn.spec import copied
from trainer.samples.store import SampleStore, Sitting
from trainer.training.augment import Augmentation
from trainer.training.finetune import Adaptation, FineTuning
from trainer.training.recipe import Recipe
from trainer.training.recipes import FINE_TUNING
from trainer.training.train import EpochDone, train


def quick(steps: int) -> Recipe:
    return replace(
        FINE_TUNING,
        epochs=1,
        epoch_images=steps * 32,
        batch_size=32,
        learning_rate=1e-2,
        augmentation=Augmentation(),
    )


QUICK = quick(200)


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
    model: Model,
    own: Dataset,
    recipe: Recipe,
    settings: FineTuning | None = None,
    earlier: Dataset | None = None,
) -> Model:
    settings = settings or FineTuning()
    for event in train(
        recipe, own, start=model, tuning=settings, replay=[earlier] if earlier else []
    ):
        if isinstance(event, EpochDone):
            result = replace(event.model, network=copied(event.model.network))
    return result


def test_a_few_images_teach_another_hand(model: Model) -> None:
    own, test = turned(printed_letters(3, seed=1)), turned(printed_letters(4, seed=2))
    before = accuracy(model, test)
    after = accuracy(tuned(model, own, QUICK), test)
    assert before < 0.7
    assert after > 0.9


def test_replay_keeps_what_was_known(model: Model) -> None:
    known = printed_letters(4, seed=3)
    own = turned(printed_letters(3, seed=1))
    assert accuracy(model, known) > 0.95
    new = tuned(model, own, QUICK, FineTuning(replay=0.5), printed_letters(10))
    assert accuracy(new, known) > 0.9


def test_the_model_itself_and_its_statistics_stay(model: Model) -> None:
    before = {name: array.copy() for name, array in model.network.state().items()}
    new = tuned(model, turned(printed_letters(1)), quick(5))
    for name, array in model.network.state().items():
        np.testing.assert_array_equal(array, before[name])
    for name, array in new.network.state().items():
        same = np.array_equal(array, before[name])
        assert same == name.endswith((".mean", ".variance")), name


def test_the_first_convolutions_stay() -> None:
    network = build_network(28, "6 p 8 p 8", (), np.random.default_rng(0))
    before = network.state()
    new = tuned(Model(network, Preprocessing()), printed_letters(1), quick(3))
    stayed = {name for name, a in new.network.state().items() if np.array_equal(a, before[name])}
    learned = set(before) - stayed
    # The third convolution is the first that learns.
    third = [k for k, layer in enumerate(network.layers) if layer.kind == "conv2d"][2]
    assert {int(name.split(".")[0]) for name in learned} == {
        k for k, layer in enumerate(network.layers) if k >= third and layer.parameters()
    }


def test_the_seed_decides(model: Model) -> None:
    own = turned(printed_letters(1))

    def theta(seed: int) -> np.ndarray:
        return tuned(model, own, replace(quick(5), seed=seed)).network.theta

    np.testing.assert_array_equal(theta(1), theta(1))
    assert (theta(1) != theta(2)).any()


def test_the_command(model: Model, tmp_path: Path) -> None:
    weights.save(model, tmp_path / "w.safetensors")
    csv = str(write_csv(tmp_path / "own.csv", turned(printed_letters(2))))
    out = tmp_path / "mine.safetensors"
    given = ["--weights", str(tmp_path / "w.safetensors"), "--data", csv, "--replay", csv]
    assert main(["finetune", *given, "--out", str(out), "--steps", "4", "--json"]) == 0
    about = weights.load(out).about
    assert about["recipe"]["epoch_images"] == 4 * 64
    assert about["finetuning"]["pull"] == FineTuning().pull
    assert len(about["data"]["own.csv"]) == 64


@pytest.mark.parametrize(
    "change",
    [
        {"pull": -0.1},
        {"pull": float("nan")},
        {"replay": 1.0},
        {"interpolation": 1.1},
        {"frozen_convolutions": -1},
    ],
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
    before = model.network.theta.copy()

    def moved(data: Dataset, share: float) -> np.ndarray:
        settings = FineTuning(interpolation=share)
        return tuned(model, data, quick(10), settings).network.theta - before

    np.testing.assert_allclose(moved(few, 0.5), way * moved(few, 1.0), rtol=1e-3, atol=1e-6)
    np.testing.assert_array_equal(moved(own, 0.5), moved(own, 1.0))


def test_epochs_between_save_interpolated_weights_and_train_on_their_own(model: Model) -> None:
    few = turned(printed_letters(2))
    few = few.subset(few.labels < 6)
    recipe = replace(quick(3), epochs=2)
    half = FineTuning(interpolation=0.5)

    def epochs(state: dict[str, np.ndarray] | None = None) -> list[dict[str, np.ndarray]]:
        return [
            {name: array.copy() for name, array in event.state.items()}
            | {"saved": event.model.network.theta.copy()}
            for event in train(recipe, few, state=state, start=model, tuning=half)
            if isinstance(event, EpochDone)
        ]

    first, second = epochs()
    for epoch in (first, second):
        halfway = (model.network.theta + epoch["theta"]) / 2
        np.testing.assert_allclose(epoch["saved"], halfway, rtol=1e-4, atol=1e-6)
    (resumed,) = epochs(first)
    np.testing.assert_array_equal(resumed["saved"], second["saved"])


def test_letters_are_drawn_alike_and_earlier_images_by_their_share() -> None:
    own, earlier = printed_letters(2), printed_letters(1)
    uneven = own.subset(np.r_[0:24, 24, 24, 24, 25])
    collection = Collection([uneven, earlier])
    network = build_network(28, "", (8,), np.random.default_rng(0))
    adaptation = Adaptation(FineTuning(replay=0.4), network, collection, 24, 24, no_sign=False)
    chances = adaptation.chances(np.ones(len(collection)))
    by_letter = np.bincount(uneven.labels, chances[:28])
    np.testing.assert_allclose(by_letter, 0.6 / 24)
    np.testing.assert_allclose(chances[28:], 0.4 / 24)
    assert adaptation.draws() == round(28 / 0.6)


def test_letters_that_were_not_shown_get_no_gradient_but_from_earlier_images() -> None:
    own = printed_letters(1)
    collection = Collection([own.subset(own.labels < 3), own])
    network = build_network(28, "", (8,), np.random.default_rng(0))
    adaptation = Adaptation(FineTuning(), network, collection, 24, 24, no_sign=False)
    logits = np.random.default_rng(1).standard_normal((4, 24)).astype(np.float32)
    chosen = np.array([0, 1, 2, 10])
    _, gradient = adaptation.loss(logits, collection.labels[chosen], chosen, 0.1)
    assert (gradient[:3, 3:] == 0).all()
    assert (gradient[:3, :3] != 0).all()
    assert (gradient[3] != 0).all()
    np.testing.assert_allclose(gradient.sum(axis=1), 0, atol=1e-6)


@pytest.mark.parametrize("command", ["finetune", "train"])
def test_a_rate_that_is_too_high_changes_nothing_on_disk(
    model: Model, tmp_path: Path, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    weights.save(model, tmp_path / "w.safetensors")
    csv = str(write_csv(tmp_path / "own.csv", printed_letters(2)))
    start, out = str(tmp_path / "w.safetensors"), tmp_path / "mine.safetensors"
    given = {
        "finetune": ["--weights", start, "--data", csv, "--steps", "3"],
        "train": ["--fine-tune", start, "--train", csv, "--no-record", "--epochs", "3"],
    }[command]
    for rate in ("1e30", "1e39"):
        out.write_bytes(b"what was there")
        assert main([command, *given, "--out", str(out), "--learning-rate", rate]) == 1
        assert "diverged" in capsys.readouterr().err
        assert out.read_bytes() == b"what was there"


def test_the_training_tabs_way_is_the_same_fine_tuning(model: Model, tmp_path: Path) -> None:
    """`train --fine-tune` and `finetune` with the same recipe save the same weights."""
    weights.save(model, tmp_path / "w.safetensors")
    csv = str(write_csv(tmp_path / "own.csv", turned(printed_letters(2))))
    one, other = tmp_path / "one.safetensors", tmp_path / "other.safetensors"
    start = str(tmp_path / "w.safetensors")
    given = ["--weights", start, "--data", csv, "--replay", csv]
    assert main(["finetune", *given, "--out", str(one), "--steps", "4"]) == 0
    given = ["--fine-tune", start, "--train", csv, "--replay", csv, "--no-record"]
    recipe = ["--epochs", "1", "--epoch-images", "256", "--batch-size", "64", "--ema", "0"]
    recipe += ["--weight-decay", "0", "--label-smoothing", "0.05", "--augmentation", "room"]
    assert main(["train", *given, *recipe, "--out", str(other)]) == 0
    # The command for one's own hand has one thread for BLAS, which may round differently.
    np.testing.assert_allclose(
        weights.load(one).network.theta, weights.load(other).network.theta, rtol=1e-3, atol=1e-4
    )


def test_the_command_reports_the_accuracy_on_held_out_images(
    model: Model, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights.save(model, tmp_path / "w.safetensors")
    csv = str(write_csv(tmp_path / "own.csv", turned(printed_letters(8))))
    out = tmp_path / "mine.safetensors"
    given = ["--weights", str(tmp_path / "w.safetensors"), "--data", csv, "--out", str(out)]
    assert main(["finetune", *given, "--aside", "0.25", "--steps", "120", "--json"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    steps = [event for event in events if event["event"] == "step"]
    assert [event["step"] for event in steps] == list(range(120))
    before, after, saved = events[0], events[-2], events[-1]
    assert [e["event"] for e in (before, after, saved)] == ["before", "after", "saved"]
    assert before["n"] == after["n"] == 2 * 24
    assert saved["n"] == 6 * 24
    assert after["accuracy"] > before["accuracy"]
    assert weights.load(out).about["aside"]["after"] == after["accuracy"]


def test_a_source_is_held_out_and_counted_letter_by_letter(
    model: Model, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    weights.save(model, tmp_path / "w.safetensors")
    store = SampleStore(tmp_path / "own")
    box = Box(10, 10, 40, 40)
    for seed, letter in enumerate("AABBC"):
        sitting = Sitting.CHECK if letter == "C" or seed == 1 else Sitting.LEARN
        store.add(letter, np.full((60, 60, 3), 40 * seed, np.uint8), box, sitting)
    given = ["finetune", "--weights", str(tmp_path / "w.safetensors"), "--data", str(store.folder)]
    given += ["--out", str(tmp_path / "mine.safetensors"), "--steps", "1", "--json"]
    assert main([*given, "--aside-source", "own-check"]) == 0
    events = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [event["event"] for event in events] == ["before", "step", "after", "saved"]
    counts = np.array(events[2]["confusion"]).sum(axis=1)
    assert {LETTERS[index]: counts[index] for index in np.flatnonzero(counts)} == {"A": 1, "C": 1}
    assert events[3]["n"] == 3
    assert main([*given, "--aside-source", "nobody"]) == 1
    assert "has no source 'nobody'; it has own, own-check." in capsys.readouterr().err
    store.delete(store.of("A", Sitting.CHECK) + store.of("C"), [])
    assert main([*given, "--aside-source", "own"]) == 1
    assert "no other source" in capsys.readouterr().err


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


def test_all_images_cannot_be_held_out(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    given = ["--data", str(tmp_path), "--out", str(tmp_path / "w.safetensors"), "--aside", "1"]
    with pytest.raises(SystemExit):
        main(["finetune", *given])
    assert "--aside" in capsys.readouterr().err
