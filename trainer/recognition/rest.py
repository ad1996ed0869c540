"""Whether the hand in the box changes or rests, from frame to frame."""

from __future__ import annotations

from collections import deque
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.images.box import Box
from trainer.images.preprocessing import crop_square, resample, to_gray

_SIZE = 16
"""Pixels of the small image in which hands are compared: noise and small shifts vanish in it."""

_LAG_SECONDS = 0.2
"""Between two frames that are compared, whatever the camera's rate."""

_FLAT = 4.0
"""Standard deviation below which an image is all noise."""

RESTS = 0.35
"""Change, in standard deviations of the image, up to which a hand rests."""

CHANGES = 0.4
"""Change from which a hand becomes another letter, or another hand comes."""


class Rest:
    """Follows the change of a hand over time."""

    def __init__(self) -> None:
        self._seen: deque[tuple[float, NDArray[np.float32]]] = deque()
        self._since = 0.0
        self.change = 0.0
        """Mean difference to the frame 0.2 seconds before, in standard deviations."""

    def see(self, image: NDArray[Any], box: Box, now: float, rests: float = RESTS) -> None:
        """Adds a frame.

        Args:
            image: The frame, gray or BGR.
            box: The hand box in its pixels.
            now: When it came, in seconds.
            rests: Change up to which the hand rests.
        """
        small = _small(image, box)
        while len(self._seen) > 1 and now - self._seen[1][0] >= _LAG_SECONDS:
            self._seen.popleft()
        self.change = float(np.abs(small - self._seen[0][1]).mean()) if self._seen else 0.0
        if not self._seen or self.change > rests:
            self._since = now
        self._seen.append((now, small))

    @property
    def changed(self) -> bool:
        """Whether the hand becomes another letter just now."""
        return self.change >= CHANGES

    def seconds(self, now: float) -> float:
        """For how long the hand has been resting."""
        return now - self._since


def _small(image: NDArray[Any], box: Box) -> NDArray[np.float32]:
    crop = to_gray(crop_square(image, box))
    small = resample(
        np.asarray(cv2.GaussianBlur(crop, (0, 0), max(1.0, len(crop) / 48)), np.uint8), _SIZE
    )
    values = small.astype(np.float32)
    deviation = np.float32(max(float(values.std()), _FLAT))
    return np.asarray((values - values.mean()) / deviation, np.float32)
