"""`trainer download` from a server on this machine that has good days and bad ones."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from trainer.cli import main
from trainer.data import download
from trainer.data.download import fetch
from trainer.support.errors import UserError

CONTENT = bytes(range(256)) * 2000
DIGEST = hashlib.sha256(CONTENT).hexdigest()


class Mirror:
    """Serves one file under any name."""

    def __init__(self) -> None:
        self.content = CONTENT
        self.status: int | None = None
        self.cut_after: list[int] = []
        """Bytes after which the next answers break off."""
        self.pause = 0.0
        """Seconds of silence in the middle."""
        self.knows_ranges = True
        self.ranges: list[str] = []
        mirror = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                mirror.answer(self)

            def log_message(self, *_: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}/data/"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        asked = request.headers.get("Range", "bytes=0-")
        self.ranges.append(asked)
        start = int(asked.removeprefix("bytes=").rstrip("-")) if self.knows_ranges else 0
        body = self.content[start:]
        status = self.status or (206 if start else 200)
        if start and not body:
            status = 416
        request.send_response(status)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        if self.cut_after:
            request.wfile.write(body[: self.cut_after.pop(0)])
            return
        half = len(body) // 2
        try:
            request.wfile.write(body[:half])
            request.wfile.flush()
            time.sleep(self.pause)
            request.wfile.write(body[half:])
        except OSError:
            pass

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


@pytest.fixture
def mirror() -> Iterator[Mirror]:
    mirror = Mirror()
    yield mirror
    mirror.close()


def test_a_file_arrives_whole_and_is_not_fetched_twice(mirror: Mirror, tmp_path: Path) -> None:
    path = fetch("f.csv", DIGEST, mirror.address, tmp_path / "new")
    assert path.read_bytes() == CONTENT
    assert [entry.name for entry in path.parent.iterdir()] == ["f.csv"]
    fetch("f.csv", DIGEST, mirror.address, tmp_path / "new")
    assert len(mirror.ranges) == 1


def test_wrong_bytes_are_thrown_away(mirror: Mirror, tmp_path: Path) -> None:
    mirror.content = CONTENT[:-1] + b"!"
    with pytest.raises(UserError, match="another file than the one that was published"):
        fetch("f.csv", DIGEST, mirror.address, tmp_path)
    assert not [*tmp_path.iterdir()]


def test_another_file_of_that_name_stays(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / "f.csv").write_bytes(b"corrected")
    with pytest.raises(UserError, match=r"f\.csv: is there already, and is another file"):
        fetch("f.csv", DIGEST, mirror.address, tmp_path)
    assert [entry.name for entry in tmp_path.iterdir()] == ["f.csv"]
    assert (tmp_path / "f.csv").read_bytes() == b"corrected"
    assert not mirror.ranges


def test_half_a_file_is_completed_in_the_same_run(mirror: Mirror, tmp_path: Path) -> None:
    mirror.cut_after = [100_000]
    assert fetch("f.csv", DIGEST, mirror.address, tmp_path).read_bytes() == CONTENT
    assert mirror.ranges[0] == "bytes=0-"
    assert 0 < int(mirror.ranges[1].removeprefix("bytes=").rstrip("-")) <= 100_000


def test_half_a_file_is_completed_in_the_next_run(mirror: Mirror, tmp_path: Path) -> None:
    mirror.cut_after = [100_000, 70_000, 70_000]
    with pytest.raises(UserError, match="goes on where it was cut off"):
        fetch("f.csv", DIGEST, mirror.address, tmp_path)
    assert not (tmp_path / "f.csv").exists()
    assert fetch("f.csv", DIGEST, mirror.address, tmp_path).read_bytes() == CONTENT
    assert [entry.name for entry in tmp_path.iterdir()] == ["f.csv"]
    assert "bytes=0-" not in mirror.ranges[1:]


def test_a_server_that_cannot_go_on_begins_anew(mirror: Mirror, tmp_path: Path) -> None:
    mirror.knows_ranges = False
    mirror.cut_after = [100_000]
    assert fetch("f.csv", DIGEST, mirror.address, tmp_path).read_bytes() == CONTENT


def test_a_part_that_is_longer_than_the_file_is_thrown_away(mirror: Mirror, tmp_path: Path) -> None:
    (tmp_path / "f.csv.part").write_bytes(CONTENT + b"more")
    with pytest.raises(UserError, match="another file"):
        fetch("f.csv", DIGEST, mirror.address, tmp_path)
    assert fetch("f.csv", DIGEST, mirror.address, tmp_path).read_bytes() == CONTENT


def test_a_slow_server_is_waited_for(mirror: Mirror, tmp_path: Path) -> None:
    mirror.pause = 0.5
    assert fetch("f.csv", DIGEST, mirror.address, tmp_path).read_bytes() == CONTENT


def test_a_silent_server_is_given_up(
    mirror: Mirror, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "SILENCE_SECONDS", 0.2)
    mirror.pause = 1.5
    # Whoever waited would get the file.
    with pytest.raises(UserError, match="cannot be fetched"):
        fetch("f.csv", DIGEST, mirror.address, tmp_path)


def test_what_is_not_there_is_told(mirror: Mirror, tmp_path: Path) -> None:
    mirror.status = 404
    with pytest.raises(UserError, match=r"the server says 404.*--mirror"):
        fetch("f.csv", DIGEST, mirror.address, tmp_path)
    with pytest.raises(UserError, match="cannot be fetched"):
        fetch("f.csv", DIGEST, "http://127.0.0.1:9/", tmp_path)
    with pytest.raises(UserError, match="not the address"):
        fetch("f.csv", DIGEST, "file:///etc/", tmp_path)


def test_the_command_fetches_both_files(
    mirror: Mirror,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for name in download.FILES:
        monkeypatch.setitem(download.FILES, name, DIGEST)
    assert main(["download", "--mirror", mirror.address, "--to", str(tmp_path)]) == 0
    assert sorted(entry.name for entry in tmp_path.iterdir()) == sorted(download.FILES)
    said = capsys.readouterr().out.splitlines()
    assert said == [str(tmp_path / name) for name in download.FILES]
    # And so it does from the mirror that the variable names.
    monkeypatch.setenv(download.MIRROR, mirror.address)
    assert main(["download", "--to", str(tmp_path / "again")]) == 0


def test_the_mirror_that_is_not_named_is_one_commit_and_encrypted() -> None:
    """Its content cannot change, and nobody between can read along."""
    assert re.fullmatch(r"https://.+/[0-9a-f]{40}", download.DEFAULT_MIRROR)
