from __future__ import annotations

import stat
from pathlib import Path

import pytest

from trainer.support import atomic
from trainer.support.errors import UserError


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    atomic.write_bytes(path, b"old")
    atomic.write_bytes(path, b"new")
    assert path.read_bytes() == b"new"
    assert list(tmp_path.iterdir()) == [path]
    by_hand = tmp_path / "by hand"
    by_hand.touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(by_hand.stat().st_mode)


def test_whatever_goes_wrong_meanwhile_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")

    def fail_half_way() -> None:
        with atomic.replacing(path) as file:
            file.write(b"ne")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail_half_way()
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_without_a_folder_nothing_can_be_written(tmp_path: Path) -> None:
    path = tmp_path / "none" / "a.txt"
    with pytest.raises(UserError, match=r"a\.txt: cannot be written"):
        atomic.write_bytes(path, b"")


def test_folders_are_made_with_those_above_them(tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"
    atomic.make_folder(folder)
    atomic.make_folder(folder)
    assert folder.is_dir()
    (folder / "file").touch()
    with pytest.raises(UserError, match=r"file: cannot be made \(.+\), so nothing is kept\.$"):
        atomic.make_folder(folder / "file", ", so nothing is kept")
