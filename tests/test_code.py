"""The tree is formatted, linted, typed, and keeps its import rules."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize(
    "command", [["ruff", "check"], ["ruff", "format", "--check"], ["mypy"]], ids=" ".join
)
def test_checkers_have_nothing_to_say(command: list[str]) -> None:
    tool = [sys.executable, "-m", *command]
    done = subprocess.run(tool, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_imports_keep_their_rules() -> None:
    """The contracts stand in pyproject.toml."""
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_one_package_opens_cameras_and_videos() -> None:
    users = [
        path.relative_to(ROOT).as_posix()
        for package in ("trainer", "asl_desktop")
        for path in (ROOT / package).rglob("*.py")
        if "cv2.VideoCapture" in path.read_text()
    ]
    assert users
    assert all(user.startswith("trainer/capture/") for user in users)


def test_only_one_module_reads_settings() -> None:
    users = [
        path.relative_to(ROOT).as_posix()
        for package in ("trainer", "asl_desktop")
        for path in (ROOT / package).rglob("*.py")
        if "QSettings(" in path.read_text()
    ]
    assert users == ["asl_desktop/settings.py"]


@pytest.mark.parametrize("package", ["trainer", "asl_desktop"])
def test_every_folder_says_which_question_it_answers(package: str) -> None:
    inits = sorted((ROOT / package).glob("*/**/__init__.py"))
    assert inits
    for init in inits:
        text = ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))) or ""
        assert "?" in text, init.parent


@pytest.mark.parametrize("package", ["trainer", "asl_desktop", "benchmarks"])
def test_no_file_is_longer_than_400_lines(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 400, path
