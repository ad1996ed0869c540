"""Opens what a user names: a camera, a file, a folder or a stream."""

from __future__ import annotations

import os
from pathlib import Path

from trainer.capture.address import is_stream, masked
from trainer.capture.animation import AnimationSource
from trainer.capture.camera_list import (
    camera_at,
    camera_name,
    cameras,
    find_camera,
    find_wanted,
    is_device,
)
from trainer.capture.device import open_camera
from trainer.capture.images import ImageSource
from trainer.capture.source import Source
from trainer.capture.video import VIDEO_ENDINGS, VideoSource
from trainer.support.errors import UserError
from trainer.support.kinds import IMAGE_ENDINGS, MOVING, Use, what_is
from trainer.support.paths import DEMO_CLIP, asset

DATA_ENDINGS = (".csv", ".tsv", ".gz", ".bz2", ".xz", ".zip", ".npz")
"""Of data sets, whose images are played one by one."""

_NO_SOURCES = (
    *(Use.WEIGHTS, Use.FOREIGN_WEIGHTS, Use.ANNOTATIONS),
    *(Use.WRAPPER, Use.OTHER, Use.MISSING),
)
"""What has a name of its own, and cannot be played."""

DEMO = "demo"
"""What names the clip that comes with the program."""

DEMO_NAME = "Demo clip"
"""The name of its frames."""


def is_live(text: str) -> bool:
    """Whether `open_source` takes this for a camera or a stream, not for a file or a folder."""
    if text == DEMO:
        return False
    if is_stream(text) or is_device(text):
        return True
    path = Path(text)
    named_like_file = path.suffix.lower() in IMAGE_ENDINGS + VIDEO_ENDINGS + DATA_ENDINGS
    # A camera's name may hold a slash, too.
    placed_like_file = path.is_absolute() or (os.sep in text and os.path.isdir(path.parent))
    # Other than Path.exists, this takes texts of any length.
    return not (os.path.exists(path) or named_like_file or placed_like_file)


def title(text: str) -> str:
    """What to show for something that `open_source` takes: a camera's name, no passwords."""
    if is_stream(text):
        return masked(text)
    return masked(camera_name(text)) if is_live(text) else text


def open_source(text: str) -> Source:
    """Opens what a user typed.

    Args:
        text: A camera's number, name, key or device file, a file, a folder, a stream's address, or
            "demo" for the clip that comes with the program (a file of that name is "./demo").

    Raises:
        UserError: There is no such thing, or it does not open.
    """
    if not text:
        raise UserError("No source is named: no camera, file, folder or address.")
    if is_stream(text):
        return _open_stream(text)
    if text == DEMO:
        return VideoSource(str(asset(DEMO_CLIP)), DEMO_NAME)
    if is_device(text):
        return open_camera(camera_at(text))
    if not is_live(text):
        return _open_path(Path(text))
    found = cameras()
    camera = find_camera(text, found)
    if camera is not None:
        return open_camera(camera)
    names = ", ".join(f"{camera.index}: {camera.name}" for camera in found) or "none"
    raise UserError(
        f"{title(text)!r} is not there: no camera that is plugged in has this name or number, and "
        f"there is no such file, folder or stream address. Cameras that are there: {names}."
    )


def open_first_camera(preferred: str = "") -> Source:
    """Opens the camera of the preferred key or name if it is plugged in, else the first one.

    Raises:
        UserError: There is none, or it does not open.
    """
    camera = find_wanted(preferred, cameras())
    if camera is None:
        raise UserError(
            "No camera was found. Plug one in, or open a video, images or a stream instead."
        )
    return open_camera(camera)


def _open_stream(address: str) -> Source:
    # These would delay a start that has a camera.
    if address.lower().startswith("http"):
        from trainer.capture.http_stream import open_http

        return open_http(address)
    from trainer.capture.ffmpeg_stream import open_rtsp

    return open_rtsp(address)


def _open_path(path: Path) -> Source:
    if not os.path.exists(path):
        raise UserError(f"{path}: there is no such file.")
    kind = what_is(path)
    if kind.use in _NO_SOURCES:
        raise UserError(kind.refusal(path, "a source of images"))
    known = kind.use not in (Use.UNKNOWN, Use.TEXT)
    ending = path.suffix.lower()
    if kind.use in (Use.FOLDER, Use.IMAGE) or (ending in IMAGE_ENDINGS and not known):
        return ImageSource(path)
    if kind.use in (Use.TABLE, Use.CROPS, Use.ARCHIVE) or (ending in DATA_ENDINGS and not known):
        # It imports pandas, which takes longer than a camera to open.
        from trainer.capture.row_source import RowSource

        return RowSource(path)
    if kind.name in MOVING:
        return AnimationSource(path)
    if kind.use is Use.TEXT:
        # To FFmpeg, a text may be a playlist of other files.
        raise UserError(kind.refusal(path, "a source of images"))
    return VideoSource(str(path), str(path))
