"""What the user wants to correct in files, until a corrected copy is written."""

from __future__ import annotations

from collections.abc import Iterable

from trainer.evaluation.predictions import HeldOut


class Corrections:
    """Letters and dropped rows, by file and row."""

    def __init__(self) -> None:
        self._letters: dict[str, dict[int, str]] = {}
        self._dropped: dict[str, set[int]] = {}

    def relabel(self, held_out: HeldOut, images: Iterable[int], letter: str) -> None:
        """The images show another letter."""
        for file, row in _places(held_out, images):
            self._letters.setdefault(file, {})[row] = letter
            self._dropped.get(file, set()).discard(row)

    def drop(self, held_out: HeldOut, images: Iterable[int]) -> None:
        """The images show no letter well."""
        for file, row in _places(held_out, images):
            self._dropped.setdefault(file, set()).add(row)
            self._letters.get(file, {}).pop(row, None)

    def of(self, file: str) -> tuple[dict[int, str], set[int]]:
        """Letters by row, and dropped rows, of a file."""
        return self._letters.get(file, {}), self._dropped.get(file, set())

    def said_of(self, held_out: HeldOut, image: int) -> str:
        """The new letter, "–" for a dropped image, or ""."""
        ((file, row),) = _places(held_out, [image])
        letters, dropped = self.of(file)
        return "–" if row in dropped else letters.get(row, "")

    @property
    def files(self) -> list[str]:
        """Files that something is to be corrected in."""
        named = {*self._letters, *self._dropped}
        return sorted(file for file in named if any(self.of(file)))

    @property
    def count(self) -> int:
        """Images that are to be corrected."""
        return sum(len(part) for file in self.files for part in self.of(file))

    def forget(self, file: str) -> None:
        """They are written."""
        self._letters.pop(file, None)
        self._dropped.pop(file, None)


def _places(held_out: HeldOut, images: Iterable[int]) -> list[tuple[str, int]]:
    return [(held_out.files[held_out.file[i]], int(held_out.row[i])) for i in images]
