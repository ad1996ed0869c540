from __future__ import annotations

import numpy as np

from trainer.data.hand_mask import hand_mask
from trainer.hand_renderer.synth import random_image
from trainer.images.box import Box


def test_the_hand_is_told_from_its_background() -> None:
    overlaps = []
    for seed, letter in enumerate("BLVYCA"):
        image, true, box, _ = random_image(letter, np.random.default_rng([5, seed]), 96)
        found = hand_mask(image, Box(*map(float, box)))
        if found is None:
            continue
        x, y, w, h = (int(side) for side in box)
        inside = np.s_[y : y + h, x : x + w]
        a, b = found[inside] > 127, true[inside] > 127
        overlaps.append((a & b).sum() / (a | b).sum())
    assert len(overlaps) >= 3
    assert np.median(overlaps) > 0.6


def test_no_hand_gives_no_mask() -> None:
    flat = np.full((96, 96, 3), 128, np.uint8)
    assert hand_mask(flat, Box(20, 20, 50, 50)) is None
