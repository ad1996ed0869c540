"""CSV files in every state that people and programs leave them in."""

from __future__ import annotations

import gzip
import lzma
import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.door import damaged, fuzzed, knock
from tests.trainer.data.written_tables import zipped
from trainer.data import csv as csv_module
from trainer.data.csv import read_csv
from trainer.data.labels import LabelMap, map_labels
from trainer.data.load import chosen, load
from trainer.data.plain_csv import COLUMNS
from trainer.data.unpack import Purpose
from trainer.letters import ALPHABET, NO_SIGN, Convention
from trainer.support.errors import UserError

ROWS = 3
BAD_CELLS = [
    "text",
    "",
    "NaN",
    "-1",
    "256",
    "1e30",
    "-1e30",
    "inf",
    "2.5",
    "0x10",
    "1 2",
    "é",
    "9" * 400,
]


@dataclass(frozen=True)
class Layout:
    """How the same numbers are written down."""

    shuffled: bool
    quoted: bool
    end: str
    encoding: str
    last_end: bool
    packing: str
    gap: bool
    delimiter: str
    numbered_from: int
    prefix: str
    index: bool
    stated: bool

    def write(self, path: Path, table: list[list[str]]) -> Path:
        columns = list(range(len(COLUMNS)))
        if self.shuffled:
            np.random.default_rng(7).shuffle(columns)
        quote = '"' if self.quoted else ""
        rows = [[f"{quote}{row[c]}{quote}" if row[c] else "" for c in columns] for row in table]
        rows[0] = [f"{quote}{self.names[c]}{quote}" for c in columns]
        if self.index:
            rows = [[str(n - 1) if n else "", *row] for n, row in enumerate(rows)]
        lines = [f"sep={self.delimiter}"] * self.stated + [self.delimiter.join(row) for row in rows]
        text = self.end.join(lines) + (self.end if self.last_end else "")
        content = text.encode(self.encoding)
        path.write_bytes(PACKINGS[self.packing](content))
        return path

    @property
    def names(self) -> list[str]:
        return ["label", *(f"{self.prefix}{i + self.numbered_from}" for i in range(784))]

    @property
    def lines_before(self) -> int:
        return 1 + self.stated


PACKINGS: dict[str, Callable[[bytes], bytes]] = {
    "plain": lambda content: content,
    "gzip": lambda content: gzip.compress(content, mtime=0),
    "xz": lzma.compress,
    "zip": lambda content: zipped({"a.csv": content, "__MACOSX/._a.csv": b"\0"}),
    "gzip in zip": lambda content: zipped({"a.csv.gz": gzip.compress(content, mtime=0)}),
}


def numbers(gap: bool) -> list[list[str]]:
    """Header and rows; the labels fit only one of the conventions."""
    rng = np.random.default_rng(5)
    labels = [0, 24, 7] if gap else [0, 9, 23]
    rows = [[str(label), *map(str, rng.integers(0, 256, 784))] for label in labels]
    return [list(COLUMNS), *rows]


def content_of(table: list[list[str]], encoding: str = "utf-8") -> bytes:
    return "\n".join(",".join(row) for row in table).encode(encoding)


