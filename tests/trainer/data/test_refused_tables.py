"""What is wrong in a table, or could mean two things, is refused in a sentence."""

from __future__ import annotations

import gzip
import re
from dataclasses import replace
from pathlib import Path

import pytest

from tests.trainer.data.written_tables import (
    COUNT,
    KAGGLE,
    NAMES,
    SEMICOLONS,
    Written,
    unit,
    zipped,
)
from trainer.data.load import load
from trainer.support.errors import UserError


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (replace(KAGGLE, labels=[0, 10, 23]), "--labels gap .*--labels no-gap "),
        (replace(KAGGLE, labels=range(1, 25)), "Write letters instead, or, .*--labels gap"),
        (
            replace(KAGGLE, header=("label", "letter", *NAMES), before=[["A"] * 9]),
            "two columns may be the label .*Remove one of them, or rename",
        ),
        (
            replace(KAGGLE, cell=lambda v: f"{v / 255 - 0.5:.4f}"),
            r"between -0.5 and 0.5, which fits two scales.*0–255, or as 0–1",
        ),
        (replace(KAGGLE, cell=lambda v: f"{v / 60 - 2:.4f}"), "standardised, .*0–255, or as 0–1"),
    ],
)
def test_what_means_two_things_is_refused_with_both_ways_out(
    tmp_path: Path, table: Written, said: str
) -> None:
    with pytest.raises(UserError, match=rf"table\.csv: .*{said}"):
        load(table.to(tmp_path / "table.csv"))


def test_labels_at_both_ends_are_refused_with_both_ways_out(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("\n".join(f"{label},{'9,' * 783}{24 - label}" for label in (0, 3, 24)))
    said = "both the first and the last .*Put the header label,pixel1,…,pixel784 .*, or pixel1"
    with pytest.raises(UserError, match=said):
        load(path)


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (replace(KAGGLE, header=("label", *NAMES, "extra"), behind=[COUNT]), "unknown .*'extra'"),
        (replace(KAGGLE, header=("person", *NAMES)), "missing .*label"),
        (
            replace(KAGGLE, header=("label", *NAMES[:-1], "pixel3")),
            "missing .*pixel784.*there twice",
        ),
        (replace(KAGGLE, header=("label", *NAMES[1:])), "row 1: 785 values under a header of 784"),
        (replace(KAGGLE, header=None, behind=[COUNT]), "786 values in a row"),
        (replace(KAGGLE, header=None, cell=lambda v: v + 40, labels=[30]), "neither the first nor"),
        (
            replace(KAGGLE, labels=["A", "B", "", "D"]),
            r"row 3 \(line 4\), column label: an empty cell",
        ),
        (
            replace(KAGGLE, labels=["", 1, 24], end="\r"),
            r"row 1 \(line 2\), column label: an empty cell",
        ),
        (replace(KAGGLE, labels=[0, 1, "?", 24]), r"row 3 \(line 4\), column label: '\?'"),
        (replace(KAGGLE, labels=[0, 1, 44, 24]), r"row 3 \(line 4\), column label: 44 fits no"),
        (replace(KAGGLE, header=None, labels=[0, 1, "", 24]), r"row 3 \(line 3\), column label"),
        (replace(KAGGLE, header=None, labels=["9" * 5000, 1]), "9999' is not a whole number"),
        (replace(KAGGLE, labels=["cat", "dog"]), r"none of the labels \(cat and dog\)"),
        (replace(KAGGLE, labels=["J", "Z"]), "no row is labelled as one of the letters"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, table: Written, said: str) -> None:
    with pytest.raises(UserError, match=rf"table\.csv[:,] .*{said}"):
        load(table.to(tmp_path / "table.csv"))


def test_a_bad_cell_is_named_on_every_scale(tmp_path: Path) -> None:
    for table in (KAGGLE, replace(KAGGLE, cell=unit(4)), replace(SEMICOLONS, encoding="utf-16")):
        lines = table.text().splitlines()
        cells = lines[5].split(table.delimiter)
        cells[7] = "dark"
        lines[5] = table.delimiter.join(cells)
        path = tmp_path / "table.csv"
        path.write_text("\n".join(lines), encoding=table.encoding)
        with pytest.raises(UserError, match=r"row 5 \(line 6\), column pixel7: 'dark' is not a"):
            load(path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.zip", zipped({"a.bin": b"\x89PNG", "b.bin": b"\x89PNG"}), "of which none is a table"),
        ("a.xlsx", zipped({"[Content_Types].xml": b"", "xl/a.xml": b""}), "an Excel workbook"),
        ("a.zip", zipped({"a.csv": zipped({"b.csv": b"1"})}), "archive within another"),
        ("a.zip", zipped({"a.csv": KAGGLE.content()})[:-30], "damaged, or not complete"),
        ("a.csv.gz", gzip.compress(KAGGLE.content())[:-300], "damaged, or not complete"),
        ("a.csv", b"PAR1" + bytes(100), "a Parquet file"),
        ("a.csv", b"<!DOCTYPE html><html>", "a saved web page"),
        ("a.csv", b"version https://git-lfs.github.com/spec/v1\noid", "a pointer of Git LFS"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "a PNG image"),
        ("a.csv", ",".join(["a"] * 5000).encode(), "5,000 columns"),
        ("a.csv", b"", "empty"),
        ("a.csv", b"\n\n \n", "empty"),
        ("a.csv", b"sep=;\n", "empty"),
        ("a.csv", b"\xff\xfe", "empty"),
    ],
)
def test_what_is_no_table_is_named(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(UserError, match=rf"{re.escape(name)}: .*({said})"):
        load(path)
