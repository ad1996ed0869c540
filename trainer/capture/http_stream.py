"""What an HTTP address gives: motion JPEG, one image again and again, a video, or none of these."""

from __future__ import annotations

import time

from trainer.capture.address import masked, split_login, with_login
from trainer.capture.connection import NETWORK_ERRORS, Response, get, lost
from trainer.capture.faults import StreamError
from trainer.capture.ffmpeg_stream import FfmpegStream
from trainer.capture.mjpeg import MAX_JPEG_BYTES, MalformedError, MjpegSource, check_jpeg, decode
from trainer.capture.source import Frame, Source

_SNAPSHOT_SECONDS = 0.2
"""How often a snapshot is fetched."""

_FETCH_SECONDS = 10.0
_BEGINNING = 4096
_JPEG = b"\xff\xd8\xff"
_IMAGES = (b"\x89PNG", b"GIF8", b"BM", b"II*\0", b"MM\0*")


def open_http(address: str) -> Source:
    """Opens what an HTTP address gives, by its content type and first bytes.

    Raises:
        StreamError: There is nothing, it needs a login, or it is no stream.
    """
    name = masked(address)
    response, found_at = get(address)
    try:
        begun = response.read1(_BEGINNING)
    except NETWORK_ERRORS as error:
        response.close()
        raise lost(name, error) from None
    kind = response.headers.get_content_type()
    if kind.startswith("multipart/") or begun.lstrip().startswith(b"--"):
        return MjpegSource(name, response, begun)
    sized_jpeg = begun.startswith(_JPEG) and response.length is not None
    if kind.startswith("image/") or begun.startswith(_IMAGES) or sized_jpeg:
        return SnapshotSource(address, _body(name, response, begun))
    if begun.startswith(_JPEG) or "jpeg" in kind:
        return MjpegSource(name, response, begun)
    response.close()
    if _is_page(kind, begun):
        raise StreamError(
            name,
            "a web page, not a stream. Open it in a browser and look for the stream's own address "
            "(often ending in /stream, /video or .mjpg).",
            final=True,
        )
    return FfmpegStream(with_login(found_at, split_login(address)[1]), name)


class SnapshotSource(Source):
    """An address that gives one image, which is fetched again and again.

    Args:
        address: Where.
        content: What was fetched first.
    """

    live = True

    def __init__(self, address: str, content: bytes) -> None:
        self.name = masked(address)
        self._address = address
        self._content = content
        self._due = time.monotonic()

    def read(self) -> Frame | None:
        """The image as it is now.

        Raises:
            StreamError: It cannot be fetched, or is no image.
        """
        content, self._content = self._content, b""
        if not content:
            time.sleep(max(0.0, self._due - time.monotonic()))
            response, _ = get(self._address)
            content = _body(self.name, response, b"")
        self._due = time.monotonic() + _SNAPSHOT_SECONDS
        try:
            check_jpeg(content)
        except MalformedError as error:
            raise StreamError(self.name, f"{error}. Check the address.") from None
        image = decode(content)
        if image is None:
            raise StreamError(self.name, "not an image, or a damaged one. Check the address.")
        return Frame(image, self.name)

    def close(self) -> None:
        """Nothing is held open."""


def _body(name: str, response: Response, begun: bytes) -> bytes:
    """All bytes of an answer, which is closed.

    Raises:
        StreamError: There are too many, or the connection was lost.
    """
    content = bytearray(begun)
    until = time.monotonic() + _FETCH_SECONDS
    try:
        with response:
            while data := response.read1(_BEGINNING * 16):
                content += data
                if len(content) > MAX_JPEG_BYTES or time.monotonic() > until:
                    raise StreamError(name, "it sends an image without an end. Check the address.")
    except NETWORK_ERRORS as error:
        raise lost(name, error) from None
    return bytes(content)


def _is_page(kind: str, begun: bytes) -> bool:
    if begun.lstrip().startswith(b"#EXTM3U"):
        return False  # a playlist
    return kind in ("text/html", "application/xhtml+xml", "text/plain", "application/json") or (
        begun.lstrip()[:9].lower().startswith((b"<!doctype", b"<html"))
    )
