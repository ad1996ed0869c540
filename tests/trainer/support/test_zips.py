from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from trainer.data import unpack
from trainer.model import weights
from trainer.support import zips
from trainer.support.errors import UserError


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as made:
        for number in range(40):
            made.writestr(f"{number}.txt", b"")
    return path


def test_an_archive_of_too_many_members_is_not_opened(
    archive: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert len(zips.open_zip(archive).namelist()) == 40
    monkeypatch.setattr(zips, "MAX_MEMBERS", 5)
    with pytest.raises(UserError, match="more than 5 files"):
        zips.open_zip(archive)


def test_a_second_mark_hides_no_directory(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """zipfile ignores where the directory is said to begin, which may look like a mark."""
    content = archive.read_bytes()
    archive.write_bytes(content[:-6] + b"PK\x05\x06" + content[-2:])
    assert len(zips.open_zip(archive).namelist()) == 40
    monkeypatch.setattr(zips, "MAX_MEMBERS", 5)
    with pytest.raises(UserError, match="more than 5 files"):
        zips.open_zip(archive)


def test_no_reader_opens_such_an_archive(archive: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with zipfile.ZipFile(archive, "a") as made:
        made.writestr("a.csv", b"label,pixel1\n")
    assert unpack.tables_in_archive(archive)
    monkeypatch.setattr(zips, "MAX_MEMBERS", 5)
    assert unpack.tables_in_archive(archive) == []
    with pytest.raises(UserError, match="more than 5 files"), unpack.opened(archive / "a.csv"):
        pass
    with pytest.raises(UserError):
        weights.load(archive.rename(archive.with_suffix(".npz")))
