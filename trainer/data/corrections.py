"""A copy of a file with some labels corrected and some images left out."""

from __future__ import annotations

import os
from collections.abc import Collection as Rows
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from trainer.data.crops import save_crops
from trainer.data.csv import write_csv
from trainer.data.dataset import Dataset
from trainer.data.folders import holds_images
from trainer.data.load import load
from trainer.letters import LETTERS, Convention
from trainer.support.errors import UserError


def write_corrected(
    source: Path,
    target: Path,
    relabelled: Mapping[int, str],
    dropped: Rows[int],
    convention: Convention | None = None,
) -> int:
    """Writes a corrected copy; the original is never written to.

    Args:
        source: A table or crop file.
        target: The copy, of the same kind.
        relabelled: Letters by row, from 0.
        dropped: Rows to leave out.
        convention: Of a table's labels, as it was read; None: decided by rule.

    Returns:
        Images in the copy.

    Raises:
        UserError: The file cannot be read, has changed, would be overwritten, or the copy cannot
            be written.
    """
    if os.path.realpath(target) == os.path.realpath(source):
        raise UserError(f"{source}: stays as it is. Choose another name for the corrected copy.")
    if holds_images(source):
        raise UserError(f"{source}: photographs. Correct it by moving its files.")
    dataset = load(source, convention)
    if max([*relabelled, *dropped], default=-1) >= len(dataset):
        raise UserError(f"{source}: has fewer rows than when it was read. Train anew.")
    labels = dataset.labels.copy()
    for row, letter in relabelled.items():
        labels[row] = LETTERS.index(letter)
    keep = np.ones(len(dataset), bool)
    keep[list(dropped)] = False
    if not keep.any():
        raise UserError("Nothing would be left: every image is dropped.")
    result = replace(dataset, labels=labels).subset(keep)
    if source.suffix.lower() == ".npz":
        save_crops(result, target)
    else:
        write_csv(result, target, convention or _unmistakable(result))
    return len(result)


def _unmistakable(dataset: Dataset) -> Convention | None:
    """A convention that `trainer.data.labels.map_labels` finds again; None where it finds none."""
    seen = set(np.unique(dataset.labels).tolist())
    if LETTERS.index("Y") in seen:
        return Convention.GAP
    return Convention.NO_GAP if LETTERS.index("K") in seen else None
