from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters
from trainer.cli import main
from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.images.box import Box
from trainer.images.preprocessing import Preprocessing
from trainer.letters import CLASSES, NO_SIGN
from trainer.model import weights
from trainer.model.inference import NO_SIGN_FROM
from trainer.model.model import Model
from trainer.recognition.reader import Reader
from trainer.training.augment import Augmentation, Augmenter
from trainer.training.no_sign import NoSign
from trainer.training.recipe import Recipe
from trainer.training.train import EpochDone, train

RECIPE = Recipe(
    hidden=(64,),
    epochs=12,
    batch_size=32,
    learning_rate=5e-3,
    ema=0.9,
    label_smoothing=0.0,
    no_sign=0.25,
    augmentation=replace(Augmentation.none(), shift=0.03),
)


def empty_images(n: int, seed: int = 0) -> Dataset:
    """Noise around a gray level, as crops with a box."""
    rng = np.random.default_rng(seed)
    images = np.clip(rng.normal(90, 25, (n, 50, 50)), 0, 255).astype(np.uint8)
    boxes = np.tile(np.array([11, 11, 28, 28], np.float32), (n, 1))
    return Dataset(images, np.full(n, NO_SIGN), np.full(n, "empty"), boxes)


@pytest.fixture(scope="module")
def model() -> Model:
    data = Collection([printed_letters(16), empty_images(80)])
    for event in train(RECIPE, data):
        if isinstance(event, EpochDone):
            kept = event.model.network.theta.copy()
            trained = event.model
    trained.network.theta[...] = kept
    return trained


def test_letters_and_empty_images_are_told_apart(model: Model) -> None:
    letters, empty = printed_letters(4, seed=7), empty_images(60, seed=7)
    shown = model.outcome_probabilities(letters.inputs(model.preprocessing))
    assert shown.shape == (len(letters), CLASSES + 1)
    assert (shown[:, NO_SIGN] < NO_SIGN_FROM).mean() > 0.9
    assert (shown[:, :CLASSES].argmax(axis=1) == letters.labels).mean() > 0.9
    nothing = model.outcome_probabilities(empty.inputs(model.preprocessing))
    assert (nothing[:, NO_SIGN] < NO_SIGN_FROM).mean() < 0.1


def test_the_letters_of_a_half_shown_image_are_doubted(model: Model) -> None:
    letters = printed_letters(4, seed=8)
    moved = np.roll(letters.images, 17, axis=2)
    moved[:, :, :17] = 60
    inputs = model.preprocessing.normalised(moved)
    assert (model.outcome_probabilities(inputs)[:, NO_SIGN] >= NO_SIGN_FROM).mean() > 0.7


def test_a_reading_tells_it(model: Model, tmp_path: Path) -> None:
    weights.save(model, tmp_path / "w.safetensors")
    reader = Reader(weights.load(tmp_path / "w.safetensors"))
    letter, empty = printed_letters(1, seed=9).images[0], empty_images(1, seed=9).images[0]
    reading = reader.read(letter, None)
    assert reading.is_sign
    assert reading.probabilities.shape == (CLASSES,)
    assert reading.probabilities.sum() + reading.no_sign == pytest.approx(1, abs=1e-5)
    assert not reader.read(empty, Box(11, 11, 28, 28)).is_sign


def test_without_the_outcome_everything_is_a_sign() -> None:
    recipe = replace(RECIPE, no_sign=0.0)
    network = recipe.network(np.random.default_rng(0))
    assert network.output_shape == (CLASSES,)
    assert Reader(Model(network, Preprocessing())).read(np.zeros((28, 28), np.uint8), None).is_sign


def test_windows_show_little_of_the_hand() -> None:
    """A bright hand on black: away from it, near and far, the image differs from the letter's."""
    images = np.zeros((6, 112, 112), np.uint8)
    images[:, 25:87, 25:87] = 255
    masks = images.copy()
    boxes = np.tile(np.array([25, 25, 62, 62], np.float32), (6, 1))
    dataset = Dataset(images, np.arange(6), np.full(6, "s"), boxes, masks=masks)
    collection = Collection([dataset])
    preprocessing = Preprocessing(size=24, margin=1.2, normalise="dataset")
    augmenter = Augmenter(collection, preprocessing, replace(Augmentation.none(), background=0.5))
    no_sign = NoSign(collection, augmenter, collection.weights(0))
    whole = preprocessing.image(images[0], dataset.box(0)).astype(float)
    made = no_sign.batch(64, np.random.default_rng(0)).reshape(64, 24, 24)
    assert (np.abs(made - whole).mean(axis=(1, 2)) > 25).all()
    again = no_sign.batch(64, np.random.default_rng(0)).reshape(64, 24, 24)
    np.testing.assert_array_equal(made, again)


def test_images_without_a_sign_need_the_outcome(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from trainer.data.crops import save_crops

    save_crops(empty_images(3), tmp_path / "empty.npz")
    out = str(tmp_path / "w.safetensors")
    assert main(["train", "--train", str(tmp_path / "empty.npz"), "--out", out]) != 0
    assert "--no-sign 0.1" in capsys.readouterr().err
