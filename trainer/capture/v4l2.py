"""Asks a Linux camera which formats it offers."""

from __future__ import annotations

import os
import struct
import sys

_ENUM_FMT = 0xC0405602
"""VIDIOC_ENUM_FMT of linux/videodev2.h."""

_FORMAT = struct.Struct("=3I32s5I")
"""struct v4l2_fmtdesc: index, type, flags, description, pixel format, media bus code, reserved."""

_VIDEO_CAPTURE = 1
_MOST_FORMATS = 64
_COLOURLESS = {b"GREY", b"Y04 ", b"Y06 ", b"Y10 ", b"Y12 ", b"Y14 ", b"Y16 ", b"Y16\xa0", b"Y8I "}
_COLOURLESS |= {b"Y12I", b"Y10B", b"Y10P", b"Z16 ", b"INZI", b"INVZ", b"INRI", b"CNF4"}

_known: dict[tuple[str, float], bool] = {}
"""By device file and when it was made: asking wakes a camera up."""


def gives_no_colours(node: str) -> bool:
    """Whether a device offers gray, infrared or depth images only, or none at all.

    False where the system does not tell.
    """
    try:
        key = node, os.stat(node).st_ctime
        if key not in _known:
            offered = formats(node)
            _known[key] = _COLOURLESS.issuperset(offered)
    except OSError:
        return False
    return _known[key]


def formats(node: str) -> list[bytes]:
    """The four-character codes of the image formats that a device offers.

    Raises:
        OSError: There is no such device, or it may not be asked.
    """
    found: list[bytes] = []
    if sys.platform == "linux":
        import fcntl

        handle = os.open(node, os.O_RDWR | os.O_NONBLOCK)
        try:
            for index in range(_MOST_FORMATS):
                question = _FORMAT.pack(index, _VIDEO_CAPTURE, 0, b"", 0, 0, 0, 0, 0)
                try:
                    answer = fcntl.ioctl(handle, _ENUM_FMT, question)
                except OSError:
                    break  # there are no more
                found.append(struct.pack("=I", _FORMAT.unpack(answer)[4]))
        finally:
            os.close(handle)
    return found
