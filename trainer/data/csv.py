"""CSV files of labelled images, at best in Kaggle's layout: `label,pixel1,…,pixel784`.

A row is an image of 28 × 28. Other layouts that occur are read, too: see docs/data-formats.md.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from pathlib import Path

import numpy as np

from trainer.data import csv_cache
from trainer.data.dataset import Dataset
from trainer.data.labels import LabelError, LabelMap, map_labels
from trainer.data.plain_csv import COLUMNS, SIDE, read_plain
from trainer.data.table import BINARY, Table, check_text, read_table
from trainer.data.table_rows import first_labelled, shown
from trainer.data.unpack import split, unpacked_sha256
from trainer.letters import CLASSES, LETTERS, NO_SIGN, Convention
from trainer.support import atomic
from trainer.support.errors import UserError
from trainer.support.files import check_regular, file_sha256

_CACHED_FROM = 4 << 20
"""Bytes: a smaller file is read about as fast as its cache would be."""


def read_csv(path: Path, convention: Convention | None = None) -> Dataset:
    """Reads a table of labelled images.

    Args:
        path: A text file, plain or packed; or one in a zip archive, as `archive.zip/train.csv`.
        convention: How numbers stand for letters, where labels are numbers. None: decided by the
            rules of `map_labels`, and stated in the data set's notes.

    Raises:
        UserError: The file cannot be read or is no such table; a value is missing, no number or out
            of range; or it can be understood in two ways.
    """
    try:
        file, member = split(path)
        check_text(path)
        cached = check_regular(file) >= _CACHED_FROM
        before = _state(file)
        digest = csv_cache.digest(file) if cached else file_sha256(file)
        key = f"{digest}-{zlib.crc32(member.encode()):08x}" if member else digest
        table = csv_cache.load(key) if cached else None
        if table is None:
            table = _plain(path) or read_table(path)
            table = replace(table, digest=unpacked_sha256(path) or digest)
            if _state(file) != before:
                raise UserError(
                    f"{path}: changed while it was read. Wait until it is complete, and try again."
                )
            if cached:
                csv_cache.store(key, table)
        return _dataset(path, table, convention)
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror or error}).") from error
    except MemoryError:
        raise UserError(f"{path}: too large for this computer's memory. Divide the file.") from None


def write_csv(dataset: Dataset, path: Path, convention: Convention | None) -> None:
    """Writes images of 28 × 28 in Kaggle's layout.

    Args:
        dataset: The images.
        path: The file.
        convention: The numbers that stand for the letters; None: the letters themselves.

    Raises:
        UserError: The file cannot be written.
        ValueError: The images have another size.
    """
    if dataset.images.shape[1:] != (SIDE, SIDE):
        raise ValueError(f"a CSV holds images of {SIDE} × {SIDE}, not {dataset.images.shape[1:]}")
    names = [convention.label_of(i) if convention else LETTERS[i] for i in range(CLASSES)]
    rows = dataset.images.reshape(len(dataset), -1)
    with atomic.replacing(path) as file:
        file.write((",".join(COLUMNS) + "\n").encode())
        for label, row in zip(dataset.labels, rows, strict=True):
            file.write(f"{names[label]},{','.join(map(str, row.tolist()))}\n".encode())


def _plain(path: Path) -> Table | None:
    """What `read_plain` gives, or None where the file has to be read more carefully."""
    found = read_plain(path)
    if found is None:
        return None
    pixels, labels = found
    assumed: tuple[str, ...] = ()
    if pixels.max() == BINARY.white:
        pixels, assumed = BINARY.gray(pixels), (BINARY.told,)
    return Table(pixels, labels.astype(np.uint16), _NUMBERS, assumed=assumed)


_NUMBERS = tuple(map(str, range(CLASSES + 1)))
"""The labels of plain files: every number is its own code."""


def _state(path: Path) -> tuple[int, int, int]:
    """Tells whether a file was changed between two moments."""
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _dataset(path: Path, table: Table, convention: Convention | None) -> Dataset:
    """The rows that show a still letter.

    Raises:
        UserError: A label is none; or the labels fit both conventions and none was given.
    """
    counts = np.bincount(table.codes, minlength=len(table.labels)).tolist()
    seen = {label: n for label, n in zip(table.labels, counts, strict=True) if n}
    labels = _mapped(path, seen, convention)
    meaning = [labels.classes.get(label) for label in table.labels]
    none = [NO_SIGN if index is None else index for index in meaning]
    classes = np.array(none, np.int64)[table.codes]
    used = classes != NO_SIGN
    if not used.any():
        raise UserError(f"{path}: no row is labelled as one of the letters {LETTERS}.")
    pixels = table.pixels
    if not used.all():
        pixels, classes = pixels[used], classes[used]
    told = "; ".join([labels.note, *table.assumed])
    left_out = labels.left_out(seen, "rows", no_sign=True)
    note = f"{path.name}: {len(classes):,} images, {told}. {left_out}".rstrip()
    return Dataset(
        pixels.reshape(-1, SIDE, SIDE),
        classes,
        np.full(len(classes), path.stem),
        digests={path.name: table.digest},
        notes=(note,),
    )


def _mapped(path: Path, seen: dict[str, int], convention: Convention | None) -> LabelMap:
    """The meaning of the labels that occur.

    Raises:
        UserError: Names the first row whose label is none.
    """
    ambiguous: UserError | None = None
    try:
        labels = map_labels(seen, str(path), convention, without_j=True)
    except LabelError as error:
        place, label = first_labelled(path, {error.label})
        raise UserError(f"{path}, {place}, column label: {label} {error.reason}") from None
    except UserError as error:
        # A slip is named first: it may stand for the label that decides.
        ambiguous = error
        labels = map_labels(seen, str(path), Convention.GAP)
    # Words among letters are other signs; whatever else is no label is a slip.
    slips = {
        label
        for label in labels.unknown
        if labels.number_of_a is not None or len(label) < 2 or not label.replace(" ", "").isalpha()
    }
    if slips:
        place, label = first_labelled(path, slips)
        others = sum(seen[label] for label in slips)
        more = f"; {others:,} rows have such labels" if others > 1 else ""
        raise UserError(
            f"{path}, {place}, column label: {shown(label)} is no letter and no number of one. "
            f"Correct or delete that row{more}."
        )
    if ambiguous:
        raise ambiguous
    return labels
