from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset


def dataset(n: int, side: int, source: str, boxes: np.ndarray | None = None) -> Dataset:
    images = np.arange(n, dtype=np.uint8)[:, None, None] + np.zeros((1, side, side), np.uint8)
    masks = np.zeros_like(images)
    masks[0] = 255
    return Dataset(
        images, np.arange(n) % 24, np.full(n, source), boxes, {f"{source}.csv": "0"}, masks=masks
    )


def test_images_of_different_sizes_are_one() -> None:
    both = Collection([dataset(3, 8, "a"), dataset(2, 10, "b")])
    assert len(both) == 5
    assert both.image(2).shape == (8, 8)
    assert both.image(3).shape == (10, 10)
    assert both.image(4)[0, 0] == 1
    assert both.labels.tolist() == [0, 1, 2, 0, 1]
    assert both.sources.tolist() == ["a", "a", "a", "b", "b"]
    assert both.digests == {"a.csv": "0", "b.csv": "0"}


def test_each_of_several_files_of_one_name_keeps_its_digest() -> None:
    parts = [
        replace(dataset(1, 8, "a"), digests={"train.csv": digest})
        for digest in ("0", "1", "0", "2")
    ]
    expected = {"train.csv": "0", "train.csv (2)": "1", "train.csv (3)": "2"}
    assert Collection(parts).digests == expected


def test_masks_that_are_empty_are_not_known() -> None:
    both = Collection([dataset(2, 8, "a")])
    assert both.mask(0) is not None
    assert both.mask(1) is None


def test_squares_are_the_box_with_margin_or_the_whole() -> None:
    boxes = np.array([[2, 3, 4, 2]], np.float32)
    centres, sides = Collection([dataset(1, 8, "a", boxes), dataset(1, 28, "b")]).squares(1.5)
    # Pixel centres lie at whole numbers: the box from 2 to 6 has its middle at 3.5.
    np.testing.assert_allclose(centres, [[3.5, 3.5], [13.5, 13.5]])
    np.testing.assert_allclose(sides, [6, 28])


@pytest.mark.parametrize(("balance", "share"), [(0.0, 0.9), (0.5, 0.75), (1.0, 0.5)])
def test_balance_is_between_images_and_sources(balance: float, share: float) -> None:
    weights = Collection([dataset(90, 8, "a"), dataset(10, 8, "b")]).weights(balance)
    assert weights[:90].sum() == pytest.approx(share)
    assert weights.sum() == pytest.approx(1)


def test_emphasis_multiplies_a_sources_share() -> None:
    collection = Collection([dataset(90, 8, "a"), dataset(10, 8, "b")])
    weights = collection.weights(0.5, [("a", 1 / 3)])
    # 3 : 1 by balance becomes 1 : 1.
    assert weights[:90].sum() == pytest.approx(0.5)
    assert weights.sum() == pytest.approx(1)


def test_nothing_is_no_collection() -> None:
    with pytest.raises(ValueError, match="no images"):
        Collection([dataset(1, 8, "a").subset(np.zeros(1, bool))])
