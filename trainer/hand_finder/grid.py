"""The finder's view of a frame: a small gray image, and a grid of places over it."""

from __future__ import annotations

from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.images.box import Box
from trainer.images.preprocessing import Image, to_gray

HEIGHT, WIDTH = 96, 128
"""Of the small image, in pixels."""

CELL = 16
"""Pixels of the small image from one place of the grid to the next."""

ROWS, COLUMNS = HEIGHT // CELL, WIDTH // CELL
CELLS = ROWS * COLUMNS

UNIT = 32.0
"""Pixels of the small image that the network's distances are measured in."""


class Fit(NamedTuple):
    """How a frame lies in the small image: p_small = p_frame · scale + (left, top)."""

    scale: float
    left: float
    top: float

    def to_small(self, box: Box) -> Box:
        """A box of the frame, in the small image."""
        s = self.scale
        return Box(box.x * s + self.left, box.y * s + self.top, box.w * s, box.h * s)

    def to_frame(self, box: Box) -> Box:
        """A box of the small image, in the frame."""
        s = self.scale
        return Box((box.x - self.left) / s, (box.y - self.top) / s, box.w / s, box.h / s)


def shrink(frame: NDArray[Any]) -> tuple[Image, Fit]:
    """The whole frame as a gray (HEIGHT, WIDTH) image, its edge repeated where it is narrower.

    Shrinks before it turns gray: that is cheaper.
    """
    height, width = frame.shape[:2]
    scale = min(HEIGHT / height, WIDTH / width)
    h, w = max(1, round(height * scale)), max(1, round(width * scale))
    small = to_gray(cv2.resize(frame, (w, h), interpolation=cv2.INTER_AREA))
    top, left = (HEIGHT - h) // 2, (WIDTH - w) // 2
    whole = cv2.copyMakeBorder(
        small, top, HEIGHT - h - top, left, WIDTH - w - left, cv2.BORDER_REPLICATE
    )
    return np.asarray(whole, np.uint8), Fit(scale, float(left), float(top))


def centres() -> NDArray[np.float32]:
    """(CELLS, 2): x, y of every place, in pixels of the small image."""
    x = (np.arange(COLUMNS) + 0.5) * CELL
    y = (np.arange(ROWS) + 0.5) * CELL
    return np.stack([np.tile(x, ROWS), np.repeat(y, COLUMNS)], axis=1).astype(np.float32)
