"""Image files as a source: one, or those of a folder."""

from __future__ import annotations

import os
import time
from pathlib import Path

from trainer.capture.source import Frame, Source
from trainer.images.files import IMAGE_ENDINGS, read_image
from trainer.support.errors import UserError
from trainer.support.order import natural

SECONDS_PER_IMAGE = 1.0
"""How long each image of several is shown."""

_MOST_ENTRIES = 100_000
_MOST_SECONDS = 3.0


class ImageSource(Source):
    """One image, or the images of a folder and its subfolders, in the order of their names.

    Raises:
        UserError: The folder holds no images, or too many files to look through.
    """

    live = False

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        if path.is_dir():
            self._paths = _images_in(path)
            if not self._paths:
                raise UserError(f"{path}: no images ({', '.join(IMAGE_ENDINGS)}) in there.")
        else:
            self._paths = [path]
        self.more_after_error = len(self._paths) > 1
        self._next = 0

    def read(self) -> Frame | None:
        """The next image."""
        number = self._next
        if number == len(self._paths):
            return None
        self._next += 1
        path = self._paths[number]
        duration = SECONDS_PER_IMAGE if len(self._paths) > 1 else None
        return Frame(read_image(path), str(path), number * SECONDS_PER_IMAGE, duration)

    def rewind(self) -> bool:
        """Back to the first image."""
        self._next = 0
        return True

    def close(self) -> None:
        """Nothing is held open."""


def _images_in(folder: Path) -> list[Path]:
    """The images of a folder and its subfolders, with 2.jpg before 10.jpg.

    Raises:
        UserError: There is too much to look through, as in the folder of a whole disk.
    """
    found: list[Path] = []
    seen = 0
    until = time.monotonic() + _MOST_SECONDS
    for inside, folders, files in os.walk(folder):
        seen += len(folders) + len(files)
        if seen > _MOST_ENTRIES or time.monotonic() > until:
            raise UserError(
                f"{folder}: too much to look through: {seen:,} files and folders so far. Choose "
                "one with fewer in it."
            )
        # Beside each file, macOS may leave a hidden one of the same ending.
        shown = (name for name in files if not name.startswith("."))
        found += [Path(inside, name) for name in shown if name.lower().endswith(IMAGE_ENDINGS)]
    return sorted(found, key=natural)
