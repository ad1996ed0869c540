"""Text for pandas to read, which keeps a line without an end from filling the memory."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

MOST_BYTES = 64 << 20
"""Between two tables of rows; such rows are a tenth of that."""


class TooLongError(Exception):
    """So much text, and no rows."""


class BoundedText(io.RawIOBase):
    """A stream of bytes that ends with an error where too many are read at a time.

    pandas turns errors of the stream that it reads into its own; `rows_were_taken` tells it that
    all is well.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self._left = MOST_BYTES

    def rows_were_taken(self) -> None:
        """The text so far was no more than some rows."""
        self._left = MOST_BYTES

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills a part of the buffer.

        Raises:
            TooLongError: There were no rows in all that was read before.
        """
        view = memoryview(buffer)  # type: ignore[arg-type]
        content = self._stream.read(len(view))
        self._left -= len(content)
        if self._left < 0:
            raise TooLongError
        view[: len(content)] = content
        return len(content)


@contextmanager
def opened(path: Path) -> Iterator[BoundedText]:
    """The unpacked content of a file, which may be compressed: .gz, .bz2, .xz or .zip.

    Raises:
        OSError: It cannot be read; the unpacking libraries raise many more kinds.
    """
    with path.open("rb") as file, _unpacked(file, path.suffix.lower()) as inside:
        yield BoundedText(inside)


def _unpacked(file: IO[bytes], ending: str) -> IO[bytes]:
    match ending:
        case ".gz":
            return cast(IO[bytes], gzip.GzipFile(fileobj=file))
        case ".bz2":
            return bz2.BZ2File(file)
        case ".xz":
            return lzma.LZMAFile(file)
        case ".zip":
            return _only_member(file)
    return file


def _only_member(file: IO[bytes]) -> IO[bytes]:
    archive = zipfile.ZipFile(file)
    names = archive.namelist()
    if len(names) != 1:
        raise zipfile.BadZipFile(f"it holds {len(names)} files and not one")
    return archive.open(names[0])
