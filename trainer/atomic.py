"""Files that are either the old one or the new one, whole."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from trainer.errors import UserError


def write_bytes(path: Path, content: bytes) -> None:
    """Writes to a temporary name beside `path`, then replaces `path` in one step.

    Raises:
        UserError: The folder is missing, read-only or full. What stood at `path` is unharmed.
    """
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix="~")
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(temporary, 0o666 & ~_umask())
        os.replace(temporary, path)
    except OSError as error:
        if temporary is not None and os.path.exists(temporary):
            os.unlink(temporary)
        raise UserError(
            f"{path}: cannot be written ({error.strerror or error}). Choose another place or make "
            "room; what was there before is unchanged."
        ) from error


def _umask() -> int:
    """The process's file mode mask, which can only be read by setting it."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
