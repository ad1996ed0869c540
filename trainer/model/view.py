"""An image as the network is shown it: turned about its middle, and mirrored."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trainer.images.joint_places import mirrored
from trainer.model.inference import Inference


class View:
    """Turns flat square images by an angle, and then mirrors them or not.

    Args:
        degrees: Clockwise, as a viewer sees it.
        mirror: Whether left and right are exchanged, too.
        size: Side of the images in pixels.

    Attributes:
        places: (k, size²) int64, k ≤ 4: the pixels that each pixel of the view lies between; beyond
            the edge, the nearest one.
        shares: (k, size²) float32 of these pixels, which add up to 1 (bilinear interpolation).
    """

    def __init__(self, degrees: float, mirror: bool, size: int) -> None:
        angle = np.radians(degrees)
        self._cos, self._sin = np.float32(np.cos(angle)), np.float32(np.sin(angle))
        self._mirror = mirror
        middle, last = (size - 1) / 2, size - 1
        y, x = np.indices((size, size)).reshape(2, -1) - middle
        if mirror:
            x = -x
        across = np.clip(np.cos(angle) * x + np.sin(angle) * y + middle, 0, last)
        down = np.clip(np.cos(angle) * y - np.sin(angle) * x + middle, 0, last)
        left, top = np.floor(across).astype(np.int64), np.floor(down).astype(np.int64)
        right, bottom = np.minimum(left + 1, last), np.minimum(top + 1, last)
        u, v = across - left, down - top
        rows, columns = (top, top, bottom, bottom), (left, right, left, right)
        places = [row * size + column for row, column in zip(rows, columns, strict=True)]
        shares = np.stack([(1 - u) * (1 - v), u * (1 - v), (1 - u) * v, u * v])
        # An image that is not turned has one pixel for each.
        used = shares.any(axis=1)
        self.places = np.stack(places)[used]
        self.shares = shares[used].astype(np.float32)

    def __call__(self, images: NDArray[np.float32]) -> NDArray[np.float32]:
        """The view of flat images (n, size²)."""
        result: NDArray[np.float32] = images[:, self.places[0]] * self.shares[0]
        for place, share in zip(self.places[1:], self.shares[1:], strict=True):
            result += images[:, place] * share
        return result

    def back(self, points: NDArray[np.float32]) -> NDArray[np.float32]:
        """Points (..., 2) of views, in the images themselves; the middle is (0, 0)."""
        if self._mirror:
            points = mirrored(points, 0)
        x, y = points[..., 0], points[..., 1]
        turned = [self._cos * x + self._sin * y, self._cos * y - self._sin * x]
        result: NDArray[np.float32] = np.stack(turned, axis=-1)
        return result


def views(inference: Inference, size: int) -> tuple[View, ...]:
    """The views of an image, whose answers are averaged; each is turned otherwise than the next.

    Args:
        inference: Says whether images are turned, and mirrored.
        size: Side of the images in pixels.
    """
    ways = (-inference.turn, inference.turn) if inference.turn else (0.0,)
    sides = (False, True) if inference.mirror else (False,)
    return tuple(View(degrees, mirror, size) for mirror in sides for degrees in ways)
