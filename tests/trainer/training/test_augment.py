from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters
from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.images.preprocessing import Preprocessing
from trainer.training.augment import Augmentation, Augmenter

NONE = Augmentation.none()


def augmented(dataset: Dataset, augmentation: Augmentation, **settings: object) -> np.ndarray:
    preprocessing = Preprocessing(**settings)  # type: ignore[arg-type]
    augmenter = Augmenter(Collection([dataset]), preprocessing, augmentation)
    return augmenter.batch(np.arange(len(dataset)), np.random.default_rng(5)).inputs


def with_masks(dataset: Dataset) -> Dataset:
    """The bright pixels of the printed letters as their masks, and the whole image as the box."""
    masks = np.where(dataset.images > 120, np.uint8(255), np.uint8(0))
    boxes = np.tile(np.array([0, 0, 28, 28], np.float32), (len(dataset), 1))
    return replace(dataset, masks=masks, boxes=boxes)


def test_no_augmentation_is_just_preprocessing() -> None:
    dataset = printed_letters(1)
    np.testing.assert_allclose(augmented(dataset, NONE), dataset.inputs(Preprocessing()), atol=1e-5)


def test_boxes_are_cropped_as_in_preprocessing() -> None:
    ramp = np.add.outer(np.arange(100), np.arange(100)).astype(np.uint8)
    boxes = np.array([[20, 30, 40, 40]], np.float32)
    dataset = Dataset(ramp[None], np.array([0]), np.array(["s"]), boxes)
    settings = {"size": 20, "margin": 1.5}
    expected = dataset.inputs(Preprocessing(**settings))  # type: ignore[arg-type]
    np.testing.assert_allclose(augmented(dataset, NONE, **settings), expected, atol=0.05)


@pytest.mark.parametrize("name", list(Augmentation.__dataclass_fields__))
def test_every_change_changes_images_and_keeps_them_standardised(name: str) -> None:
    dataset = with_masks(printed_letters(1))
    strength = {"light": 40.0, "noise": 10.0, "rotate": 10.0, "erase": 1.0, "perspective": 0.2}.get(
        name, 0.9
    )
    changed = augmented(dataset, replace(NONE, **{name: strength}))
    plain = augmented(dataset, NONE)
    # Another exposure drops out in standardisation, except where it clips.
    least = 0.3 if name == "exposure" else 0.8
    assert (np.abs(changed - plain).max(axis=1) > 0.01).mean() > least
    np.testing.assert_allclose(changed.mean(axis=1), 0, atol=1e-4)
    np.testing.assert_allclose(changed.std(axis=1), 1, atol=1e-3)


def test_mirroring_is_exact() -> None:
    dataset = printed_letters(1)
    mirrored = augmented(dataset, replace(NONE, mirror=1.0)).reshape(-1, 28, 28)
    plain = augmented(dataset, NONE).reshape(-1, 28, 28)
    np.testing.assert_allclose(mirrored, plain[:, :, ::-1], atol=1e-5)


def test_the_seed_decides() -> None:
    dataset = printed_letters(1)
    augmenter = Augmenter(
        Collection([dataset]), Preprocessing(), Augmentation(erase=0.5, mirror=0.5)
    )
    indices = np.arange(24)

    def batch(seed: int) -> np.ndarray:
        return augmenter.batch(indices, np.random.default_rng(seed)).inputs

    np.testing.assert_array_equal(batch(1), batch(1))
    assert (batch(1) != batch(2)).any()


def test_the_images_themselves_stay() -> None:
    dataset = printed_letters(1)
    before = dataset.images.copy()
    augmented(dataset, Augmentation(erase=1.0, mirror=0.5))
    np.testing.assert_array_equal(dataset.images, before)
