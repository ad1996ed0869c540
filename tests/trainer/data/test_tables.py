"""Every layout of a table that docs/data-formats.md promises, and others of the same kinds."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import re
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pytest

from trainer.data.load import chosen, load
from trainer.data.plain_csv import COLUMNS
from trainer.data.unpack import Purpose
from trainer.letters import ALPHABET, LETTERS, Convention
from trainer.support.errors import UserError

SEEN = "ABCDEFIKY"
"""The letters of the cases: 24 (Y) and no 9, so that the numbering is known."""

NAMES = [f"pixel{i}" for i in range(1, 785)]


def images(n: int = len(SEEN), seed: int = 3) -> np.ndarray:
    """(n, 784) gray levels with black corners, as drawn hands have."""
    pixels = np.random.default_rng(seed).integers(0, 256, (n, 784))
    pixels[:, [0, 1, -2, -1]] = 0
    pixels[0, 100:103] = 0, 255, 128
    return pixels


@dataclass(frozen=True)
class Written:
    """A table, and how it is written down."""

    labels: Sequence[object] = tuple(ALPHABET.index(letter) for letter in SEEN)
    header: Sequence[str] | None = ("label", *NAMES)
    cell: Callable[[int], object] = str
    before: Sequence[Sequence[object]] = ()
    behind: Sequence[Sequence[object]] = ()
    label_last: bool = False
    delimiter: str = ","
    end: str = "\n"
    first: str = ""
    last: str = ""
    encoding: str = "utf-8"

    def rows(self) -> list[list[str]]:
        rows = []
        for row, (label, pixels) in enumerate(
            zip(self.labels, images(len(self.labels)), strict=True)
        ):
            values: list[object] = [self.cell(int(value)) for value in pixels]
            values = [*values, label] if self.label_last else [label, *values]
            around = [column[row] for column in self.before], [c[row] for c in self.behind]
            rows.append([str(value) for value in (*around[0], *values, *around[1])])
        return ([list(self.header)] if self.header else []) + rows

    def text(self) -> str:
        lines = [self.delimiter.join(row) for row in self.rows()]
        return self.first + self.end.join(lines) + self.end + self.last

    def content(self) -> bytes:
        return self.text().encode(self.encoding)

    def to(self, path: Path) -> Path:
        path.write_bytes(self.content())
        return path


KAGGLE = Written()
COUNT = tuple(range(len(SEEN)))
EMPTY = ("",) * len(SEEN)


def quoted(table: Written) -> Written:
    return replace(table, cell=lambda v: f'"{v}"', header=[f'"{n}"' for n in table.header or ()])


def unit(digits: int) -> Callable[[int], str]:
    return lambda value: f"{value / 255:.{digits}f}"


def comma(number: str) -> str:
    return number.replace(".", ",")


def zipped(files: dict[str, bytes], how: int = zipfile.ZIP_DEFLATED) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


SEMICOLONS = replace(KAGGLE, delimiter=";")
LAST = replace(KAGGLE, label_last=True, header=(*NAMES, "label"))

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


def read(path: Path, convention: Convention | None = None) -> tuple[str, np.ndarray, str]:
    """Letters, pixels and the note."""
    dataset = load(path, convention)
    (note,) = dataset.notes
    assert note.startswith(f"{path.name}: {len(dataset)} images, ")
    letters = "".join(LETTERS[label] for label in dataset.labels)
    return letters, dataset.images.reshape(len(dataset), -1), note


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
    assert set(ELSEWHERE.values()) <= globals().keys()


def shown(letters: str) -> list[int]:
    return [ALPHABET.index(letter) for letter in letters]


LABELS: dict[str, tuple[Sequence[object], str]] = {
    "`A`, `a`, `letter_a`, `A_test`, `A12`": (
        ["A", "b", "letter_c", "D_test", "E12", "Letter F"],
        "ABCDEF",
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
        (replace(KAGGLE, header=("label", *NAMES[1:])), "more values than the header"),
        (replace(KAGGLE, header=None, behind=[COUNT]), "786 values in a row"),
        (replace(KAGGLE, header=None, cell=lambda v: v + 40, labels=[30]), "neither the first nor"),
        (replace(KAGGLE, labels=["A", "B", "", "D"]), r"row 3 \(line 4\), column label: nothing"),
        (replace(KAGGLE, labels=[0, 1, "?", 24]), r"row 3 \(line 4\), column label: '\?'"),
        (replace(KAGGLE, labels=[0, 1, 44, 24]), r"row 3 \(line 4\), column label: 44 fits no"),
        (replace(KAGGLE, header=None, labels=[0, 1, "", 24]), r"row 3 \(line 3\), column label"),
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


def test_images_of_nothing_but_0_and_1_are_black_and_white(tmp_path: Path) -> None:
    for table in (KAGGLE, SEMICOLONS):
        binary = replace(table, cell=lambda v: int(v > 127))
        _, pixels, note = read(binary.to(tmp_path / "table.csv"))
        np.testing.assert_array_equal(pixels, 255 * (images() > 127))
        assert "pixels are 0 or 1 and were taken times 255" in note


TEST = replace(KAGGLE, labels=shown("ABY"))


def kaggle_files() -> dict[str, bytes]:
    """Kaggle's own archive: each table twice, and images for the page."""
    names = [f"sign_mnist_{name}{{}}.csv" for name in ("test", "train")]
    contents = [TEST.content(), KAGGLE.content()]
    files = {"american_sign_language.PNG": b"\x89PNG"}
    for name, content in zip(names, contents, strict=True):
        files[name.format("")] = content
        files[f"{name.format('').removesuffix('.csv')}/{name.format('')}"] = content
    return files


