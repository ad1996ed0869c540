"""Every layout of a table that docs/data-formats.md promises, and others of the same kinds."""

from __future__ import annotations

import bz2
import gzip
import lzma
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from tests.trainer.data import test_packed_tables
from tests.trainer.data.written_tables import (
    COUNT,
    EMPTY,
    KAGGLE,
    LAST,
    NAMES,
    SEEN,
    SEMICOLONS,
    Written,
    comma,
    images,
    quoted,
    read,
    unit,
    zipped,
)
from trainer.data.plain_csv import COLUMNS
from trainer.letters import LETTERS

ACCEPTED: dict[str, list[Written | tuple[str, bytes]]] = {
    "columns in any order": [LAST, replace(LAST, header=(*NAMES, "LABEL"))],
    "semicolons, tabs, vertical bars, spaces or another sign between values": [
        replace(KAGGLE, delimiter=delimiter)
        for delimiter in (";", "\t", "|", " ", ":", "^", ", ", "; ", "   ")
    ]
    + [replace(KAGGLE, delimiter=" ", cell=lambda v: comma(unit(4)(v)), header=None)],
    "a line `sep=;` before the header": [
        replace(SEMICOLONS, first="sep=;\n"),
        replace(SEMICOLONS, first='"sep=;"\r\n', end="\r\n", encoding="utf-8-sig"),
        replace(KAGGLE, delimiter="\t", first="sep=\t\n", encoding="utf-16"),
        replace(KAGGLE, delimiter="~", first="SEP=~\n"),
    ],
    "decimal commas": [
        replace(SEMICOLONS, cell=lambda v: comma(unit(4)(v))),
        replace(KAGGLE, delimiter="\t", cell=lambda v: comma(unit(6)(v))),
        replace(SEMICOLONS, cell=lambda v: comma(unit(4)(v)), header=None),
        replace(SEMICOLONS, cell=lambda v: f"{v},0", labels=[f"{v},0" for v in KAGGLE.labels]),
        replace(KAGGLE, cell=lambda v: f'"{comma(unit(4)(v))}"'),
    ],
    "values in quotation marks": [quoted(KAGGLE), quoted(SEMICOLONS), quoted(LAST)],
    "UTF-8 with or without a byte-order mark": [
        KAGGLE,
        replace(KAGGLE, encoding="utf-8-sig"),
        replace(KAGGLE, header=None, encoding="utf-8-sig"),
    ],
    "UTF-16 and UTF-32": [
        replace(KAGGLE, encoding=encoding, delimiter=delimiter)
        for encoding in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be")
        for delimiter in ",\t"
    ],
    "Windows-1252": [
        replace(KAGGLE, header=("", "label", *NAMES), before=[["é"] * 9], encoding="cp1252"),
    ],
    "line ends of Windows, Unix or old Macs": [
        replace(KAGGLE, end=end, header=header)
        for end in ("\n", "\r\n", "\r")
        for header in (KAGGLE.header, None)
    ],
    "empty lines, and rows of nothing but delimiters": [
        replace(KAGGLE, first="\n\n"),
        replace(KAGGLE, end="\n\n"),
        replace(KAGGLE, last="\n," + "," * 783 + "\n" + "," * 784 + "\n"),
        replace(SEMICOLONS, last=";" * 784 + "\r\n" + ";" * 784),
        replace(KAGGLE, first="# made by hand\n"),
    ],
    "`.gz`, `.bz2`, `.xz`, by content and not by name": [
        ("table.csv.gz", gzip.compress(KAGGLE.content())),
        ("table.csv", gzip.compress(KAGGLE.content())),
        ("table.bz2", bz2.compress(SEMICOLONS.content())),
        ("table.tsv.xz", lzma.compress(replace(KAGGLE, delimiter="\t").content())),
        ("table.gz", KAGGLE.content()),
    ],
    "`.zip` with one table, plain or packed again": [
        ("table.zip", zipped({"a/train.csv": KAGGLE.content()})),
        ("table.zip", zipped({"a/train.csv": KAGGLE.content()}, zipfile.ZIP_STORED)),
        ("table.zip", zipped({"a.csv.gz": gzip.compress(KAGGLE.content())})),
        (
            "table.zip",
            zipped({"a.tsv": replace(KAGGLE, delimiter="\t").content(), "b.png": b"\x89PNG"}),
        ),
        ("table.zip", zipped({"a.csv": KAGGLE.content(), "__MACOSX/._a.csv": b"\0\5\x16\7"})),
        ("table.zip", zipped({"a.csv": KAGGLE.content(), "a/a.csv": KAGGLE.content()})),
        ("table.zip", zipped({"table": KAGGLE.content()})),
        ("table.csv", zipped({"a.csv": KAGGLE.content()})),
    ],
    "names in any case, `pixel0`–`pixel783`, `px_1`, `1x1`, or bare numbers": [
        replace(KAGGLE, header=("label", *(name(i) for i in range(784))))
        for name in (
            "pixel{}".format,
            "PIXEL{}".format,
            lambda i: f"Pixel {i + 1}",
            lambda i: f"px_{i + 1}",
            lambda i: f" p{i:03}",
            lambda i: f"{i // 28 + 1}x{i % 28 + 1}",
            lambda i: f"{i // 28}x{i % 28}",
            lambda i: f"pixel_{i // 28}_{i % 28}",
            lambda i: f"r{i // 28 + 1}c{i % 28 + 1}",
            str,
            lambda i: str(i + 1),
        )
    ]
    + [
        replace(KAGGLE, header=[str(i) for i in range(785)]),
        replace(LAST, header=[str(i) for i in range(785)]),
        replace(LAST, header=[*map(str, range(784)), "label"]),
        replace(KAGGLE, header=[name.upper() for name in COLUMNS]),
        replace(KAGGLE, header=["# label", *NAMES]),
    ],
    "`class`, `letter`, `target`, `y` … for `label`, in any column": [
        replace(KAGGLE, header=(name, *NAMES))
        for name in ("class", "Letter", "target", "y", "Labels", "class_id", "label_name", "sign")
    ]
    + [replace(LAST, header=(*NAMES, "Class"))],
    "no header": [
        replace(KAGGLE, header=None),
        replace(KAGGLE, header=None, label_last=True),
        replace(KAGGLE, header=None, delimiter=";"),
        replace(KAGGLE, header=None, labels=SEEN),
        replace(KAGGLE, header=None, labels=SEEN.lower(), label_last=True),
        replace(KAGGLE, header=None, before=[COUNT]),
        replace(KAGGLE, header=None, cell=unit(5)),
        replace(KAGGLE, header=None, behind=[EMPTY]),
        replace(
            KAGGLE,
            header=None,
            delimiter=" ",
            cell=lambda v: f"{v:.18e}",
            labels=[f"{v:.18e}" for v in map(int, map(str, KAGGLE.labels))],
        ),
    ],
    "a column without a name, `index`, `Unnamed: 0`, `id`": [
        replace(KAGGLE, header=(name, "label", *NAMES), before=[column])
        for name in ("", "index", "Unnamed: 0", "ID", "row")
        for column in (COUNT, tuple(reversed(COUNT)), EMPTY)
    ]
    + [
        replace(KAGGLE, header=("label", *NAMES, ""), behind=[EMPTY]),
        replace(KAGGLE, behind=[EMPTY]),
        replace(KAGGLE, behind=[EMPTY, EMPTY]),
        replace(KAGGLE, header=("label", *NAMES, "comment"), behind=[EMPTY]),
        replace(
            KAGGLE,
            header=("Unnamed: 0.1", "Unnamed: 0", "label", *NAMES),
            before=[COUNT, COUNT],
        ),
        replace(KAGGLE, header=("", *map(str, range(785))), before=[COUNT]),
    ],
    "row names as R writes them": [
        replace(KAGGLE, before=[[f'"{i + 1}"' for i in COUNT]], header=[f'"{n}"' for n in COLUMNS]),
        replace(KAGGLE, before=[[f'"{i + 1}"' for i in COUNT]], delimiter=" "),
    ],
    "pixels 0–1": [replace(KAGGLE, cell=unit(digits)) for digits in (3, 4, 16)]
    + [replace(KAGGLE, cell=lambda v: v / 255)],
    "pixels −1–1": [
        replace(KAGGLE, cell=lambda v: f"{v / 127.5 - 1:.5f}"),
        replace(SEMICOLONS, cell=lambda v: comma(f"{v / 127.5 - 1:.5f}")),
    ],
    "pixels with fractions, in most rows": [replace(KAGGLE, cell=lambda v: v + 0.25 * (v < 200))],
}

