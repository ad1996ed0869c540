"""Frames in which a printed letter stands for a hand."""

from __future__ import annotations

from functools import lru_cache

import cv2
import numpy as np

from asl_desktop.hand_box import HandBox


@lru_cache(maxsize=64)
def printed_frame(letter: str, seed: int = 0) -> np.ndarray:
    """480 × 640 × 3, the letter filling much of the usual hand box."""
    frame = np.full((480, 640, 3), 110, np.uint8)
    box = HandBox().pixels(640, 480)
    size = cv2.getTextSize(letter, cv2.FONT_HERSHEY_SIMPLEX, 7, 22)[0]
    rng = np.random.default_rng(seed)
    shift = rng.integers(-6, 7, 2)
    across = round(box.x + (box.w - size[0]) / 2) + int(shift[0])
    down = round(box.y + (box.h + size[1]) / 2) + int(shift[1])
    cv2.putText(frame, letter, (across, down), cv2.FONT_HERSHEY_SIMPLEX, 7, (220, 235, 230), 22)
    noise = rng.normal(0, 3, frame.shape)
    return np.clip(frame + noise, 0, 255).astype(np.uint8)


def moving_frame(letter: str) -> np.ndarray:
    """What stands for a hand on its way to another letter."""
    return np.roll(printed_frame(letter), 70, axis=1)
