"""Image files as arrays: told by their content, and measured before they are decoded."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from trainer import MAX_IMAGE_PIXELS
from trainer.images.preprocessing import Image
from trainer.support import files
from trainer.support.errors import UserError
from trainer.support.kinds import IMAGE_ENDINGS, Kind, Use, kind_of

__all__ = ["IMAGE_ENDINGS", "MAX_IMAGE_BYTES", "decode_image", "read_image"]

MAX_IMAGE_BYTES = 256 << 20
"""Of a file; a bitmap of `MAX_IMAGE_PIXELS` takes 192 MB."""

MAX_SCAN_PIXELS = 1 << 30
"""Scans of a progressive JPEG times its pixels, which takes about four seconds. Programs write ten
scans; thousands of empty ones take a minute."""

_PNG = b"\x89PNG\r\n\x1a\n"
_CHUNK_OVERHEAD = 12
"""Bytes of a PNG chunk besides its content: length, kind and checksum."""


def read_image(path: Path) -> Image:
    """An image file as (h, w, 3) BGR, turned as its EXIF data say; the first frame if it moves.

    Raises:
        UserError: The file is missing, too large, damaged, or no image that can be read.
    """
    return decode_image(files.content(path, MAX_IMAGE_BYTES), path)


def decode_image(content: bytes, name: Path | str) -> Image:
    """The content of an image file as (h, w, 3) BGR.

    Args:
        content: The file's bytes.
        name: The file, for messages.

    Raises:
        UserError: It is too large, damaged, or no image that can be read.
    """
    kind = kind_of(content[:4096])
    if kind.use not in (Use.IMAGE, Use.UNKNOWN, Use.TABLE, Use.TEXT):
        raise UserError(kind.refusal(name, "an image"))
    _check_size(content, name)
    image = _heif(content, name) if "HEIC" in kind.name else _decoded(content, name, kind)
    if image is None:
        raise UserError(f"{name}: not an image, or a damaged one.")
    return np.asarray(image, np.uint8)


def _decoded(content: bytes, name: Path | str, kind: Kind) -> Any:
    """What OpenCV makes of the content; None where it is no image.

    Raises:
        UserError: It is too large, or AVIF that this OpenCV was built without.
    """
    if not content or _claims_more(content):
        return None
    try:
        image = cv2.imdecode(np.frombuffer(content, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error as error:
        if "MAX_IMAGE_PIXELS" in str(error):
            raise _too_large(name) from error
        return None
    if image is None and kind.use is Use.IMAGE and "AVIF" in kind.name:
        raise UserError(f"{name}: {kind.name}, damaged or not readable here. Save it as JPEG.")
    return image


def _heif(content: bytes, name: Path | str) -> Any:
    """A HEIC image, whole: OpenCV would give its first tile.

    Raises:
        UserError: The package that reads it is not installed.
    """
    try:
        import pillow_heif
    except ImportError:
        raise UserError(
            f"{name}: a HEIC image, which takes the package pillow-heif to read (`pip install "
            "pillow-heif`). Install it, or save the image as JPEG; an iPhone does so with "
            "Settings › Camera › Formats › Most Compatible."
        ) from None
    try:
        with io.BytesIO(content) as file:
            pixels = np.asarray(pillow_heif.open_heif(file, convert_hdr_to_8bit=True))
        if pixels.ndim == 2:
            return cv2.cvtColor(pixels, cv2.COLOR_GRAY2BGR)
        alpha = pixels.shape[2] == 4
        return cv2.cvtColor(pixels, cv2.COLOR_RGBA2BGR if alpha else cv2.COLOR_RGB2BGR)
    except Exception:
        # libheif's errors are RuntimeError, ValueError, EOFError and others.
        return None


def _too_large(name: Path | str, most: int = MAX_IMAGE_PIXELS) -> UserError:
    return UserError(
        f"{name}: too large: more than {most / 1e6:.0f} million pixels. Choose a smaller image."
    )


def _check_size(content: bytes, name: Path | str) -> None:
    """Refuses what OpenCV would not: of a JPEG, it checks width × height alone.

    Raises:
        UserError: Too many pixels or scans, or a JPEG without an end.
    """
    if content.startswith(b"GIF8"):
        width, height = (int.from_bytes(content[at : at + 2], "little") for at in (6, 8))
        # OpenCV holds a GIF in four copies, other images in two.
        if width * height > MAX_IMAGE_PIXELS // 2:
            raise _too_large(name, MAX_IMAGE_PIXELS // 2)
    elif content[4:8] == b"ftyp":
        for size in _HEIF_SIZE.finditer(content, 0, 1 << 20):
            width, height = (int.from_bytes(size[side], "big") for side in (1, 2))
            if width * height > MAX_IMAGE_PIXELS // 2:
                raise _too_large(name, MAX_IMAGE_PIXELS // 2)
    elif content.startswith(b"\xff\xd8"):
        pixels, scans, whole = _jpeg_work(content)
        if not whole:
            # OpenCV would fill what is missing with gray.
            raise UserError(f"{name}: a JPEG image that is cut off. Download or copy it again.")
        if pixels > MAX_IMAGE_PIXELS:
            raise _too_large(name)
        if pixels * scans > MAX_SCAN_PIXELS:
            raise UserError(
                f"{name}: a JPEG image in {scans:,} scans, which would take minutes. Open it in an "
                "image program, and save it anew."
            )


_HEIF_SIZE = re.compile(rb"ispe\0\0\0\0(.{4})(.{4})", re.DOTALL)

_MARKER = re.compile(rb"\xff[^\x00\x01\xd0-\xd7\xff]")
"""Within compressed JPEG data, what ends them."""

_START_OF_FRAME = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
_START_OF_SCAN, _END = 0xDA, 0xD9


def _jpeg_work(content: bytes) -> tuple[int, int, bool]:
    """Pixels and scans of a JPEG, and whether it has an end."""
    pixels = scans = 0
    at = 2
    while (marker := _MARKER.search(content, at)) is not None:
        at = marker.end()
        code = content[at - 1]
        if code == _END:
            return pixels, scans, True
        length = int.from_bytes(content[at : at + 2], "big")
        if code in _START_OF_FRAME:
            height, width = (int.from_bytes(content[i : i + 2], "big") for i in (at + 3, at + 5))
            pixels = max(pixels, width * height)
        scans += code == _START_OF_SCAN
        at += max(length, 2)
    return pixels, scans, False


def _claims_more(content: bytes) -> bool:
    """Whether a PNG has a chunk that claims to be longer than the file.

    OpenCV allocates the claimed length, possibly gigabytes, before it reads the chunk.
    """
    if not content.startswith(_PNG):
        return False
    position = len(_PNG)
    # Anything may follow the last chunk.
    while position + _CHUNK_OVERHEAD <= len(content):
        if content[position + 4 : position + 8] == b"IEND":
            break
        length = int.from_bytes(content[position : position + 4], "big")
        position += length + _CHUNK_OVERHEAD
    return position > len(content)
