"""How much of the image moves, to tell a hand that signs from one that rests."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.images.box import Box
from trainer.images.preprocessing import to_gray

_SMALLER = 4
"""Pixels of the frame along a side of one pixel that is compared: noise averages out."""

_KEPT = 0.8
"""Share of the motion so far that stays with each frame: a hand that turns back stands still."""


class Motion:
    """Differences between a frame and the one before, as a moving average over frames."""

    def __init__(self) -> None:
        self._before: NDArray[np.float32] | None = None
        self._change: NDArray[np.float32] = np.zeros((1, 1), np.float32)

    def see(self, frame: NDArray[Any]) -> None:
        """Compares a frame (gray or BGR, 8 bits) with the one before, if it is of the same size."""
        size = max(1, frame.shape[1] // _SMALLER), max(1, frame.shape[0] // _SMALLER)
        small = cv2.resize(to_gray(frame), size, interpolation=cv2.INTER_AREA).astype(np.float32)
        if self._before is None or self._before.shape != small.shape:
            self._change = np.zeros_like(small)
        else:
            self._change *= _KEPT
            self._change += (1 - _KEPT) * np.abs(small - self._before)
        self._before = small

    def of(self, box: Box) -> float:
        """Mean change in a box of the frame, in gray levels; 0 outside the frame."""
        x, y, w, h = (side / _SMALLER for side in box)
        inside = self._change[
            max(int(y), 0) : max(int(y + h), 0), max(int(x), 0) : max(int(x + w), 0)
        ]
        return float(inside.mean()) if inside.size else 0.0
