"""Where frames come from: a camera, a video file, pictures, or a network stream.

The only module that uses OpenCV's capture. The app's camera thread and `trainer read` both read
from here, so there is one way for a frame.
"""

from __future__ import annotations

import os
import re
import sys
import time
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np

from trainer import MAX_PICTURE_PIXELS
from trainer.camera_faults import camera_error
from trainer.errors import UserError
from trainer.files import check_regular
from trainer.preprocess import Picture
from trainer.resources import DEMO_CLIP, asset

PICTURE_ENDINGS = (".png", ".jpg", ".jpeg", ".bmp", ".webp", ".tif", ".tiff")
VIDEO_ENDINGS = (".mp4", ".avi", ".mov", ".mkv", ".webm", ".m4v")
DATA_ENDINGS = (".csv", ".gz", ".npz")
"""Of data sets, whose pictures are played one by one."""

DEMO = "demo"
"""What names the clip that comes with the program."""

DEMO_NAME = "Demo clip"
"""The name of its frames."""
_PNG = b"\x89PNG\r\n\x1a\n"
_CHUNK_FRAME = 12
"""Bytes of a PNG chunk beside its content: length, kind and checksum."""

_STREAM = re.compile(r"(https?|rtsps?)://", re.IGNORECASE)
_OPEN_TIMEOUT_MS = 5000
_READ_TIMEOUT_MS = 5000
_MOST_ENTRIES = 100_000
_MOST_SECONDS = 3.0


class Frame(NamedTuple):
    """One picture and where it is from."""

    picture: Picture
    """(h, w, 3) blue-green-red, not mirrored."""

    name: str
    """A picture's path; the source's name for all others."""


class Source(ABC):
    """Gives frames until there are no more. Use it from one thread."""

    name: str
    """What the user chose, for titles and messages."""

    live: bool
    """Whether frames come at the source's own pace (cameras, streams) and stale ones are lost."""

    frames_per_second: float
    """Pace at which a source that is not live should be played; 0 where a frame stands still."""

    more_after_error: bool = False
    """Whether `read` may be called again after it raised: one bad picture of many."""

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
        good, picture = self._capture.read()
        if good and picture is not None and picture.size:
            self._frames += 1
            return Frame(np.asarray(picture, np.uint8), self.name)
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


class PictureSource(Source):
    """One picture, or the pictures of a folder and its subfolders, in the order of their names."""

    live = False

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        if path.is_dir():
            self._paths = _pictures_in(path)
            if not self._paths:
                raise UserError(f"{path}: no pictures ({', '.join(PICTURE_ENDINGS)}) in there.")
        else:
            self._paths = [path]
        self.more_after_error = len(self._paths) > 1
        self.frames_per_second = 1.0 if self.more_after_error else 0.0
        self._next = 0

    def read(self) -> Frame | None:
        """The next picture."""
        if self._next == len(self._paths):
            return None
        path = self._paths[self._next]
        self._next += 1
        return Frame(read_picture(path), str(path))

    def rewind(self) -> bool:
        """Back to the first picture."""
        self._next = 0
        return True

    def close(self) -> None:
        """Nothing is held open."""


