"""The program on Wayland, on a compositor that needs no screen."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import cv2
import pytest

from tests.asl_desktop.helpers import plain, wait_for
from tests.asl_desktop.test_real_window import display
from tests.patience import PROGRAM_SECONDS

ROOT = Path(__file__).resolve().parents[2]
SOCKET = "wayland-test"

__all__ = ["display"]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("weston") is None, reason="weston, a Wayland compositor, is not installed"
    ),
]


@contextmanager
def compositor(folder: Path, backend: str, **variables: str) -> Iterator[dict[str, str]]:
    """Weston with a socket of its own; gives the environment for its programs."""
    folder.mkdir(mode=0o700)
    environment = os.environ | variables | {"XDG_RUNTIME_DIR": str(folder)}
    options = ["--use-pixman", "--width=1280", "--height=900", "--idle-time=0", "--debug"]
    server = subprocess.Popen(
        ["weston", f"--backend={backend}-backend.so", f"--socket={SOCKET}", *options],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for((folder / SOCKET).exists)
        yield environment | {"WAYLAND_DISPLAY": SOCKET, "QT_QPA_PLATFORM": "wayland"}
    finally:
        server.terminate()
        server.wait()


def run_app(environment: dict[str, str], tmp_path: Path, *arguments: str) -> dict[str, Any]:
    folders = {"XDG_CONFIG_HOME": str(tmp_path / "c"), "XDG_DATA_HOME": str(tmp_path / "d")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.asl_desktop.wayland_app", *arguments],
        cwd=ROOT,
        env=environment | folders,
        capture_output=True,
        text=True,
        timeout=PROGRAM_SECONDS,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["platform"] == "wayland"
    return dict(result)


def test_the_image_is_on_the_screen(tmp_path: Path) -> None:
    with compositor(tmp_path / "run", "headless") as environment:
        result = run_app(environment, tmp_path, "show")
    assert result["played"]
    assert result["seen"], result["correlation"]


@pytest.mark.skipif(
    shutil.which("Xvfb") is None or shutil.which("xdotool") is None,
    reason="Xvfb and xdotool, which move the mouse, are not both installed",
)
def test_a_file_is_dropped_with_the_mouse(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    server = request.getfixturevalue("display")
    image = tmp_path / "dropped.png"
    cv2.imwrite(str(image), plain(90))
    with compositor(tmp_path / "run", "x11", DISPLAY=server) as environment:
        result = run_app(environment, tmp_path, "drop", str(image), server)
    assert result["name"] == str(image)
