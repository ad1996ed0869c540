"""The fast way through a CSV file in Kaggle's layout, for files without any surprise.

A file of 80 MB is 21 million numbers of one to three digits. Here they are read by a handful of
NumPy operations on half a megabyte of text at a time, which stays in the processor's cache. The
format is taken strictly; whatever is out of the ordinary is left to `trainer.data.table`, which
understands more and explains what is wrong.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO

import numpy as np
from numpy.typing import NDArray

from trainer.data.unpack import opened
from trainer.letters import CLASSES
from trainer.support.errors import UserError

SIDE = 28
PIXELS = SIDE * SIDE
COLUMNS = ["label", *(f"pixel{i}" for i in range(1, PIXELS + 1))]

MOST_ROWS = 5_000_000
"""Of a table; their pixels take four gigabytes."""

_HEADER = ",".join(COLUMNS).encode() + b"\n"
_CHUNK = 1 << 19
_COMMA, _NEWLINE, _ZERO, _NINE = b",\n09"


class _UnusualError(Exception):
    """The file is not as plain as this module expects."""


def read_plain(path: Path) -> tuple[NDArray[np.uint8], NDArray[np.uint8]] | None:
    """Pixels (n, 784) and labels (n,) of a plain CSV file; or None where it is not that plain.

    Plain means: the expected header and nothing else in the first line; then 785 numbers a line,
    each of one to three digits, between single commas; pixels up to 255, labels up to 24.

    Raises:
        UserError: The file is packed, and is damaged or holds several tables.
        OSError: It cannot be read.
    """
    size = path.stat().st_size if os.path.exists(path) else 0
    with opened(path) as file:
        if file.read(len(_HEADER)) != _HEADER:
            return None
        try:
            return _rows(file, size, path)
        except _UnusualError:
            return None


def _rows(file: IO[bytes], size: int, path: Path) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    text = bytearray(_CHUNK)
    view = memoryview(text)
    chars = np.frombuffer(text, np.uint8)
    pixels, labels = np.empty((0, PIXELS), np.uint8), np.empty(0, np.uint8)
    rows = held = taken = 0
    while True:
        got = file.readinto(view[held:])  # type: ignore[attr-defined]
        end = held + got
        if got:
            stop = text.rfind(b"\n", 0, end) + 1
        elif held:
            # The last line may lack its end.
            text[held : held + 1] = b"\n"
            stop = end = held + 1
        else:
            break
        if not stop:
            raise _UnusualError
        values = _numbers(chars[:stop])
        taken += stop
        if rows + len(values) > len(labels):
            # Room for what the file's size promises by what is read, so that it grows rarely; a
            # packed file promises nothing. In place: two tables might not fit in memory.
            promised = (rows + len(values)) * max(size, taken) // taken
            room = promised * (101 if size > taken else 120) // 100 + 1
            pixels.resize((room, PIXELS), refcheck=False)
            labels.resize(room, refcheck=False)
        labels[rows : rows + len(values)] = values[:, 0]
        pixels[rows : rows + len(values)] = values[:, 1:]
        rows += len(values)
        if rows > MOST_ROWS:
            raise UserError(f"{path}: more than {MOST_ROWS:,} rows. Divide the file.")
        text[: end - stop] = text[stop:end]
        held = end - stop
    if not rows:
        raise _UnusualError
    pixels.resize((rows, PIXELS), refcheck=False)
    labels.resize(rows, refcheck=False)
    return pixels, labels


def _numbers(chars: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """uint8 (rows, 785) of whole lines of text.

    Raises:
        _UnusualError: The lines are not as expected.
    """
    place = np.flatnonzero(chars < _ZERO)
    ends = chars.take(place)
    if place.size % len(COLUMNS) or chars.max() > _NINE:
        raise _UnusualError
    ends = ends.reshape(-1, len(COLUMNS))
    if (ends[:, :-1] != _COMMA).any() or (ends[:, -1] != _NEWLINE).any():
        raise _UnusualError
    # The one to four characters before every separator. Before the first one, places below 0 mean
    # the end of the text, which is a newline and after it digits of the last number: so the first
    # number could seem to be longer than it is, but for that newline.
    units, tens, hundreds, more = (chars.take(place - back) for back in (1, 2, 3, 4))
    units -= _ZERO
    tens -= _ZERO
    hundreds -= _ZERO
    has_tens = tens <= 9
    has_hundreds = (hundreds <= 9) & has_tens
    if units.max() > 9 or ((more >= _ZERO) & has_hundreds).any():
        raise _UnusualError
    tens *= has_tens.view(np.uint8)
    hundreds *= has_hundreds.view(np.uint8)
    if hundreds.max() > 2:
        raise _UnusualError
    values = tens
    values *= 10
    values += units
    hundreds *= 100
    values += hundreds
    # 256–299 have overflowed.
    if (values < hundreds).any():
        raise _UnusualError
    table: NDArray[np.uint8] = values.reshape(-1, len(COLUMNS))
    if table[:, 0].max() > CLASSES:
        raise _UnusualError
    return table
