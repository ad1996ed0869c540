from __future__ import annotations

from pathlib import Path

import pytest

from asl_desktop.compose.composer import Draft


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\r\r\n"])
def test_lines_end_in_one_way_however_often_they_are_kept(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(f"HELLO{ending}ZOE".encode())
    draft = Draft(path)
    text = draft.read()
    assert "\r" not in text
    assert text.split() == ["HELLO", "ZOE"]
    draft.write(text)
    assert draft.read() == text


def test_no_text_yet(tmp_path: Path) -> None:
    assert Draft(tmp_path / "text.txt").read() == ""
