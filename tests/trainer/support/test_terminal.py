from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.trainer.conftest import printed_letters, write_csv
from trainer.support.terminal import plain, plain_json, say

HOSTILE = "a\x1b]0;title\x07\x9b31m\u202ecod.exe\u2066\r\udcff"


def test_nothing_that_a_terminal_obeys_is_left() -> None:
    shown = plain(HOSTILE)
    assert all(character.isprintable() for character in shown)
    assert plain("Zoë 手 🤟\nnext") == "Zoë 手 🤟\nnext"


def test_json_stays_the_same_value() -> None:
    text = plain_json({"name": HOSTILE, "far": "\U000e0001", "ok": "Zoë 手"})
    assert all(character.isprintable() for character in text)
    assert json.loads(text) == {"name": HOSTILE, "far": "\U000e0001", "ok": "Zoë 手"}
    assert "Zoë 手" in text


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_no_encoding_fails(encoding: str) -> None:
    stream = io.TextIOWrapper(io.BytesIO(), encoding)
    say(f"手 − {HOSTILE}", file=stream)
    stream.flush()
    assert b"\x1b" not in stream.buffer.getvalue()  # type: ignore[attr-defined]


@pytest.mark.skipif(sys.platform != "linux", reason="other systems allow no such names")
@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
def test_commands_name_any_file_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    csv = tmp_path / os.fsdecode(b"\xff\xfe \x1b[31m \xe2\x80\xae.csv")
    write_csv(csv, printed_letters(2))
    small = ["--hidden", "4", "--epochs", "1", "--no-record"]
    for words in (
        ["train", "--train", str(csv), "--out", str(tmp_path / "w.safetensors"), *small],
        ["evaluate", "--data", str(csv), "--weights", str(tmp_path / "w.safetensors")],
        ["evaluate", "--data", str(csv), "--weights", str(csv)],
        ["evaluate", "--json", "--data", str(csv), "--weights", str(tmp_path / "w.safetensors")],
        ["evaluate", "--none", str(csv)],
    ):
        done = subprocess.run(
            [sys.executable, "-m", "trainer.cli", *words],
            capture_output=True,
            env=os.environ | {"PYTHONIOENCODING": encoding},
            check=False,
        )
        said = done.stdout + done.stderr
        assert b"Traceback" not in said
        assert b"\x1b" not in said
        assert "\u202e".encode() not in said


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="only Linux has such a device")
@pytest.mark.parametrize("more", [[], ["--json"]])
def test_a_full_disk_for_the_output_is_one_sentence(more: list[str]) -> None:
    words = [sys.executable, "-m", "trainer.cli", "info", *more]
    with open("/dev/full", "w") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr == "trainer: The output cannot be written (No space left on device).\n"
