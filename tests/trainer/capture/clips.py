"""Video files whose frames have any times: OpenCV writes even ones only."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
from numpy.typing import NDArray

TICKS = 1000
"""Per second: the written frames are one tick apart."""


def write_video(
    path: Path, images: Sequence[NDArray[Any]], durations: Sequence[float] | None = None
) -> Path:
    """An MP4 file, with the seconds that each of its images is shown for (default: 1/15)."""
    height, width = images[0].shape[:2]
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), TICKS, (width, height))
    for image in images:
        writer.write(image)
    writer.release()
    _set_durations(path, durations or [1 / 15] * len(images))
    return path


def _set_durations(path: Path, seconds: Sequence[float]) -> None:
    """Rewrites the table of times ("stts"), which stands at the end, behind the images."""
    content = path.read_bytes()
    (per_second,) = struct.unpack_from(">I", content, content.index(b"mdhd") + 16)
    ticks = [round(s * per_second) for s in seconds]
    table = b"stts" + struct.pack(">II", 0, len(ticks))
    table += b"".join(struct.pack(">II", 1, t) for t in ticks)
    at = content.index(b"stts") - 4
    (old,) = struct.unpack_from(">I", content, at)
    new = struct.pack(">I", len(table) + 4) + table
    changed = bytearray(content[:at] + new + content[at + old :])
    for box in (b"moov", b"trak", b"mdia", b"minf", b"stbl"):
        start = content.index(box) - 4
        (size,) = struct.unpack_from(">I", content, start)
        struct.pack_into(">I", changed, start, size + len(new) - old)
    # A list of edits would cut what is longer now.
    path.write_bytes(bytes(changed).replace(b"edts", b"free"))
