"""Moving WebP and PNG images as clips; OpenCV's video reader plays only GIF, from start to end."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.capture.source import MAX_FRAME_PIXELS, Frame, Source
from trainer.images.files import MAX_IMAGE_BYTES
from trainer.support import files
from trainer.support.errors import UserError

_HELD_BYTES = 64 << 20
"""Of decoded frames that are held at a time; what is further on is decoded when it is due."""

_SHORTEST = 0.02
"""Seconds of a frame; browsers show no moving image faster."""

_USUAL = 0.1
"""Seconds of a frame that says nothing of its time."""


class AnimationSource(Source):
    """The frames of a moving image, each for the time that the image says.

    Raises:
        UserError: It cannot be read, or its frames are too large.
    """

    live = False

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._content: NDArray[np.uint8] = np.frombuffer(
            files.content(path, MAX_IMAGE_BYTES), np.uint8
        )
        width, height = _size(self._content[:30].tobytes())
        if width * height > MAX_FRAME_PIXELS:
            raise UserError(f"{path}: its frames of {width} × {height} pixels are too large.")
        self._at_once = max(1, _HELD_BYTES // max(1, width * height * 4))
        self._held: list[tuple[NDArray[np.uint8], float]] = []
        self._next = 0
        self._seconds = 0.0

    def read(self) -> Frame | None:
        """The next frame."""
        if not self._held:
            self._held = self._decoded(self._next)
        if not self._held:
            if not self._next:
                raise UserError(f"{self.name}: damaged: it holds no frame that can be read.")
            return None
        image, duration = self._held.pop(0)
        frame = Frame(image, self.name, self._seconds, duration)
        self._next += 1
        self._seconds += duration
        return frame

    def rewind(self) -> bool:
        """Back to the first frame."""
        self._held = []
        self._next, self._seconds = 0, 0.0
        return True

    def close(self) -> None:
        """Drops what is held."""
        self._held = []

    def _decoded(self, first: int) -> list[tuple[NDArray[np.uint8], float]]:
        """The next frames (h, w, 3) with their seconds, as many as are held; none at the end."""
        try:
            good, animation = cv2.imdecodeanimation(self._content, first, self._at_once)
        except cv2.error:
            return []
        if not good:
            return []
        return [
            (
                _colours(np.asarray(image, np.uint8)),
                max(milliseconds / 1000, _SHORTEST) if milliseconds else _USUAL,
            )
            for image, milliseconds in zip(animation.frames, animation.durations, strict=False)
        ]


def _size(head: bytes) -> tuple[int, int]:
    """Width and height of a PNG, or of a WebP that moves, by its first bytes."""
    if head.startswith(b"\x89PNG"):
        return int.from_bytes(head[16:20], "big"), int.from_bytes(head[20:24], "big")
    # They are stored less one.
    return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1


def _colours(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A frame without its transparency, and of one channel in three."""
    if image.ndim == 2:
        return np.asarray(cv2.cvtColor(image, cv2.COLOR_GRAY2BGR), np.uint8)
    return np.ascontiguousarray(image[:, :, :3])
