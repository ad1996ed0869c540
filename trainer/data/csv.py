"""CSV files in Kaggle's layout: `label,pixel1,…,pixel784`, a row a picture of 28 × 28."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from trainer import atomic
from trainer.data.dataset import Dataset
from trainer.errors import UserError
from trainer.letters import Convention, decide_convention

if TYPE_CHECKING:
    import pandas as pd

SIDE = 28
PIXELS = SIDE * SIDE
COLUMNS = ["label", *(f"pixel{i}" for i in range(1, PIXELS + 1))]


def read_csv(path: Path, convention: Convention | None = None) -> Dataset:
    """Reads a CSV file of labelled pictures.

    Args:
        path: The file; may be compressed (.gz, .zip, …).
        convention: How its labels number the letters. None: decided by the rule of
            `decide_convention`, and stated in the data set's notes.

    Raises:
        UserError: The file cannot be read or is no such CSV; a value is missing, no number or out
            of range; or the labels fit both conventions and none was given.
    """
    table = _read_table(path)
    pixels = _whole_numbers(table, COLUMNS[1:], path, 0, 255).astype(np.uint8)
    raw = _whole_numbers(table, COLUMNS[:1], path, 0, 24)[:, 0]
    stated = convention is not None
    if convention is None:
        convention = decide_convention(np.unique(raw).tolist(), str(path))
    labels = _classes(raw, convention, path)
    how = "as you said" if stated else "decided from the labels that occur"
    return Dataset(
        pixels.reshape(-1, SIDE, SIDE),
        labels,
        np.full(len(labels), path.stem),
        digests={path.name: _sha256(path)},
        notes=(f"{path.name}: {len(labels):,} pictures, {convention.meaning}; {how}.",),
    )


def write_csv(dataset: Dataset, path: Path, convention: Convention) -> None:
    """Writes pictures of 28 × 28 in Kaggle's layout.

    Raises:
        UserError: The file cannot be written.
        ValueError: The pictures have another size.
    """
    if dataset.pictures.shape[1:] != (SIDE, SIDE):
        raise ValueError(
            f"a CSV holds pictures of {SIDE} × {SIDE}, not {dataset.pictures.shape[1:]}"
        )
    labels = [convention.label_of(int(label)) for label in dataset.labels]
    rows = dataset.pictures.reshape(len(dataset), -1)
    with atomic.replacing(path) as file:
        file.write((",".join(COLUMNS) + "\n").encode())
        for label, row in zip(labels, rows, strict=True):
            file.write(f"{label},{','.join(map(str, row.tolist()))}\n".encode())


def _read_table(path: Path) -> pd.DataFrame:
    """The file's columns in the expected order, whatever is in them.

    Raises:
        UserError: The file cannot be read, or its columns are not the 785 expected ones.
    """
    # pandas takes a third of a second to import, which the app's start should not pay.
    import pandas as pd

    try:
        table = pd.read_csv(path, encoding="utf-8-sig", low_memory=False)
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror or error}).") from error
    except pd.errors.EmptyDataError:
        raise UserError(f"{path}: the file is empty.") from None
    except UnicodeDecodeError:
        raise UserError(f"{path}: not a text file in UTF-8. Save it as a UTF-8 CSV.") from None
    except Exception as error:
        # The parsers and decompressors behind read_csv raise many kinds; all mean a damaged file.
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise UserError(f"{path}: not a CSV file that can be read ({reason}).") from error
    if not isinstance(table.index, pd.RangeIndex):
        # pandas takes surplus values for row names and shifts all others.
        raise UserError(f"{path}: rows hold more values than the header names columns.")
    names = [str(name).strip() for name in table.columns]
    if names != COLUMNS:
        _explain_columns(names, path)
        table.columns = pd.Index(names)
        table = table[COLUMNS]
    if table.empty:
        raise UserError(f"{path}: there are no rows under the header.")
    return table


def _explain_columns(names: list[str], path: Path) -> None:
    """Raises UserError unless the names are the expected ones in another order."""
    missing = [name for name in COLUMNS if name not in names]
    extra = [name for name in names if name not in COLUMNS]
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
        problem.append(f"{len(extra)} columns are unknown (the first: {extra[0]})")
    if not problem:
        problem.append("a column occurs twice")
    raise UserError(
        f"{path}: {' and '.join(problem)}. Expected are label,pixel1,…,pixel784: pictures of "
        "28 × 28 pixels."
    )


def _whole_numbers(
    table: pd.DataFrame, columns: list[str], path: Path, low: int, high: int
) -> NDArray[np.int64]:
    """Columns as int64 (rows, columns).

    Raises:
        UserError: Names the first value that is missing, no whole number, or out of range.
    """
    import pandas as pd

    part = table[columns]
    values: NDArray[Any]
    if all(dtype.kind in "iu" for dtype in part.dtypes):
        values = part.to_numpy()
        bad = (values < low) | (values > high)
    else:
        values = part.apply(pd.to_numeric, errors="coerce").to_numpy(np.float64)
        # NaN fails every comparison, so this form catches it, too.
        bad = ~((values >= low) & (values <= high) & (values == np.floor(values)))
    if bad.any():
        row, column = (int(i) for i in np.argwhere(bad)[0])
        value = str(part.iat[row, column])
        shown = "nothing" if value == "nan" else repr(value)
        raise UserError(
            f"{path}, row {row + 1} (line {row + 2}), column {columns[column]}: {shown} is not a "
            f"whole number from {low} to {high}. Correct or delete that row"
            + (f"; {int(bad.any(axis=1).sum()):,} rows have such values." if len(bad) > 1 else ".")
        )
    return values.astype(np.int64)


def _classes(raw: NDArray[np.int64], convention: Convention, path: Path) -> NDArray[np.int64]:
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


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
