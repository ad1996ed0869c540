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


NOT_MIRRORED = {
    "asl_desktop/camera/test_stream.py": "the window with a network camera that goes and comes",
    "asl_desktop/compose/test_crash.py": "the program is killed while somebody types",
    "asl_desktop/compose/test_steady_display.py": "the letter panel of Live, while somebody types",
    "asl_desktop/compose/test_typing_pause.py": "the window and sources that do not type",
    "asl_desktop/live/test_drawn_letters.py": "the window and a hand that draws J and Z",
    "asl_desktop/live/test_networks.py": "the window and the networks that it may read with",
    "asl_desktop/my_hand/test_demo_hand.py": "the window and the demo clip",
    "asl_desktop/my_hand/test_drawn_hand.py": "the window and a drawn hand that signs wrongly",
    "asl_desktop/test_wayland.py": "the program under a Wayland compositor",
    "asl_desktop/live/test_follow.py": "the window and the shipped finder",
    "asl_desktop/test_mnemonics.py": "every menu, page and dialog, in both languages",
    "asl_desktop/test_odd_things.py": "the window and what is odd around it",
    "asl_desktop/test_open_close.py": "the window, opened and closed in any state",
    "asl_desktop/test_real_window.py": "the program on a real X server",
    "asl_desktop/test_scales.py": "every page at every scale of the screen",
    "asl_desktop/training/test_any_data.py": "the Training tab with any data that a user brings",
    "asl_desktop/training/test_plain_text.py": "texts of runs that come from elsewhere",
    "asl_desktop/training/test_real_data.py": "the Training tab with Sign Language MNIST",
    "trainer/commands/test_option_ranges.py": "every option of every command",
    "trainer/commands/test_same_bytes.py": "training in several processes",
    "trainer/data/test_packed_tables.py": "load.py, with archives and folders",
    "trainer/data/test_photographs.py": "photographs in every layout that the documents promise",
    "trainer/data/test_refused_tables.py": "load.py, with what is wrong in a table",
    "trainer/data/test_tables.py": "load.py, with every layout that the documents promise",
}
"""Tests of several modules at once, and what they test."""


def test_tests_mirror_the_packages() -> None:
    """What tests trainer/X/Y.py stands in tests/trainer/X/test_Y.py, in asl_desktop alike."""
    tests = ROOT / "tests"
    files = [
        path.relative_to(tests)
        for package in ("trainer", "asl_desktop")
        for path in (tests / package).rglob("test_*.py")
    ]
    assert len(files) > 150
    alone = {
        path.as_posix()
        for path in files
        if not (ROOT / path.with_name(path.name.removeprefix("test_"))).exists()
    }
    assert alone == set(NOT_MIRRORED)


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
