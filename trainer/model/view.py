"""An image turned about its middle, for inference from several views."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


class Turned:
    """Turns flat square images by an angle.

    Args:
        degrees: Clockwise, as a viewer sees it.
        size: Side of the images in pixels.

    Attributes:
        places: (4, size²) int64: the pixels that each turned pixel lies between; beyond the edge,
            the nearest one.
        shares: (4, size²) float32 of these pixels, which add up to 1 (bilinear interpolation).
    """

    def __init__(self, degrees: float, size: int) -> None:
        angle = np.radians(degrees)
        self._cos, self._sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        middle, last = (size - 1) / 2, size - 1
        y, x = (np.indices((size, size)).reshape(2, -1) - middle).astype(np.float64)
        across = np.clip(np.cos(angle) * x + np.sin(angle) * y + middle, 0, last)
        down = np.clip(np.cos(angle) * y - np.sin(angle) * x + middle, 0, last)
        left, top = np.floor(across).astype(np.int64), np.floor(down).astype(np.int64)
        right, bottom = np.minimum(left + 1, last), np.minimum(top + 1, last)
        u, v = across - left, down - top
        rows, columns = (top, top, bottom, bottom), (left, right, left, right)
        self.places = np.stack(
            [row * size + column for row, column in zip(rows, columns, strict=True)]
        )
        shares = ((1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v)
        self.shares = np.stack(shares).astype(np.float32)

    def __call__(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """Flat images (n, size²), turned."""
        result: NDArray[np.float32] = images[:, self.places[0]] * self.shares[0]
        for place, share in zip(self.places[1:], self.shares[1:], strict=True):
            result += images[:, place] * share
        return result

    def back(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Points (..., 2) of turned images, in the images themselves; the middle is (0, 0)."""
        x, y = points[..., 0], points[..., 1]
        turned = [self._cos * x + self._sin * y, self._cos * y - self._sin * x]
        result: NDArray[np.float32] = np.stack(turned, axis=-1)
        return result
