"""Labelled images from whatever the user names."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from trainer.data.crops import cut_out, read_crops
from trainer.data.csv import read_csv
from trainer.data.dataset import Dataset
from trainer.data.folders import Photograph, list_photographs
from trainer.letters import Convention

T = TypeVar("T")
Progress = Callable[[Iterable[T], str], Iterable[T]]
"""Wraps a loop in a progress bar with a title."""


def load(
    path: Path,
    convention: Convention | None = None,
    progress: Progress[Photograph] = lambda items, title: items,
) -> Dataset:
    """A CSV file, a crop file (.npz), or a folder of photographs as a data set.

    Args:
        path: The file or folder.
        convention: Of the labels of a CSV file; None: decided by rule.
        progress: Shows how far the images of a folder are read.

    Raises:
        UserError: The data cannot be read.
    """
    if path.is_dir():
        listing = list_photographs(path)
        dataset = cut_out(progress(listing.photographs, path.name))
        return replace(dataset, digests={path.name: listing.digest}, notes=listing.notes(path))
    if path.suffix == ".npz":
        return read_crops(path)
    return read_csv(path, convention)
