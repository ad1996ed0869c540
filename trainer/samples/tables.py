"""The two tables beside a person's images: the index of the folder, and the CSV of all pixels."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from trainer.data.annotations.tables import INDEX
from trainer.data.crops import MARGIN
from trainer.data.plain_csv import COLUMNS
from trainer.images.box import Box
from trainer.images.preprocessing import Image, Preprocessing
from trainer.letters import LETTERS, Convention
from trainer.support import atomic, files
from trainer.support.errors import UserError

SIDE = 160
"""Pixels of a kept image, which is `MARGIN` times as wide as the hand box."""

HAND = Box((SIDE - SIDE / MARGIN) / 2, (SIDE - SIDE / MARGIN) / 2, SIDE / MARGIN, SIDE / MARGIN)
"""The hand box in every kept image."""

SOURCE = "own"
"""Whose hand, for `trainer train`."""

CHECK_SOURCE = "own-check"
"""The same hand in the sitting that is not learned."""

PIXELS_CSV = "samples.csv"

_MAX_BYTES = 1 << 30
"""Longer tables are made anew."""

_INDEX_HEADER = "file,letter,source,x,y,w,h\n"
_PIXELS_HEADER = ",".join(COLUMNS) + "\n"
_PREPROCESSING = Preprocessing()


class Row(NamedTuple):
    """One sample's lines."""

    listing: str
    pixels: str


def row(name: str, letter: str, image: Image, source: str = SOURCE) -> Row:
    """The lines of an image (`SIDE`, `SIDE`, 3) that is called `A/00001.png`."""
    label = Convention.GAP.label_of(LETTERS.index(letter))
    gray = _PREPROCESSING.image(image, HAND).ravel().tolist()
    box = ",".join(f"{number:.2f}" for number in HAND)
    return Row(f"{name},{letter},{source},{box}\n", f"{label},{','.join(map(str, gray))}\n")


def write(folder: Path, rows: Iterable[Row]) -> None:
    """Writes both tables anew.

    Raises:
        UserError: They cannot be written.
    """
    kept = list(rows)
    index = _INDEX_HEADER + "".join(each.listing for each in kept)
    pixels = _PIXELS_HEADER + "".join(each.pixels for each in kept)
    atomic.write_bytes(folder / INDEX, index.encode())
    atomic.write_bytes(folder / PIXELS_CSV, pixels.encode())


def append(folder: Path, new: Row) -> None:
    """Adds a line to each table. One that is cut off is noticed by `read`.

    Raises:
        OSError: They cannot be written.
    """
    for name, line in ((INDEX, new.listing), (PIXELS_CSV, new.pixels)):
        with (folder / name).open("ab") as file:
            file.write(line.encode())


def read(folder: Path) -> dict[str, Row] | None:
    """The lines by the image's name; None where the tables are missing or not whole."""
    try:
        index = files.content(folder / INDEX, _MAX_BYTES).decode()
        pixels = files.content(folder / PIXELS_CSV, _MAX_BYTES).decode()
    except (UserError, UnicodeDecodeError):
        return None
    if not (index.startswith(_INDEX_HEADER) and pixels.startswith(_PIXELS_HEADER)):
        return None
    index_lines = index.splitlines(keepends=True)[1:]
    pixel_lines = pixels.splitlines(keepends=True)[1:]
    if len(index_lines) != len(pixel_lines):
        return None
    rows = {}
    for index_line, pixel_line in zip(index_lines, pixel_lines, strict=True):
        fields = next(csv.reader(io.StringIO(index_line)))
        whole = index_line.endswith("\n") and pixel_line.endswith("\n") and len(fields) == 7
        if (
            not whole
            or fields[1] not in tuple(LETTERS)
            or pixel_line.count(",") != len(COLUMNS) - 1
        ):
            return None
        label = Convention.GAP.label_of(LETTERS.index(fields[1]))
        if not pixel_line.startswith(f"{label},"):
            return None
        rows[fields[0]] = Row(index_line, pixel_line)
    return rows


def sweep(folder: Path) -> None:
    """Removes what a process left that was ended while it wrote."""
    for path in (*folder.glob(".*~"), *folder.glob("?/.*~")):
        path.unlink(missing_ok=True)
