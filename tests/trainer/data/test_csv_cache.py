from __future__ import annotations

import os
import zipfile
from pathlib import Path

import numpy as np
import pytest

from tests.patience import PROGRAM_SECONDS
from tests.trainer.conftest import printed_letters, write_csv
from trainer.data import csv, csv_cache
from trainer.data.csv import read_csv
from trainer.data.plain_csv import PIXELS, read_plain
from trainer.data.table import Table


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache, and files of every size are cached."""
    folder = tmp_path / "cache"
    monkeypatch.setattr(csv_cache, "_folder", lambda: folder)
    monkeypatch.setattr(csv, "_CACHED_FROM", 0)
    return folder


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = write_csv(tmp_path / "f.csv", printed_letters(2))
    age(path, 100)
    return path


def age(path: Path, seconds: float) -> None:
    """Makes a file's last change look older, as far as a program can."""
    time = path.stat().st_mtime - seconds
    os.utime(path, (time, time))


class Parses:
    """Counts how often a file is really parsed."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.count = 0
        monkeypatch.setattr(csv, "read_plain", self)

    def __call__(self, path: Path) -> tuple[np.ndarray, np.ndarray] | None:
        self.count += 1
        return read_plain(path)


def entries(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.table"))


def test_a_second_reading_gives_the_same_without_parsing(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parses = Parses(monkeypatch)
    first, second = read_csv(path), read_csv(path)
    assert parses.count == 1
    np.testing.assert_array_equal(first.images, second.images)
    np.testing.assert_array_equal(first.labels, second.labels)
    assert (first.digests, first.notes) == (second.digests, second.notes)


def test_equal_content_elsewhere_is_known(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parses = Parses(monkeypatch)
    copy = tmp_path / "copy.csv"
    copy.write_bytes(path.read_bytes())
    read_csv(path)
    read_csv(copy)
    assert parses.count == 1


def test_a_changed_file_is_read_anew(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_cache, "_SETTLED", -1.0)
    before, first = path.stat(), read_csv(path)
    # Not even the same size and an old date hide the change.
    content = path.read_bytes()
    path.write_bytes(content[:-2] + (b"0" if content[-2:-1] != b"0" else b"1") + b"\n")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert path.stat().st_size == before.st_size
    changed = read_csv(path)
    assert (changed.images != first.images).sum() == 1
    assert changed.digests != first.digests


def test_an_unchanged_file_is_not_even_hashed(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_cache, "_SETTLED", -1.0)
    expected = csv_cache.digest(path)
    monkeypatch.setattr(csv_cache.hashlib, "file_digest", lambda *_: pytest.fail("hashed"))
    assert csv_cache.digest(path) == expected


def test_a_file_that_just_changed_is_not_trusted(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_cache, "_SETTLED", PROGRAM_SECONDS)
    write_csv(path, printed_letters(1))
    csv_cache.digest(path)
    assert not list(folder.glob("*.json"))


@pytest.mark.parametrize("damage", ["short", "flipped", "empty", "pickle", "huge"])
def test_a_damaged_entry_is_read_anew_and_replaced(path: Path, folder: Path, damage: str) -> None:
    first = read_csv(path)
    (entry,) = entries(folder)
    whole = entry.read_bytes()
    flipped = bytearray(whole)
    flipped[1000] ^= 1
    entry.write_bytes(
        {
            "short": whole[:-100],
            "flipped": bytes(flipped),
            "empty": b"",
            "pickle": b"\x80\x04N.",
            "huge": whole.replace(b"(48, 784)", b"(9" + b"9" * 11 + b",)"),
        }[damage]
    )
    np.testing.assert_array_equal(read_csv(path).images, first.images)
    assert entry.read_bytes() == whole


def test_a_damaged_note_is_ignored(
    path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_cache, "_SETTLED", -1.0)
    first = read_csv(path)
    for note in folder.glob("*.json"):
        note.write_text("[]")
    assert read_csv(path).digests == first.digests


def test_a_cache_that_cannot_be_written_is_done_without(path: Path, folder: Path) -> None:
    folder.write_text("in the way")
    assert len(read_csv(path)) == 48


def test_the_oldest_entries_go(folder: Path) -> None:
    for number in range(12):
        pixels = np.full((1, PIXELS), number, np.uint8)
        table = Table(pixels, np.zeros(1, np.uint16), ("A",), ("no header",), "digest")
        csv_cache.store(f"{number:02}", table)
        age(folder / f"{number:02}.table", 100 - number)
    assert [path.stem for path in entries(folder)] == [f"{n:02}" for n in range(4, 12)]
    assert csv_cache.load("03") is None
    loaded = csv_cache.load("04")
    assert loaded is not None
    assert loaded.pixels.tolist() == [[4] * PIXELS]
    assert loaded.codes.tolist() == [0]
    assert loaded.labels == ("A",)
    assert (loaded.assumed, loaded.digest) == (("no header",), "digest")


def test_tables_of_one_archive_are_told_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "archive.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for each in (1, 2):
            table = write_csv(tmp_path / f"{each}.csv", printed_letters(each))
            archive.write(table, table.name)
    age(path, 100)
    first = [read_csv(path / f"{each}.csv") for each in (1, 2)]
    monkeypatch.setattr(csv, "read_plain", lambda path: pytest.fail("parsed again"))
    again = [read_csv(path / f"{each}.csv") for each in (1, 2)]
    assert [len(dataset) for dataset in again] == [24, 48]
    assert [d.digests for d in again] == [d.digests for d in first]


def test_what_was_assumed_is_remembered(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_text(path.read_text().replace(",", ";"))
    first = read_csv(path)
    monkeypatch.setattr(csv, "read_table", lambda path: pytest.fail("parsed again"))
    again = read_csv(path)
    assert "separated by semicolons" in first.notes[0]
    assert again.notes == first.notes
    np.testing.assert_array_equal(again.images, first.images)
