"""Where frames come from: a camera, a video file, images, or a network stream.

The only module that uses OpenCV's capture. The app's camera thread and `trainer read` both read
from here, so there is one way for a frame.
"""

from __future__ import annotations

import os
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from trainer.capture.faults import camera_error
from trainer.images.files import IMAGE_ENDINGS, read_image
from trainer.images.preprocessing import Image
from trainer.support.errors import UserError

VIDEO_ENDINGS = (".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v")


_OPEN_TIMEOUT_MS = 5000
_READ_TIMEOUT_MS = 5000
_MOST_ENTRIES = 100_000
_MOST_SECONDS = 3.0


class Frame(NamedTuple):
    """One image and where it is from."""

    image: Image
    """(h, w, 3) blue-green-red, not mirrored."""

    name: str
    """An image's path; the source's name for all others."""


class Source(ABC):
    """Gives frames until there are no more. Use it from one thread."""

    name: str
    """What the user chose, for titles and messages."""

    live: bool
    """Whether frames come at the source's own pace (cameras, streams) and stale ones are lost."""

    frames_per_second: float
    """Pace at which a source that is not live should be played; 0 where a frame stands still."""

    more_after_error: bool = False
    """Whether `read` may be called again after it raised: one bad image of many."""

    @abstractmethod
    def read(self) -> Frame | None:
        """The next frame, waiting for it; None after the last.

        Raises:
            UserError: The source broke: unplugged, timed out, or a damaged file.
        """

    def rewind(self) -> bool:
        """Starts again from the first frame; False where that is impossible."""
        return False

    @abstractmethod
    def close(self) -> None:
        """Lets go of the device or file. May be called twice."""


class CaptureSource(Source):
    """A camera, video file or stream behind `cv2.VideoCapture`."""

    def __init__(
        self, target: int | str, name: str, *, live: bool, backend: int = cv2.CAP_ANY
    ) -> None:
        self.name = name
        self.live = live
        self._camera = target if isinstance(target, int) else None
        options: list[int] = []
        if self._camera is None and live:
            backend = cv2.CAP_FFMPEG
            options = [
                cv2.CAP_PROP_OPEN_TIMEOUT_MSEC,
                _OPEN_TIMEOUT_MS,
                cv2.CAP_PROP_READ_TIMEOUT_MSEC,
                _READ_TIMEOUT_MS,
            ]
        self._capture = cv2.VideoCapture(target, backend, options)
        if not self._capture.isOpened():
            self._capture.release()
            raise self._cannot_open()
        if self._camera is not None:
            # One frame in the driver's queue is the latest one; more are old ones.
            self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)
            self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, 1280)
            self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, 720)
        pace = self._capture.get(cv2.CAP_PROP_FPS)
        self.frames_per_second = pace if 1 <= pace <= 240 else 30.0
        self._frames = 0

    def read(self) -> Frame | None:
        """The next frame."""
        good, image = self._capture.read()
        if good and image is not None and image.size:
            self._frames += 1
            return Frame(np.asarray(image, np.uint8), self.name)
        if self._camera is not None:
            # Let go first: the system would name this program as the one that has the camera.
            self._capture.release()
            raise camera_error(self.name, self._camera)
        if self.live:
            raise UserError(
                f"{self.name} gives no more frames: the camera or the network between was switched "
                "off, or the stream has ended."
            )
        if not self._frames:
            raise UserError(f"{self.name} holds no frame that can be read. Choose another file.")
        return None

    def rewind(self) -> bool:
        """Back to the first frame of a video file."""
        return not self.live and bool(self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0))

    def close(self) -> None:
        """Releases the device, so that other programs can have it."""
        self._capture.release()

    def _cannot_open(self) -> UserError:
        if self._camera is not None:
            return camera_error(self.name, self._camera)
        what = "answers" if self.live else "can be played"
        return UserError(f"{self.name}: nothing there that {what} as a video. Check the address.")


class ImageSource(Source):
    """One image, or the images of a folder and its subfolders, in the order of their names."""

    live = False

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        if path.is_dir():
            self._paths = _images_in(path)
            if not self._paths:
                raise UserError(f"{path}: no images ({', '.join(IMAGE_ENDINGS)}) in there.")
        else:
            self._paths = [path]
        self.more_after_error = len(self._paths) > 1
        self.frames_per_second = 1.0 if self.more_after_error else 0.0
        self._next = 0

    def read(self) -> Frame | None:
        """The next image."""
        if self._next == len(self._paths):
            return None
        path = self._paths[self._next]
        self._next += 1
        return Frame(read_image(path), str(path))

    def rewind(self) -> bool:
        """Back to the first image."""
        self._next = 0
        return True

    def close(self) -> None:
        """Nothing is held open."""


def _images_in(folder: Path) -> list[Path]:
    """The images of a folder and its subfolders by name.

    Raises:
        UserError: There is too much in there to look through, as in the folder of a whole disk.
    """
    found: list[Path] = []
    seen = 0
    until = time.monotonic() + _MOST_SECONDS
    for inside, folders, files in os.walk(folder):
        seen += len(folders) + len(files)
        if seen > _MOST_ENTRIES or time.monotonic() > until:
            raise UserError(
                f"{folder}: too much to look through: {seen:,} files and folders so far. Choose "
                "one with fewer in it."
            )
        found += [Path(inside, n) for n in files if n.lower().endswith(IMAGE_ENDINGS)]
    return sorted(found)


def frames(source: Source) -> Iterator[Frame]:
    """All frames of a source, which is closed at the end."""
    try:
        while (frame := source.read()) is not None:
            yield frame
    finally:
        source.close()
