"""The square in which the hand is read, relative to the size of the frame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from trainer.images.box import Box

SMALLEST = 0.1
"""Smallest side of a box that can still be dragged, over the frame's shorter side."""


class Handle(NamedTuple):
    """One of the eight points by which the box is resized: −1, 0 or 1 to the right and down."""

    right: int
    down: int


HANDLES = tuple(Handle(x, y) for y in (-1, 0, 1) for x in (-1, 0, 1) if x or y)


@dataclass(frozen=True)
class HandBox:
    """A square inside the frame.

    All methods that take a frame's width and height work in its pixels, unmirrored.

    Attributes:
        x: Centre over the frame's width.
        y: Centre over the frame's height.
        side: Side over the frame's shorter side, so that the box is square at every aspect ratio.
    """

    x: float = 0.5
    y: float = 0.5
    side: float = 0.6

    def __post_init__(self) -> None:
        if not all(math.isfinite(n) for n in (self.x, self.y, self.side)):
            raise ValueError("a hand box needs finite numbers")
        if not (0 <= self.x <= 1 and 0 <= self.y <= 1 and SMALLEST <= self.side <= 1):
            raise ValueError(f"outside the frame, or too small: {self}")

    def pixels(self, width: int, height: int) -> Box:
        """The box in a frame, moved inside where the frame's shape demands it."""
        side = self.side * min(width, height)
        left = _clamp(self.x * width - side / 2, 0, width - side)
        top = _clamp(self.y * height - side / 2, 0, height - side)
        return Box(left, top, side, side)

    @classmethod
    def of(cls, box: Box, width: int, height: int) -> HandBox:
        """The square around a box in a frame's pixels, shrunk and moved until it fits."""
        shorter = min(width, height)
        square = box.square()
        side = _clamp(square.w, SMALLEST * shorter, shorter)
        x, y = square.middle
        x, y = _clamp(x, side / 2, width - side / 2), _clamp(y, side / 2, height - side / 2)
        return cls(_clamp(x / width, 0, 1), _clamp(y / height, 0, 1), min(side / shorter, 1.0))

    def moved(self, right: float, down: float, width: int, height: int) -> HandBox:
        """Moved by pixels, stopping at the frame's edges."""
        box = self.pixels(width, height)
        return HandBox.of(Box(box.x + right, box.y + down, box.w, box.h), width, height)

    def grown(self, by: float, width: int, height: int) -> HandBox:
        """With a side that is longer by pixels, around the same centre while there is room."""
        box = self.pixels(width, height)
        side = max(box.w + by, 1.0)
        shift = (box.w - side) / 2
        return HandBox.of(Box(box.x + shift, box.y + shift, side, side), width, height)

    def pulled(self, handle: Handle, x: float, y: float, width: int, height: int) -> HandBox:
        """With a handle pulled to a point. The opposite corner or side stays where it is."""
        box = self.pixels(width, height)
        anchor_x = box.x + box.w * (1 - handle.right) / 2
        anchor_y = box.y + box.h * (1 - handle.down) / 2
        side = max((x - anchor_x) * handle.right, (y - anchor_y) * handle.down)
        room: list[float] = [min(width, height)]
        if handle.right:
            room.append(width - anchor_x if handle.right > 0 else anchor_x)
        if handle.down:
            room.append(height - anchor_y if handle.down > 0 else anchor_y)
        side = _clamp(side, SMALLEST * min(width, height), max(min(room), 1.0))
        left = anchor_x - side * (1 - handle.right) / 2
        top = anchor_y - side * (1 - handle.down) / 2
        return HandBox.of(Box(left, top, side, side), width, height)


def _clamp(value: float, low: float, high: float) -> float:
    return min(max(value, low), max(low, high))
