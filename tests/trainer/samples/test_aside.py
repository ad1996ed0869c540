from __future__ import annotations

import numpy as np
import pytest

from trainer.samples.store import last_of_each_letter


def test_the_last_of_each_letter_are_kept_aside() -> None:
    labels = np.array([0] * 10 + [1] * 4 + [0] * 10)
    aside = last_of_each_letter(labels, 0.3)
    assert np.flatnonzero(aside).tolist() == [13, 18, 19, 20, 21, 22, 23]


@pytest.mark.parametrize(("images", "kept"), [(1, 0), (2, 1), (3, 1), (10, 3)])
def test_few_images_keep_one_aside_if_one_is_left(images: int, kept: int) -> None:
    assert last_of_each_letter(np.zeros(images, np.int64), 0.3).sum() == kept


def test_no_share_keeps_nothing_aside() -> None:
    assert not last_of_each_letter(np.arange(24).repeat(3), 0.0).any()
