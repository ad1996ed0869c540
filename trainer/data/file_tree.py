"""The files in a folder or a zip archive: named, found by listed paths, and read."""

from __future__ import annotations

import os
import posixpath
import re
import zipfile
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path, PurePosixPath

from trainer.data.left_out import LeftOut
from trainer.images.files import MAX_IMAGE_BYTES, decode_image
from trainer.images.preprocessing import Image
from trainer.support import files
from trainer.support.errors import UserError
from trainer.support.kinds import Use, what_is
from trainer.support.order import natural_name
from trainer.support.zips import open_zip, read_member

MOST_FILES = 300_000
"""Of a tree; more are a disk, and no data set."""

_MOST_ALIKE = 50
"""Files of one name among which the meant one is looked for."""

_DEEPEST = 12
"""Parts of a path that are compared."""

_IGNORED = frozenset({"__MACOSX", "Thumbs.db", "desktop.ini"})
"""What systems put beside a user's files. Hidden files are passed over, too."""


class FileTree(ABC):
    """Files by their names relative to a folder or archive, with slashes, in natural order.

    Attributes:
        path: The folder or archive.
        found: Names of ordinary files that are not hidden, in no order.
        left_out: What was seen and is no such file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.left_out = LeftOut()
        self.found: frozenset[str] = frozenset()
        self._folded: dict[str, str] = {}
        self._names_by_end: dict[str, list[str]] = {}

    @cached_property
    def names(self) -> tuple[str, ...]:
        """All names, in natural order."""
        return tuple(sorted(self.found, key=natural_name))

    @abstractmethod
    def read(self, name: str, most: int) -> bytes:
        """The content of a file, of at most so many bytes.

        Raises:
            UserError: It cannot be read, or is larger.
        """

    @abstractmethod
    def head(self, name: str, count: int) -> bytes:
        """The first bytes of a file; fewer where it is shorter or cannot be read."""

    def image(self, name: str) -> Image:
        """An image file as (h, w, 3) BGR.

        Raises:
            UserError: It cannot be read.
        """
        return decode_image(self.read(name, MAX_IMAGE_BYTES), self.where(name))

    def where(self, name: str) -> Path:
        """A file's path for messages; one that can be opened where the tree is a folder."""
        return self.path / name

    def find(self, listed: str, beside: str = "") -> str | None:
        """The file that an annotation means by a path, which may be of another machine.

        Args:
            listed: As it stands there: relative to the annotation, the folder or the one above, or
                absolute; with slashes or backslashes.
            beside: The annotation file's own name.

        Returns:
            A name to read; None where no file or more than one fits.
        """
        path = _DRIVE.sub("", listed.strip().replace("\\", "/")).lstrip("/")
        folder = posixpath.dirname(beside)
        near = posixpath.normpath(posixpath.join(folder, path))
        if near in self.found:
            return near
        wanted = re.sub(r"^(\.\.?/)+", "", posixpath.normpath(path)).casefold()
        ends = self._by_end()
        fit = ends.get(wanted, [])
        if not fit:
            # The listed path may begin above this tree.
            fit = [self._folded[end] for end in _ends(wanted) if end in self._folded][:1]
        if 1 < len(fit) <= _MOST_ALIKE:
            fit = [name for name in fit if name.startswith(f"{folder}/")] or fit
        if 1 < len(fit) <= _MOST_ALIKE:
            # annotations/train.json lists what is in train/.
            words = set(re.split(r"\W|_", posixpath.splitext(posixpath.basename(beside))[0]))
            fit = [name for name in fit if words & set(PurePosixPath(name).parts)] or fit
        return fit[0] if len(fit) == 1 else self._outside(path) if not fit else None

    def _by_end(self) -> dict[str, list[str]]:
        """The names by every end of them that begins behind a slash, in small letters."""
        if not self._names_by_end:
            for name in self.names:
                self._folded[name.casefold()] = name
                for end in _ends(name.casefold()):
                    self._names_by_end.setdefault(end, []).append(name)
        return self._names_by_end

    def _outside(self, path: str) -> str | None:
        """A name for a listed file that is not in the tree itself."""
        return None