ELSEWHERE = {
    "`.zip` with several tables": "test_the_table_for_a_purpose_is_chosen_by_its_name",
    "a folder with tables and no photographs": "test_a_folder_of_tables_is_an_unpacked_archive",
}


def written(example: Written | tuple[str, bytes], folder: Path) -> Path:
    if isinstance(example, Written):
        return example.to(folder / "table.csv")
    path = folder / example[0]
    path.write_bytes(example[1])
    return path


@pytest.mark.parametrize(
    "example",
    [
        pytest.param(example, id=f"{name[:30]}-{number}")
        for name, examples in ACCEPTED.items()
        for number, example in enumerate(examples)
    ],
)
def test_what_is_accepted_is_read(example: Written | tuple[str, bytes], tmp_path: Path) -> None:
    letters, pixels, _ = read(written(example, tmp_path))
    assert letters == SEEN
    np.testing.assert_array_equal(pixels, images())


def lines_of_the_document(title: str) -> list[str]:
    """The first cells of the first table under a heading of docs/data-formats.md."""
    document = Path(__file__).parents[3].joinpath("docs/data-formats.md").read_text("utf-8")
    section = document.split(f"\n## {title}\n")[1].split("\n## ")[0]
    rows = [line.split("|")[1].strip() for line in section.splitlines() if line.startswith("|")]
    return rows[2:]


