from __future__ import annotations

import os
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


@pytest.mark.parametrize("links", [True, False])
def test_a_new_file_replaces_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, links: bool
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    path = tmp_path / "a.png"
    with monkeypatch.context() as patch:
        if not links:
            patch.setattr(os, "link", refuse)
        atomic.write_new(path, b"first")
    with pytest.raises(FileExistsError):
        atomic.write_new(path, b"second")
    assert path.read_bytes() == b"first"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(UserError, match="cannot be written"):
        atomic.write_new(tmp_path / "none" / "a.png", b"x")


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


POSIX = pytest.mark.skipif(os.name == "nt", reason="Windows has neither modes nor pipes")


@POSIX
@pytest.mark.parametrize("mode", [0o600, 0o640, 0o444])
def test_the_new_file_has_the_mode_of_the_old_one(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"old")
    path.chmod(mode)
    with atomic.replacing(path) as file:
        file.write(b"new")
        (temporary,) = tmp_path.glob(".*~")
        assert stat.S_IMODE(temporary.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.stat().st_mode) == mode
    assert path.read_bytes() == b"new"


@POSIX
def test_the_umask_holds_and_is_never_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = os.umask(0o027)
    try:
        with monkeypatch.context() as patch:
            patch.delattr(os, "umask")
            atomic.write_bytes(tmp_path / "a.txt", b"")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


@POSIX
@pytest.mark.parametrize("exists", [True, False])
def test_a_link_stays_and_its_file_is_replaced(tmp_path: Path, exists: bool) -> None:
    target, link = tmp_path / "far" / "a.txt", tmp_path / "b.txt"
    target.parent.mkdir()
    if exists:
        target.write_bytes(b"old")
    link.symlink_to(target)
    atomic.write_bytes(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"


@POSIX
def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    pipe, link, folder = (tmp_path / name for name in ("pipe", "link", "folder"))
    os.mkfifo(pipe)
    link.symlink_to(pipe)
    folder.mkdir()
    for path in (pipe, link, folder, Path("/dev/full")):
        with pytest.raises(UserError, match="a folder, a device or a pipe"):
            atomic.write_bytes(path, b"new")
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert folder.is_dir()
    assert sorted(tmp_path.iterdir()) == [folder, link, pipe]


@POSIX
def test_what_is_written_to_the_null_device_is_dropped() -> None:
    before = os.stat(os.devnull)
    atomic.write_bytes(Path(os.devnull), b"new")
    after = os.stat(os.devnull)
    assert stat.S_ISCHR(after.st_mode)
    assert (after.st_ino, after.st_rdev) == (before.st_ino, before.st_rdev)


def test_what_is_put_aside_takes_no_name_that_is_taken(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for number in (1, 2, 3):
        path.write_bytes(b"%d" % number)
        assert atomic.put_aside(path) == tmp_path / f"a.unreadable-{number}.json"
    assert (tmp_path / "a.unreadable-1.json").read_bytes() == b"1"
    assert not path.exists()


@POSIX
def test_a_place_is_tried_before_the_work(tmp_path: Path) -> None:
    data, pipe, loop = (tmp_path / name for name in ("data.csv", "pipe", "loop"))
    data.write_bytes(b"old")
    os.mkfifo(pipe)
    loop.symlink_to(loop)
    long = tmp_path / ("x" * 300)
    for path in (pipe, loop, loop / "a", tmp_path, tmp_path / "none" / "a", long, long / "a"):
        with pytest.raises(UserError, match=r"cannot be written|does not exist"):
            atomic.check_place(path)
    (tmp_path / "link").symlink_to(data)
    for path in (data, tmp_path / "link"):
        with pytest.raises(UserError, match="nothing is written over it"):
            atomic.check_place(path, tmp_path / "none", data)
    atomic.check_place(data)
    atomic.check_place(tmp_path / "new")
    atomic.check_place(Path(os.devnull))
    assert data.read_bytes() == b"old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data.csv", "link", "loop", "pipe"]


@POSIX
def test_a_working_folder_that_is_gone_is_no_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for check in (atomic.check_place, atomic.check_folder):
        with pytest.raises(UserError, match="does not exist"):
            check(Path("w.npz"))
