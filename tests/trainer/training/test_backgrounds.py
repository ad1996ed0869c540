from __future__ import annotations

import numpy as np

from tests.trainer.conftest import printed_letters
from trainer.data.collection import Collection
from trainer.training.backgrounds import exchange, make_backgrounds


def test_backgrounds_are_varied_and_come_from_the_seed() -> None:
    collection = Collection([printed_letters(1)])
    one, same, other = (
        make_backgrounds(collection, 20, 30, np.random.default_rng(seed)) for seed in (1, 1, 2)
    )
    assert one.shape == (30, 20, 20)
    np.testing.assert_array_equal(one, same)
    assert (one != other).any()
    assert one.reshape(30, -1).mean(axis=1).std() > 10


def test_the_hand_stays_and_the_rest_is_exchanged() -> None:
    shown = np.full((20, 20), 100, np.uint8)
    mask = np.zeros((20, 20), np.uint8)
    mask[5:15, 5:15] = 255
    exchange(shown, mask, np.full((20, 20), 10, np.uint8), gain=1.2)
    assert (shown[7:13, 7:13] == 120).all()
    assert (shown[:3] == 10).all()
    assert 10 < shown[10, 4] < 120
