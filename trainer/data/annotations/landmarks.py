"""Joints of hands from a table beside the images: landmarks.csv."""

from __future__ import annotations

import csv

import numpy as np
from numpy.typing import NDArray

from trainer.data.annotations.tables import csv_rows
from trainer.data.file_tree import FileTree
from trainer.joints import JOINTS
from trainer.support.errors import UserError

LANDMARKS = "landmarks.csv"
MAX_BYTES = 512 << 20
_FARTHEST = 1e5
"""Largest coordinate, in pixels."""


def read_landmarks(tree: FileTree) -> dict[str, NDArray[np.float32]]:
    """Image → joints (21, 2) in its pixels, of a table with the columns file, x0, y0, … x20, y20.

    Other columns are ignored. A tree without a landmarks.csv has no joints; an image without a row
    has none either.

    Raises:
        UserError: The table is damaged, lacks a column, or a coordinate is no number.
    """
    if LANDMARKS not in tree.names:
        return {}
    where = tree.where(LANDMARKS)
    rows = csv_rows(tree.read(LANDMARKS, MAX_BYTES))
    found: dict[str, NDArray[np.float32]] = {}
    try:
        header = [name.strip().lower() for name in next(rows, [])]
        try:
            file = header.index("file")
            columns = [header.index(f"{axis}{joint}") for joint in range(JOINTS) for axis in "xy"]
        except ValueError as error:
            raise UserError(
                f"{where}: a column is missing ({error}). Expected are file, x0, y0 … x20, y20."
            ) from None
        for number, row in enumerate(rows, start=1):
            if not any(row):
                continue
            try:
                joints = np.array([float(row[column]) for column in columns], np.float32)
                image = tree.find(row[file].strip(), LANDMARKS)
            except (ValueError, IndexError):
                joints = np.full(len(columns), np.nan, np.float32)
            if not (np.abs(joints) <= _FARTHEST).all():
                raise UserError(f"{where}, row {number}: not the 42 coordinates of 21 joints.")
            if image is not None:
                found[image] = joints.reshape(JOINTS, 2)
    except csv.Error as error:
        raise UserError(f"{where}: not a CSV file that can be read ({error}).") from error
    return found
