from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.conftest import printed_letters, write_csv
from trainer.data.csv import COLUMNS, read_csv
from trainer.letters import LETTERS, Convention
from trainer.support.errors import UserError

ROW = ",".join(["24", *["7"] * 784])
HEADER = ",".join(COLUMNS)


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n")
    return path


@pytest.mark.parametrize("convention", list(Convention))
def test_both_conventions_give_the_same_letters(tmp_path: Path, convention: Convention) -> None:
    letters = printed_letters(2)
    read = read_csv(write_csv(tmp_path / "f.csv", letters, convention))
    np.testing.assert_array_equal(read.labels, letters.labels)
    np.testing.assert_array_equal(read.images, letters.images)
    assert read.images.dtype == np.uint8
    assert convention.meaning in read.notes[0]
    assert "decided" in read.notes[0]


def test_an_ambiguous_file_is_read_only_with_the_convention_given(tmp_path: Path) -> None:
    path = write(tmp_path / "f.csv", HEADER, ROW.replace("24", "10", 1))
    with pytest.raises(UserError, match="both conventions"):
        read_csv(path)
    assert LETTERS[read_csv(path, Convention.GAP).labels[0]] == "K"
    assert LETTERS[read_csv(path, Convention.NO_GAP).labels[0]] == "L"


def test_a_convention_that_does_not_fit_is_refused_by_row(tmp_path: Path) -> None:
    path = write(tmp_path / "f.csv", HEADER, ROW.replace("24", "1", 1), ROW)
    with pytest.raises(UserError, match=r"row 2 \(line 3\), column label: 24"):
        read_csv(path, Convention.NO_GAP)


def spoil(value: str, column: int) -> Callable[[str], str]:
    def change(row: str) -> str:
        cells = row.split(",")
        cells[column] = value
        return ",".join(cells)

    return change


@pytest.mark.parametrize(
    ("value", "column", "named"),
    [
        ("256", 3, "column pixel3: '256'"),
        ("-1", 784, "column pixel784: '-1'"),
        ("12.5", 1, "column pixel1: '12.5'"),
        ("1e30", 1, "column pixel1: '1e30'"),
        ("1e400", 1, "column pixel1: '1e400'"),
        ("dark", 2, "column pixel2: 'dark'"),
        ("", 5, "column pixel5: an empty cell is not a whole number"),
        (" ", 5, "column pixel5: an empty cell is not a whole number"),
        ("NaN", 5, "column pixel5: 'NaN' is not a whole number"),
        ("#N/A", 5, "column pixel5: '#N/A' is not a whole number"),
        ("None", 5, "column pixel5: 'None' is not a whole number"),
        ("inf", 5, "column pixel5: 'inf'"),
        ("29", 0, "column label: 29 fits no numbering"),
        ("A", 0, "column label: 'A'"),
    ],
)
def test_bad_values_are_named(tmp_path: Path, value: str, column: int, named: str) -> None:
    path = write(tmp_path / "f.csv", HEADER, ROW, spoil(value, column)(ROW), ROW)
    with pytest.raises(UserError, match=rf"f\.csv, row 2 \(line 3\), {named}"):
        read_csv(path)


def test_columns_in_another_order_are_put_in_order(tmp_path: Path) -> None:
    cells = [str(i % 256) for i in range(784)]
    shuffled = [*COLUMNS[1:], "label"]
    path = write(tmp_path / "f.csv", ",".join(shuffled), ",".join([*cells, "24"]))
    read = read_csv(path)
    assert LETTERS[read.labels[0]] == "Y"
    np.testing.assert_array_equal(read.images.ravel(), np.arange(784) % 256)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "empty"),
        ([HEADER], "no rows"),
        ([ROW[:-2], ROW[:-2]], "no header, and 784 values"),
        ([HEADER.replace(",pixel9,", ",", 1), ROW[:-2]], "pixel9"),
        ([HEADER + ",extra", ROW + ",1"], "extra"),
        ([HEADER, ROW + ",1,2"], "row 1: 787 values under a header of 785 columns"),
        (["hello", "world"], "785 columns are missing"),
    ],
)
def test_files_of_another_shape_are_refused(tmp_path: Path, lines: list[str], said: str) -> None:
    path = tmp_path / "f.csv"
    path.write_text("\n".join(lines))
    with pytest.raises(UserError, match=said):
        read_csv(path)


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([HEADER, ROW, *[ROW] * 200, ROW + ",1"], "line 203: 786 values in place of 785"),
        ([HEADER, ROW, ROW[:-8], ROW], r"row 2 \(line 3\), .*: the row ends before it, after 78\d"),
        ([HEADER, ROW, "", "  ", ROW, "x" + ROW], r"row 3 \(line 6\), column label: 'x24'"),
        ([HEADER, ROW, "," * 784, "", ROW, "x" + ROW], r"row 4 \(line 6\), column label: 'x24'"),
        ([HEADER, ROW, "," * 784, "", ROW, ROW + "x"], r"row 4 \(line 6\), column pixel784: '7x'"),
        ([HEADER, ROW, "," * 784, ROW[2:]], r"row 3 \(line 4\), column label: an empty cell"),
        (
            [",".join(["label", *map("pixel{}".format, range(784))]), ROW + "x"],
            r"row 1 \(line 2\), column pixel783: '7x'",
        ),
        ([HEADER, ROW, ROW.replace(",", ',"', 1)], "line 3: a quotation mark is not closed"),
    ],
)
def test_a_bad_row_is_found_in_a_text_editor(tmp_path: Path, lines: list[str], said: str) -> None:
    path = tmp_path / "f.csv"
    path.write_text("\n".join(lines))
    with pytest.raises(UserError, match=said):
        read_csv(path)


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_bytes(bytes(range(256)) * 20)
    with pytest.raises(UserError, match=r"f\.csv"):
        read_csv(path)
    with pytest.raises(UserError, match="cannot be read"):
        read_csv(tmp_path / "missing.csv")


def test_bom_crlf_quotes_and_gzip_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "f.csv.gz"
    quoted = ",".join(f'"{cell}"' for cell in ROW.split(","))
    path.write_bytes(gzip.compress(f"\ufeff{HEADER}\r\n{quoted}\r\n".encode()))
    assert read_csv(path).images.max() == 7


def test_the_digest_is_the_files(tmp_path: Path) -> None:
    path = write(tmp_path / "f.csv", HEADER, ROW)
    assert read_csv(path).digests == {"f.csv": hashlib.sha256(path.read_bytes()).hexdigest()}


def test_the_official_test_file(shared: Path) -> None:
    read = read_csv(shared / "data" / "sign_mnist_test.csv")
    assert read.images.shape == (7172, 28, 28)
    assert read.counts().min() > 0
    assert read.digests["sign_mnist_test.csv"].startswith("178c0dd21c4b")
