"""Tables of images in whatever layout people and programs write them, read by pandas.

What `trainer.data.plain_csv` cannot read is read here, more slowly: any encoding, delimiter and
header that `table_text` and `table_columns` know, and pixels on any usual scale. What was assumed
is told; what is wrong is named by its row and column.
"""

from __future__ import annotations

import io
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from trainer.data.plain_csv import COLUMNS, MOST_ROWS
from trainer.data.table_columns import Columns, label_text
from trainer.data.table_rows import layout, written_row
from trainer.data.table_text import TableText, look_at
from trainer.data.unpack import opened
from trainer.support.errors import UserError

if TYPE_CHECKING:
    import pandas as pd

MOST_BYTES = 128 << 20
"""Of text between two parts of a table: 2048 rows of the longest numbers that NumPy writes."""

_FIRST = 1 << 16
"""Bytes that tell text from what is none."""

_PART = 2048
"""Rows that pandas reads at a time, so that a file larger than memory does not exhaust it."""

_MOST_LABELS = 1000
"""Different ones in a table."""

_STANDARDISED = 20
"""No standardised pixel is so many standard deviations from the mean."""


@dataclass(frozen=True)
class Table:
    """Images and their labels, as they stand in a file.

    Attributes:
        pixels: (n, 784) uint8.
        codes: (n,) uint16 indices into `labels`.
        labels: The different labels.
        assumed: Phrases for the user on how the file was understood.
        digest: SHA-256 of the text that was read.
    """

    pixels: NDArray[np.uint8]
    codes: NDArray[np.uint16]
    labels: tuple[str, ...]
    assumed: tuple[str, ...] = ()
    digest: str = ""


def read_table(path: Path) -> Table:
    """Reads a table of images of 28 × 28.

    Args:
        path: A file of `trainer.data.unpack.opened`.

    Raises:
        UserError: The file is no such table, holds bad values, of which the first is named, or can
            be understood in two ways.
        OSError: It cannot be read.
    """
    parts = _Parts(path, *layout(path))
    pixels: list[NDArray[Any]] = []
    codes: list[NDArray[np.uint16]] = []
    extent = Extent()
    for values, code in parts:
        extent.add(values)
        pixels.append(values)
        codes.append(code)
    if not sum(map(len, pixels)):
        raise UserError(f"{path}: there are no rows under the header.")
    scale = extent.scale(str(path))
    if any(scale.wrong(values).any() for values in pixels):
        raise UserError(f"{path}, {parts.first_wrong(scale)}")
    rows = "row" if parts.blank == 1 else "rows"
    blank = f"{parts.blank:,} empty {rows} passed over" if parts.blank else ""
    # In place, part by part: all values at once as float32 might not fit in memory.
    for index, values in enumerate(pixels):
        pixels[index] = scale.gray(values)
    return Table(
        np.concatenate(pixels),
        np.concatenate(codes),
        tuple(parts.labels),
        tuple(filter(None, (*parts.text.assumed, *parts.columns.assumed, scale.told, blank))),
    )


def check_text(path: Path) -> None:
    """Refuses what its first bytes show to be no text, before gigabytes of it are read.

    Raises:
        UserError: There are zeros that belong to no encoding, as in a file that was not written to
            its end.
        OSError: It cannot be read.
    """
    with opened(path) as stream:
        head = stream.read(_FIRST)
    if b"\0" in head:
        look_at(head, str(path), complete=len(head) < _FIRST)


@dataclass(frozen=True)
class Scale:
    """The values that stand for black and white."""

    black: float
    white: float
    whole: bool
    told: str = ""

    def wrong(self, values: NDArray[Any]) -> NDArray[np.bool_]:
        """Which values are none of this scale. NaN fails every comparison, so it is wrong, too."""
        if values.dtype == np.uint8 and (self.black, self.white) == (0, 255):
            return np.zeros(1, bool)
        right = (values >= self.black) & (values <= self.white)
        if self.whole:
            right &= values == np.floor(values)
        return np.asarray(~right)

    def gray(self, values: NDArray[Any]) -> NDArray[np.uint8]:
        """Gray levels 0–255, rounded."""
        if values.dtype == np.uint8 and (self.black, self.white) == (0, 255):
            return np.asarray(values)
        factor = np.float32(255 / (self.white - self.black))
        levels: NDArray[Any] = np.rint((values - np.float32(self.black)) * factor)
        return levels.astype(np.uint8)

    @property
    def meaning(self) -> str:
        """What a value of this scale is."""
        return f"a {'whole ' * self.whole}number from {self.black:g} to {self.white:g}"


