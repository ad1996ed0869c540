"""Files that are either the old one or the new one, whole, and the folders for them."""

from __future__ import annotations

import os
import secrets
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from trainer.support.errors import UserError


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A temporary file beside `path` to write to, which takes its place at the end of the `with`.

    A symbolic link stays, and the file that it points to is replaced. The new file has the mode of
    the old one. What is written to the null device is dropped.

    Raises:
        UserError: The folder is missing, read-only or full, or `path` is a folder, a pipe or a
            device. What stood at `path` is unharmed, as after any other exception.
    """
    try:
        mode = _mode(path)
        if _is_null_device(mode, path):
            with tempfile.TemporaryFile() as dropped:
                yield dropped
            return
        if mode is not None and not stat.S_ISREG(mode):
            raise UserError(
                f"{path}: cannot be written, as it is a folder, a device or a pipe. Choose a file."
            )
        with _replacing(Path(os.path.realpath(path)), mode) as file:
            yield file
    except OSError as error:
        raise _refused(path, error) from error


def write_new(path: Path, content: bytes) -> None:
    """Writes a whole file where there is none: of several processes that try, one does it.

    Raises:
        FileExistsError: There is one.
        UserError: It cannot be written.
    """
    try:
        with _replacing(path, None, _put_into_place) as file:
            file.write(content)
    except FileExistsError:
        raise
    except OSError as error:
        raise _refused(path, error) from error


def _put_into_place(temporary: Path, path: Path) -> None:
    if os.name == "nt":
        os.rename(temporary, path)  # never over a file, on this system
        return
    try:
        os.link(temporary, path)
    except FileExistsError:
        raise
    except OSError:
        # A file system without links.
        os.replace(temporary, path)
    else:
        os.unlink(temporary)


def _refused(path: Path, error: OSError) -> UserError:
    return UserError(
        f"{path}: cannot be written ({error.strerror or error}). Choose another place or make "
        "room; what was there before is unchanged."
    )


@contextmanager
def _replacing(
    path: Path, mode: int | None, put: Callable[[Path, Path], None] | None = None
) -> Iterator[IO[bytes]]:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(4)}~")
    # Not readable by others before it has the old file's mode; a new file follows the umask.
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    handle = os.open(temporary, flags, 0o666 if mode is None else 0o600)
    try:
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            os.chmod(temporary, stat.S_IMODE(mode))
        (put or os.replace)(temporary, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(temporary)
        raise


class _TriedError(Exception):
    """Ends a trial."""


def check_place(path: Path, *others: Path) -> None:
    """Tries whether a file can be written, before the work whose result it is to hold.

    Args:
        path: The file. What stands there stays.
        others: What the same command reads, or keeps beside the result.

    Raises:
        UserError: As `replacing`, or the folder is missing, or the file is one of the others.
    """
    check_folder(path)
    if any(_is_same(path, other) for other in others):
        raise UserError(
            f"{path}: this command reads it or keeps something else there, so nothing is written "
            "over it. Choose another name."
        )
    with suppress(_TriedError), replacing(path):
        raise _TriedError


def check_folder(path: Path) -> None:
    """Raises UserError where the folder that a path leads into is missing."""
    try:
        # Path.resolve() raises RuntimeError for links that lead back to themselves.
        there = os.path.isdir(os.path.dirname(os.path.realpath(path)))
    except OSError:
        # The folder that the program works in was deleted.
        there = False
    if not there:
        raise UserError(f"{path}: its folder does not exist. Create it first.")


def write_bytes(path: Path, content: bytes) -> None:
    """Writes a whole file.

    Raises:
        UserError: As `replacing`.
    """
    with replacing(path) as file:
        file.write(content)


def put_aside(path: Path) -> Path:
    """Renames what cannot be read, as the first free name like `practice.unreadable-1.json`.

    Raises:
        OSError: It cannot be renamed.
    """
    number = 1
    while os.path.lexists(aside := path.with_stem(f"{path.stem}.unreadable-{number}")):
        number += 1
    os.rename(path, aside)
    return aside


def make_folder(folder: Path, without: str = "") -> None:
    """Makes a folder and those above it, unless it is there.

    Args:
        folder: The folder.
        without: How the sentence goes on if that fails, such as ", so nothing is kept".

    Raises:
        UserError: It cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(
            f"{folder}: cannot be made ({error.strerror or error}){without}."
        ) from error


def _mode(path: Path) -> int | None:
    """Type and mode of what is at a path, links followed, or None."""
    try:
        return path.stat().st_mode
    except FileNotFoundError:
        return None


def _is_same(path: Path, other: Path) -> bool:
    try:
        same = os.path.realpath(path) == os.path.realpath(other)
        return same or (path.is_file() and path.samefile(other))
    except OSError:
        return False


def _is_null_device(mode: int | None, path: Path) -> bool:
    return mode is not None and stat.S_ISCHR(mode) and path.samefile(os.devnull)
