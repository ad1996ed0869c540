"""Tables with a row for each image: the app's own index.csv, and the CSV exports of Roboflow."""

from __future__ import annotations

import csv
import io
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from trainer.data.annotations.annotation import (
    NO_BOX,
    NOT_THERE,
    SHARES,
    Annotation,
    Annotations,
    in_shares,
    sound_box,
)
from trainer.data.file_tree import FileTree
from trainer.data.left_out import LeftOut
from trainer.images.box import Box
from trainer.support.errors import UserError

INDEX = "index.csv"
MAX_BYTES = 64 << 20
"""Of one table: half a million rows."""

HEAD = 1 << 14
"""Bytes that hold the names of the columns."""

MOST_TABLES = 200
"""Tables that are looked at; a data set has one for each of its parts."""

_FILE = (
    *("file", "filename", "filepath", "path", "img", "imgpath", "imgname"),
    *("image", "imagename", "imagefile", "imagefilename", "imagepath"),
)
_LABEL = (
    *("letter", "label", "class", "classname", "labelname"),
    *("sign", "category", "target", "gesture"),
)
_SOURCE = ("source", "signer", "user", "person", "subject", "participant")
_SIZE = (("width", "height"), ("imagewidth", "imageheight"), ("imgwidth", "imgheight"))
_CORNERS = (
    ("xmin", "ymin", "xmax", "ymax"),
    ("x1", "y1", "x2", "y2"),
    ("x0", "y0", "x1", "y1"),
    ("left", "top", "right", "bottom"),
    ("minx", "miny", "maxx", "maxy"),
)
_SIDES = (
    ("x", "y", "w", "h"),
    ("x", "y", "width", "height"),
    ("left", "top", "width", "height"),
    ("left", "top", "w", "h"),
    ("xmin", "ymin", "width", "height"),
    ("xmin", "ymin", "w", "h"),
)
_CENTRE = (
    ("xcenter", "ycenter", "width", "height"),
    ("xcenter", "ycenter", "w", "h"),
    ("xcentre", "ycentre", "width", "height"),
    ("centerx", "centery", "width", "height"),
    ("cx", "cy", "w", "h"),
    ("cx", "cy", "width", "height"),
)
_BEFORE_SIDE = re.compile(r"^(bbox|box|bndbox|boundingbox|hand|handbox|rect|roi)(?=.)")
_SIDE_NAMES = frozenset(
    {name for group in (*_CORNERS, *_SIDES, *_CENTRE) for name in group} - {"width", "height"}
) | {"bbox", "box", "bndbox", "boundingbox", "rect", "roi"}
_NUMBER = re.compile(r"[\[(]?\s*-?\d+(\.\d+)?([\s,;]+-?\d+(\.\d+)?)*\s*[\])]?")
_UNKNOWN_NUMBERS = 4
"""Unknown columns of numbers that must be a box under names that nobody knows."""


@dataclass(frozen=True)
class _Columns:
    """Positions of the columns; `shape` says what the four of `box` are."""

    file: int
    label: int | None
    source: int | None
    box: tuple[int, int, int, int] | None
    shape: str
    size: tuple[int, int] | None
    one_hot: tuple[tuple[int, str], ...]


def read_tables(tree: FileTree, only: str | None = None) -> Annotations:
    """The annotations of all tables in a tree that list images.

    An index.csv at the top speaks for the whole tree, and other tables are passed over.

    Args:
        tree: The files.
        only: The one table to read.

    Raises:
        UserError: A table cannot be read, or has box columns that are not understood.
    """
    result = Annotations([], set(), set(), LeftOut(), "")
    names = [name for name in tree.names if name.lower().endswith((".csv", ".tsv"))]
    top = [name for name in names if name.lower() == INDEX]
    for name in [only] if only else top or names[:MOST_TABLES]:
        named = name.lower() == INDEX or posixpath.basename(name).lower() == "_annotations.csv"
        must = named or name == only
        if must or lists_images(tree.head(name, HEAD)):
            _read_table(tree, name, result)
    parts = ", ".join(sorted({posixpath.basename(name) for name in result.files}))
    result.how = f"labels from {parts}"
    return result


def lists_images(head: bytes) -> bool:
    """Whether the first bytes of a table name a column of image files and one of labels."""
    header = next(csv_rows(head, strict=False), [])
    keys = [_key(name) for name in header]
    if not any(key in _FILE for key in keys):
        return False
    return any(key in _LABEL for key in keys) or bool(_one_hot(keys, header))


def names_files(head: bytes) -> bool:
    """Whether the first bytes of a table name a column of image files."""
    return any(_key(name) in _FILE for name in next(csv_rows(head, strict=False), []))


def _read_table(tree: FileTree, name: str, result: Annotations) -> None:
    where = tree.where(name)
    rows = csv_rows(tree.read(name, MAX_BYTES))
    try:
        header = next(rows, [])
        columns = None
        for number, row in enumerate(rows, start=1):
            if not any(row):
                continue
            if columns is None:
                columns = _columns(header, row, str(where))
            _take(tree, name, f"row {number} (line {number + 1})", row, columns, result)
        if columns is None:
            _columns(header, [], str(where))
    except csv.Error as error:
        raise UserError(f"{where}: not a CSV file that can be read ({error}).") from error
    result.files.add(name)


