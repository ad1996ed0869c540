"""Coarse detection: a small gray image of the whole frame, and a grid of cells over it.

The network gives five numbers for every cell: a score, and the distances from its centre to the
left, upper, right and lower side of the hand box (as in Tian et al., "FCOS", 2019). The scores of
all cells and a fixed 0 for "no hand" pass through one softmax.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.hand_finder.grid_network import grid_network
from trainer.images.box import Box
from trainer.images.preprocessing import Image, to_gray
from trainer.nn.sequential import Sequential

HEIGHT, WIDTH = 96, 128
"""Size of the small image, in pixels."""

CELL = 16
"""Pixels of the small image from one cell of the grid to the next."""

ROWS, COLUMNS = HEIGHT // CELL, WIDTH // CELL
CELLS = ROWS * COLUMNS

UNIT = 32.0
"""Unit of the network's distances, in pixels of the small image."""


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
    """The whole frame as a gray (HEIGHT, WIDTH) image, its edge repeated where it is narrower."""
    height, width = frame.shape[:2]
    scale = min(HEIGHT / height, WIDTH / width)
    h, w = max(1, round(height * scale)), max(1, round(width * scale))
    # Resizing before the conversion to gray is cheaper.
    small = to_gray(cv2.resize(frame, (w, h), interpolation=cv2.INTER_AREA))
    top, left = (HEIGHT - h) // 2, (WIDTH - w) // 2
    whole = cv2.copyMakeBorder(
        small, top, HEIGHT - h - top, left, WIDTH - w - left, cv2.BORDER_REPLICATE
    )
    return np.asarray(whole, np.uint8), Fit(scale, float(left), float(top))


def centres() -> NDArray[np.float32]:
    """(CELLS, 2): x, y of every cell's centre, in pixels of the small image."""
    x = (np.arange(COLUMNS) + 0.5) * CELL
    y = (np.arange(ROWS) + 0.5) * CELL
    return np.stack([np.tile(x, ROWS), np.repeat(y, COLUMNS)], axis=1).astype(np.float32)


def detection_network(widths: Sequence[int], rng: np.random.Generator) -> Sequential:
    """Flat gray images (n, HEIGHT · WIDTH), standardised → (n, CELLS · CHANNELS).

    Args:
        widths: Channels at a half, a quarter, an eighth and a sixteenth of the image's size. At
            the last, three layers let every cell see the whole image.
        rng: Source of the weights.
    """
    fine, last = widths[:-1], widths[-1]
    convolutions = [*((width, True) for width in fine), *((last, False),) * 3]
    return grid_network(HEIGHT, WIDTH, convolutions, rng)


def cell_probabilities(
    scores: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Scores (n, CELLS) → probabilities of the cells (n, CELLS), and of "no hand" (n,)."""
    top = np.maximum(scores.max(axis=1, keepdims=True), 0)
    e = np.exp(scores - top)
    nothing = np.exp(-top[:, 0])
    total = e.sum(axis=1) + nothing
    return e / total[:, None], nothing / total
