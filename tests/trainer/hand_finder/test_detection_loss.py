from __future__ import annotations

import numpy as np
import pytest

from trainer.hand_finder.detection import CELLS, cell_probabilities, centres
from trainer.hand_finder.detection_loss import detection_loss, detection_target
from trainer.hand_finder.grid_network import CHANNELS
from trainer.images.box import Box

HAND = Box(40, 30, 28, 36)


def test_the_target_is_a_peak_on_the_hand() -> None:
    wanted, reach = detection_target([HAND])
    assert wanted.sum() == pytest.approx(1, abs=1e-5)
    middle = wanted @ centres()
    np.testing.assert_allclose(middle, (54, 48), atol=1)
    best = int(wanted.argmax())
    x, y = centres()[best]
    np.testing.assert_allclose(reach[best] * 32, (x - 40, y - 30, 68 - x, 66 - y), rtol=1e-5)


def test_without_a_hand_the_target_is_0() -> None:
    wanted, reach = detection_target([])
    assert not wanted.any()
    assert not reach.any()


def test_two_hands_share_the_target_and_each_cell_gives_its_own() -> None:
    left, right = Box(10, 30, 24, 30), Box(90, 40, 24, 30)
    wanted, reach = detection_target([left, right])
    assert wanted.sum() == pytest.approx(1, abs=1e-5)
    middles = centres()
    for hand in (left, right):
        middle = np.array([hand.x + hand.w / 2, hand.y + hand.h / 2])
        nearest = int(((middles - middle) ** 2).sum(axis=1).argmin())
        width = (reach[nearest, 0] + reach[nearest, 2]) * 32
        assert width == pytest.approx(24, rel=1e-4)


def test_probabilities_with_no_hand_among_them_sum_to_one() -> None:
    scores = np.random.default_rng(0).normal(0, 20, (3, CELLS)).astype(np.float32)
    p, nothing = cell_probabilities(scores)
    np.testing.assert_allclose(p.sum(axis=1) + nothing, 1, rtol=1e-5)


@pytest.mark.parametrize("hands", [[], [HAND], [HAND, Box(80, 10, 40, 40)]])
def test_the_gradient_is_that_of_the_loss(hands: list[Box]) -> None:
    rng = np.random.default_rng(1)
    wanted, reach = detection_target(hands)
    targets = (wanted[None], reach[None])
    # In float64, with steps both ways, as every layer is checked.
    output = rng.normal(0, 1.5, (1, CELLS * CHANNELS))
    _, gradient = detection_loss(output, targets)  # type: ignore[arg-type]
    interesting = int(wanted.argmax()) * CHANNELS + np.arange(CHANNELS)
    for index in [*interesting, *rng.integers(0, output.size, 20)]:
        step = np.zeros_like(output)
        step[0, index] = 1e-5
        up, _ = detection_loss(output + step, targets)
        down, _ = detection_loss(output - step, targets)
        assert gradient[0, index] == pytest.approx((up - down) / 2e-5, rel=1e-4, abs=1e-7)
