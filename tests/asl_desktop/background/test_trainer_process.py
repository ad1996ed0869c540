from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from asl_desktop.background.trainer_process import trainer_command


def test_the_command_starts_the_trainer() -> None:
    done = subprocess.run(
        [*trainer_command(), "--version"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("trainer ")


@pytest.mark.parametrize(
    ("app", "trainer"), [("asl-desktop", "trainer"), ("asl-desktop.exe", "trainer.exe")]
)
def test_in_the_one_folder_build_it_is_the_program_beside_the_app(
    app: str, trainer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / app))
    assert trainer_command() == [str(tmp_path / trainer)]
