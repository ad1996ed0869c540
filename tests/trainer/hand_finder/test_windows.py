from __future__ import annotations

import numpy as np
import pytest

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.hand_finder.refinement import SIDE
from trainer.hand_finder.scenes import Scene
from trainer.hand_finder.windows import Windows
from trainer.images.box import Box

HAND = Box(140, 90, 50, 70)


def scene(*, hand: bool) -> Scene:
    """A bright box, which stands for the hand, in the dark."""
    image = np.full((240, 320), 30, np.uint8)
    if hand:
        image[90:160, 140:190] = 220
    return Scene(image, (HAND,) if hand else ())


def crops(*, masks: bool) -> Collection:
    images = np.full((1, 120, 120), 30, np.uint8)
    images[0, 25:95, 35:85] = 220
    boxes = np.array([[35, 25, 50, 70]], np.float32)
    mask = np.where(images > 100, 255, 0).astype(np.uint8) if masks else None
    return Collection([Dataset(images, np.zeros(1, np.int64), np.array(["x"]), boxes, masks=mask)])


def brighter_inside(values: np.ndarray, hand: Box) -> float:
    """How much brighter the box is than what is around it."""
    rows, columns = np.mgrid[:SIDE, :SIDE] + 0.5
    inside = (np.abs(columns - hand.x - hand.w / 2) < hand.w / 2) & (
        np.abs(rows - hand.y - hand.h / 2) < hand.h / 2
    )
    return float(values[inside].mean() - values[~inside].mean())


@pytest.mark.parametrize("masks", [None, False, True], ids=["frames", "crops", "masks"])
def test_the_box_lies_on_the_hand(masks: bool | None) -> None:
    others = None if masks is None else crops(masks=masks)
    windows = Windows([scene(hand=True), scene(hand=False)], others)
    rng = np.random.default_rng(0)
    drawn = [windows.draw(rng) for _ in range(80)]
    hands = [(values, hand) for values, hand in drawn if hand is not None]
    assert 48 <= len(hands) < 75
    brighter = [brighter_inside(values, hand) for values, hand in hands]
    assert min(brighter) > 15
    middles = np.array([(hand.x + hand.w / 2, hand.y + hand.h / 2) for _, hand in hands])
    assert middles.std(axis=0).min() > 3


def test_windows_without_a_hand_show_little_of_one() -> None:
    windows = Windows([scene(hand=True)], None)
    rng = np.random.default_rng(1)
    empty = [values for values, hand in (windows.draw(rng) for _ in range(150)) if hand is None]
    assert len(empty) >= 5
    # The dark, in the brightest light that is put on it; the hand would be brighter in most.
    assert max(values[24:40, 24:40].mean() for values in empty) < 130


def test_frames_without_any_hand_are_refused() -> None:
    with pytest.raises(ValueError, match="no frames with a hand"):
        Windows([scene(hand=False)], None)
