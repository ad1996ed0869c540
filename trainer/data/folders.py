"""Photographs: folders named by letter, or a folder with an `index.csv`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from trainer.images.box import Box
from trainer.images.files import IMAGE_ENDINGS
from trainer.letters import LETTERS
from trainer.support.errors import UserError

INDEX = "index.csv"


@dataclass(frozen=True)
class Photograph:
    """One labelled image file.

    Attributes:
        path: The file.
        label: Class index 0–23.
        source: Whose hand, as far as is known: the `source` column, or the folder above the letter.
        box: The hand box in the image's pixels; None: the whole image is the hand.
    """

    path: Path
    label: int
    source: str
    box: Box | None


@dataclass(frozen=True)
class Listing:
    """The photographs of a folder.

    Attributes:
        photographs: In a fixed order.
        left_out: How many were passed over because their letter is none of the 24.
        digest: SHA-256 over names, letters and boxes.
    """

    photographs: tuple[Photograph, ...]
    left_out: int

    @property
    def digest(self) -> str:
        """SHA-256 over what the listing says; not over the images themselves."""
        text = "\n".join(f"{p.path.name} {p.label} {p.source} {p.box}" for p in self.photographs)
        return hashlib.sha256(text.encode()).hexdigest()

    def notes(self, folder: Path) -> tuple[str, ...]:
        """Sentences for the user on what was found in the folder."""
        found = f"{folder}: {len(self.photographs):,} images."
        if not self.left_out:
            return (found,)
        return (found, f"{self.left_out:,} images of other letters were left out.")


def list_photographs(folder: Path) -> Listing:
    """The labelled photographs of a folder.

    Either the folder has an `index.csv` with the columns `file` and `letter` and, if wished,
    `source` and `x, y, w, h` (the hand box); `file` is relative to the folder or to the one above.
    Or every image lies in a folder that is named by its letter, at any depth; the folder above
    the letter's is the source.

    Raises:
        UserError: The folder or a listed file is missing, the index is damaged, or there is no
            photograph of the 24 letters.
    """
    if not folder.is_dir():
        raise UserError(f"{folder}: there is no such folder.")
    index = folder / INDEX
    found = _from_index(index) if index.is_file() else _from_folders(folder)
    known: list[Photograph] = []
    left_out = 0
    for path, letter, source, box in found:
        if letter in LETTERS:
            known.append(Photograph(path, LETTERS.index(letter), source, box))
        else:
            left_out += 1
    if not known:
        raise UserError(
            f"{folder}: no photographs of the letters {LETTERS}. Expected are images in folders "
            f"that are named by letter, or an {INDEX} with the columns file and letter."
        )
    return Listing(tuple(known), left_out)


_Found = Iterator[tuple[Path, str, str, Box | None]]


def _from_folders(folder: Path) -> _Found:
    for path in sorted(folder.rglob("*")):
        letter = path.parent.name.upper()
        if path.suffix.lower() in IMAGE_ENDINGS and len(letter) == 1 and letter.isalpha():
            yield path, letter, path.parent.parent.name, None


def _from_index(index: Path) -> _Found:
    import pandas as pd

    try:
        table = pd.read_csv(index, encoding="utf-8-sig", keep_default_na=False, dtype=str)
    except Exception as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UserError(f"{index}: not a CSV file that can be read ({reason}).") from error
    missing = [name for name in ("file", "letter") if name not in table.columns]
    if missing:
        raise UserError(f"{index}: the column {missing[0]} is missing.")
    sides = ["x", "y", "w", "h"]
    boxed = all(side in table.columns for side in sides)
    for row, record in enumerate(table.to_dict("records"), start=1):
        path = _resolve(index.parent, str(record["file"]))
        if path is None:
            raise UserError(
                f"{index}, row {row} (line {row + 1}), column file: {record['file']!r} is "
                f"not in {index.parent} nor beside it. Correct the path or delete the row."
            )
        box = None
        if boxed and any(record[side] for side in sides):
            try:
                box = Box(*(float(record[side]) for side in sides))
                if not (box.w > 0 and box.h > 0 and abs(box.x) < 1e6 and abs(box.y) < 1e6):
                    raise ValueError
            except ValueError:
                raise UserError(
                    f"{index}, row {row} (line {row + 1}): x, y, w, h are no hand box in pixels. "
                    "Correct them, or leave all four empty to use the whole image."
                ) from None
        source = str(record.get("source") or path.parent.parent.name)
        yield path, str(record["letter"]).strip().upper(), source, box


def _resolve(folder: Path, name: str) -> Path | None:
    """The listed file, which may not lie outside the folder or its sibling folders."""
    for base in (folder, folder.parent):
        path = base / name
        if path.is_file() and path.resolve().is_relative_to(base.resolve()):
            return path
    return None
