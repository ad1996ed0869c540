from __future__ import annotations

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from asl_desktop import own_file
from asl_desktop.own_file import OwnFile
from tests.asl_desktop.full_disk import NO_SPACE, no_space
from tests.patience import PROGRAM_SECONDS
from trainer.support.errors import UserError

WHAT = "the list"


def make_damaged(path: Path) -> None:
    path.write_bytes(b"old")


def make_huge(path: Path) -> None:
    path.write_bytes(b"1" * 33)


def make_unreadable(path: Path) -> None:
    path.write_bytes(b"1")
    path.chmod(0)


needs_posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no pipes and no such modes")
KINDS = [
    make_damaged,
    make_huge,
    Path.mkdir,
    pytest.param(os.mkfifo, marks=needs_posix),
    pytest.param(
        make_unreadable,
        marks=pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root reads all"),
    ),
]


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_file, "MAX_BYTES", 32)


@pytest.mark.parametrize("make", KINDS)
def test_what_cannot_be_read_is_put_aside_before_anything_is_written(
    tmp_path: Path, make: object
) -> None:
    path = tmp_path / "list.json"
    make(path)  # type: ignore[operator]
    before = path.lstat()
    file = OwnFile(path, WHAT)
    assert file.read(int, 7) == 7
    assert str(path) in file.notice
    assert "list.unreadable-1.json" in file.notice
    file.write(b"5")
    assert path.read_bytes() == b"5"
    aside = tmp_path / "list.unreadable-1.json"
    assert (aside.lstat().st_ino, aside.lstat().st_mode) == (before.st_ino, before.st_mode)


@pytest.mark.parametrize("make", KINDS)
def test_where_it_cannot_be_put_aside_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: object
) -> None:
    path = tmp_path / "list.json"
    make(path)  # type: ignore[operator]
    before = path.lstat()

    def refuse(*_: object) -> None:
        raise PermissionError(1, "not permitted")

    monkeypatch.setattr(os, "rename", refuse)
    file = OwnFile(path, WHAT)
    assert file.read(int, 7) == 7
    assert not file.writable
    assert "not saved" in file.notice
    with pytest.raises(UserError, match="not saved"):
        file.write(b"5")
    assert path.lstat() == before


def test_nothing_is_written_that_would_not_be_read(tmp_path: Path) -> None:
    file = OwnFile(tmp_path / "list.json", WHAT)
    file.write(b"12")
    with pytest.raises(UserError, match="longer than"):
        file.write(b"1" * 33)
    assert file.read(int, 7) == 12


def test_what_cannot_be_saved_is_told_once_until_it_can_be(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = OwnFile(tmp_path / "list.json", WHAT)
    told: list[str] = []
    for content in (b"5", b"6"):
        with monkeypatch.context() as patch:
            patch.setattr(OwnFile, "write", no_space)
            assert not file.save(content, told.append)
            assert not file.save(content, told.append)
        assert file.save(content, told.append)
        assert file.read(int, 7) == int(content)
    assert told == [NO_SPACE, NO_SPACE]


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    file = OwnFile(tmp_path / "file" / "list.json", WHAT)
    with pytest.raises(UserError, match="file"):
        file.write(b"5")


def test_a_second_one_reads_but_does_not_write(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    first = OwnFile(path, WHAT)
    first.write(b"5")
    second = OwnFile(path, WHAT)
    assert second.read(int, 7) == 5
    assert not second.writable
    with pytest.raises(UserError, match="already open"):
        second.write(b"6")
    # The notice has said so.
    assert not second.save(b"6", pytest.fail)
    # Nor does it take away what the first one may be writing.
    path.write_bytes(b"damaged")
    assert second.read(int, 7) == 7
    assert path.exists()
    first.close()
    assert OwnFile(path, WHAT).writable


def test_a_program_that_was_killed_locks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    program = f"""
        import os, signal
        from pathlib import Path
        from asl_desktop.own_file import OwnFile
        file = OwnFile(Path({str(path)!r}), "the list")
        assert file.writable
        os.kill(os.getpid(), signal.SIGKILL)
    """
    command = [sys.executable, "-c", textwrap.dedent(program)]
    subprocess.run(command, check=False, timeout=PROGRAM_SECONDS)
    assert Path(f"{path}.lock").exists()
    assert OwnFile(path, WHAT).writable


def test_what_a_power_cut_left_of_a_lock_locks_nothing(tmp_path: Path) -> None:
    (tmp_path / "list.json.lock").touch()
    assert OwnFile(tmp_path / "list.json", WHAT).writable


@needs_posix
def test_a_pipe_in_place_of_the_lock_holds_up_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "list.json.lock")
    file = OwnFile(tmp_path / "list.json", WHAT)
    file.write(b"5")
    assert file.read(int, 7) == 5
