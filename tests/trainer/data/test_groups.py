from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from tests.trainer.conftest import printed_letters
from trainer.data.csv import read_csv
from trainer.data.dataset import Dataset
from trainer.data.groups import group, hold_out


@pytest.mark.parametrize(("file", "photographs"), [("train", 1332), ("test", 348)])
def test_official_files_are_grouped_by_photograph(
    shared: Path, file: str, photographs: int
) -> None:
    groups = group(read_csv(shared / "data" / f"sign_mnist_{file}.csv"))
    assert len(np.unique(groups.photograph)) == photographs
    listing = pd.read_csv(shared / "data" / "sign_mnist_photos.csv")
    listing = listing[listing["file"] == file].sort_values("row")
    assert groups.user is not None
    np.testing.assert_array_equal(groups.user, listing["user"])
    same = listing["photo"].to_numpy()
    np.testing.assert_array_equal(
        groups.photograph[1:] == groups.photograph[:-1], same[1:] == same[:-1]
    )


def test_variants_of_one_image_are_found_by_likeness() -> None:
    rng = np.random.default_rng(0)
    photographs = rng.integers(0, 200, (6, 28, 28))
    labels = np.repeat([0, 0, 0, 1, 1, 1], 5)
    variants = np.repeat(photographs, 5, axis=0) + rng.integers(-20, 21, (30, 28, 28)) + 20
    dataset = Dataset(variants.astype(np.uint8), labels, np.full(30, "s"))
    groups = group(dataset)
    assert groups.user is None
    assert "likeness" in groups.how
    np.testing.assert_array_equal(groups.photograph, np.repeat(np.arange(0, 30, 5), 5))


def test_held_out_groups_are_whole_and_of_every_letter() -> None:
    labels = printed_letters(20).labels
    groups = np.arange(len(labels)) // 48 * 24 + labels
    held = hold_out(groups, labels, 0.2, seed=3)
    assert not set(groups[held]) & set(groups[~held])
    assert np.bincount(labels[held], minlength=24).tolist() == [4] * 24
    np.testing.assert_array_equal(held, hold_out(groups, labels, 0.2, seed=3))
    assert (held != hold_out(groups, labels, 0.2, seed=4)).any()


def test_a_single_group_stays_in_training() -> None:
    assert not hold_out(np.zeros(5, np.int64), np.zeros(5, np.int64), 0.5, seed=0).any()
