"""Files that are either the old one or the new one, whole, and the folders for them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from trainer.support.errors import UserError


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A temporary file beside `path` to write to, which takes its place at the end of the `with`.

    Raises:
        UserError: The folder is missing, read-only or full. What stood at `path` is unharmed, as
            after any other exception.
    """
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix="~")
        with os.fdopen(handle, "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
        temporary = None
    except OSError as error:
        raise UserError(
            f"{path}: cannot be written ({error.strerror or error}). Choose another place or make "
            "room; what was there before is unchanged."
        ) from error
    finally:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)


def write_bytes(path: Path, content: bytes) -> None:
    """Writes a whole file.

    Raises:
        UserError: As `replacing`.
    """
    with replacing(path) as file:
        file.write(content)


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


def _umask() -> int:
    """The process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