PLAIN = Scale(0, 255, whole=True)
BINARY = Scale(0, 1, whole=True, told="pixels are 0 or 1 and were taken times 255")
_UNIT = Scale(0, 1, whole=False, told="pixels are 0–1 and were taken times 255")
_SIGNED = Scale(-1, 1, whole=False, told="pixels are −1–1 and were stretched to 0–255")
_ROUNDED = Scale(0, 255, whole=False, told="pixels have fractions and were rounded")


class Extent:
    """Between which values the pixels of a table lie."""

    def __init__(self) -> None:
        self._low, self._high = math.inf, -math.inf
        self._rows = self._fractional = self._negative = 0

    def add(self, values: NDArray[Any]) -> None:
        """Counts some rows in; NaN are passed over."""
        self._rows += len(values)
        if not values.size:
            return
        if values.dtype == np.uint8:
            self._low = min(self._low, int(values.min()))
            self._high = max(self._high, int(values.max()))
            return
        self._low = min(self._low, float(np.fmin.reduce(values, axis=None)))
        self._high = max(self._high, float(np.fmax.reduce(values, axis=None)))
        number = ~np.isnan(values)
        self._fractional += int(((values != np.floor(values)) & number).any(axis=1).sum())
        self._negative += int((values < 0).any(axis=1).sum())

    def scale(self, where: str) -> Scale:
        """The scale on which the values lie.

        Raises:
            UserError: They lie on none that can be known.
        """
        if self._low >= 0 and self._high == 1 and not self._fractional:
            return BINARY
        if self._low >= 0 and self._high <= 1 and self._fractional:
            return _UNIT
        if self._low < 0 and max(-self._low, self._high) <= 0.5:
            raise UserError(
                f"{where}: the pixels lie between {self._low:.3g} and {self._high:.3g}, which fits "
                "two scales: −0.5 to 0.5 and −1 to 1. Save them as 0–255, or as 0–1."
            )
        if -1 <= self._low < 0 and self._high <= 1:
            return _SIGNED
        if self._high < _STANDARDISED and 2 * self._negative > self._rows:
            raise UserError(
                f"{where}: the pixels lie between {self._low:.3g} and {self._high:.3g}: they are "
                "standardised, and which of them was black is not known. Save them as 0–255, or as "
                "0–1."
            )
        return _ROUNDED if 2 * self._fractional > self._rows else PLAIN


class _BoundedText(io.RawIOBase):
    """A stream that ends with an error where too much is read between two parts of a table."""

    def __init__(self, stream: IO[bytes]) -> None:
        self._stream = stream
        self.left = MOST_BYTES

    def readable(self) -> bool:
        """It is."""
        return True

    def readinto(self, buffer: object) -> int:
        """Fills a part of the buffer.

        Raises:
            _TooLongError: There were no rows in all that was read before.
        """
        view = memoryview(buffer)  # type: ignore[arg-type]
        content = self._stream.read(len(view))
        self.left -= len(content)
        if self.left < 0:
            raise _TooLongError
        view[: len(content)] = content
        return len(content)


class _TooLongError(Exception):
    """So much text, and no rows."""


