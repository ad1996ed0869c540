from __future__ import annotations

import numpy as np

from trainer.hand_finder.scenes import Scene, Scenes
from trainer.images.box import Box

HAND = Box(100, 60, 60, 60)


def test_some_scenes_of_frames_with_a_hand_show_none() -> None:
    image = np.full((240, 320), 30, np.uint8)
    image[60:120, 100:160] = 220
    rng = np.random.default_rng(0)
    scenes = Scenes([Scene(image, (HAND,))], None)
    drawn = [scenes.draw(rng) for _ in range(200)]
    empty = [values for values, hands in drawn if not hands]
    assert 30 <= len(empty) <= 110
    # The hand is seven times as bright as what is around it.
    rest = [values for values in empty if values.max() < 3 * np.median(values) + 60]
    assert len(rest) > 0.9 * len(empty)


def test_a_frame_that_the_hand_fills_has_no_part_without_it() -> None:
    image = np.full((240, 320), 220, np.uint8)
    scenes = Scenes([Scene(image, (Box(0, 0, 320, 240),))], None)
    rng = np.random.default_rng(1)
    drawn = [hands for _, hands in (scenes.draw(rng) for _ in range(60))]
    assert sum(bool(hands) for hands in drawn) > 30
