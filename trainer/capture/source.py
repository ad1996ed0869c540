"""What gives frames: the interface of cameras, videos, images and streams."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from typing import NamedTuple

from trainer.images.preprocessing import Image
from trainer.support.errors import UserError

MAX_FRAME_PIXELS = 1 << 25
"""The largest frame of a video or stream; 8K (7680 × 4320) has fewer."""


class Frame(NamedTuple):
    """One image and where it is from."""

    image: Image
    """(h, w, 3) blue-green-red, not mirrored."""

    name: str
    """An image's path; the source's name for all others."""

    seconds: float = 0.0
    """Time from the source's first frame, by its own time stamps; 0 for live sources."""

    duration: float | None = None
    """Seconds until the next frame; None for a still image. Live sources have their own pace."""


class Source(ABC):
    """Gives frames until there are no more. Use it from one thread."""

    name: str
    """What the user chose, without its password, for titles and messages."""

    live: bool
    """Whether frames come at the source's own pace (cameras, streams) and stale ones are lost."""

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
        """Releases the device, file or connection. May be called twice."""


def frames(source: Source, report: Callable[[UserError], None] | None = None) -> Iterator[Frame]:
    """All frames of a source, which is closed at the end.

    Args:
        source: What gives them.
        report: Takes the error of an image among several, which is passed over; None: it is raised.

    Raises:
        UserError: The source broke, or none of several images can be read.
    """
    first: UserError | None = None
    good = False
    try:
        while True:
            try:
                frame = source.read()
            except UserError as error:
                if report is None or not source.more_after_error:
                    raise
                first = first or error
                report(error)
                continue
            if frame is None:
                break
            good = True
            yield frame
    finally:
        source.close()
    if first and not good:
        raise first
