from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.images.preprocessing import Preprocessing
from trainer.joints import JOINTS
from trainer.letters import CLASSES
from trainer.model.model import Predictor
from trainer.training.augment import Augmentation, Augmenter
from trainer.training.joint_loss import joint_loss, joint_targets
from trainer.training.recipe import Recipe
from trainer.training.train import EpochDone, train

SIDE = 40


def dots(n: int, seed: int = 0) -> Dataset:
    """A bright dot in each image; all joints of the hand lie in its middle."""
    rng = np.random.default_rng(seed)
    images = np.full((n, SIDE, SIDE), 40, np.uint8)
    at = rng.integers(12, 28, (n, 2))
    for image, (x, y) in zip(images, at, strict=True):
        image[y - 1 : y + 2, x - 1 : x + 2] = 250
    joints = np.repeat((at + 0.5)[:, None], JOINTS, axis=1).astype(np.float32)
    boxes = np.tile(np.array([6, 6, 28, 28], np.float32), (n, 1))
    labels = (at[:, 0] > 19).astype(np.int64)
    return Dataset(images, labels, np.full(n, "dots"), boxes, joints=joints)


def brightest(images: np.ndarray) -> np.ndarray:
    """(n, 2) middle of the bright pixels, in pixels with their edges at whole numbers."""
    weight = np.clip(images - images.mean(axis=(1, 2), keepdims=True), 0, None) ** 2
    weight /= weight.sum(axis=(1, 2), keepdims=True)
    axis = np.arange(images.shape[1]) + 0.5
    return np.stack(
        [np.einsum("nyx,x->n", weight, axis), np.einsum("nyx,y->n", weight, axis)], axis=1
    )


def test_joints_follow_the_augmented_image() -> None:
    data = dots(64)
    change = replace(Augmentation.room(), erase=0.0, shadow=0.0, coarse=0.0, noise=0.0, blur=0.0)
    collection = Collection([data])
    augmenter = Augmenter(collection, Preprocessing(size=56, margin=1.2), change)
    inputs, warps = augmenter.batch(np.arange(64), np.random.default_rng(3))
    targets = joint_targets(collection.joints, warps, 56).reshape(64, JOINTS, 2)[:, 0]
    inside = (np.abs(targets) < 0.8).all(axis=1)
    assert inside.sum() > 40
    seen = brightest(inputs.reshape(64, 56, 56))[inside] * 2 / 56 - 1
    # Half a pixel of the network's image is 0.018.
    assert np.abs(seen - targets[inside]).mean() < 0.02


def test_the_gradient_is_that_of_finite_differences() -> None:
    rng = np.random.default_rng(0)
    output = rng.normal(0, 0.2, (4, 2 * JOINTS))
    targets = rng.normal(0, 0.2, (4, 2 * JOINTS)).astype(np.float32)
    targets[1] = np.nan
    _, gradient = joint_loss(output, targets)
    for row, column in ((0, 0), (1, 3), (3, 41)):
        step = np.zeros_like(output)
        step[row, column] = 1e-5
        slope = (
            joint_loss(output + step, targets)[0] - joint_loss(output - step, targets)[0]
        ) / 2e-5
        assert gradient[row, column] == pytest.approx(slope, abs=1e-6)
    assert not gradient[1].any()


def test_a_network_learns_letters_and_joints_together() -> None:
    recipe = Recipe(
        hidden=(64,),
        epochs=40,
        batch_size=32,
        learning_rate=5e-3,
        dropout=0.0,
        ema=0.0,
        joints=3.0,
        preprocessing=Preprocessing(size=28, margin=1.2),
        augmentation=Augmentation.none(),
    )
    data = dots(256)
    *_, last = (event for event in train(recipe, data) if isinstance(event, EpochDone))
    model = last.model
    assert (model.outcomes, model.has_joints) == (CLASSES, True)
    prediction = Predictor(model).predict(data.inputs(model.preprocessing))
    assert (prediction.probabilities.argmax(axis=1) == data.labels).mean() > 0.95
    assert prediction.joints is not None
    # Half the width of the crop is 28 · 1.2 / 2 pixels.
    wanted = (data.joints - 20) / (28 * 0.6) if data.joints is not None else None
    # Untrained, the error is about 0.25.
    assert np.abs(prediction.joints - wanted).mean() < 0.1


def test_training_on_without_joints_leaves_them_out_and_with_them_adds_them() -> None:
    data = dots(64)
    recipe = Recipe(hidden=(16,), epochs=1, batch_size=32, augmentation=Augmentation.none())
    *_, plain = train(recipe, data)
    assert isinstance(plain, EpochDone)
    *_, both = train(replace(recipe, joints=1.0), data, start=plain.model)
    assert isinstance(both, EpochDone)
    assert both.model.has_joints
    *_, again = train(recipe, data, start=both.model)
    assert isinstance(again, EpochDone)
    assert not again.model.has_joints
    assert again.model.network.spec() == plain.model.network.spec()
