"""A lock between processes, which the system lifts when its process ends, however it ends."""

from __future__ import annotations

import errno
import os
import sys
import weakref
from pathlib import Path

_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}


class Lock:
    """Holds a file's lock as long as this object lives.

    Args:
        path: Made if it is not there; it stays.

    Raises:
        BlockingIOError: Another process or object holds it.
        OSError: The file cannot be made.
    """

    def __init__(self, path: Path) -> None:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NONBLOCK", 0), 0o666)
        self._close = weakref.finalize(self, os.close, handle)
        try:
            _lock(handle)
        except OSError as error:
            self._close()
            if error.errno in _TAKEN:
                raise BlockingIOError(*error.args) from error
            raise


def _lock(handle: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
