"""Video files, played by their own time stamps."""

from __future__ import annotations

import math

import cv2
import numpy as np

from trainer.capture.source import MAX_FRAME_PIXELS, Frame, Source
from trainer.support.errors import UserError

VIDEO_ENDINGS = (".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v")

_RATE = 30.0
"""Frames per second of a file that tells neither times nor a rate."""


class VideoSource(Source):
    """A video file, read one frame ahead: the time of the next frame ends the one before.

    Args:
        path: The file.
        name: What to call it in titles and messages.

    Raises:
        UserError: It is no video, or its frames are too large.
    """

    live = False

    def __init__(self, path: str, name: str) -> None:
        self.name = name
        self._capture = cv2.VideoCapture(path, cv2.CAP_ANY, [])
        if not self._capture.isOpened():
            self._capture.release()
            raise UserError(f"{name}: cannot be played as a video. Choose another file.")
        check_frame_size(self._capture, name)
        rate = self._capture.get(cv2.CAP_PROP_FPS)
        self._step = 1 / rate if math.isfinite(rate) and rate > 0 else 1 / _RATE
        """Seconds from a frame to the next, where the file does not tell."""
        self._begun = False
        self._grabbed = False
        self._seconds = 0.0
        """Time of the frame that is grabbed."""

    def read(self) -> Frame | None:
        """The next frame; a file of a single frame gives a still image."""
        first = not self._begun
        if first:
            self._begun = True
            self._grab(-self._step)
        if not self._grabbed:
            if first:
                raise self._no_frame()
            return None
        good, image = self._capture.retrieve()
        if not good or image is None or not image.size:
            if first:
                raise self._no_frame()
            return None
        seconds = self._seconds
        self._grab(seconds)
        if first and not self._grabbed:
            return Frame(np.asarray(image, np.uint8), self.name)
        if self._grabbed:
            self._step = self._seconds - seconds
        return Frame(np.asarray(image, np.uint8), self.name, seconds, self._step)

    def rewind(self) -> bool:
        """Back to the first frame."""
        self._begun = False
        return bool(self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0))

    def close(self) -> None:
        """Closes the file."""
        self._capture.release()

    def _grab(self, before: float) -> None:
        """Decodes the next frame and finds its time, which is after `before`."""
        self._grabbed = bool(self._capture.grab())
        seconds = self._capture.get(cv2.CAP_PROP_POS_MSEC) / 1000
        # Raw streams hold no times, and broken files equal ones.
        if not math.isfinite(seconds) or seconds <= max(before, -1e-9):
            seconds = before + self._step
        self._seconds = seconds

    def _no_frame(self) -> UserError:
        return UserError(f"{self.name} holds no frame that can be read. Choose another file.")


def check_frame_size(capture: cv2.VideoCapture, name: str) -> None:
    """Closes a video or stream whose frames are too large.

    Raises:
        UserError: They are.
    """
    width = capture.get(cv2.CAP_PROP_FRAME_WIDTH)
    height = capture.get(cv2.CAP_PROP_FRAME_HEIGHT)
    if width * height > MAX_FRAME_PIXELS:
        capture.release()
        raise UserError(
            f"{name}: too large: {width:.0f} × {height:.0f} pixels a frame, of at most "
            f"{MAX_FRAME_PIXELS / 1e6:.0f} million. Choose a smaller video."
        )
