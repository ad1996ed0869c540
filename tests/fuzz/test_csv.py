"""CSV files in every state that people and programs leave them in."""

from __future__ import annotations

import gzip
import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.door import damaged, fuzzed, knock
from trainer.data import csv as csv_module
from trainer.data.csv import read_csv
from trainer.data.plain_csv import COLUMNS
from trainer.letters import Convention
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
    mark: bool
    last_end: bool
    spaces: bool
    zipped: bool
    gap: bool

    def write(self, path: Path, table: list[list[str]]) -> Path:
        columns = list(range(len(COLUMNS)))
        if self.shuffled:
            np.random.default_rng(7).shuffle(columns)
        quote = '"' if self.quoted else ""
        before = " " if self.spaces else ""
        lines = [
            ",".join(f"{before}{quote}{row[c]}{quote}" if row[c] != "" else "" for c in columns)
            for row in table
        ]
        text = self.end.join(lines) + (self.end if self.last_end else "")
        content = text.encode("utf-8-sig" if self.mark else "utf-8")
        if self.zipped:
            path = path.with_suffix(".csv.gz")
            content = gzip.compress(content, mtime=0)
        path.write_bytes(content)
        return path


def numbers(gap: bool) -> list[list[str]]:
    """Header and rows; the labels fit only one of the conventions."""
    rng = np.random.default_rng(5)
    labels = [0, 24, 7] if gap else [0, 9, 23]
    rows = [[str(label), *map(str, rng.integers(0, 256, 784))] for label in labels]
    return [list(COLUMNS), *rows]


layouts = st.builds(
    Layout,
    shuffled=st.booleans(),
    quoted=st.booleans(),
    end=st.sampled_from(["\n", "\r\n"]),
    mark=st.booleans(),
    last_end=st.booleans(),
    spaces=st.just(False),
    zipped=st.booleans(),
    gap=st.booleans(),
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
    assert f"row {row} (line {row + 1}), column {COLUMNS[column]}:" in said


@fuzzed(0.1)
@given(
    layout=layouts,
    drop=st.sets(st.integers(0, len(COLUMNS) - 1), max_size=3),
    extra=st.lists(st.text(max_size=8), max_size=3),
    header=st.booleans(),
)
def test_other_columns_are_refused_and_named(
    folder: Path, layout: Layout, drop: set[int], extra: list[str], header: bool
) -> None:
    table = numbers(layout.gap)[0 if header else 1 :]
    rows = [[v for c, v in enumerate(row) if c not in drop] for row in table]
    names = [name.replace('"', "").replace("\r", "").replace("\n", "") for name in extra]
    rows = [
        row + (names if i == 0 and header else ["1"] * len(names)) for i, row in enumerate(rows)
    ]
    text = "\n".join(",".join(f'"{value}"' for value in row) for row in rows)
    path = folder / "columns.csv"
    path.write_text(text, encoding="utf-8")
    said = knock(lambda: read_csv(path), path.name)
    assert bool(said) == bool(drop or names or not header)


@fuzzed(0.35)
@given(content=damaged("\n".join(",".join(row) for row in numbers(gap=True)).encode()))
def test_damaged_text(folder: Path, content: bytes) -> None:
    path = folder / "damaged.csv"
    path.write_bytes(content)
    knock(lambda: read_csv(path), path.name)


@fuzzed(0.35)
@given(
    content=damaged(gzip.compress("\n".join(",".join(r) for r in numbers(True)).encode(), mtime=0))
)
def test_damaged_gzip(folder: Path, content: bytes) -> None:
    path = folder / "damaged.csv.gz"
    path.write_bytes(content)
    knock(lambda: read_csv(path), path.name)


@fuzzed(0.05)
@given(content=st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
@pytest.mark.parametrize(
    "ending", [".csv", ".csv.zip", ".csv.xz", ".csv.bz2", ".csv.tar", ".csv.zst"]
)
def test_anything_at_all(folder: Path, content: bytes, ending: str) -> None:
    path = folder / f"any{ending}"
    path.write_bytes(content)
    assert knock(lambda: read_csv(path), path.name)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-32", "utf-16-be"])
def test_utf_16_is_named_as_the_reason(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "wide.csv"
    path.write_bytes("\n".join(",".join(row) for row in numbers(True)).encode(encoding))
    assert "UTF-8" in knock(lambda: read_csv(path), path.name)


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