def _pictures_in(folder: Path) -> list[Path]:
    """The pictures of a folder and its subfolders by name.

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
        found += [Path(inside, n) for n in files if n.lower().endswith(PICTURE_ENDINGS)]
    return sorted(found)


@dataclass(frozen=True)
class Camera:
    """A camera that is plugged in, under the name that its maker gave it."""

    index: int
    backend: int
    name: str


def cameras() -> list[Camera]:
    """The cameras that are there now, by name; two alike get a number behind it."""
    from cv2_enumerate_cameras import enumerate_cameras

    found: list[Camera] = []
    preferred = {"win32": cv2.CAP_MSMF, "darwin": cv2.CAP_AVFOUNDATION}
    backend = preferred.get(sys.platform, cv2.CAP_V4L2)
    for info in enumerate_cameras(backend):
        name = str(info.name) or f"Camera {info.index}"
        alike = sum(camera.name.split(" #")[0] == name for camera in found)
        found.append(Camera(info.index, backend, f"{name} #{alike + 1}" if alike else name))
    return found


def open_camera(camera: Camera) -> Source:
    """Opens a camera of `cameras()`.

    Raises:
        UserError: It is gone, busy or denied.
    """
    return CaptureSource(camera.index, camera.name, live=True, backend=camera.backend)


def is_live(text: str) -> bool:
    """Whether `open_source` takes this for a camera or a stream, not for a file or a folder."""
    if text == DEMO:
        return False
    if _STREAM.match(text):
        return True
    path = Path(text)
    named_like_file = path.suffix.lower() in PICTURE_ENDINGS + VIDEO_ENDINGS + DATA_ENDINGS
    # A camera's name may hold a slash, too.
    placed_like_file = path.is_absolute() or (os.sep in text and path.parent.is_dir())
    return not (path.exists() or named_like_file or placed_like_file)


def open_source(text: str) -> Source:
    """Opens what a user typed: a camera's number or name, a file, a folder, or a stream's address.

    "demo" is the clip that comes with the program; a file of that name is "./demo".

    Raises:
        UserError: There is no such thing, or it does not open.
    """
    if _STREAM.match(text):
        return CaptureSource(text, text, live=True)
    if text == DEMO:
        return CaptureSource(str(asset(DEMO_CLIP)), DEMO_NAME, live=False)
    path = Path(text)
    if not is_live(text):
        if not path.exists():
            raise UserError(f"{path}: there is no such file.")
        if path.is_dir() or path.suffix.lower() in PICTURE_ENDINGS:
            return PictureSource(path)
        if path.is_fifo():
            raise UserError(f"{path}: cannot be read: it is a pipe. Choose a file.")
        if path.suffix.lower() in DATA_ENDINGS:
            # It needs all of trainer.data, which needs this module.
            from trainer.row_source import RowSource

            return RowSource(path)
        return CaptureSource(text, text, live=False)
    found = cameras()
    for camera in found:
        if text in (str(camera.index), camera.name):
            return open_camera(camera)
    names = ", ".join(f"{camera.index}: {camera.name}" for camera in found) or "none"
    raise UserError(
        f"{text!r} is not there: no camera that is plugged in has this name or number, and there "
        f"is no such file, folder or stream address. Cameras that are there: {names}."
    )


def open_first_camera(preferred: str = "") -> Source:
    """Opens the camera of the preferred name if it is plugged in, else the first one.

    Raises:
        UserError: There is none, or it does not open.
    """
    found = cameras()
    if not found:
        raise UserError(
            "No camera was found. Plug one in, or open a video, pictures or a stream instead."
        )
    return open_camera(next((c for c in found if c.name == preferred), found[0]))


def read_picture(path: Path) -> Picture:
    """A picture file as (h, w, 3) BGR.

    Raises:
        UserError: The file is missing or no picture.
    """
    try:
        check_regular(path)
        # cv2.imread cannot open non-ASCII paths on Windows, and prints instead of raising.
        content = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror or error}).") from error
    try:
        whole = content.size and not _claims_more(content.tobytes())
        picture = cv2.imdecode(content, cv2.IMREAD_COLOR) if whole else None
    except cv2.error as error:
        if "MAX_IMAGE_PIXELS" in str(error):
            raise UserError(
                f"{path}: too large: more than {MAX_PICTURE_PIXELS / 1e6:.0f} million pixels. "
                "Choose a smaller picture."
            ) from error
        picture = None
    if picture is None:
        raise UserError(f"{path}: not a picture, or a damaged one.")
    return np.asarray(picture, np.uint8)


def _claims_more(content: bytes) -> bool:
    """Whether a PNG has a chunk that is longer than the file.

    OpenCV makes room for what a chunk claims, which can be gigabytes, before it looks for it.
    """
    if not content.startswith(_PNG):
        return False
    place = len(_PNG)
    # Behind the end there may be anything.
    while place + _CHUNK_FRAME <= len(content) and content[place + 4 : place + 8] != b"IEND":
        place += int.from_bytes(content[place : place + 4], "big") + _CHUNK_FRAME
    return place > len(content)


def frames(source: Source) -> Iterator[Frame]:
    """All frames of a source, which is closed at the end."""
    try:
        while (frame := source.read()) is not None:
            yield frame
    finally:
        source.close()
