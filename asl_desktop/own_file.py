"""A file of the user's own data: read when the window opens, written again after each change."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from trainer.support import atomic, files
from trainer.support.errors import UserError
from trainer.support.lock import Lock

MAX_BYTES = 16 << 20
"""Longest content that is read, and so also that is written."""

_Content = TypeVar("_Content")


class OwnFile:
    """Never loses what it cannot read, nor what another window writes.

    A file that cannot be read is renamed before anything is written. A second window reads the
    file and does not write it.

    Args:
        path: Made with its folder at the first change.
        what: What the file holds, such as "the practice progress".
    """

    def __init__(self, path: Path, what: str) -> None:
        self._path = path
        self._what = what
        self.notice = ""
        """One sentence about what could not be read or will not be written, or ""."""
        self.writable = True
        """Whether `write` may write; `notice` says why not."""
        # Where there is no place for data, the first change says so.
        with suppress(OSError):
            path.parent.mkdir(parents=True, exist_ok=True)
        self._told = False
        self._lock = self._locked()

    def read(self, parse: Callable[[bytes], _Content], empty: _Content) -> _Content:
        """The file's content, or `empty` where there is none or it cannot be used.

        Args:
            parse: May raise ValueError, OverflowError or RecursionError.
            empty: What a missing file means.
        """
        try:
            self._path.stat()
        except FileNotFoundError:
            return empty
        except OSError:
            # `content` says why.
            pass
        try:
            return parse(files.content(self._path, MAX_BYTES))
        except UserError as error:
            self.put_aside(str(error))
        except (ValueError, OverflowError, RecursionError) as error:
            self.put_aside(f"{self._path}: {self._what} is damaged ({error}).")
        return empty

    def put_aside(self, reason: str) -> None:
        """Renames the file, so that nothing is written over it; otherwise forbids writing."""
        if not self.writable:
            return
        try:
            aside = atomic.put_aside(self._path)
        except OSError as error:
            self.writable = False
            self.notice = (
                f"{reason} It cannot be renamed either ({error.strerror or error}), so that "
                f"{self._what} is not saved. Move the file away and start again."
            )
        else:
            self.notice = f"{reason} The file is now called {aside.name}."

    def write(self, content: bytes) -> None:
        """Replaces the file.

        Raises:
            UserError: It cannot or must not be written.
        """
        if not self.writable:
            raise UserError(self.notice)
        if len(content) > MAX_BYTES:
            raise UserError(
                f"{self._path}: {self._what} is longer than {MAX_BYTES >> 20} MB and is not saved."
            )
        atomic.make_folder(self._path.parent, f", so that {self._what} is not saved")
        atomic.write_bytes(self._path, content)

    def save(self, content: bytes, tell: Callable[[str], None]) -> bool:
        """Writes the content, unless `notice` says that nothing is saved.

        Args:
            content: The whole file.
            tell: Gets why it could not be written; once, until writing works again.

        Returns:
            Whether it is on disk. If not, save it at the next change and at the end.
        """
        if not self.writable:
            return False
        try:
            self.write(content)
        except UserError as error:
            if not self._told:
                tell(str(error))
            self._told = True
            return False
        self._told = False
        return True

    def close(self) -> None:
        """Lets another window write."""
        self._lock = None

    def _locked(self) -> Lock | None:
        try:
            return Lock(Path(f"{self._path}.lock"))
        except BlockingIOError:
            self.writable = False
            self.notice = (
                f"ASL Desktop is already open, and that window saves {self._what}; what changes "
                "here is not saved. Close this window, or close both and start again."
            )
        except OSError:
            # A place without locks is no reason not to save.
            pass
        return None
