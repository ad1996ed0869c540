"""Files that a user names, before they are opened: devices and pipes would never end."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from trainer.support.errors import UserError


def check_regular(path: Path) -> int:
    """The size of an ordinary file, in bytes.

    Raises:
        UserError: The path is a folder, a device or a pipe, or holds a null byte.
        OSError: There is nothing, or nothing that may be looked at.
    """
    try:
        found = path.stat()
    except ValueError:
        raise UserError(f"{path}: cannot be read: no file has such a name.") from None
    if not stat.S_ISREG(found.st_mode):
        raise UserError(
            f"{path}: cannot be read: it is a folder, a device or a pipe. Choose a file."
        )
    return found.st_size


def content(path: Path, most: int) -> bytes:
    """All bytes of a file.

    Args:
        path: The file.
        most: Bytes that are read into memory at most.

    Raises:
        UserError: It is missing, no file, or larger.
    """
    with _opened(path) as (file, size):
        if size > most:
            raise UserError(
                f"{path}: larger than {in_words(most)}, which no such file is. Choose another."
            )
        # A file that is still growing is no longer than that either.
        return file.read(most)


def head(path: Path, most: int) -> bytes:
    """The first bytes of a file, at most so many.

    Raises:
        UserError: It is missing, or no file.
    """
    with _opened(path) as (file, _):
        return file.read(most)


def tail(path: Path, most: int) -> bytes:
    """The last bytes of a file, at most so many.

    Raises:
        UserError: It is missing, or no file.
    """
    with _opened(path) as (file, size):
        file.seek(max(0, size - most))
        return file.read(most)


def in_words(size: int) -> str:
    """A number of bytes for a message: whole megabytes, or kilobytes where it is none."""
    return f"{size >> 20} MB" if size >> 20 else f"{size >> 10} kB"


@contextmanager
def _opened(path: Path) -> Iterator[tuple[BinaryIO, int]]:
    """An ordinary file and its size; what the system refuses meanwhile becomes a UserError."""
    try:
        size = check_regular(path)
        with path.open("rb") as file:
            yield file, size
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror or error}).") from error


def file_sha256(path: Path) -> str:
    """SHA-256 of a file's content, in hexadecimal digits.

    Raises:
        OSError: The file cannot be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
