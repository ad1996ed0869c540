from __future__ import annotations

import tracemalloc
from pathlib import Path

import numpy as np
import pytest

from trainer.data import csv, plain_csv
from trainer.data.plain_csv import COLUMNS, PIXELS, read_plain
from trainer.data.table import Table, read_table
from trainer.support.errors import UserError

HEADER = ",".join(COLUMNS)


def arrays(table: Table) -> tuple[np.ndarray, np.ndarray]:
    """Pixels and labels, as `read_plain` gives them."""
    return table.pixels, np.array(table.labels).astype(np.uint8)[table.codes]


def plain_file(path: Path, rows: int, rng: np.random.Generator) -> np.ndarray:
    # Numbers of one, two and three digits in about equal shares.
    values = rng.integers(0, rng.choice([10, 100, 256], (rows, PIXELS + 1)))
    values[:, 0] %= 25
    values[0, 0] = 24  # which decides the convention
    lines = [HEADER, *(",".join(map(str, row)) for row in values.tolist())]
    path.write_text("\n".join(lines) + "\n")
    return values


@pytest.mark.parametrize("seed", range(5))
def test_the_fast_way_reads_what_pandas_reads(tmp_path: Path, seed: int) -> None:
    rng = np.random.default_rng(seed)
    path = tmp_path / "f.csv"
    # Half a megabyte is some 240 rows: shorter files, longer ones, and ones about as long.
    values = plain_file(path, int(rng.choice([1, 2, 239, 600])) + seed, rng)
    fast, careful = read_plain(path), arrays(read_table(path))
    assert fast is not None
    for one, other, expected in zip(fast, careful, (values[:, 1:], values[:, 0]), strict=True):
        assert one.dtype == other.dtype == np.uint8
        np.testing.assert_array_equal(one, expected)
        np.testing.assert_array_equal(other, expected)


def outcome(path: Path, monkeypatch: pytest.MonkeyPatch, *, fast: bool) -> object:
    """What read_csv gives or says, with or without the fast way."""
    with monkeypatch.context() as patch:
        if not fast:
            patch.setattr(csv, "read_plain", lambda path: None)
        try:
            read = csv.read_csv(path)
        except UserError as error:
            return str(error)
        return read.images.tobytes(), read.labels.tobytes(), read.notes


@pytest.mark.slow
def test_spoilt_files_end_alike_on_both_ways(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rng = np.random.default_rng(0)
    path = tmp_path / "f.csv"
    plain_file(path, 2, rng)
    good = path.read_bytes()
    body = len(HEADER) + 1
    ends = set()
    for _ in range(100):
        content = bytearray(good)
        for _ in range(rng.integers(1, 3)):
            # Mostly within the numbers; sometimes in the header; by the characters that matter.
            place = int(rng.integers(0 if rng.random() < 0.1 else body, len(content)))
            new = bytes([rng.choice(list(b'0123456789,,\n\r. -"ex\x00\xff'))])
            match rng.integers(3):
                case 0:
                    content[place : place + 1] = new
                case 1:
                    content[place:place] = new
                case _:
                    del content[place : place + int(rng.integers(1, 4))]
        path.write_bytes(content)
        end = outcome(path, monkeypatch, fast=True)
        assert end == outcome(path, monkeypatch, fast=False)
        ends.add((isinstance(end, str), read_plain(path) is None))
    # Files that are still good on the fast way, good on the careful way only, and bad ones.
    assert ends == {(False, False), (False, True), (True, True)}


@pytest.mark.parametrize(
    "row",
    [
        "25" + ",0" * PIXELS,
        "3,256" + ",0" * (PIXELS - 1),
        "3,999" + ",0" * (PIXELS - 1),
        "3,0001" + ",0" * (PIXELS - 1),
        "3,," + ",0" * (PIXELS - 1),
        "3" + ",0" * (PIXELS - 1),
        "3" + ",0" * (PIXELS + 1),
        "3,/" + ",0" * (PIXELS - 1),
        "3,:" + ",0" * (PIXELS - 1),
        "3;0" + ",0" * (PIXELS - 1),
        "",
    ],
)
def test_whatever_is_unusual_is_left_to_pandas(tmp_path: Path, row: str) -> None:
    path = tmp_path / "f.csv"
    path.write_text(f"{HEADER}\n{row}\n")
    assert read_plain(path) is None


def test_the_last_line_may_lack_its_end(tmp_path: Path) -> None:
    path = tmp_path / "f.csv"
    path.write_text(f"{HEADER}\n3{',7' * PIXELS}\n24{',255' * PIXELS}")
    table = read_plain(path)
    assert table is not None
    assert table[1].tolist() == [3, 24]
    assert table[0].tolist() == [[7] * PIXELS, [255] * PIXELS]


@pytest.mark.parametrize("unusual", [False, True], ids=["fast", "careful"])
def test_memory_holds_little_more_than_the_result(tmp_path: Path, unusual: bool) -> None:
    path = tmp_path / "f.csv"
    rows = 12_000
    row = ("24" + ",200" * PIXELS + "\n").encode()
    with path.open("wb") as file:
        file.write((HEADER + ("\r" if unusual else "") + "\n").encode())
        for _ in range(rows):
            file.write(row)
    tracemalloc.start()
    if unusual:
        assert read_plain(path) is None
        pixels, labels = arrays(read_table(path))
    else:
        table = plain_csv.read_plain(path)
        assert table is not None
        pixels, labels = table
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert pixels.shape == (rows, PIXELS)
    assert labels.tolist() == [24] * rows
    # The file is 4 times as large as the result; pandas would make 8 bytes of every number.
    assert peak < (8 if unusual else 1.6) * pixels.nbytes