_DRIVE = re.compile(r"^(file://)?/?([a-zA-Z]:)?")


def _ends(name: str) -> Iterator[str]:
    """The last parts of a path, the longest first: a/b/c, b/c, c."""
    parts = name.split("/")[-_DEEPEST:]
    for at in range(len(parts)):
        yield "/".join(parts[at:])


def open_tree(path: Path) -> FileTree:
    """The files of a folder or zip archive.

    Raises:
        UserError: It cannot be read, or holds more than a data set does.
    """
    if os.path.isdir(path):
        return _Folder(path)
    if not os.path.exists(path):
        raise UserError(f"{path}: there is no such folder.")
    if (kind := what_is(path)).use is not Use.ARCHIVE:
        raise UserError(kind.refusal(path, "a folder of images"))
    return _Archive(path)


class _Folder(FileTree):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        names: list[str] = []
        waiting, seen = [""], 0
        while waiting:
            inside = waiting.pop()
            try:
                with os.scandir(path / inside) as entries:
                    for entry in entries:
                        seen += 1
                        if seen > MOST_FILES:
                            raise _too_much(path)
                        self._take(entry, f"{inside}{entry.name}", names, waiting)
            except OSError as error:
                if not inside:
                    reason = error.strerror or error
                    raise UserError(f"{path}: cannot be read ({reason}).") from error
                self.left_out.add("in folders that cannot be opened", inside)
        self.found = frozenset(names)

    def _take(
        self, entry: os.DirEntry[str], name: str, names: list[str], waiting: list[str]
    ) -> None:
        if entry.name.startswith(".") or entry.name in _IGNORED:
            return
        with suppress(OSError):  # A link that leads back to itself.
            if entry.is_dir(follow_symlinks=False):
                waiting.append(f"{name}/")
                return
            if entry.is_file():
                names.append(name)
                return
            if entry.is_dir():
                self.left_out.add("linked folders", name)
                return
        self.left_out.add("pipes, devices or broken links", name)

    def read(self, name: str, most: int) -> bytes:
        return files.content(self.path / name, most)

    def head(self, name: str, count: int) -> bytes:
        try:
            with (self.path / name).open("rb") as file:
                # The system's own files in /proc have no size, and some never end.
                return file.read(count) if os.fstat(file.fileno()).st_size else b""
        except OSError:
            return b""

    def _outside(self, path: str) -> str | None:
        """An index may list what is in a folder beside its own, but nothing farther away."""
        above = self.path.resolve().parent
        other = above / path
        try:
            found = other.is_file() and other.resolve().is_relative_to(above)
        except OSError:
            # A name that no system allows, such as one that is too long.
            return None
        if found:
            return os.path.relpath(other, self.path.resolve()).replace(os.sep, "/")
        return None


class _Archive(FileTree):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        try:
            self._archive = open_zip(path)
        except OSError as error:
            raise UserError(f"{path}: cannot be read ({error.strerror or error}).") from error
        self._members: dict[str, zipfile.ZipInfo] = {}
        for member in self._archive.infolist():
            name = member.filename.replace("\\", "/").lstrip("/")
            hidden = any(p.startswith(".") or p in _IGNORED for p in name.split("/"))
            # Not `is_dir`, which fails where a damaged name is empty.
            if name and not name.endswith("/") and not hidden:
                self._members[name] = member
        self.found = frozenset(self._members)

    def read(self, name: str, most: int) -> bytes:
        return read_member(self._archive, self._members[name], most)

    def head(self, name: str, count: int) -> bytes:
        try:
            with self._archive.open(self._members[name]) as member:
                return member.read(count)
        except Exception:
            # As `read_member`: many kinds.
            return b""


def _too_much(path: Path) -> UserError:
    return UserError(
        f"{path}: more than {MOST_FILES:,} files and folders, which is no data set. Choose a "
        "folder with fewer in it."
    )
