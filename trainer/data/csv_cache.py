"""Tables that were read before, as arrays in the user's cache folder.

An entry is named by the SHA-256 of the file's content and by the member of an archive. A note
beside the entries says which content a file had when it was last read, so that an unchanged file
need not even be hashed: the same path, size, inode and times of change mean the same content. The
folder may be deleted at any time, and an entry that is damaged counts as none.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
import zlib
from pathlib import Path

import numpy as np
import platformdirs
from numpy.typing import NDArray

from trainer.data.plain_csv import PIXELS
from trainer.data.table import Table
from trainer.support import atomic, files
from trainer.support.errors import UserError

_KEPT = 8
"""Entries; the ones that were not used for the longest time go first."""

_SETTLED = 2.0
"""Seconds for which a file has to be unchanged before its times are trusted: a second change within
one tick of the file system's clock would not show in them."""


def digest(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal digits.

    Raises:
        OSError: The file cannot be read.
    """
    note = _folder() / f"{hashlib.sha256(os.fsencode(path.resolve())).hexdigest()}.json"
    before = path.stat()
    identity = [before.st_size, before.st_ino, before.st_mtime_ns, before.st_ctime_ns]
    try:
        remembered = json.loads(files.content(note, 1 << 20))
        if remembered["identity"] == identity:
            return str(remembered["sha256"])
    except (UserError, ValueError, KeyError, TypeError, RecursionError):
        pass  # None yet, or thrown away, or damaged: it is written anew below.
    sha256 = files.file_sha256(path)
    if time.time() - max(before.st_mtime, before.st_ctime) > _SETTLED:
        _remember(note, identity, sha256)
    return sha256


def load(key: str) -> Table | None:
    """The table that was stored by this key, or None."""
    path = _entry(key)
    try:
        files.check_regular(path)
        with path.open("rb") as file:
            pixels = np.lib.format.read_array(file, allow_pickle=False)
            codes = np.lib.format.read_array(file, allow_pickle=False)
            about, stated = (rest := file.read())[:-4], int.from_bytes(rest[-4:], "little")
        os.utime(path)
        if pixels.shape != (len(codes), PIXELS) or _checksum(pixels, codes, about) != stated:
            return None
        fields = json.loads(about)
        return Table(
            pixels,
            codes,
            tuple(fields.pop("labels")),
            assumed=tuple(fields.pop("assumed")),
            **fields,
        )
    except (OSError, UserError, ValueError, EOFError, MemoryError, KeyError, TypeError):
        return None


def store(key: str, table: Table) -> None:
    """Keeps a table; where that is impossible (a full disk, say), it will be read again instead."""
    pixels, codes = table.pixels, table.codes
    fields = {name: value for name, value in vars(table).items() if name not in ("pixels", "codes")}
    about = json.dumps(fields).encode()
    try:
        _folder().mkdir(parents=True, exist_ok=True)
        with atomic.replacing(_entry(key)) as file:
            np.lib.format.write_array(file, pixels, allow_pickle=False)
            np.lib.format.write_array(file, codes, allow_pickle=False)
            file.write(about + _checksum(pixels, codes, about).to_bytes(4, "little"))
        entries = sorted(_folder().glob("*.table"), key=lambda path: path.stat().st_mtime)
        for path in entries[:-_KEPT]:
            path.unlink()
    except (OSError, UserError):
        pass


def _remember(note: Path, identity: list[int], sha256: str) -> None:
    try:
        _folder().mkdir(parents=True, exist_ok=True)
        content = json.dumps({"identity": identity, "sha256": sha256})
        atomic.write_bytes(note, content.encode())
    except (OSError, UserError):
        pass


def _folder() -> Path:
    return platformdirs.user_cache_path("asl-desktop", appauthor=False) / "csv"


def _entry(key: str) -> Path:
    return _folder() / f"{key}.table"


def _checksum(pixels: NDArray[np.uint8], codes: NDArray[np.uint16], about: bytes) -> int:
    return zlib.crc32(about, zlib.crc32(codes.data, zlib.crc32(pixels.data)))
