"""Motion JPEG over HTTP, split by the images' own start and end.

Cheap network cameras send wrong lengths, or the boundary only after each image
(cpp-mjpeg-streamer#36, camera_proxy#5); browsers play them, since a JPEG tells where it ends.
"""

from __future__ import annotations

import re
import time

import cv2
import numpy as np

from trainer.capture.connection import NETWORK_ERRORS, Response, lost
from trainer.capture.faults import StreamError
from trainer.capture.source import MAX_FRAME_PIXELS, Frame, Source
from trainer.images.preprocessing import Image

MAX_JPEG_BYTES = 16 << 20
"""An image of 8K at high quality is smaller."""

_MAX_SCANS = 50
"""A progressive JPEG has about ten; each takes the time of a whole image to decode."""

_CHUNK = 1 << 20
_MOST_SECONDS_WITHOUT_IMAGE = 10.0

_START = b"\xff\xd8\xff"
_END_OF_IMAGE = 0xD9
_START_OF_IMAGE = 0xD8
_START_OF_SCAN = 0xDA
_FRAME_HEADERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
# In the coded data, 0xff is followed by 0 or a restart marker.
_MARKER = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])")


class MalformedError(Exception):
    """What comes is no JPEG images, or images too large; the message is a clause."""


class JpegSplitter:
    """Finds the JPEG images in bytes that come in pieces of any length."""

    def __init__(self) -> None:
        self._reset(bytearray())
        self._skipped = 0

    def feed(self, data: bytes) -> list[bytes]:
        """The images that are complete with these bytes.

        Raises:
            MalformedError: There is no image in the last 16 MB, or one too large.
        """
        self._buffer += data
        images = []
        while (image := self._next()) is not None:
            images.append(image)
        if len(self._buffer) > MAX_JPEG_BYTES:
            raise MalformedError(f"it sends an image of more than {MAX_JPEG_BYTES >> 20} MB")
        return images

    def _reset(self, rest: bytearray) -> None:
        self._buffer = rest
        self._place = 0
        """0 before an image starts, then where the search goes on."""
        self._scans = 0

    def _next(self) -> bytes | None:
        if not self._place and not self._find_start():
            return None
        while (found := self._next_marker()) is not None:
            marker, end = found
            if marker == _END_OF_IMAGE:
                return self._cut(end, end)
            if marker == _START_OF_IMAGE:
                # The image before lacks its end; a decoder shows what there is of it.
                return self._cut(end - 2, end - 2) + bytes((0xFF, _END_OF_IMAGE))
            if not self._skip_segment(marker, end):
                return None
        return None

    def _find_start(self) -> bool:
        start = self._buffer.find(_START)
        skipped = len(self._buffer) - 2 if start < 0 else start
        if skipped > 0:
            self._skipped += skipped
            del self._buffer[:skipped]
        if start < 0:
            if self._skipped > MAX_JPEG_BYTES:
                raise MalformedError("it sends no JPEG images")
            return False
        self._skipped = 0
        self._place = 2
        return True

    def _next_marker(self) -> tuple[int, int] | None:
        """The next marker and the place behind it; None until more bytes come."""
        found = _MARKER.search(self._buffer, self._place)
        if found is None:
            self._place = max(self._place, len(self._buffer) - 1)
            return None
        return found[1][0], found.end()

    def _skip_segment(self, marker: int, end: int) -> bool:
        """Goes on behind a segment; False until it has come whole."""
        if marker == 0x01:
            self._place = end
            return True
        if end + 2 > len(self._buffer):
            return False
        behind = end + int.from_bytes(self._buffer[end : end + 2], "big")
        if behind > len(self._buffer):
            return False
        if marker in _FRAME_HEADERS:
            self._check_size(end)
        if marker == _START_OF_SCAN:
            self._scans += 1
            if self._scans > _MAX_SCANS:
                raise MalformedError(f"it sends an image of more than {_MAX_SCANS} scans")
        self._place = max(behind, end)
        return True

    def _check_size(self, end: int) -> None:
        header = self._buffer[end : end + 7]
        height, width = (int.from_bytes(header[at : at + 2], "big") for at in (3, 5))
        if width * height > MAX_FRAME_PIXELS:
            raise MalformedError(
                f"it sends images of {width} × {height} pixels, of at most "
                f"{MAX_FRAME_PIXELS / 1e6:.0f} million"
            )

    def _cut(self, end: int, rest: int) -> bytes:
        image = bytes(self._buffer[:end])
        self._reset(self._buffer[rest:])
        return image


class MjpegSource(Source):
    """A stream of JPEG images over HTTP. Of images that wait together, the newest is shown.

    Args:
        name: The address without its password.
        response: An answer whose body is the stream.
        begun: What was read of the body already.
    """

    live = True

    def __init__(self, name: str, response: Response, begun: bytes) -> None:
        self.name = name
        self._response = response
        self._begun = begun
        self._splitter = JpegSplitter()

    def read(self) -> Frame | None:
        """The newest image that has come, waiting for one.

        Raises:
            StreamError: The connection was lost, or what comes is no stream of images.
        """
        until = time.monotonic() + _MOST_SECONDS_WITHOUT_IMAGE
        while time.monotonic() < until:
            data, self._begun = self._begun or self._receive(), b""
            try:
                jpegs = self._splitter.feed(data)
            except MalformedError as error:
                self.close()
                raise StreamError(
                    self.name, f"the stream is malformed: {error}. Check the address."
                ) from None
            for jpeg in reversed(jpegs):
                image = decode(jpeg)
                if image is not None:
                    return Frame(image, self.name)
        self.close()
        raise StreamError(
            self.name,
            f"the stream is malformed: no whole JPEG image came within "
            f"{_MOST_SECONDS_WITHOUT_IMAGE:.0f} seconds. Check the address.",
        )

    def close(self) -> None:
        """Closes the connection."""
        self._response.close()

    def _receive(self) -> bytes:
        try:
            data = self._response.read1(_CHUNK)
        except NETWORK_ERRORS as error:
            self.close()
            raise lost(self.name, error) from None
        if not data:
            self.close()
            raise lost(self.name)
        return data


def check_jpeg(content: bytes) -> None:
    """Refuses a JPEG that would take much memory or time to decode; looks at nothing else.

    Raises:
        MalformedError: It has too many pixels, scans or bytes.
    """
    if content.startswith(_START):
        JpegSplitter().feed(content)


def decode(content: bytes) -> Image | None:
    """An encoded image as (h, w, 3) BGR; None where it is damaged or none."""
    try:
        image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    return None if image is None else np.asarray(image, np.uint8)
