"""The text of a table: its encoding, its delimiter, and its first rows.

All of it is found in the first bytes, and what is out of the ordinary is told to the user.
"""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from trainer.support.errors import UserError
from trainer.support.kinds import Use, kind_of

HEAD = 1 << 20
"""Bytes that are looked at; a row of images is a fiftieth of that at most."""

_ROWS = 100
"""Rows that are looked at."""

_MOST_COLUMNS = 2000
_MANY = 784
"""Delimiters in a row of images: what occurs that often is one."""

_BOMS = [
    (codecs.BOM_UTF8, "utf-8-sig", ""),
    (codecs.BOM_UTF32_LE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF32_BE, "utf-32", "UTF-32"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
]

_OTHER_FILES = (
    *(Use.IMAGE, Use.VIDEO, Use.WEIGHTS, Use.FOREIGN_WEIGHTS),
    *(Use.WRAPPER, Use.OTHER),
)
"""What has a name of its own, and is no table."""

_DELIMITERS = {"\t": "tabs", ";": "semicolons", "|": "vertical bars", ",": "commas", " ": "spaces"}


@dataclass(frozen=True)
class TableText:
    """How a table is written.

    Attributes:
        encoding: Of the text.
        delimiter: One character; a space stands for any number of them.
        decimal: "." or ",".
        skip: Lines before the first one with values or names.
        end: A carriage return where every line ends in that alone; "" for the other line ends.
        rows: The values of the first lines that are not empty, without quotation marks.
        assumed: Phrases for the user on what is not as in plain UTF-8 with commas.
    """

    encoding: str
    delimiter: str
    decimal: str
    skip: int
    end: str
    rows: Sequence[Sequence[str]]
    assumed: tuple[str, ...]


def look_at(head: bytes, where: str, *, complete: bool) -> TableText:
    """How a table is written.

    Args:
        head: Its first bytes, unpacked.
        where: The file, for messages.
        complete: Whether that is all of it.

    Raises:
        UserError: It is no text, empty, or has far too many columns.
    """
    encoding, text, assumed = _decoded(head, where, complete=complete)
    lines = re.split("\r\n|\n|\r", text)
    if not complete:
        if len(lines) == 1:
            raise UserError(
                f"{where}: a row is longer than any row of images: a line end or a quotation mark "
                "is missing, or the file is damaged."
            )
        lines.pop()
    skip, delimiter = _start(lines)
    lines = [line for line in lines[skip:] if line.strip()][:_ROWS]
    if not lines:
        raise UserError(f"{where}: the file is empty.")
    delimiter = delimiter or _delimiter(lines[0])
    if delimiter != ",":
        assumed.append(f"separated by {_DELIMITERS.get(delimiter, repr(delimiter))}")
    comma = r'"[+-]?\d*,\d+"' if delimiter == "," else r"\d,\d"
    decimal = "," if any(re.search(comma, line, re.ASCII) for line in lines) else "."
    if decimal == ",":
        assumed.append("decimal commas")
    rows = [_fields(line, delimiter, where) for line in lines]
    end = "\r" if "\r" in text and "\n" not in text else ""
    return TableText(encoding, delimiter, decimal, skip, end, rows, tuple(assumed))


def _decoded(head: bytes, where: str, *, complete: bool) -> tuple[str, str, list[str]]:
    """The encoding, the text, and phrases for the user.

    Raises:
        UserError: It is no text.
    """
    if (kind := kind_of(head)).use in _OTHER_FILES:
        raise UserError(kind.refusal(where, "a table"))
    encoding, told = next(
        ((encoding, told) for bom, encoding, told in _BOMS if head.startswith(bom)), ("", "")
    )
    if not encoding and b"\0" in head:
        encoding = _wide_encoding(head)
        told = encoding.upper()
    for name, note in ((encoding or "utf-8", told), ("cp1252", "Windows-1252")):
        try:
            text = codecs.getincrementaldecoder(name)().decode(head, final=complete)
        except UnicodeDecodeError:
            if encoding:
                break
            continue
        if "\0" not in text:
            return name, text, [note] if note else []
    raise UserError(
        f"{where}: not a text file in UTF-8, UTF-16 or Windows-1252. Save it as a UTF-8 CSV."
    )


def _wide_encoding(head: bytes) -> str:
    """The encoding of text without a byte-order mark that has zeros between its characters."""
    zeros = [head[place : 4096 + place : 4].count(0) * 4 > 3072 for place in range(4)]
    if len(head) < 4096:
        zeros = [head[place::4].count(0) * 4 > len(head) * 3 // 4 for place in range(4)]
    return {
        (False, True, False, True): "utf-16-le",
        (True, False, True, False): "utf-16-be",
        (False, True, True, True): "utf-32-le",
        (True, True, True, False): "utf-32-be",
    }.get((zeros[0], zeros[1], zeros[2], zeros[3]), "utf-8")


def _start(lines: Sequence[str]) -> tuple[int, str]:
    """How many empty lines and comments come first, and the delimiter that is stated, or ""."""
    delimiter = ""
    for skip, line in enumerate(lines):
        if stated := _STATED.fullmatch(line):
            delimiter = stated[1]
        elif line.strip() and not (line.startswith("#") and len(line) < _MANY):
            return skip, delimiter
    return len(lines), delimiter


_STATED = re.compile(r'\s*"?sep=([^\w"])"?[,;\s]*', re.IGNORECASE)
"""What spreadsheets put in the first line."""


def _delimiter(line: str) -> str:
    """The character between the values of a line.

    A comma may be a decimal mark, and a space may follow another delimiter or stand in a name, so
    these come last.
    """
    counts = Counter(re.findall(r"[^\w\"'.+\-]", line, re.ASCII))
    if not counts:
        return ","
    many = min(max(counts.values()), _MANY)
    likely = [c for c in "\t;|" if counts[c] >= many]
    if not likely and counts[","] >= many:
        decimals = (
            counts[" "] >= many and ", " not in line and not re.search("[A-DF-Za-df-z]", line)
        )
        likely = [" " if decimals else ","]
    if not likely and counts[" "] >= many:
        likely = [" "]
    return (likely or [c for c, n in counts.most_common() if c.isascii()] or [","])[0]


def _fields(line: str, delimiter: str, where: str) -> list[str]:
    """The values of a line.

    Raises:
        UserError: There are far too many.
    """
    try:
        if delimiter == " ":
            fields = [field.strip('"') for field in line.split()]
        else:
            # A quotation mark that is not closed ends with the line, as far as the layout goes.
            fields = next(csv.reader([line], delimiter=delimiter, skipinitialspace=True))
    except csv.Error as error:
        raise UserError(f"{where}: not a CSV file that can be read ({error}).") from error
    if len(fields) > _MOST_COLUMNS:
        raise UserError(
            f"{where}: {len(fields):,} columns, which is more than any table of images of 28 × 28 "
            "has."
        )
    return [field.strip() for field in fields]
