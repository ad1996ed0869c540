"""The cameras that are plugged in: in a fixed order, and told apart for good."""

from __future__ import annotations

import os
import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2

from trainer.capture.v4l2 import gives_no_colours

BACKENDS: dict[str, tuple[int, ...]] = {
    # Virtual cameras such as that of OBS are known to DirectShow only.
    "win32": (cv2.CAP_MSMF, cv2.CAP_DSHOW),
    "darwin": (cv2.CAP_AVFOUNDATION,),
    "linux": (cv2.CAP_V4L2,),
}
"""What lists the cameras of each system, and opens them in this order."""

_LINKS = (Path("/dev/v4l/by-path"), Path("/dev/v4l/by-id"))
"""Names of Linux' device files that stay the same after a restart."""

_NODE = re.compile(r"/dev/video(\d+)")
_NO_COLOURS = re.compile(
    r"(?<![a-z])(ir|infrared|depth|windows hello|hello face)(?![a-z])", re.IGNORECASE
)
_COLOURS = re.compile(r"(?<![a-z])(rgb|colou?r)\W*$", re.IGNORECASE)
_MOST_CHARACTERS = 100
_AT = " @ "


@dataclass(frozen=True)
class Camera:
    """A camera that is plugged in.

    Attributes:
        index: Its number in the backend; −1 where only its path is known.
        backend: Of OpenCV, that lists it first.
        name: Its maker's, with a number where two are alike.
        path: What stays the same after a restart; "" where the system does not say.
        others: Further backends that list it, each with its number there.
    """

    index: int
    backend: int
    name: str
    path: str = ""
    others: tuple[tuple[int, int], ...] = ()

    @property
    def key(self) -> str:
        """What names this camera among others of the same name, now and after a restart."""
        return f"{self.name}{_AT}{self.path}" if self.path else self.name


def cameras() -> list[Camera]:
    """The cameras that are there now, by number; those without colours come last.

    Infrared cameras (for face login) and depth cameras are told by their names and, on Linux, by
    the formats that they offer.
    """
    found: list[Camera] = []
    for backend in backends():
        for camera in sorted(_listed(backend), key=lambda camera: camera.index):
            same = next((n for n, known in enumerate(found) if _is_same(known, camera)), None)
            if same is None:
                found.append(camera)
            else:
                others = (*found[same].others, (camera.backend, camera.index))
                found[same] = replace(found[same], others=others)
    return _told_apart(sorted(found, key=_is_colourless))


def backends() -> tuple[int, ...]:
    """What lists and opens this system's cameras."""
    return BACKENDS.get(sys.platform, BACKENDS["linux"])


def find_camera(text: str, found: Sequence[Camera]) -> Camera | None:
    """The camera of a key, path, device file, name or number."""
    _, _, path = text.rpartition(_AT)
    node = _NODE.fullmatch(os.path.realpath(text)) if is_device(text) else None
    number = node[1] if node else text
    return (
        next((c for c in found if path and c.path == path), None)
        or next((c for c in found if text == c.name), None)
        or next((c for c in found if number == str(c.index)), None)
    )


def find_wanted(remembered: str, found: Sequence[Camera]) -> Camera | None:
    """The camera that was used last, else one of its name, else the first."""
    base = _base(camera_name(remembered))
    return (
        find_camera(remembered, found)
        or next((c for c in found if _base(c.name) == base), None)
        or next(iter(found), None)
    )


def camera_name(text: str) -> str:
    """What to show for a camera's key: its name."""
    name, _, path = text.rpartition(_AT)
    return name if name and path else text


def is_device(text: str) -> bool:
    """Whether a text is a device file, or the place of a camera's that may not be there now."""
    if text.startswith(("/dev/video", "/dev/v4l/")):
        return True
    try:
        return Path(text).is_char_device()
    except (OSError, ValueError):
        return False


def camera_at(text: str) -> Camera:
    """The camera of a device file such as /dev/video2 or /dev/v4l/by-id/…, be it there or not."""
    node = _NODE.fullmatch(os.path.realpath(text))
    unlisted = Camera(int(node[1]) if node else -1, cv2.CAP_V4L2, text, text)
    return find_camera(text, cameras()) or unlisted


def _listed(backend: int) -> Iterable[Camera]:
    from cv2_enumerate_cameras import enumerate_cameras

    try:
        infos = list(enumerate_cameras(backend))
    except (OSError, RuntimeError):
        # One backend of several may be missing.
        return []
    return [
        Camera(
            info.index,
            backend,
            _plain(str(info.name or "")) or f"Camera {info.index}",
            _stable(str(getattr(info, "path", None) or "")),
        )
        for info in infos
    ]


def _plain(name: str) -> str:
    """A name as a device tells it, without what cannot be shown: it may hold anything."""
    return "".join(c for c in name if c.isprintable()).strip()[:_MOST_CHARACTERS]


def _stable(path: str) -> str:
    """The name of a device file that stays the same after a restart; itself if there is none."""
    if not _NODE.fullmatch(path):
        return path
    for folder in _LINKS:
        try:
            links = sorted(folder.iterdir())
        except OSError:
            continue
        for link in links:
            if os.path.realpath(link) == path:
                return str(link)
    return path


def _is_same(known: Camera, camera: Camera) -> bool:
    """Whether two backends mean the same device."""
    if known.backend == camera.backend or any(camera.backend == b for b, _ in known.others):
        return False
    if known.path and camera.path:
        # On Windows, the part behind the last "#" is the kind of interface.
        return known.path.lower().split("#{")[0] == camera.path.lower().split("#{")[0]
    return known.name == camera.name


def _is_colourless(camera: Camera) -> bool:
    if _NO_COLOURS.search(camera.name):
        return not _COLOURS.search(camera.name)
    return camera.backend == cv2.CAP_V4L2 and gives_no_colours(f"/dev/video{camera.index}")


def _told_apart(found: list[Camera]) -> list[Camera]:
    """With a number behind the names that several have, in the order of their paths."""
    names = Counter(camera.name for camera in found)
    numbers: dict[Camera, int] = {}
    for name in (name for name, count in names.items() if count > 1):
        alike = sorted((c for c in found if c.name == name), key=lambda c: (c.path, c.index))
        numbers |= {camera: number for number, camera in enumerate(alike, 1)}
    return [
        replace(camera, name=f"{camera.name} #{numbers[camera]}")
        if numbers.get(camera, 1) > 1
        else camera
        for camera in found
    ]


def _base(name: str) -> str:
    return re.sub(r" #\d+$", "", name)
