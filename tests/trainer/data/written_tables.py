"""Tables of the same images, written down in many ways."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from trainer.data.load import load
from trainer.letters import ALPHABET, LETTERS, Convention

SEEN = "ABCDEFIKY"
"""The letters of the cases: 24 (Y) and no 9, so that the numbering is known."""

NAMES = [f"pixel{i}" for i in range(1, 785)]


def images(n: int = len(SEEN), seed: int = 3) -> np.ndarray:
    """(n, 784) gray levels with black corners, as drawn hands have."""
    pixels = np.random.default_rng(seed).integers(0, 256, (n, 784))
    pixels[:, [0, 1, -2, -1]] = 0
    pixels[0, 100:103] = 0, 255, 128
    return pixels


@dataclass(frozen=True)
class Written:
    """A table, and how it is written down."""

    labels: Sequence[object] = tuple(ALPHABET.index(letter) for letter in SEEN)
    header: Sequence[str] | None = ("label", *NAMES)
    cell: Callable[[int], object] = str
    before: Sequence[Sequence[object]] = ()
    behind: Sequence[Sequence[object]] = ()
    label_last: bool = False
    delimiter: str = ","
    end: str = "\n"
    first: str = ""
    last: str = ""
    encoding: str = "utf-8"

    def rows(self) -> list[list[str]]:
        rows = []
        for row, (label, pixels) in enumerate(
            zip(self.labels, images(len(self.labels)), strict=True)
        ):
            values: list[object] = [self.cell(int(value)) for value in pixels]
            values = [*values, label] if self.label_last else [label, *values]
            around = [column[row] for column in self.before], [c[row] for c in self.behind]
            rows.append([str(value) for value in (*around[0], *values, *around[1])])
        return ([list(self.header)] if self.header else []) + rows

    def text(self) -> str:
        lines = [self.delimiter.join(row) for row in self.rows()]
        return self.first + self.end.join(lines) + self.end + self.last

    def content(self) -> bytes:
        return self.text().encode(self.encoding)

    def to(self, path: Path) -> Path:
        path.write_bytes(self.content())
        return path


KAGGLE = Written()
COUNT = tuple(range(len(SEEN)))
EMPTY = ("",) * len(SEEN)


def quoted(table: Written) -> Written:
    return replace(table, cell=lambda v: f'"{v}"', header=[f'"{n}"' for n in table.header or ()])


def unit(digits: int) -> Callable[[int], str]:
    return lambda value: f"{value / 255:.{digits}f}"


def comma(number: str) -> str:
    return number.replace(".", ",")


def zipped(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


SEMICOLONS = replace(KAGGLE, delimiter=";")
LAST = replace(KAGGLE, label_last=True, header=(*NAMES, "label"))


def read(path: Path, convention: Convention | None = None) -> tuple[str, np.ndarray, str]:
    """Letters, pixels and the note."""
    dataset = load(path, convention)
    (note,) = dataset.notes
    assert note.startswith(f"{path.name}: {len(dataset)} images, ")
    letters = "".join(LETTERS[label] for label in dataset.labels)
    return letters, dataset.images.reshape(len(dataset), -1), note