def test_every_line_of_the_document_is_run_here() -> None:
    assert set(lines_of_the_document("Tables")) == ACCEPTED.keys() | ELSEWHERE.keys()
    assert set(ELSEWHERE.values()) <= vars(test_packed_tables).keys()


LABELS: dict[str, tuple[Sequence[object], str]] = {
    "`A`, `a`, `letter_a`, `letra_a`, `A_test`, `A12`": (
        ["A", "b", "letter_c", "D_test", "E12", "Letter F", "letra_g"],
        "ABCDEFG",
    ),
    "`J`, `Z`, `space`, `del`": (["A", "J", "z", "space", "DEL", "B", "hello"], "AB"),
    "`nothing`, `no_sign`, `blank`, `background` …": (
        ["A", "nothing", "no_sign", "B", "blank", "Background"],
        "AB",
    ),
    "0–25, or 0–24 without 9": (range(26), LETTERS),
    "0–28": (range(29), LETTERS),
    "0–23, in a table with a 9 and no 24": (range(24), LETTERS),
    "1–26": (range(1, 27), LETTERS),
    "0–8 or fewer": ([0, 3, 8, 1], "ADIB"),
    "0–9 beside letters": (["0", "9", "1", "A", "B", "C", "D"], "ABCD"),
}


@pytest.mark.parametrize(("labels", "letters"), LABELS.values(), ids=LABELS)
@pytest.mark.parametrize("header", [KAGGLE.header, None], ids=["named", "unnamed"])
def test_labels_are_mapped(
    tmp_path: Path, labels: Sequence[object], letters: str, header: Sequence[str] | None
) -> None:
    found, pixels, note = read(Written(list(labels), header).to(tmp_path / "table.csv"))
    assert found == letters
    assert len(pixels) == len(letters)
    left_out = len(list(labels)) - len(letters)
    assert (f" {left_out} row" in note and "left out" in note) == bool(left_out)


def test_every_line_on_labels_is_run_here() -> None:
    assert lines_of_the_document("Labels") == [*LABELS]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        (KAGGLE, "labels 0–24 without 9 (10 is K); decided from the labels that occur."),
        (SEMICOLONS, "; separated by semicolons."),
        (replace(KAGGLE, encoding="utf-16"), "; UTF-16."),
        (replace(KAGGLE, header=None), "; no header; labels in the first column."),
        (replace(KAGGLE, header=None, label_last=True), "; labels in the last column."),
        (replace(KAGGLE, cell=unit(4)), "; pixels are 0–1 and were taken times 255."),
        (replace(KAGGLE, labels=SEEN), "labels are letters."),
        (
            replace(KAGGLE, labels=[*KAGGLE.labels, 9, 25]),
            "0–25 in the order of the alphabet (10 is K); decided from the labels that occur. "
            "2 rows of J and Z were left out.",
        ),
        (replace(KAGGLE, last="," * 784), "; 1 empty row passed over."),
        (
            replace(KAGGLE, header=("", "label", *NAMES), before=[COUNT]),
            "; 1 column passed over.",
        ),
    ],
)
def test_what_was_assumed_is_said_in_one_line(tmp_path: Path, table: Written, said: str) -> None:
    assert read(table.to(tmp_path / "table.csv"))[2].endswith(said)


def test_images_of_nothing_but_0_and_1_are_black_and_white(tmp_path: Path) -> None:
    for table in (KAGGLE, SEMICOLONS):
        binary = replace(table, cell=lambda v: int(v > 127))
        _, pixels, note = read(binary.to(tmp_path / "table.csv"))
        np.testing.assert_array_equal(pixels, 255 * (images() > 127))
        assert "pixels are 0 or 1 and were taken times 255" in note