layouts = st.builds(
    Layout,
    shuffled=st.booleans(),
    quoted=st.booleans(),
    end=st.sampled_from(["\n", "\r\n", "\r"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32"]),
    last_end=st.booleans(),
    packing=st.sampled_from(sorted(PACKINGS)),
    gap=st.booleans(),
    delimiter=st.sampled_from([",", ";", "\t", "|", ":"]),
    numbered_from=st.integers(0, 1),
    prefix=st.sampled_from(["pixel", "PX", "", "x."]),
    index=st.booleans(),
    stated=st.booleans(),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("csv")


@fuzzed(0.06)
@given(layout=layouts)
def test_the_same_numbers_are_read_however_they_are_written(folder: Path, layout: Layout) -> None:
    table = numbers(layout.gap)
    path = layout.write(folder / "same.csv", table)
    data = read_csv(path)
    expected = np.array([list(map(int, row)) for row in table[1:]])
    np.testing.assert_array_equal(data.images.reshape(ROWS, -1), expected[:, 1:])
    convention = Convention.GAP if layout.gap else Convention.NO_GAP
    assert data.labels.tolist() == [convention.class_of(int(row[0])) for row in table[1:]]


@fuzzed(0.06)
@given(
    layout=layouts,
    row=st.integers(1, ROWS),
    column=st.integers(0, len(COLUMNS) - 1),
    cell=st.sampled_from(BAD_CELLS) | st.floats(256, width=16).map(str),
)
def test_a_bad_cell_is_named_by_row_and_column(
    folder: Path, layout: Layout, row: int, column: int, cell: str
) -> None:
    table = numbers(layout.gap)
    table[row][column] = cell
    path = layout.write(folder / "cell.csv", table)
    said = knock(lambda: read_csv(path), path.name)
    line = row + layout.lines_before
    assert f"row {row} (line {line}), column {layout.names[column]}:" in said


UNKNOWN = st.text(max_size=8).filter(lambda name: re.search("[^a-z0-9]{3}", name) is not None)


@fuzzed(0.1)
@given(
    drop=st.sets(st.integers(0, len(COLUMNS) - 1), max_size=3),
    extra=st.lists(UNKNOWN, max_size=3),
    header=st.booleans(),
)
def test_other_columns_are_refused_and_named(
    folder: Path, drop: set[int], extra: list[str], header: bool
) -> None:
    table = numbers(gap=True)[0 if header else 1 :]
    rows = [[v for c, v in enumerate(row) if c not in drop] for row in table]
    names = [re.sub('["\r\n]', "", name) + "column" for name in extra]
    rows = [
        row + (names if i == 0 and header else ["1"] * len(names)) for i, row in enumerate(rows)
    ]
    text = "\n".join(",".join(f'"{value}"' for value in row) for row in rows)
    path = folder / "columns.csv"
    path.write_text(text, encoding="utf-8")
    said = knock(lambda: read_csv(path), path.name)
    if header:
        assert bool(said) == bool(drop or names)
    elif len(drop) != len(names):
        assert "no header" in said


@fuzzed(0.35)
@given(content=damaged(content_of(numbers(gap=True))))
def test_damaged_text(folder: Path, content: bytes) -> None:
    path = folder / "damaged.csv"
    path.write_bytes(content)
    knock(lambda: read_csv(path), path.name)


@fuzzed(0.1)
@given(content=damaged(content_of(numbers(gap=True), "utf-16")))
def test_damaged_utf_16(folder: Path, content: bytes) -> None:
    path = folder / "damaged.csv"
    path.write_bytes(content)
    knock(lambda: read_csv(path), path.name)


@fuzzed(0.2)
@given(content=damaged(PACKINGS["gzip"](content_of(numbers(gap=True)))))
def test_damaged_gzip(folder: Path, content: bytes) -> None:
    path = folder / "damaged.csv.gz"
    path.write_bytes(content)
    knock(lambda: read_csv(path), path.name)


ARCHIVE = zipped(
    {f"{name}.csv": content_of(numbers(gap=name == "test")) for name in ("train", "test")}
)


@fuzzed(0.2)
@given(content=damaged(ARCHIVE), purpose=st.sampled_from([*Purpose, None]))
def test_damaged_archive(folder: Path, content: bytes, purpose: Purpose | None) -> None:
    path = folder / "damaged.zip"
    path.write_bytes(content)
    knock(lambda: load(chosen(path, purpose)), path.name)


@fuzzed(0.05)
@given(content=st.just(ARCHIVE) | damaged(ARCHIVE), member=st.text(min_size=1, max_size=20))
def test_any_member_of_an_archive(folder: Path, content: bytes, member: str) -> None:
    path = folder / "members.zip"
    path.write_bytes(content)
    name = member.replace("\0", "").strip("./") or "x"
    assert knock(lambda: load(path / name), path.name)


@fuzzed(0.3)
@given(
    labels=st.sets(
        st.text(max_size=6)
        | st.integers(-2, 40).map(str)
        | st.sampled_from([*ALPHABET, "nothing", "del", "letter_a", "3.0"]),
        min_size=1,
        max_size=40,
    ),
    convention=st.sampled_from([*Convention, None]),
    without_j=st.booleans(),
)
def test_any_labels(labels: set[str], convention: Convention | None, without_j: bool) -> None:
    found: list[LabelMap] = []
    said = knock(
        lambda: found.append(map_labels(labels, "data", convention, without_j=without_j)), "data"
    )
    if not said:
        assert found[0].classes.keys() == labels
        assert all(index is None or 0 <= index <= NO_SIGN for index in found[0].classes.values())
        assert all(found[0].classes[label] is None for label in found[0].unknown)


@fuzzed(0.05)
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@pytest.mark.parametrize(
    "ending", [".csv", ".csv.zip", ".csv.xz", ".csv.bz2", ".csv.tar", ".csv.zst"]
)
def test_anything_at_all(folder: Path, content: bytes, ending: str) -> None:
    path = folder / f"any{ending}"
    path.write_bytes(content)
    assert knock(lambda: read_csv(path), path.name)


@pytest.mark.parametrize("head", ["", ",".join(COLUMNS) + "\n"], ids=["nothing", "header"])
def test_ten_sparse_gigabytes_are_refused_at_once(tmp_path: Path, head: str) -> None:
    path = tmp_path / "sparse.csv"
    with path.open("wb") as file:
        file.write(head.encode())
        file.truncate(10 << 30)
    assert knock(lambda: read_csv(path), path.name)


def test_a_hole_behind_good_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "hole.csv"
    rows = numbers(True)
    with path.open("wb") as file:
        file.write("\n".join(",".join(row) for row in [*rows, *rows[1:] * 20]).encode() + b"\n")
        file.truncate(300 << 20)
    assert knock(lambda: read_csv(path), path.name)


def test_a_row_that_never_ends_is_refused_before_it_fills_the_memory(tmp_path: Path) -> None:
    path = tmp_path / "bomb.csv.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        file.write((",".join(COLUMNS) + "\n").encode())
        for _ in range(300):
            file.write(b"1" * (1 << 20))
    assert "longer" in knock(lambda: read_csv(path), path.name)


@pytest.mark.parametrize("line", [b"\n", b"," * 784 + b"\n", b"#\n"])
def test_lines_without_values_that_never_end_are_refused(tmp_path: Path, line: bytes) -> None:
    path = tmp_path / "bomb.csv.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for _ in range(100):
            file.write(line * (-(-(1 << 20) // len(line))))
    assert knock(lambda: read_csv(path), path.name)


def test_a_header_of_a_million_names_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "wide.csv"
    path.write_bytes(b",".join(b"pixel%d" % i for i in range(1_000_000)) + b"\n")
    assert "longer than any row" in knock(lambda: read_csv(path), path.name)
    path.write_bytes(b",".join(b"%d" % i for i in range(100_000)) + b"\n1,2\n")
    assert "100,000 columns" in knock(lambda: read_csv(path), path.name)


def test_a_label_column_of_many_texts_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "texts.csv"
    row = ",0" * 784
    lines = [",".join(COLUMNS), *(f"text {i}{row}" for i in range(3000))]
    path.write_text("\n".join(lines))
    assert "different labels" in knock(lambda: read_csv(path), path.name)


def test_a_file_that_grows_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "growing.csv"
    text = "\n".join(",".join(row) for row in numbers(True)) + "\n"
    path.write_text(text)
    read_plain = csv_module.read_plain

    def while_another_writes(chosen: Path) -> object:
        with chosen.open("a") as file:
            file.write(text.splitlines()[1] + "\n")
        return read_plain(chosen)

    monkeypatch.setattr(csv_module, "read_plain", while_another_writes)
    with pytest.raises(UserError, match="changed while it was read"):
        read_csv(path)


def test_a_file_that_is_deleted_while_it_is_read_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "gone.csv"
    path.write_text("\n".join(",".join(row) for row in numbers(True)) + "\n")
    read_plain = csv_module.read_plain

    def then_deleted(chosen: Path) -> object:
        table = read_plain(chosen)
        chosen.unlink()
        return table

    monkeypatch.setattr(csv_module, "read_plain", then_deleted)
    with pytest.raises(UserError, match="No such file"):
        read_csv(path)


def test_true_is_no_number(tmp_path: Path) -> None:
    rows = numbers(True)
    for row in rows[1:]:
        row[4] = "True"
    path = tmp_path / "true.csv"
    path.write_text("\n".join(",".join(row) for row in rows))
    assert "column pixel4: 'True' is not" in knock(lambda: read_csv(path), path.name)


def test_devices_and_pipes_are_no_files(tmp_path: Path) -> None:
    zeros = tmp_path / "zeros.csv"
    zeros.symlink_to("/dev/zero")
    pipe = tmp_path / "pipe.csv"
    os.mkfifo(pipe)
    for path in (zeros, pipe):
        assert "a device or a pipe" in knock(lambda path=path: read_csv(path), path.name)
