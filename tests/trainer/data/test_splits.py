from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters
from trainer.data.csv import read_csv
from trainer.data.dataset import Dataset
from trainer.data.groups import group
from trainer.data.splits import Protocol, divide, split, users
from trainer.support.errors import UserError


@pytest.fixture(scope="module")
def official(shared: Path) -> Dataset:
    return read_csv(shared / "data" / "sign_mnist_test.csv")


def shared_groups(groups: np.ndarray, held: np.ndarray) -> int:
    return len(np.intersect1d(groups[held], groups[~held]))


def test_protocols_hold_out_what_they_say(official: Dataset) -> None:
    groups = group(official)
    assert groups.user is not None
    by_photograph = split(official, Protocol.PHOTOGRAPH).held
    assert shared_groups(groups.photograph, by_photograph) == 0
    assert shared_groups(groups.user, by_photograph) == 7
    assert by_photograph.mean() == pytest.approx(0.2, abs=0.03)

    by_user = split(official, Protocol.USER).held
    assert shared_groups(groups.user, by_user) == 0
    assert np.unique(groups.user[by_user]).tolist() == [3] == users(official)[:1].tolist()
    assert len(users(official)) == 7

    random = split(official, Protocol.RANDOM)
    assert random.held.sum() == len(official) // 5
    assert shared_groups(groups.photograph, random.held) > 300
    assert "leaks" in random.note


@pytest.mark.parametrize("protocol", [Protocol.PHOTOGRAPH, Protocol.RANDOM])
def test_the_seed_decides(official: Dataset, protocol: Protocol) -> None:
    one, same, other = (split(official, protocol, seed).held for seed in (1, 1, 2))
    np.testing.assert_array_equal(one, same)
    assert (one != other).any()


def test_users_of_other_files_are_not_known() -> None:
    with pytest.raises(UserError, match="official"):
        split(printed_letters(2), Protocol.USER)


def shuffled(dataset: Dataset) -> Dataset:
    return dataset.subset(np.random.default_rng(1).permutation(len(dataset)))


def test_one_photograph_in_two_files_is_on_one_side() -> None:
    rng = np.random.default_rng(0)
    # Images of pure noise are like no other image but their own copy.
    images = rng.integers(0, 256, (240, 28, 28)).astype(np.uint8)
    labels = np.arange(240) % 24
    first = Dataset(images, labels, np.full(240, "a"))
    second = shuffled(Dataset(images, labels, np.full(240, "b")))
    masks, note = divide([first, second], Protocol.PHOTOGRAPH)
    assert [mask.sum() for mask in masks] == [48, 48]
    held = {p.tobytes() for p in first.images[masks[0]]}
    assert held == {p.tobytes() for p in second.images[masks[1]]}
    assert "96 of 480" in note


def test_files_of_different_sizes_are_divided_together() -> None:
    small, rng = printed_letters(4), np.random.default_rng(0)
    large = Dataset(
        rng.integers(0, 256, (48, 64, 64)).astype(np.uint8),
        np.arange(48) % 24,
        np.full(48, "large"),
    )
    masks, _ = divide([small, large], Protocol.RANDOM)
    assert [len(mask) for mask in masks] == [96, 48]
    assert sum(int(mask.sum()) for mask in masks) == 28


def test_people_are_known_across_the_official_files(shared: Path) -> None:
    files = [read_csv(shared / f"data/sign_mnist_{name}.csv") for name in ("train", "test")]
    masks, note = divide(files, Protocol.USER)
    assert "nobody stands on both sides" in note
    assert all(0 < mask.sum() < len(mask) for mask in masks)
    with pytest.raises(UserError, match="official"):
        divide([*files, printed_letters(2)], Protocol.USER)