def test_the_table_for_a_purpose_is_chosen_by_its_name(tmp_path: Path) -> None:
    path = tmp_path / "archive.zip"
    path.write_bytes(zipped(kaggle_files()))
    train, test = chosen(path, Purpose.TRAIN), chosen(path, Purpose.TEST)
    assert train == path / "sign_mnist_train.csv"
    assert (read(train)[0], read(test)[0]) == (SEEN, "ABY")
    assert set(load(train).sources) == {"sign_mnist_train"}
    with pytest.raises(UserError, match=r"holds 2 tables .*Choose one, as .*\.zip/sign_mnist_test"):
        load(path)
    path.write_bytes(zipped({"set/a.csv": TEST.content(), "set/b.csv": KAGGLE.content()}))
    with pytest.raises(UserError, match=r"holds 2 tables \(set/a\.csv, set/b\.csv\)"):
        chosen(path, Purpose.TRAIN)
    assert read(path / "set/b.csv")[0] == SEEN
    with pytest.raises(UserError, match="no such file in the archive"):
        load(path / "set/c.csv")


@pytest.mark.parametrize(
    ("names", "train", "test"),
    [
        (["x_train.csv", "x_valid.csv"], 0, 1),
        (["Train/data.csv", "Val/data.csv"], 0, 1),
        (["train_test/train.csv", "train_test/test.csv"], 0, 1),
        (["a_test.csv", "a_train.csv", "a_val.csv"], 1, 0),
    ],
)
def test_names_that_decide(tmp_path: Path, names: list[str], train: int, test: int) -> None:
    path = tmp_path / "archive.zip"
    contents = [replace(KAGGLE, last="\n" * i).content() for i in range(len(names))]
    path.write_bytes(zipped(dict(zip(names, contents, strict=True))))
    assert chosen(path, Purpose.TRAIN) == path / names[train]
    assert chosen(path, Purpose.TEST) == path / names[test]


def test_a_folder_of_tables_is_an_unpacked_archive(tmp_path: Path) -> None:
    for name, content in kaggle_files().items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(content)
    (tmp_path / "notes.txt").write_text("where this comes from")
    (tmp_path / "._sign_mnist_train.csv").write_bytes(b"\0\5\x16\7")
    assert read(chosen(tmp_path, Purpose.TRAIN))[0] == SEEN
    assert read(chosen(tmp_path, Purpose.TEST))[0] == "ABY"
    with pytest.raises(UserError, match="holds 2 tables"):
        load(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.zip", zipped({"a.png": b"\x89PNG", "b.png": b"\x89PNG"}), "of which none is a table"),
        ("a.xlsx", zipped({"[Content_Types].xml": b"", "xl/a.xml": b""}), "an Excel workbook"),
        ("a.zip", zipped({"a.csv": zipped({"b.csv": b"1"})}), "archive within another"),
        ("a.zip", zipped({"a.csv": KAGGLE.content()})[:-30], "damaged, or not complete"),
        ("a.csv.gz", gzip.compress(KAGGLE.content())[:-300], "damaged, or not complete"),
        ("a.csv", b"PAR1" + bytes(100), "a Parquet file"),
        ("a.csv", b"<!DOCTYPE html><html>", "a saved web page"),
        ("a.csv", b"version https://git-lfs.github.com/spec/v1\noid", "a pointer of Git LFS"),
        ("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(100), "an image"),
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


def forged(content: bytes, at: int, value: int) -> bytes:
    """An archive whose directory says something else about its first file."""
    place = content.index(b"PK\1\2") + at
    return content[:place] + bytes([value]) + content[place + 1 :]


ONE = zipped({"a.csv": KAGGLE.content()})


@pytest.mark.parametrize(
    "content",
    [
        forged(ONE, 6, 255),  # of a later version
        forged(ONE, 8, 1),  # locked
        forged(ONE, 10, 9),  # packed by a method that is not known
        forged(ONE, 28, 0),  # without a name
        forged(ONE, 46, 0),
        zipped({f"{'a' * 60_000}{i}.csv": KAGGLE.content()[i:] for i in range(9)}),
    ],
    ids=["version", "locked", "method", "nameless", "zero", "long names"],
)
def test_archives_that_cannot_be_unpacked_are_refused_in_a_sentence(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "archive.zip"
    path.write_bytes(content)
    for purpose in (*Purpose, None):
        with pytest.raises(UserError, match=r"archive\.zip: ") as caught:
            load(chosen(path, purpose))
        assert len(str(caught.value)) < 1000


def test_the_digest_is_that_of_the_text_however_it_is_packed(tmp_path: Path) -> None:
    """The official files are known by it, from Kaggle's archive, too."""
    plain = load(KAGGLE.to(tmp_path / "plain.csv")).digests["plain.csv"]
    for name, content in {
        "a.zip": zipped({"train.csv": KAGGLE.content()}),
        "a.csv.gz": gzip.compress(KAGGLE.content()),
    }.items():
        (tmp_path / name).write_bytes(content)
        assert load(tmp_path / name).digests[name] == plain
