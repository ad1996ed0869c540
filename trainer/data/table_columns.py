"""Which columns of a table of images are the label and the pixels.

The header says so, in any spelling; without one, the first rows do. What differs from Kaggle's
layout is told as a phrase for the user; what could mean two things is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from trainer.data.plain_csv import COLUMNS, PIXELS, SIDE
from trainer.data.table_text import TableText, look_at
from trainer.data.unpack import opened
from trainer.letters import ALPHABET
from trainer.support.errors import UserError

_SHOWN = 40
"""Characters of a name that a message repeats."""

_FIRST_LINES = 1 << 17
"""Bytes that hold the first line of any table of images."""

_NUMBER = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?", re.ASCII)
_LABEL = re.compile(
    r"(class|letter|label|target|sign|category|symbol|gesture)(es|s|_?(id|name|no|nr))?|y", re.ASCII
)
_INDEX = re.compile(r"|unnamed:.*|index|idx|id|row|row_?id|#|level_\d+", re.ASCII)
_NUMBERED = re.compile(r"(.*?)(\d{1,9})", re.ASCII | re.DOTALL)
_BY_ROW = re.compile(r"(\D*)(\d{1,2})[xc_.,: -](\d{1,2})", re.ASCII)


@dataclass(frozen=True)
class Columns:
    """Where label and pixels stand in a row.

    Attributes:
        n: Values in a row.
        header: Whether the first line holds names.
        label: Index of the label.
        pixels: Indices of the pixels, from the upper left corner row by row.
        assumed: Phrases for the user on what differs from Kaggle's layout.
    """

    n: int
    header: bool
    label: int
    pixels: tuple[int, ...]
    assumed: tuple[str, ...] = ()


def find_columns(text: TableText, where: str) -> Columns:
    """Where label and pixels stand.

    Args:
        text: The first rows.
        where: The file, for messages.

    Raises:
        UserError: They are no label and 784 pixels, or could be understood in two ways.
    """
    if _is_header(text.rows[0]):
        return _named_columns(text.rows[0], text.rows[1:], text.decimal, where)
    return _unnamed_columns(text.rows, text.decimal, where)


def is_table_of_images(path: Path) -> bool:
    """Whether a file's first line has as many values as images of 28 × 28 and their labels."""
    try:
        with opened(path) as stream:
            text = look_at(stream.read(_FIRST_LINES), str(path), complete=False)
    except (OSError, UserError):
        return False
    return len(text.rows[0]) > PIXELS


def label_text(cell: str, decimal: str) -> str:
    """A label as it stands in a table, but for numbers: "3" for 3, 3.0, "3,0" and 3.000e+00."""
    text = cell.strip()
    try:
        number = float(text.replace(",", ".") if decimal == "," else text)
        whole = number == int(number) and text.isascii() and "_" not in text
        return str(int(number)) if whole else text
    except (ValueError, OverflowError):
        return text


def _is_header(row: Sequence[str]) -> bool:
    """Whether a first line holds names, which may be numbers: more than there are gray levels."""
    numbers = [field for field in row if _NUMBER.fullmatch(field)]
    whole = {field.lstrip("0") for field in numbers if field.isdecimal()}
    return 2 * len(numbers) < len(row) or len(whole) > 257


def _counts(values: Sequence[str]) -> bool:
    """Whether values are the whole numbers from 0 or 1."""
    start = 0 if values and values[0] == "0" else 1
    return len(values) > 1 and all(v == str(i) for i, v in enumerate(values, start))


def _named_columns(
    header: Sequence[str], rows: Sequence[Sequence[str]], decimal: str, where: str
) -> Columns:
    """The columns that a header names.

    Raises:
        UserError: Some are missing, unknown or there twice; or rows have more values.
    """
    names = [name.strip("#\ufeff '").lower() for name in header]
    assumed = []
    surplus = max((len(row) for row in rows), default=0) - len(names)
    if surplus == 1 and _counts(_column(rows, 0)) and all(_column(rows, len(names))):
        # R names no column of row names.
        names = ["", *names]
    elif surplus > 0:
        for number, row in enumerate(rows, start=1):
            if any(row[len(names) :]):
                raise UserError(
                    f"{where}, row {number}: {len(row)} values under a header of {len(names)} "
                    "columns. Correct or delete that row, or name all columns."
                )
        names += [""] * surplus
    empty = {c for c in range(len(names)) if rows and not any(_column(rows, c))}
    numbered = _numbered(names)
    if sorted(numbered) == list(range(PIXELS + 1)) and names.count("0") == 1:
        # Nothing but numbers: they count the columns, whatever is in them.
        return _unnamed_columns(rows, decimal, where, header="only numbers as names")
    start = 0 if 0 in numbered else 1
    if start == 0:
        assumed.append("pixels numbered from 0")
    pixels = [numbered[i] for i in range(start, start + PIXELS) if i in numbered]
    rest = sorted(set(range(len(names))) - set(pixels))
    labels = [c for c in rest if _LABEL.fullmatch(names[c])]
    if len(labels) > 1:
        raise UserError(
            f"{where}: two columns may be the label ({names[labels[0]]} and {names[labels[1]]}). "
            "Remove one of them, or rename it to index."
        )
    passed = [c for c in rest if c not in labels and (c in empty or _INDEX.fullmatch(names[c]))]
    unknown = [c for c in rest if c not in labels and c not in passed]
    if len(pixels) < PIXELS or not labels or unknown:
        _explain_columns(names, numbered, unknown, has_label=bool(labels), where=where)
    if names[labels[0]] != "label":
        assumed.append(f"labels in column {header[labels[0]][:_SHOWN]!r}")
    if passed:
        assumed.append(f"{len(passed)} {'columns' if len(passed) > 1 else 'column'} passed over")
    return Columns(len(names), True, labels[0], tuple(pixels), tuple(assumed))


