"""Opens what a user names: a camera, a file, a folder or a stream."""

from __future__ import annotations

import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import cv2

from trainer.capture.source import VIDEO_ENDINGS, CaptureSource, ImageSource, Source
from trainer.images.files import IMAGE_ENDINGS
from trainer.support.errors import UserError
from trainer.support.paths import DEMO_CLIP, asset

DATA_ENDINGS = (".csv", ".gz", ".npz")
"""Of data sets, whose images are played one by one."""


DEMO = "demo"
"""What names the clip that comes with the program."""


DEMO_NAME = "Demo clip"
"""The name of its frames."""


_STREAM = re.compile(r"(https?|rtsps?)://", re.IGNORECASE)


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
    named_like_file = path.suffix.lower() in IMAGE_ENDINGS + VIDEO_ENDINGS + DATA_ENDINGS
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
        if path.is_dir() or path.suffix.lower() in IMAGE_ENDINGS:
            return ImageSource(path)
        if path.is_fifo():
            raise UserError(f"{path}: cannot be read: it is a pipe. Choose a file.")
        if path.suffix.lower() in DATA_ENDINGS:
            # It needs all of trainer.data, which needs this module.
            from trainer.capture.row_source import RowSource

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
            "No camera was found. Plug one in, or open a video, images or a stream instead."
        )
    return open_camera(next((c for c in found if c.name == preferred), found[0]))
