"""Labelled images from whatever the user names."""

from __future__ import annotations

import filecmp
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from trainer.data.crops import cut_out, read_crops
from trainer.data.csv import read_csv
from trainer.data.dataset import Dataset
from trainer.data.folders import holds_images, list_photographs
from trainer.data.hands import HandFinding, PhotographReader
from trainer.data.table_columns import is_table_of_images
from trainer.data.unpack import Purpose, choose, is_hidden, tables_in_archive
from trainer.letters import Convention
from trainer.support.errors import UserError
from trainer.support.kinds import TABLE_ENDINGS, Use, what_is

_NO_DATA = (Use.VIDEO, Use.WEIGHTS, Use.FOREIGN_WEIGHTS)
"""What may be an archive, too, and holds no table."""


def load(
    path: Path,
    convention: Convention | None = None,
    hands: HandFinding | None = None,
) -> Dataset:
    """A table, a crop file (.npz), or labelled photographs as a data set.

    Args:
        path: The file, folder or archive, or a table in an archive; see `chosen`.
        convention: Of labels that are numbers; None: decided by rule.
        hands: How the hand is found in photographs without a box; None: they are taken whole.

    Raises:
        UserError: The data cannot be read.
    """
    path = chosen(path)
    if path.is_dir() or holds_images(path):
        listing = list_photographs(path, convention)
        reader = PhotographReader(hands)
        dataset = cut_out(listing.photographs, reader=reader)
        notes = reader.notes(path, listing)
        return replace(dataset, digests={path.name: listing.digest}, notes=notes)
    kind = what_is(path)
    if kind.use is Use.CROPS or path.suffix.lower() == ".npz":
        return read_crops(path)
    if kind.use in _NO_DATA:
        raise UserError(kind.refusal(path, "labelled images"))
    return read_csv(path, convention)


def chosen(path: Path, purpose: Purpose | None = None) -> Path:
    """The table for a purpose, where an archive or a folder holds tables in place of photographs.

    Args:
        path: What the user named. It is given back where there is nothing to choose.
        purpose: Decides between several tables by their names; None: there may be only one.

    Raises:
        UserError: Several tables fit, or the path cannot be read.
    """
    if holds_images(path):
        return path
    try:
        names = _tables_in_folder(path) if path.is_dir() else tables_in_archive(path)
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror or error}).") from error
    if len(names) < (1 if path.is_dir() else 2):
        return path
    return path / choose(path, names, purpose)


def _tables_in_folder(folder: Path) -> list[str]:
    """Tables of images in a folder or in those within it; of equal ones, the first."""
    found: list[Path] = []
    for path in _files(folder):
        if path.name.lower().endswith(TABLE_ENDINGS) and is_table_of_images(path):
            same = (other for other in found if other.name == path.name)
            if not any(filecmp.cmp(path, other, shallow=False) for other in same):
                found.append(path)
    return [path.relative_to(folder).as_posix() for path in found]


def _files(folder: Path) -> Iterator[Path]:
    """Files in a folder and in the folders within it, in a fixed order."""
    for depth in ("*", "*/*"):
        for path in sorted(folder.glob(depth)):
            if path.is_file() and not is_hidden(path.relative_to(folder).as_posix()):
                yield path
