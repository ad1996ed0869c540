"""Draws the icon in the formats of Windows and macOS.

    python .ci/installers/icons.py SVG FOLDER

Writes FOLDER/asl-desktop.ico and FOLDER/asl-desktop.icns. Both hold PNG images, each after a
short header; Wikipedia's pages "ICO (file format)" and "Apple Icon Image format" describe them.
"""

from __future__ import annotations

import struct
import sys
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

ICO_SIDES = (16, 24, 32, 48, 64, 128, 256)
ICNS_SIDES = {b"icp4": 16, b"icp5": 32, b"ic07": 128, b"ic08": 256, b"ic09": 512, b"ic10": 1024}


def png(svg: Path, side: int) -> bytes:
    """The drawing as a square PNG."""
    image = QImage(side, side, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(str(svg)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def ico(images: Sequence[tuple[int, bytes]]) -> bytes:
    """An ICO file of PNGs, given with their sides."""
    place = 6 + 16 * len(images)
    entries = b""
    for side, data in images:
        # 256 is written as 0.
        entries += struct.pack("<4B2H2I", side % 256, side % 256, 0, 0, 1, 32, len(data), place)
        place += len(data)
    return struct.pack("<3H", 0, 1, len(images)) + entries + b"".join(p for _, p in images)


def icns(images: Sequence[tuple[bytes, bytes]]) -> bytes:
    """An ICNS file of PNGs, given with their types."""
    body = b"".join(kind + struct.pack(">I", 8 + len(data)) + data for kind, data in images)
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def write_icons(svg: Path, folder: Path) -> tuple[Path, Path]:
    """Makes both files; returns their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    windows, macos = folder / "asl-desktop.ico", folder / "asl-desktop.icns"
    windows.write_bytes(ico([(side, png(svg, side)) for side in ICO_SIDES]))
    macos.write_bytes(icns([(kind, png(svg, side)) for kind, side in ICNS_SIDES.items()]))
    return windows, macos


if __name__ == "__main__":
    for path in write_icons(Path(sys.argv[1]), Path(sys.argv[2])):
        print(path)
