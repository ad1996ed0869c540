"""Image files as arrays."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from trainer import MAX_IMAGE_PIXELS
from trainer.images.preprocessing import Image
from trainer.support.errors import UserError
from trainer.support.files import check_regular

IMAGE_ENDINGS = (".png", ".jpg", ".jpeg", ".jfif", ".bmp", ".webp", ".tif", ".tiff")


_PNG = b"\x89PNG\r\n\x1a\n"


_BEGINNINGS = (b"\xff\xd8\xff", _PNG, b"BM", b"II*\0", b"MM\0*")


_CHUNK_FRAME = 12
"""Bytes of a PNG chunk beside its content: length, kind and checksum."""


def read_image(path: Path) -> Image:
    """An image file as (h, w, 3) BGR.

    Raises:
        UserError: The file is missing or no image.
    """
    try:
        check_regular(path)
        # cv2.imread cannot open non-ASCII paths on Windows, and prints instead of raising.
        content = np.frombuffer(path.read_bytes(), np.uint8)
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror or error}).") from error
    try:
        whole = content.size and not _claims_more(content.tobytes())
        image = cv2.imdecode(content, cv2.IMREAD_COLOR) if whole else None
    except cv2.error as error:
        if "MAX_IMAGE_PIXELS" in str(error):
            raise UserError(
                f"{path}: too large: more than {MAX_IMAGE_PIXELS / 1e6:.0f} million pixels. "
                "Choose a smaller image."
            ) from error
        image = None
    if image is None:
        raise UserError(f"{path}: not an image, or a damaged one.")
    return np.asarray(image, np.uint8)


def begins_like_image(path: Path) -> bool:
    """Whether a file begins as JPEG, PNG, WebP, BMP or TIFF files do, whatever its ending."""
    try:
        with path.open("rb") as file:
            begin = file.read(12)
    except OSError:
        return False
    return begin.startswith(_BEGINNINGS) or (begin[:4] == b"RIFF" and begin[8:] == b"WEBP")


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