class _Parts:
    """The rows of a table, some thousand at a time, as often as they are asked for.

    Each part is the pixels (rows, 784), uint8 where all are whole numbers from 0 to 255, otherwise
    float32 with NaN for what is no finite number; and the codes of the labels (rows,).
    """

    def __init__(self, path: Path, text: TableText, columns: Columns) -> None:
        self.columns = columns
        self.labels: dict[str, int] = {}
        self.text = text
        self.blank = 0
        self._path = path

    def __iter__(self) -> Iterator[tuple[NDArray[Any], NDArray[np.uint16]]]:
        rows = 0
        for frame in self._frames():
            values = _numbers(frame[list(self.columns.pixels)])
            codes = frame[self.columns.label].to_numpy(np.uint16)
            used = self._used(values, codes)
            rows += len(values)
            self.blank += len(values) - int(used.sum())
            if rows > MOST_ROWS:
                raise UserError(f"{self._path}: more than {MOST_ROWS:,} rows. Divide the file.")
            yield values[used], codes[used]

    def first_wrong(self, scale: Scale) -> str:
        """Where the first wrong value stands, what it is, and how many rows have such."""
        first, before, wrong_rows = "", 0, 0
        for frame in self._frames():
            frame = frame[[self.columns.label, *self.columns.pixels]]
            values = _numbers(frame.iloc[:, 1:])
            used = self._used(values, frame.iloc[:, 0].to_numpy(np.uint16))
            wrong = scale.wrong(values) & used[:, None]
            if wrong.any() and not first:
                index, pixel = (int(i) for i in np.argwhere(wrong)[0])
                at, names = self.columns.pixels[pixel], self.text.rows[0]
                named = self.columns.header and len(names) == self.columns.n
                row = written_row(self._path, self.text, self.columns, before + index)
                column = names[at] if named else COLUMNS[pixel + 1]
                first = f"{row.place}, column {column}: {row.told(at, scale.meaning)}"
            before += len(frame)
            wrong_rows += int(wrong.any(axis=1).sum())
        others = f"; {wrong_rows:,} rows have such values" if wrong_rows > 1 else ""
        return f"{first}. Correct or delete that row{others}."

    def _used(self, values: NDArray[Any], codes: NDArray[np.uint16]) -> NDArray[np.bool_]:
        """Which rows have a value: spreadsheets leave rows of nothing but delimiters."""
        if values.dtype == np.uint8 or "" not in self.labels:
            return np.ones(len(values), bool)
        return np.asarray(~(np.isnan(values).all(axis=1) & (codes == self.labels[""])))

    def _code(self, cell: str) -> int:
        label = label_text(cell, self.text.decimal)
        if len(self.labels) >= _MOST_LABELS and label not in self.labels:
            raise UserError(
                f"{self._path}: more than {_MOST_LABELS:,} different labels, so that column "
                f"{self.columns.label + 1} can hold no letters."
            )
        return self.labels.setdefault(label, len(self.labels))

    def _frames(self) -> Iterator[pd.DataFrame]:
        """All columns, by index; the label's as codes.

        Raises:
            UserError: The file cannot be understood.
            OSError: It cannot be read.
        """
        # pandas takes a third of a second to import, which the app's start should not pay.
        import pandas as pd

        path, text, columns = self._path, self.text, self.columns
        try:
            with opened(path) as stream:
                bounded = _BoundedText(stream)
                reader = pd.read_csv(
                    bounded,
                    sep=r"\s+" if text.delimiter == " " else text.delimiter,
                    decimal=text.decimal,
                    encoding=text.encoding,
                    encoding_errors="replace",
                    header=None,
                    names=list(range(columns.n)),
                    index_col=False,
                    skiprows=text.skip + columns.header,
                    skipinitialspace=True,
                    # Otherwise pandas loses an empty cell that begins the first row.
                    lineterminator=text.end or None,
                    converters={columns.label: self._code},
                    low_memory=False,
                    chunksize=_PART,
                )
                with reader:
                    for frame in reader:
                        bounded.left = MOST_BYTES
                        yield frame
        except (OSError, UserError):
            raise
        except _TooLongError:
            raise UserError(
                f"{path}: a row is longer than any row of images: a line end or a quotation mark "
                "is missing, or the file is damaged."
            ) from None
        except pd.errors.EmptyDataError:
            return
        except Exception as error:
            # The parsers behind read_csv raise many kinds; all mean a damaged file.
            if too_many := re.search(r"Expected (\d+) fields in line (\d+), saw (\d+)", str(error)):
                expected, line, there = too_many.groups()
                raise UserError(
                    f"{path}, line {line}: {there} values in place of {expected}. Correct or "
                    "delete that row."
                ) from error
            if unclosed := re.search(r"EOF inside string starting at row (\d+)", str(error)):
                raise UserError(
                    f"{path}, line {int(unclosed[1]) + 1}: a quotation mark is not closed."
                ) from error
            reason = repr(str(error).splitlines()[0]) if str(error) else type(error).__name__
            raise UserError(f"{path}: not a CSV file that can be read ({reason}).") from error


def _numbers(frame: pd.DataFrame) -> NDArray[Any]:
    """All values: uint8 where they are whole numbers from 0 to 255, otherwise float32."""
    if all(dtype.kind in "iu" for dtype in frame.dtypes):
        whole = frame.to_numpy()
        if not ((whole < 0) | (whole > 255)).any():
            return whole.astype(np.uint8)
    values = np.empty(frame.shape, np.float64)
    for index, (_, column) in enumerate(frame.items()):
        values[:, index] = _column(column)
    values[~(np.abs(values) < np.finfo(np.float32).max)] = np.nan
    return values.astype(np.float32)


def _column(column: pd.Series[Any]) -> NDArray[Any] | pd.Series[Any] | float:
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