def _take(
    tree: FileTree, name: str, at: str, row: list[str], columns: _Columns, result: Annotations
) -> None:
    """Adds the annotation of a row, or counts why it has none."""

    def cell(index: int | None) -> str:
        return row[index].strip() if index is not None and index < len(row) else ""

    where = f"{name}, {at}"
    listed = cell(columns.file)
    image = tree.find(listed, name) if listed else None
    if image is None:
        result.left_out.add(NOT_THERE, f"{where}: {listed!r} is not in the folder nor beside it")
        return
    result.covered.add(image)
    label = cell(columns.label)
    if columns.one_hot:
        label = "".join(name for index, name in columns.one_hot if cell(index) in ("1", "1.0"))
    if not label:
        result.left_out.add("without a label", f"{where}: {listed!r}")
        return
    box, size = None, None
    if columns.box and any(cells := [cell(index) for index in columns.box]):
        box = _box([_number(text) for text in cells], columns.shape)
        if box is None:
            shown = ", ".join(cells)
            result.left_out.add(NO_BOX, f"{where}: {shown[:60]} is no hand box in pixels")
            return
        if columns.size:
            width, height = (_number(cell(index)) for index in columns.size)
            size = (width, height) if width > 0 and height > 0 else None
        size = SHARES if in_shares(box) else size
    result.found.append(Annotation(image, label, box, cell(columns.source), size))


def _box(numbers: Sequence[float], shape: str) -> Box | None:
    a, b, c, d = numbers
    if shape == "corners":
        return sound_box(a, b, c - a, d - b)
    if shape == "centre":
        return sound_box(a - c / 2, b - d / 2, c, d)
    return sound_box(a, b, c, d)


def _number(text: str) -> float:
    """The number in a cell, with a point or a comma; NaN where there is none."""
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return float("nan")


def _columns(header: list[str], row: list[str], where: str) -> _Columns:
    """What the columns are.

    Raises:
        UserError: The files or labels are missing, or columns may be a box and are not known.
    """
    keys = [_key(name) for name in header]
    file = _first(keys, _FILE)
    label = _first(keys, _LABEL)
    one_hot = () if label is not None else _one_hot(keys, header)
    if file is None or (label is None and not one_hot):
        raise UserError(
            f"{where}: the column {'file' if file is None else 'letter'} is missing. Expected are "
            "file and letter, and, if you like, source and the hand box as x, y, w, h or xmin, "
            "ymin, xmax, ymax."
        )
    sides = [_BEFORE_SIDE.sub("", key) if key not in ("box", "bbox") else key for key in keys]
    shape, box = _box_columns(sides)
    size = next((s for s in _SIZE if all(k in keys for k in s)), None)
    at = (keys.index(size[0]), keys.index(size[1])) if size else None
    if box is None:
        known = {file, label, *(index for index, _ in one_hot), *(at or ())}
        _refuse_unknown_box(header, sides, row, known, where)
    elif at and set(at) & set(box):
        at = None
    return _Columns(file, label, _first(keys, _SOURCE), box, shape, at, one_hot)


def _box_columns(sides: list[str]) -> tuple[str, tuple[int, int, int, int] | None]:
    """Which four columns are the box, and what they say of it."""
    for shape, groups in (("corners", _CORNERS), ("centre", _CENTRE), ("sides", _SIDES)):
        for group in groups:
            if all(sides.count(name) == 1 for name in group):
                a, b, c, d = (sides.index(name) for name in group)
                return shape, (a, b, c, d)
    return "", None


def _refuse_unknown_box(
    header: list[str], sides: list[str], row: list[str], known: set[int | None], where: str
) -> None:
    """Raises UserError where columns may give a box that would be ignored."""
    numeric = [
        index
        for index, text in enumerate(row[: len(header)])
        if index not in known and _NUMBER.fullmatch(text.strip())
    ]
    named = [index for index in numeric if sides[index] in _SIDE_NAMES]
    if named or len(numeric) >= _UNKNOWN_NUMBERS:
        shown = ", ".join(header[index].strip() for index in (named or numeric)[:_UNKNOWN_NUMBERS])
        raise UserError(
            f"{where}: the columns {shown} may be a hand box, but are not known. Name them x, y, "
            "w, h or xmin, ymin, xmax, ymax, in pixels, or delete them to use the whole images."
        )


def _one_hot(keys: list[str], header: list[str]) -> tuple[tuple[int, str], ...]:
    """Columns that are named by a letter and hold 1 in the rows of its images."""
    letters = [(index, header[index].strip()) for index, key in enumerate(keys) if key not in _FILE]
    named = sum(len(name) == 1 and name.isalpha() for _, name in letters)
    return tuple(letters) if named > 1 and named > len(letters) / 2 else ()


def _first(keys: list[str], wanted: Sequence[str]) -> int | None:
    return next((keys.index(name) for name in wanted if name in keys), None)


def _key(name: str) -> str:
    return re.sub(r"[\W_]", "", name.casefold())


def csv_rows(content: bytes, *, strict: bool = True) -> Iterator[list[str]]:
    """The rows of a table with any delimiter; an Excel line "sep=;" is passed over.

    Raises:
        csv.Error: A quotation mark is never closed, or a value is very long; unless not `strict`.
    """
    text = _decoded(content)
    first, _, rest = text.partition("\n")
    if re.fullmatch(r"\s*\"?sep=.\"?\s*", first):
        text = rest
        first = text.partition("\n")[0]
    delimiter = max(",;\t|", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=strict)
    try:
        yield from reader
    except csv.Error:
        if strict:
            raise


def _decoded(content: bytes) -> str:
    """Text of UTF-8 or UTF-16, or of Windows' Western code page where it is neither."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
