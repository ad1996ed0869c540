"""Nothing that was written is lost when the program is killed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import cv2

from tests.asl_desktop.helpers import plain
from trainer.support import paths

ROOT = Path(__file__).resolve().parents[3]


def type_and_kill(tmp_path: Path, letters: str) -> list[str]:
    """The text at the start and after the typing, from a program that was then killed."""
    image = tmp_path / "a.png"
    cv2.imwrite(str(image), plain(9))
    environment = os.environ | {
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        paths.OVERRIDE: str(tmp_path / "data"),
    }
    command = [sys.executable, "-m", "tests.asl_desktop.compose.typing_app", letters]
    with subprocess.Popen(
        [*command, "--source", str(image)],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
    ) as program:
        assert program.stdout is not None
        lines = [program.stdout.readline().strip() for _ in range(2)]
        program.kill()
    return lines


def test_the_text_survives_a_kill(tmp_path: Path) -> None:
    assert type_and_kill(tmp_path, "HELLO ") == ["''", "'HELLO '"]
    assert type_and_kill(tmp_path, "you") == ["'HELLO '", "'HELLO you'"]
    assert (tmp_path / "data" / "text.txt").read_text() == "HELLO you"
