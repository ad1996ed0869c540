"""Labelled images from whatever the user names."""

from __future__ import annotations

import filecmp
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from trainer.data.crops import cut_out, read_crops
from trainer.data.csv import read_csv
from trainer.data.dataset import Dataset
from trainer.data.folders import INDEX, Photograph, list_photographs
from trainer.data.table_columns import is_table_of_images
from trainer.data.unpack import TABLE_ENDINGS, Purpose, choose, is_hidden, tables_in_archive
from trainer.letters import Convention
from trainer.support.errors import UserError

T = TypeVar("T")
Progress = Callable[[Iterable[T], str], Iterable[T]]
"""Wraps a loop in a progress bar with a title."""


def load(
    path: Path,
    convention: Convention | None = None,
    progress: Progress[Photograph] = lambda items, title: items,
) -> Dataset:
    """A table, a crop file (.npz), or a folder of photographs as a data set.

    Args:
        path: The file or folder, or a table in an archive; see `chosen`.
        convention: Of labels that are numbers; None: decided by rule.
        progress: Shows how far the images of a folder are read.

    Raises:
        UserError: The data cannot be read.
    """
    path = chosen(path)
    if path.is_dir():
        listing = list_photographs(path)
        dataset = cut_out(progress(listing.photographs, path.name))
        return replace(dataset, digests={path.name: listing.digest}, notes=listing.notes(path))
    if path.suffix.lower() == ".npz":
        return read_crops(path)
    return read_csv(path, convention)


def chosen(path: Path, purpose: Purpose | None = None) -> Path:
    """The table for a purpose, where an archive or a folder holds tables in place of photographs.

    Args:
        path: What the user named. It is given back where there is nothing to choose.
        purpose: Decides between several tables by their names; None: there may be only one.

    Raises:
        UserError: Several tables fit, or the path cannot be read.
    """
    try:
        if path.is_dir():
            names = [] if (path / INDEX).exists() else _tables_in_folder(path)
            if not names or _has_photographs(path):
                return path
        else:
            names = tables_in_archive(path)
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror or error}).") from error
    if not path.is_dir() and len(names) < 2:
        return path
    return path / choose(path, names, purpose)


def _has_photographs(folder: Path) -> bool:
    try:
        list_photographs(folder)
    except UserError:
        return False
    return True


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
