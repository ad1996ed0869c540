"""CSV files in Kaggle's layout: `label,pixel1,…,pixel784`, a row an image of 28 × 28."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from trainer.data import csv_cache
from trainer.data.bounded_text import TooLongError, opened
from trainer.data.dataset import Dataset
from trainer.data.plain_csv import COLUMNS, PIXELS, SIDE, Table, read_plain
from trainer.letters import CLASSES, Convention, decide_convention
from trainer.support import atomic
from trainer.support.errors import UserError
from trainer.support.files import check_regular, file_sha256

if TYPE_CHECKING:
    import pandas as pd

_CACHED_FROM = 4 << 20
"""Bytes: a smaller file is read about as fast as its cache would be."""

_ROWS = 2048
"""Rows that pandas reads at a time, so that a file larger than memory does not exhaust it."""

_HEAD = 1 << 16
"""Bytes that tell text from what is none."""

_SHOWN = 40
"""Characters of a bad value that a message repeats."""


def read_csv(path: Path, convention: Convention | None = None) -> Dataset:
    """Reads a CSV file of labelled images.

    Args:
        path: The file; may be compressed (.gz, .zip, …).
        convention: How its labels number the letters. None: decided by the rule of
            `decide_convention`, and stated in the data set's notes.

    Raises:
        UserError: The file cannot be read or is no such CSV; a value is missing, no number or out
            of range; or the labels fit both conventions and none was given.
    """
    try:
        cached = check_regular(path) >= _CACHED_FROM
        _check_text(path)
        before = _state(path)
        digest = csv_cache.digest(path) if cached else file_sha256(path)
        table = csv_cache.load(digest) if cached else None
        if table is None:
            table = read_plain(path) or _read_carefully(path)
            if _state(path) != before:
                raise UserError(
                    f"{path}: changed while it was read. Wait until it is complete, and try again."
                )
            if cached:
                csv_cache.store(digest, table)
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror or error}).") from error
    pixels, raw = table
    stated = convention is not None
    if convention is None:
        convention = decide_convention(np.unique(raw).tolist(), str(path))
    labels = _classes(raw, convention, path)
    how = "as you said" if stated else "decided from the labels that occur"
    return Dataset(
        pixels.reshape(-1, SIDE, SIDE),
        labels,
        np.full(len(labels), path.stem),
        digests={path.name: digest},
        notes=(f"{path.name}: {len(labels):,} images, {convention.meaning}; {how}.",),
    )


def write_csv(dataset: Dataset, path: Path, convention: Convention) -> None:
    """Writes images of 28 × 28 in Kaggle's layout.

    Raises:
        UserError: The file cannot be written.
        ValueError: The images have another size.
    """
    if dataset.images.shape[1:] != (SIDE, SIDE):
        raise ValueError(f"a CSV holds images of {SIDE} × {SIDE}, not {dataset.images.shape[1:]}")
    labels = [convention.label_of(int(label)) for label in dataset.labels]
    rows = dataset.images.reshape(len(dataset), -1)
    with atomic.replacing(path) as file:
        file.write((",".join(COLUMNS) + "\n").encode())
        for label, row in zip(labels, rows, strict=True):
            file.write(f"{label},{','.join(map(str, row.tolist()))}\n".encode())


def _check_text(path: Path) -> None:
    """Refuses what its first bytes show to be no text, before gigabytes of it are read.

    Raises:
        UserError: There are zeros, as in UTF-16 and in files that were not written to their end.
    """
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if b"\0" in head and path.suffix == ".csv":
        raise UserError(f"{path}: not a text file in UTF-8. Save it as a UTF-8 CSV.")


def _state(path: Path) -> tuple[int, int, int]:
    """Tells whether a file was changed between two moments."""
    found = path.stat()
    return found.st_ino, found.st_size, found.st_mtime_ns


def _read_carefully(path: Path) -> Table:
    """What `read_plain` gives, of any CSV file that pandas understands.

    Raises:
        UserError: The file is no such CSV, or holds bad values: names the first one.
    """
    pixels, labels = [], []
    first = ""
    rows = bad_rows = 0
    for table in _tables(path):
        values, bad = _whole_numbers(table)
        if bad.any() and not first:
            first = _describe(table, bad, rows)
        rows += len(table)
        bad_rows += int(bad.any(axis=1).sum())
        if not first:
            labels.append(values[:, 0])
            pixels.append(values[:, 1:])
    if first:
        others = f"; {bad_rows:,} rows have such values" if bad_rows > 1 else ""
        raise UserError(f"{path}, {first}. Correct or delete that row{others}.")
    if not rows:
        raise UserError(f"{path}: there are no rows under the header.")
    return np.concatenate(pixels), np.concatenate(labels)


def _tables(path: Path) -> Iterator[pd.DataFrame]:
    """The file's columns in the expected order, whatever is in them, some rows at a time.

    Raises:
        UserError: The file cannot be read, or its columns are not the 785 expected ones.
    """
    # pandas takes a third of a second to import, which the app's start should not pay.
    import pandas as pd

    try:
        with opened(path) as text:
            reader = pd.read_csv(text, encoding="utf-8-sig", low_memory=False, chunksize=_ROWS)
            with reader:
                for table in reader:
                    text.rows_were_taken()
                    yield _in_order(table, path)
    except (OSError, UserError):
        raise
    except TooLongError:
        raise UserError(
            f"{path}: a row is longer than any row of images: a line end or a quotation mark is "
            "missing, or the file is damaged."
        ) from None
    except pd.errors.EmptyDataError:
        raise UserError(f"{path}: the file is empty.") from None
    except UnicodeDecodeError:
        raise UserError(f"{path}: not a text file in UTF-8. Save it as a UTF-8 CSV.") from None
    except Exception as error:
        # The parsers and decompressors behind read_csv raise many kinds; all mean a damaged file.
        reason = repr(str(error).splitlines()[0]) if str(error) else type(error).__name__
        raise UserError(f"{path}: not a CSV file that can be read ({reason}).") from error


def _in_order(table: pd.DataFrame, path: Path) -> pd.DataFrame:
    """The expected columns in the expected order.

    Raises:
        UserError: The columns are others.
    """
    import pandas as pd

    if not isinstance(table.index, pd.RangeIndex):
        # pandas takes surplus values for row names and shifts all others.
        raise UserError(f"{path}: rows hold more values than the header names columns.")
    names = [str(name).strip() for name in table.columns]
    if names != COLUMNS:
        _explain_columns(names, path)
        table.columns = pd.Index(names)
        table = table[COLUMNS]
    return table


def _explain_columns(names: list[str], path: Path) -> None:
    """Raises UserError unless the names are the expected ones in another order."""
    there = set(names)
    missing = [name for name in COLUMNS if name not in there]
    extra = [name for name in names if name not in _KNOWN]
    if not missing and not extra and len(names) == len(COLUMNS):
        return
    if all(name.replace(".", "").isdigit() for name in names):
        raise UserError(
            f"{path}: the first line holds numbers and no column names. Put the header "
            "label,pixel1,…,pixel784 above it."
        )
    problem = []
    if missing:
        problem.append(f"{len(missing)} columns are missing (the first: {missing[0]})")
    if extra:
        problem.append(f"{len(extra)} columns are unknown (the first: {extra[0][:_SHOWN]!r})")
    if not problem:
        problem.append("a column occurs twice")
    raise UserError(
        f"{path}: {' and '.join(problem)}. Expected are label,pixel1,…,pixel784: images of "
        "28 × 28 pixels."
    )


_KNOWN = frozenset(COLUMNS)
_HIGHEST = np.array([CLASSES, *[255] * PIXELS])
"""By column. The highest label of either convention is the number of letters."""


def _whole_numbers(table: pd.DataFrame) -> tuple[NDArray[np.uint8], NDArray[np.bool_]]:
    """All values (rows, 785), and which of them are missing, no whole number or out of range."""
    values: NDArray[Any]
    if all(dtype.kind in "iu" for dtype in table.dtypes):
        values = table.to_numpy()
        bad = (values < 0) | (values > _HIGHEST)
    else:
        values = np.empty(table.shape, np.float64)
        for index, (_, column) in enumerate(table.items()):
            values[:, index] = _numbers(column)
        # NaN fails every comparison, so this form catches it, too.
        bad = ~((values >= 0) & (values <= _HIGHEST) & (values == np.floor(values)))
    return np.where(bad, 0, values).astype(np.uint8), bad


def _numbers(column: pd.Series[Any]) -> NDArray[Any] | pd.Series[Any] | float:
    """What of a column is a number; NaN for the rest, and for numbers beyond float64."""
    import pandas as pd

    if column.dtype.kind in "iuf":
        return column.to_numpy()
    if column.dtype.kind == "b":
        return math.nan  # True and False
    try:
        return pd.to_numeric(column, errors="coerce")
    except OverflowError:
        return pd.to_numeric(column.astype(str), errors="coerce")


def _describe(table: pd.DataFrame, bad: NDArray[np.bool_], before: int) -> str:
    """Where the first bad value is, what it is, and what it should be."""
    row, column = (int(i) for i in np.argwhere(bad)[0])
    value = str(table.iat[row, column])
    shown = "nothing" if value == "nan" else repr(value[:_SHOWN])
    number = before + row + 1
    return (
        f"row {number} (line {number + 1}), column {COLUMNS[column]}: {shown} is not a whole "
        f"number from 0 to {_HIGHEST[column]}"
    )


def _classes(raw: NDArray[np.uint8], convention: Convention, path: Path) -> NDArray[np.int64]:
    """Class indices of the labels.

    Raises:
        UserError: Names the first label that the convention does not have.
    """
    known = [convention.class_of(label) for label in range(25)]
    table = np.array([-1 if index is None else index for index in known], np.int64)
    labels: NDArray[np.int64] = table[raw]
    if (labels < 0).any():
        row = int(np.argmax(labels < 0))
        raise UserError(
            f"{path}, row {row + 1} (line {row + 2}), column label: {raw[row]} does not occur "
            f"among the {convention.meaning}. Correct that row, or choose the other convention."
        )
    return labels
