"""The hand box."""

from __future__ import annotations

from typing import NamedTuple


class Box(NamedTuple):
    """The hand box: left, top, width, height in pixels of its image; may extend beyond it."""

    x: float
    y: float
    w: float
    h: float

    @property
    def middle(self) -> tuple[float, float]:
        """x and y of its centre."""
        return self.x + self.w / 2, self.y + self.h / 2

    def square(self, margin: float = 1.0) -> Box:
        """The square around the same centre whose side is `margin` × the longer side."""
        side = max(self.w, self.h) * margin
        return Box(self.x + (self.w - side) / 2, self.y + (self.h - side) / 2, side, side)

    def scaled(self, across: float, down: float) -> Box:
        """The box in an image scaled by these factors."""
        return Box(self.x * across, self.y * down, self.w * across, self.h * down)

    def shared_area(self, other: Box) -> float:
        """Area of the intersection, in square pixels."""
        w = min(self.x + self.w, other.x + other.w) - max(self.x, other.x)
        h = min(self.y + self.h, other.y + other.h) - max(self.y, other.y)
        return max(w, 0.0) * max(h, 0.0)

    def share_inside(self, window: Box) -> float:
        """Share of this box's area that lies in `window`."""
        return self.shared_area(window) / (self.w * self.h)

    def overlap(self, other: Box) -> float:
        """Intersection over union, 0–1."""
        shared = self.shared_area(other)
        return shared / (self.w * self.h + other.w * other.h - shared)
