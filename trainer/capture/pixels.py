"""Frames of any depth and number of channels as 8-bit blue-green-red."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.images.preprocessing import Image

_DEPTHS = (8, 10, 12, 14, 16)
"""Bits that sensors have."""


class ToBgr:
    """Converts the frames of one device.

    16-bit formats carry sensors of fewer bits in their lower bits ("the actual sampling precision
    may be lower than 16 bits", V4L2_PIX_FMT_Y16), so the depth is the smallest that holds every
    value seen so far: it never falls, and the brightness does not flicker.
    """

    def __init__(self) -> None:
        self._bits = _DEPTHS[0]

    def __call__(self, image: NDArray[Any]) -> Image:
        """A frame (h, w), (h, w, 1), (h, w, 2: YUYV), (h, w, 3) or (h, w, 4) as (h, w, 3) uint8."""
        small = self._to_8_bit(image)
        channels = 1 if small.ndim == 2 else small.shape[2]
        conversion = {
            1: cv2.COLOR_GRAY2BGR,
            2: cv2.COLOR_YUV2BGR_YUY2,
            4: cv2.COLOR_BGRA2BGR,
        }.get(channels)
        if conversion is None:
            return small
        return np.asarray(cv2.cvtColor(small, conversion), np.uint8)

    def _to_8_bit(self, image: NDArray[Any]) -> Image:
        if image.dtype == np.uint8:
            return image
        if image.dtype != np.uint16:
            return np.asarray(np.clip(image, 0, 255), np.uint8)
        highest = int(image.max()).bit_length()
        self._bits = max(self._bits, next(bits for bits in _DEPTHS if bits >= highest))
        return np.asarray(image >> (self._bits - 8), np.uint8)
