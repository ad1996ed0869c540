"""Where in its file a row of a table stands, and what is written there, for messages.

pandas gives one NaN for whatever is no number: `NaN`, an empty cell, and what a short row lacks.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Container, Generator
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from trainer.data.table_columns import Columns, find_columns, label_text
from trainer.data.table_text import HEAD, TableText, look_at
from trainer.data.unpack import opened
from trainer.support.errors import UserError

_SHOWN = 40
"""Characters of a bad value that a message repeats."""


@dataclass(frozen=True)
class WrittenRow:
    """A row as it stands in a file.

    Attributes:
        number: From 1; the header and empty lines are not counted.
        line: From 1.
        cells: All values, as texts.
    """

    number: int
    line: int
    cells: list[str]

    @property
    def place(self) -> str:
        """Such as "row 5 (line 6)"."""
        return f"row {self.number} (line {self.line})"

    def told(self, index: int, meaning: str) -> str:
        """What stands at an index, and that it is not what it should be."""
        if index >= len(self.cells):
            return f"the row ends before it, after {len(self.cells)} values"
        return f"{shown(self.cells[index].strip())} is not {meaning}"


def shown(cell: str) -> str:
    """A value as messages show it."""
    return repr(cell[:_SHOWN]) if cell else "an empty cell"


def layout(path: Path) -> tuple[TableText, Columns]:
    """How a table is written, and where its columns stand.

    Raises:
        UserError: It is no table of images, or can be understood in two ways.
        OSError: It cannot be read.
    """
    with opened(path) as stream:
        head = stream.read(HEAD)
        complete = not stream.read(1)
    text = look_at(head, str(path), complete=complete)
    return text, find_columns(text, str(path))


def written_rows(path: Path, text: TableText, columns: Columns) -> Generator[WrittenRow]:
    """The rows of a table, as `trainer.data.table` counts them.

    Raises:
        UserError: It cannot be understood.
        OSError: It cannot be read.
    """
    above = text.skip + columns.header
    with opened(path) as stream:
        lines = io.TextIOWrapper(stream, text.encoding, errors="replace", newline="")
        for _ in islice(lines, above):
            pass
        number, line = 0, above
        try:
            if text.delimiter == " ":
                for line, one in enumerate(lines, above + 1):
                    if cells := one.split():
                        number += 1
                        yield WrittenRow(number, line, cells)
                return
            reader = csv.reader(lines, delimiter=text.delimiter, skipinitialspace=True)
            for cells in reader:
                if len(cells) > 1 or any(cell.strip() for cell in cells):
                    number += 1
                    yield WrittenRow(number, above + reader.line_num, cells)
        except csv.Error as error:
            raise UserError(f"{path}: not a CSV file that can be read ({error}).") from error


def written_row(path: Path, text: TableText, columns: Columns, index: int) -> WrittenRow:
    """The row at an index, from 0.

    Raises:
        UserError: It is not there any more.
        OSError: The file cannot be read.
    """
    with closing(written_rows(path, text, columns)) as rows:
        row = next(islice(rows, index, None), None)
    if row is None:
        raise _changed(path)
    return row


def first_labelled(path: Path, labels: Container[str]) -> tuple[str, str]:
    """Where the first row with one of these labels stands, such as "row 5 (line 6)"; and which.

    Raises:
        UserError: There is none any more.
        OSError: The file cannot be read.
    """
    text, columns = layout(path)
    for row in written_rows(path, text, columns):
        if any(row.cells):
            cell = row.cells[columns.label] if columns.label < len(row.cells) else ""
            if (label := label_text(cell, text.decimal)) in labels:
                return row.place, label
    raise _changed(path)


def _changed(path: Path) -> UserError:
    return UserError(f"{path}: changed while it was read. Try again.")