def _numbered(names: Sequence[str]) -> dict[int, int]:
    """Number → index of the columns that are numbered alike, of the largest such group."""
    groups: dict[str, dict[int, int]] = {"": {}}
    for c, name in enumerate(names):
        if by_row := _BY_ROW.fullmatch(name):
            prefix, number = by_row[1] + "×", int(by_row[2]) * SIDE + int(by_row[3])
        elif numbered := _NUMBERED.fullmatch(name):
            prefix, number = numbered[1], int(numbered[2])
        else:
            continue
        # A number that is there twice is unknown the second time.
        groups.setdefault(prefix, {}).setdefault(number, c)
    prefix, largest = max(groups.items(), key=lambda item: len(item[1]))
    first = SIDE + 1 if prefix.endswith("×") and 0 not in largest else 0
    return {number - first: c for number, c in largest.items()}


def _explain_columns(
    names: Sequence[str],
    numbered: dict[int, int],
    unknown: Sequence[int],
    *,
    has_label: bool,
    where: str,
) -> None:
    """Says which columns are missing or unknown.

    Raises:
        UserError: Always.
    """
    missing = [] if has_label else ["label"]
    start = 0 if 0 in numbered else 1
    missing += [f"pixel{i}" for i in range(start, start + PIXELS) if i not in numbered]
    problem = []
    if missing:
        verb = "column is" if len(missing) == 1 else "columns are"
        problem.append(f"{len(missing)} {verb} missing (the first: {missing[0]})")
    if unknown:
        twice = Counter(names)[names[unknown[0]]] > 1
        verb = "column is" if len(unknown) == 1 else "columns are"
        what = "there twice" if twice else "unknown"
        problem.append(f"{len(unknown)} {verb} {what} (the first: {names[unknown[0]][:_SHOWN]!r})")
    raise UserError(
        f"{where}: {' and '.join(problem)}. Expected are {COLUMNS[0]},{COLUMNS[1]},…,"
        f"{COLUMNS[-1]}: images of {SIDE} × {SIDE} pixels."
    )


def _unnamed_columns(
    rows: Sequence[Sequence[str]], decimal: str, where: str, header: str = "no header"
) -> Columns:
    """The columns of a table without names: pixels, with the label before or behind them.

    Raises:
        UserError: There are others, or both ends may be the label.
    """
    named = header != "no header"
    n = max((len(row) for row in rows), default=0)
    used = [c for c in range(n) if any(_column(rows, c))]
    assumed = [header]
    if len(used) == PIXELS + 2 and _counts(_column(rows, used[0])):
        used = used[1:]
        assumed.append("column of row numbers passed over")
    if len(used) != PIXELS + 1:
        raise UserError(
            f"{where}: {header}, and {len(used)} values in a row. Expected are a label and "
            f"{PIXELS} pixels: images of {SIDE} × {SIDE}; or put the header "
            f"{COLUMNS[0]},{COLUMNS[1]},…,{COLUMNS[-1]} above them."
        )
    ends = [{label_text(v, decimal) for v in _column(rows, c)} for c in (used[0], used[-1])]
    first, last = map(_may_be_labels, ends)
    if first and last and len(ends[0]) > 1 and len(ends[1]) > 1:
        raise UserError(
            f"{where}: {header}, and both the first and the last value of the rows may be the "
            "label. Put the header label,pixel1,…,pixel784 above them, or pixel1,…,pixel784,label."
        )
    if not first and not last:
        raise UserError(
            f"{where}: {header}, and neither the first nor the last value of the rows is a label. "
            f"Put the header {COLUMNS[0]},{COLUMNS[1]},…,{COLUMNS[-1]} above them."
        )
    if last and (not first or (len(ends[0]) == 1 and len(ends[1]) > 1)):
        return Columns(
            n, named, used[-1], tuple(used[:-1]), (*assumed, "labels in the last column")
        )
    return Columns(n, named, used[0], tuple(used[1:]), (*assumed, "labels in the first column"))


def _may_be_labels(values: set[str]) -> bool:
    """Whether there are letters or names among values, or nothing but the numbers of letters."""
    names = [value for value in values if not _NUMBER.fullmatch(value)]
    highest = len(ALPHABET) + 2
    return bool(names) or all(v.isdecimal() and len(v) < 3 and int(v) <= highest for v in values)


def _column(rows: Sequence[Sequence[str]], index: int) -> list[str]:
    return [row[index] if index < len(row) else "" for row in rows]
