"""Sources and networks whose behaviour a test decides."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from tests.patience import PATIENCE_SECONDS
from trainer.capture.source import Frame, Source
from trainer.images.preprocessing import Preprocessing
from trainer.letters import CLASSES, LETTERS
from trainer.model.model import Model
from trainer.nn.plan import build_network
from trainer.support.errors import UserError

LEFT, RIGHT = "L", "R"
"""What `side_model` reads in an image whose bright half is on that side."""


def constant_model(letter: str, logit: float = 5.0) -> Model:
    """Reads one letter in every image."""
    model = _zero_model()
    model.network.state()["0.bias"][LETTERS.index(letter)] = logit
    return model


def side_model() -> Model:
    """Tells on which side an image is bright."""
    model = _zero_model()
    weight = model.network.state()["0.weight"].reshape(28, 28, CLASSES)
    weight[:, :14, LETTERS.index(LEFT)] = 0.1
    weight[:, 14:, LETTERS.index(RIGHT)] = 0.1
    return model


def _zero_model() -> Model:
    network = build_network(28, "", [], np.random.default_rng(0))
    network.theta[:] = 0
    return Model(network, Preprocessing())


def plain(gray: int, size: tuple[int, int] = (120, 160)) -> NDArray[np.uint8]:
    """An image of one gray level."""
    return np.full((*size, 3), gray, np.uint8)


def numbered(number: int) -> NDArray[np.uint8]:
    """A small image that carries a number up to 62,000."""
    return np.full((4, 4, 3), (*divmod(number, 250), 0), np.uint8)


def number_of(image: NDArray[np.uint8]) -> int:
    """The number that such an image carries."""
    return int(image[0, 0] @ (250, 1, 0))


def lopsided(size: tuple[int, int] = (240, 320)) -> NDArray[np.uint8]:
    """Red and bright on the left, blue and dark on the right."""
    image = np.zeros((*size, 3), np.uint8)
    half = size[1] // 2
    image[:, :half] = (40, 40, 250)
    image[:, half:] = (90, 0, 0)
    return image


def write_clip(path: Path, images: Sequence[NDArray[Any]], rate: int = 20) -> Path:
    """A video file."""
    height, width = images[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), rate, (width, height))
    for image in images:
        writer.write(image)
    writer.release()
    return path


class ListSource(Source):
    """Gives images from a list; an exception in it is raised. Live ones start over by themselves.

    Args:
        items: Images and exceptions.
        live: Whether it is a camera.
        rate: Frames per second of a source that is not live; 0: its images stand still.
    """

    def __init__(
        self, items: Sequence[NDArray[Any] | Exception], *, live: bool = False, rate: float = 100.0
    ) -> None:
        self.name = "list"
        self.live = live
        self._duration = 1 / rate if rate else None
        self.more_after_error = not live and len(items) > 1
        self.closed = 0
        self.reads = 0
        self._items = items
        self._next = 0

    def read(self) -> Frame | None:
        self.reads += 1
        if self._next == len(self._items):
            if not self.live:
                return None
            self._next = 0
        if self.live:
            time.sleep(0.005)
        item = self._items[self._next]
        self._next += 1
        if isinstance(item, Exception):
            raise item
        seconds = (self._next - 1) * (self._duration or 0)
        return Frame(item, f"list {self._next}", seconds, self._duration)

    def rewind(self) -> bool:
        self._next = 0
        return True

    def close(self) -> None:
        self.closed += 1


class StuckSource(Source):
    """A driver that does not return from a read before `release` is set."""

    name = "stuck"
    live = True

    def __init__(self) -> None:
        self.entered = threading.Event()
        self.release = threading.Event()
        self.closed = threading.Event()

    def read(self) -> Frame | None:
        self.entered.set()
        self.release.wait()
        raise UserError("let go")

    def close(self) -> None:
        self.closed.set()


def wait_for(condition: Callable[[], bool], seconds: float = PATIENCE_SECONDS) -> None:
    """Waits without Qt's event loop."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.002)
