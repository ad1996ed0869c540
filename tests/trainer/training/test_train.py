from __future__ import annotations

import threading
from dataclasses import replace

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters
from trainer.data.dataset import Dataset
from trainer.letters import NO_SIGN
from trainer.support.errors import UserError
from trainer.training.augment import Augmentation
from trainer.training.recipe import Recipe
from trainer.training.train import BatchDone, EpochDone, train

SMALL = Recipe(
    hidden=(48,), epochs=14, batch_size=32, learning_rate=5e-3, ema=0.9, label_smoothing=0.0
)


def last_epoch(recipe: Recipe, seed: int = 0) -> EpochDone:
    data, held_out = printed_letters(20, seed), printed_letters(4, seed + 100)
    return [e for e in train(recipe, data, held_out) if isinstance(e, EpochDone)][-1]


@pytest.mark.parametrize("optimiser", ["adam", "momentum", "muon", "sgd"])
def test_printed_letters_are_learned(optimiser: str) -> None:
    rate = {"adam": 5e-3, "momentum": 0.05, "muon": 5e-3, "sgd": 0.3}[optimiser]
    done = last_epoch(replace(SMALL, optimiser=optimiser, learning_rate=rate))
    assert done.validation_accuracy is not None
    assert done.validation_accuracy > 0.95
    assert done.validation_loss is not None
    assert done.validation_loss < 0.5


def weights_after(recipe: Recipe, data: Dataset | None = None) -> np.ndarray:
    data = data or printed_letters(3)
    theta = None
    for event in train(recipe, data):
        if isinstance(event, EpochDone):
            theta = event.model.network.theta.copy()
    assert theta is not None
    return theta


def test_the_same_seed_gives_the_same_weights() -> None:
    recipe = replace(SMALL, epochs=2, dropout=0.3)
    np.testing.assert_array_equal(weights_after(recipe), weights_after(recipe))
    assert (weights_after(recipe) != weights_after(replace(recipe, seed=1))).any()


def test_events_tell_the_whole_story() -> None:
    data = printed_letters(4)
    events = list(train(replace(SMALL, epochs=2, batch_size=40), data))
    batches = [e for e in events if isinstance(e, BatchDone)]
    epochs = [e for e in events if isinstance(e, EpochDone)]
    assert [(b.epoch, b.batch, b.batches) for b in batches] == [
        (e, b, 3) for e in range(2) for b in range(3)
    ]
    assert [e.epoch for e in epochs] == [0, 1]
    assert epochs[0].validation_accuracy is None
    assert epochs[0].loss == pytest.approx(np.mean([b.loss for b in batches[:3]]))
    assert batches[-1].learning_rate < batches[1].learning_rate


def test_closing_the_generator_stops_and_leaves_no_thread() -> None:
    running = train(SMALL, printed_letters(4))
    next(running)
    running.close()
    assert [t.name for t in threading.enumerate() if "batches" in t.name] == []


def test_the_kept_weights_are_the_average() -> None:
    recipe = replace(SMALL, epochs=1, batch_size=8, augmentation=Augmentation.none())
    averaged = weights_after(recipe)
    assert (averaged != weights_after(replace(recipe, ema=0.0))).any()


@pytest.mark.parametrize(
    "change",
    [
        {"optimiser": "magic"},
        {"schedule": "magic"},
        {"epochs": 0},
        {"batch_size": 0},
        {"learning_rate": 0.0},
        {"dropout": 1.0},
        {"ema": 1.0},
        {"label_smoothing": -0.1},
        {"weight_decay": -1.0},
        {"hidden": (0,)},
    ],
)
def test_recipes_out_of_range_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=next(iter(change))):
        replace(SMALL, **change)  # type: ignore[arg-type]


GROWING = replace(
    SMALL,
    hidden=(),
    convolutions="6 p 8 p",
    epochs=4,
    initial_size=20,
    initial_epochs=2,
    dropout=0.2,
    no_sign=0.1,
    augmentation=Augmentation(),
)


def test_without_a_letter_nothing_is_trained() -> None:
    data = printed_letters(1)
    empty = replace(data, labels=np.full_like(data.labels, NO_SIGN))
    with pytest.raises(UserError, match="no image of a letter"):
        next(train(replace(SMALL, no_sign=0.1), empty))


def test_images_grow() -> None:
    data, held_out = printed_letters(20), printed_letters(2, 100)
    sizes, losses = [], []
    for event in train(replace(GROWING, epochs=8, initial_epochs=6), data, held_out):
        if isinstance(event, EpochDone):
            sizes.append(event.model.preprocessing.size)
            losses.append(event.loss)
    assert sizes == [20] * 6 + [28] * 2
    # What the small network learned is not lost to the large one.
    assert losses[6] < (losses[0] + losses[5]) / 2


@pytest.mark.parametrize(
    ("size", "epochs"), [(28, 2), (40, 2), (-1, 2), (0, 2), (20, 0), (20, 4), (20, -1)]
)
def test_growth_that_cannot_be(size: int, epochs: int) -> None:
    with pytest.raises(ValueError, match="initial_"):
        replace(GROWING, initial_size=size, initial_epochs=epochs)


def test_the_finished_network_may_see_more_nearly() -> None:
    data, held_out = printed_letters(4), printed_letters(2, 100)
    recipe = replace(SMALL, epochs=1, inference_margin=0.8)
    *_, nearer = train(recipe, data, held_out)
    *_, alike = train(replace(recipe, inference_margin=0.0), data, held_out)
    assert isinstance(nearer, EpochDone)
    assert isinstance(alike, EpochDone)
    assert (nearer.model.preprocessing.margin, alike.model.preprocessing.margin) == (0.8, 1.0)
    np.testing.assert_array_equal(nearer.model.network.theta, alike.model.network.theta)
    with pytest.raises(ValueError, match="inference_margin"):
        replace(SMALL, inference_margin=0.1)


def test_a_plan_must_fit_the_initial_size() -> None:
    with pytest.raises(ValueError, match="pool"):
        replace(GROWING, convolutions="4 p p p p", initial_size=8)
