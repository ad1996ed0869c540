"""Opens a camera: with whichever backend takes it, configured once, and warm."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import Any, NamedTuple

import cv2
from numpy.typing import NDArray

from trainer.capture.camera_list import Camera, backends
from trainer.capture.faults import camera_error
from trainer.capture.pixels import ToBgr
from trainer.capture.source import Frame, Source

WARM_UP_SECONDS = 2.0
"""How long the first reads may fail: many cameras give no image at first (opencv#17770)."""

_ANOTHER_TRY_SECONDS = 1.0
"""The same for a second configuration or backend, after the first gave no image at all."""

_HICCUP_SECONDS = 0.3
"""How long reads may fail while the camera plays, before it counts as lost."""

_PAUSE_SECONDS = 0.02

_SIZE = (1280, 720)
_SMALL_SIZE = (640, 480)
_SLOW = 15.0
"""Frames per second below which a smaller image is better."""

_MJPG = cv2.VideoWriter.fourcc(*"MJPG")


class _Attempt(NamedTuple):
    """One way to open a camera."""

    target: int | str
    backend: int
    options: list[int]

    def open(self) -> cv2.VideoCapture:
        return cv2.VideoCapture(self.target, self.backend, self.options)


class DeviceSource(Source):
    """A camera that is open and has given its first frame."""

    live = True

    def __init__(self, camera: Camera, capture: cv2.VideoCapture, first: NDArray[Any]) -> None:
        self.name = camera.name
        self._camera = camera
        self._capture = capture
        self._first: NDArray[Any] | None = first
        self._to_bgr = ToBgr()

    def read(self) -> Frame | None:
        """The next frame.

        Raises:
            CameraError: The camera is lost.
        """
        image, self._first = self._first, None
        if image is None:
            image = _read_within(self._capture, _HICCUP_SECONDS)
        if image is None:
            # Released first: the system would name this program as the one that has the camera.
            self._capture.release()
            raise camera_error(self.name, _node(self._camera), sys.platform)
        return Frame(self._to_bgr(image), self.name)

    def close(self) -> None:
        """Releases the device, so that other programs can have it."""
        self._capture.release()


def open_camera(camera: Camera) -> Source:
    """Opens a camera and waits for its first frame.

    Size and format are options of the opening: every later change rebuilds the driver's pipeline,
    which takes Media Foundation up to 4 s (opencv#26495).

    Raises:
        CameraError: It is gone, busy or denied, or gives no frame.
    """
    seconds = WARM_UP_SECONDS
    for attempt in _attempts(camera):
        capture = attempt.open()
        if not capture.isOpened():
            capture.release()
            continue
        first = _read_within(capture, seconds)
        if first is not None and _is_slow(capture, first):
            capture, first = _smaller(attempt, capture)
        if first is not None:
            return DeviceSource(camera, capture, first)
        capture.release()
        seconds = _ANOTHER_TRY_SECONDS
    raise camera_error(camera.name, _node(camera), sys.platform)


def _attempts(camera: Camera) -> Iterator[_Attempt]:
    """The backends of the system, each with the wanted configuration and then as it comes."""
    if camera.index < 0:
        yield _Attempt(camera.path, camera.backend, _options(camera.backend))
        yield _Attempt(camera.path, camera.backend, [])
        return
    numbers = dict([(camera.backend, camera.index), *camera.others])
    if not camera.path and not camera.others:
        # It was not told in which backends it is; they mostly count alike.
        numbers = dict.fromkeys((camera.backend, *backends()), camera.index)
    for backend, index in numbers.items():
        yield _Attempt(index, backend, _options(backend))
        # A backend refuses to open with an option that it does not know.
        yield _Attempt(index, backend, [])
    # GStreamer, libcamera and virtual cameras may open only so.
    yield _Attempt(camera.index, cv2.CAP_ANY, [])


def _options(backend: int, size: tuple[int, int] = _SIZE) -> list[int]:
    """Properties and values for the constructor."""
    options = [cv2.CAP_PROP_FRAME_WIDTH, size[0], cv2.CAP_PROP_FRAME_HEIGHT, size[1]]
    if backend in (cv2.CAP_V4L2, cv2.CAP_DSHOW):
        # Raw, 1280 × 720 comes over USB 2 at 5 to 10 frames/s. The others choose by themselves.
        options = [cv2.CAP_PROP_FOURCC, _MJPG, *options]
    if backend == cv2.CAP_V4L2:
        # One frame in the driver's queue is the latest one; more are old ones.
        options = [cv2.CAP_PROP_BUFFERSIZE, 1, *options]
    return options


def _is_slow(capture: cv2.VideoCapture, image: NDArray[Any]) -> bool:
    """Whether a camera without MJPG sends large images at a low rate."""
    rate = capture.get(cv2.CAP_PROP_FPS)
    raw = capture.get(cv2.CAP_PROP_FOURCC) not in (0, _MJPG)
    return raw and 0 < rate < _SLOW and image.shape[1] > _SMALL_SIZE[0]


def _smaller(
    attempt: _Attempt, capture: cv2.VideoCapture
) -> tuple[cv2.VideoCapture, NDArray[Any] | None]:
    """The camera opened anew with a smaller image, where that is faster."""
    rate = capture.get(cv2.CAP_PROP_FPS)
    capture.release()
    small = cv2.VideoCapture(
        attempt.target, attempt.backend, _options(attempt.backend, _SMALL_SIZE)
    )
    image = _read_within(small, _ANOTHER_TRY_SECONDS) if small.isOpened() else None
    if image is not None and small.get(cv2.CAP_PROP_FPS) > rate:
        return small, image
    small.release()
    capture = attempt.open()
    return capture, _read_within(capture, _ANOTHER_TRY_SECONDS)


def _read_within(capture: cv2.VideoCapture, seconds: float) -> NDArray[Any] | None:
    """The next frame, read again after failures for so long."""
    until = time.monotonic() + seconds
    while True:
        try:
            good, image = capture.read()
        except cv2.error:
            good, image = False, None
        if good and image is not None and image.size:
            return image
        if time.monotonic() >= until:
            return None
        time.sleep(_PAUSE_SECONDS)


def _node(camera: Camera) -> int | str:
    return camera.index if camera.index >= 0 else camera.path
