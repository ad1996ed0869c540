"""The bytes of a table, plain or packed: gzip, bzip2, xz, or one of the files of a zip archive."""

from __future__ import annotations

import bz2
import gzip
import hashlib
import io
import lzma
import os
import re
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from enum import StrEnum
from pathlib import Path, PurePosixPath
from typing import IO, cast

from trainer.support.errors import UserError
from trainer.support.files import check_regular
from trainer.support.kinds import TABLE_ENDINGS
from trainer.support.zips import check_directory, open_zip

_LAYERS = 3
"""A table in a gzip file in a zip archive is the deepest that occurs; more is a trap."""

_NAMED = 8
"""Files of an archive that a message names."""

_SHOWN = 60
"""Characters of a name that a message repeats."""

_DAMAGED = (EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile)


class Purpose(StrEnum):
    """What the images of a table are for; tells the tables of an archive or a folder apart."""

    TRAIN = "train"
    TEST = "test"

    @property
    def names(self) -> tuple[re.Pattern[str], ...]:
        """How tables for this purpose are named, the best first."""
        if self is Purpose.TRAIN:
            return (re.compile("train"),)
        return re.compile("test"), re.compile(r"(?<![a-z])val")


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The unpacked content of a table, from its first byte.

    Args:
        path: A file; or a file in a zip archive, as `archive.zip/member.csv`.

    Raises:
        UserError: The file is damaged or locked, or an archive with several tables or with none.
        OSError: It cannot be read.
    """
    file, member = split(path)
    check_regular(file)
    with ExitStack() as stack:
        try:
            stream: IO[bytes] = stack.enter_context(file.open("rb"))
            for _ in range(_LAYERS):
                inside = _unpacked(stream, path, member, stack)
                if inside is None:
                    break
                stream, member = inside, ""
            yield stream
        except _DAMAGED as error:
            reason = str(error)[:_SHOWN] or type(error).__name__
            raise UserError(f"{path}: damaged, or not complete ({reason}).") from error


def unpacked_sha256(path: Path) -> str:
    """SHA-256 of the unpacked content, or "" where the file is not packed.

    Raises:
        UserError: As `opened`.
        OSError: It cannot be read.
    """
    with opened(path) as stream:
        packed = not isinstance(stream, io.BufferedReader)
        return hashlib.file_digest(stream, "sha256").hexdigest() if packed else ""  # type: ignore[arg-type]


def split(path: Path) -> tuple[Path, str]:
    """The file on the disk, and the member within it, or ""."""
    if not os.path.exists(path):
        for file in path.parents:
            if os.path.isfile(file):
                return file, path.relative_to(file).as_posix()
    return path, ""


def choose(path: Path, names: Sequence[str], purpose: Purpose | None) -> str:
    """One of several tables.

    Args:
        path: The archive or folder that holds them.
        names: Their paths in it, at least one.
        purpose: Decides by name; None: there has to be only one.

    Raises:
        UserError: Several fit: names them, and how to choose one.
    """
    if len(names) == 1:
        return names[0]
    for pattern in purpose.names if purpose else ():
        for part in (lambda name: PurePosixPath(name).name, str):
            fitting = [name for name in names if pattern.search(part(name).lower())]
            if len(fitting) == 1:
                return fitting[0]
    shown = ", ".join(name[:_SHOWN] for name in names[:_NAMED])
    more = ", …" if len(names) > _NAMED else ""
    raise UserError(
        f"{path}: holds {len(names)} tables ({shown}{more}). Choose one, as "
        f"{path / names[0][:_SHOWN]}, or leave only one in it."
    )


def tables_in_archive(path: Path) -> list[str]:
    """The tables of a zip archive, each once; none where the file is no whole zip archive.

    Raises:
        OSError: It cannot be read.
    """
    try:
        if os.path.isfile(path) and zipfile.is_zipfile(path):
            with open_zip(path) as archive:
                return _tables(archive)
    except OSError:
        raise
    except Exception:
        # zipfile raises many kinds on damaged archives. Whoever reads it says what is wrong.
        return []
    return []


def is_hidden(name: str) -> bool:
    """Whether a path is, or lies in, what the system keeps for itself: `._a.csv`, `__MACOSX/`."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _unpacked(stream: IO[bytes], path: Path, member: str, stack: ExitStack) -> IO[bytes] | None:
    """The stream inside, or None where there is none."""
    start = stream.read(6)
    stream.seek(0)
    if start.startswith(b"\x1f\x8b"):
        return cast(IO[bytes], stack.enter_context(gzip.GzipFile(fileobj=stream)))
    if start.startswith(b"BZh"):
        return stack.enter_context(bz2.BZ2File(stream))
    if start.startswith(b"\xfd7zXZ\0"):
        return stack.enter_context(lzma.LZMAFile(stream))
    if not start.startswith((b"PK\3\4", b"PK\5\6")):
        return None
    if not isinstance(stream, io.BufferedReader):
        raise UserError(f"{path}: a zip archive within another. Unpack it first.")
    try:
        check_directory(stream, path)
        archive = stack.enter_context(zipfile.ZipFile(stream))
        return stack.enter_context(archive.open(member or _only(archive, path)))
    except KeyError:
        raise UserError(f"{path}: there is no such file in the archive.") from None
    except (OSError, UserError, zipfile.BadZipFile):
        raise
    except Exception as error:
        # zipfile raises many kinds on what is locked, or packed in an unusual way.
        reason = str(error)[:_SHOWN] or type(error).__name__
        raise UserError(
            f"{path}: cannot be unpacked ({reason}). Unpack it with another program, and choose "
            "the file."
        ) from error


def _only(archive: zipfile.ZipFile, path: Path) -> str:
    """The only table of an archive.

    Raises:
        UserError: There are several, or none.
    """
    names = _tables(archive)
    if names:
        return choose(path, names, None)
    files = [name for name in archive.namelist() if not name.endswith("/")]
    if any(name.startswith("[Content_Types]") for name in files):
        raise UserError(f"{path}: an Excel workbook or another office document. Save it as CSV.")
    raise UserError(
        f"{path}: an archive of {len(files):,} file{'s' * (len(files) != 1)}, of which none is a "
        "table. Unpack it, and choose the file or folder."
    )


def _tables(archive: zipfile.ZipFile) -> list[str]:
    """Paths of the tables; of files with one name and content, the one with the shortest path."""
    names = (info for info in archive.infolist() if not info.filename.endswith("/"))
    files = [info for info in names if info.filename and not is_hidden(info.filename)]
    tables = [info for info in files if info.filename.lower().endswith(TABLE_ENDINGS)]
    if not tables and len(files) == 1 and not PurePosixPath(files[0].filename).suffix:
        tables = files
    found: dict[tuple[str, int, int], str] = {}
    for info in sorted(tables, key=lambda info: (len(info.filename), info.filename)):
        name = PurePosixPath(info.filename).name
        found.setdefault((name, info.file_size, info.CRC), info.filename)
    return sorted(found.values())
