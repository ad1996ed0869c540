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


def imports(path: Path) -> set[str]:
    """Names of all modules that a file imports, at any depth of its code."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            names.add(node.module or "")
    return names


def test_trainer_imports_neither_qt_nor_the_app() -> None:
    files = list((ROOT / "trainer").rglob("*.py"))
    assert len(files) > 20
    for path in files:
        roots = {name.split(".")[0] for name in imports(path)}
        assert not roots & {"PySide6", "asl_desktop", "pyqtgraph"}, path


def test_only_one_module_opens_cameras() -> None:
    users = [
        path.relative_to(ROOT).as_posix()
        for package in ("trainer", "asl_desktop")
        for path in (ROOT / package).rglob("*.py")
        if "cv2.VideoCapture" in path.read_text()
    ]
    assert users == ["trainer/sources.py"]
