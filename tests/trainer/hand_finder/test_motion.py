from __future__ import annotations

import numpy as np
import pytest

from trainer.hand_finder.motion import Motion
from trainer.images.box import Box


def test_a_box_in_which_something_moves_has_motion() -> None:
    rng = np.random.default_rng(0)
    motion = Motion()
    frame = rng.integers(0, 256, (120, 160, 3), dtype=np.uint8)
    motion.see(frame)
    assert motion.of(Box(0, 0, 160, 120)) == 0
    frame[20:60, 40:80] = 255 - frame[20:60, 40:80]
    motion.see(frame)
    assert motion.of(Box(40, 20, 40, 40)) > 1
    assert motion.of(Box(100, 20, 40, 40)) == 0
    # Less of it stays with every frame that stands still.
    before = motion.of(Box(40, 20, 40, 40))
    motion.see(frame)
    assert motion.of(Box(40, 20, 40, 40)) == pytest.approx(0.8 * before)


def test_a_frame_of_another_size_starts_anew() -> None:
    motion = Motion()
    motion.see(np.zeros((120, 160), np.uint8))
    motion.see(np.full((60, 80, 3), 200, np.uint8))
    assert motion.of(Box(0, 0, 80, 60)) == 0


def test_there_is_no_motion_outside_the_frame() -> None:
    motion = Motion()
    motion.see(np.zeros((120, 160), np.uint8))
    motion.see(np.full((120, 160), 200, np.uint8))
    assert motion.of(Box(-90, -90, 40, 40)) == 0
    assert motion.of(Box(400, 20, 40, 40)) == 0
