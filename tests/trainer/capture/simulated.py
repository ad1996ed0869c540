"""A camera driver that a test decides about, in the place of `cv2.VideoCapture`."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import Any

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray


class Driver:
    """What the simulated driver does; `install` puts it in OpenCV's place.

    Attributes:
        opens: Whether it opens, by target, backend and options.
        failed_reads: Reads without a frame after each opening.
        open_seconds, set_seconds, read_seconds: What each call takes.
        frame: The frames, by options.
        rate, fourcc: What the driver says of itself, by options.
    """

    def __init__(self) -> None:
        self.opens: Callable[[int | str, int, dict[int, int]], bool] = lambda *_: True
        self.failed_reads = 0
        self.open_seconds = self.set_seconds = self.read_seconds = 0.0
        self.frame: Callable[[dict[int, int]], NDArray[Any] | None] = sized
        self.rate: Callable[[dict[int, int]], float] = lambda _: 30.0
        self.fourcc: Callable[[dict[int, int]], int] = lambda o: o.get(cv2.CAP_PROP_FOURCC, 0)
        self.opened: list[tuple[int | str, int, dict[int, int]]] = []
        self.set_calls = 0
        self.held = 0
        """Captures that are open now."""

    def install(self, monkeypatch: pytest.MonkeyPatch) -> Driver:
        monkeypatch.setattr(cv2, "VideoCapture", lambda *a: _Capture(self, *a))
        return self


def sized(options: dict[int, int]) -> NDArray[Any]:
    """A gray frame of the size that the options ask for."""
    width, height = (
        options.get(side, default)
        for side, default in ((cv2.CAP_PROP_FRAME_WIDTH, 640), (cv2.CAP_PROP_FRAME_HEIGHT, 480))
    )
    return np.full((height, width, 3), 100, np.uint8)


class _Capture:
    def __init__(
        self, driver: Driver, target: int | str, backend: int = 0, options: Sequence[int] = ()
    ) -> None:
        self._driver = driver
        self._options = dict(zip(options[::2], options[1::2], strict=True))
        time.sleep(driver.open_seconds)
        self._open = driver.opens(target, backend, self._options)
        self._reads = 0
        driver.opened.append((target, backend, self._options))
        driver.held += self._open

    def isOpened(self) -> bool:
        return self._open

    def release(self) -> None:
        self._driver.held -= self._open
        self._open = False

    def get(self, prop: int) -> float:
        if prop == cv2.CAP_PROP_FPS:
            return self._driver.rate(self._options)
        return self._driver.fourcc(self._options) if prop == cv2.CAP_PROP_FOURCC else 0.0

    def set(self, *_: float) -> bool:
        time.sleep(self._driver.set_seconds)
        self._driver.set_calls += 1
        return True

    def read(self) -> tuple[bool, NDArray[Any] | None]:
        time.sleep(self._driver.read_seconds)
        self._reads += 1
        frame = None
        if self._open and self._reads > self._driver.failed_reads:
            frame = self._driver.frame(self._options)
        return frame is not None, frame
