"""Zip archives within bounds: a few kilobytes can claim to hold terabytes."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import IO

from trainer.support.errors import UserError
from trainer.support.files import in_words

MAX_MEMBERS = 500_000
_TAIL = (1 << 16) + 22
"""Bytes at an archive's end that hold the record of its directory, with the longest comment."""

_MEMBER = 46
"""Bytes that a member takes in the directory at least."""


def open_zip(path: Path) -> zipfile.ZipFile:
    """Opens a zip archive, unless its directory is larger than any that a person makes.

    Raises:
        UserError: It is damaged, or holds too many members.
        OSError: It cannot be read.
    """
    with path.open("rb") as file:
        check_directory(file, path)
    try:
        return zipfile.ZipFile(path)
    except OSError:
        raise
    except Exception as error:
        # zipfile raises struct.error, ValueError and others on damaged directories.
        raise UserError(
            f"{path}: a damaged or incomplete zip archive. Download it again."
        ) from error


def check_directory(file: IO[bytes], path: Path) -> None:
    """Raises UserError where the directory would hold more than `MAX_MEMBERS` members.

    Whatever opens an archive past `open_zip` asks this first.
    """
    size = file.seek(0, 2)
    file.seek(max(0, size - _TAIL))
    tail = file.read(_TAIL)
    # zipfile takes the mark without a comment behind it, or else the last: a mark may be part of
    # another one's fields.
    ends = [found.start() for found in re.finditer(b"(?=PK\x05\x06)", tail)]
    directory = max((_directory(tail, at) for at in ends), default=0)
    if min(directory, size) > MAX_MEMBERS * 4 * _MEMBER:
        raise UserError(
            f"{path}: a zip archive of more than {MAX_MEMBERS:,} files. Unpack it, and choose a "
            "smaller folder of it."
        )


def check_unpacked(path: Path, most: int) -> None:
    """Raises UserError where an archive unpacks to more bytes than `most`, or is none."""
    with open_zip(path) as archive:
        unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > most:
        raise UserError(f"{path}: unpacks to more than {in_words(most)}. Choose another.")


def _directory(tail: bytes, at: int) -> int:
    """Bytes of the directory whose record begins at this place."""
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if directory == 0xFFFFFFFF and (far := tail.rfind(b"PK\x06\x06", 0, at)) >= 0:
        directory = int.from_bytes(tail[far + 40 : far + 48], "little")
    return directory


def read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    """The unpacked content of a member.

    Args:
        archive: An open archive.
        member: One of its members.
        most: Bytes that are unpacked at most.

    Raises:
        UserError: It is damaged, encrypted, or larger.
    """
    where = f"{archive.filename}, {member.filename}"
    try:
        with archive.open(member) as file:
            content = file.read(most + 1)
    except Exception as error:
        # zipfile and the unpacking libraries raise a dozen kinds of exception.
        reason = "encrypted" if "password" in str(error) else "damaged"
        raise UserError(f"{where}: {reason}, so it cannot be unpacked.") from error
    if len(content) > most:
        raise UserError(f"{where}: unpacks to more than {in_words(most)}.")
    return content
