"""The program on a real X server, as a person starts it; all other tests run without a display."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.asl_desktop.helpers import lopsided, side_model, write_clip
from tests.asl_desktop.mjpeg_server import MjpegServer
from tests.patience import PATIENCE_SECONDS, PROGRAM_SECONDS
from trainer.model import weights

ROOT = Path(__file__).resolve().parents[2]
CLIP = ROOT.parent / "shared" / "clips" / "seeeeeeel_hello"
BOX = ("--box", "88,48,144,144")
"""In the middle, and fixed: the images show no hand to follow."""

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        shutil.which("Xvfb") is None, reason="Xvfb, an X server without a screen, is not installed"
    ),
]


@pytest.fixture(scope="module")
def display() -> Iterator[str]:
    """The name of a display of its own."""
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as pipe:
        number = pipe.readline().strip()
    assert number, "Xvfb did not start"
    yield f":{number}"
    server.terminate()
    server.wait()


def watch(display: str, tmp_path: Path, wanted: int, *arguments: str) -> dict[str, Any]:
    """What the window showed until it had shown so many letters."""
    environment = os.environ | {
        "DISPLAY": display,
        "QT_QPA_PLATFORM": "xcb",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "XDG_DATA_HOME": str(tmp_path / "data"),
    }
    command = [
        sys.executable,
        "-m",
        "tests.asl_desktop.watched_app",
        str(PATIENCE_SECONDS),
        str(wanted),
    ]
    done = subprocess.run(
        [*command, *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=PROGRAM_SECONDS,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["platform"] == "xcb"
    assert report["banner"] == ""
    return report


def assert_screen_tells_letters_apart(report: dict[str, Any]) -> None:
    on_screen = [set(seen) for seen in report["on_screen"].values()]
    for place, one in enumerate(on_screen):
        for other in on_screen[:place]:
            assert not one & other, "two letters looked the same on the screen"


@pytest.fixture
def side_weights(tmp_path: Path) -> str:
    path = tmp_path / "side.safetensors"
    weights.save(side_model(), path)
    return str(path)


def test_the_letter_follows_a_clip(display: str, tmp_path: Path, side_weights: str) -> None:
    one = lopsided()
    clip = write_clip(tmp_path / "clip.mp4", [one] * 20 + [one[:, ::-1].copy()] * 20)
    report = watch(display, tmp_path, 2, "--source", str(clip), "--weights", side_weights, *BOX)
    assert set(report["letters"]) == {"L", "R"}
    assert report["frame"] == [240, 320, 3]
    assert "Sure" in report["verdicts"]
    assert_screen_tells_letters_apart(report)


def test_the_letter_follows_a_network_stream(
    display: str, tmp_path: Path, side_weights: str
) -> None:
    one = lopsided()
    server = MjpegServer([one] * 20 + [np.ascontiguousarray(one[:, ::-1])] * 20)
    try:
        report = watch(
            display, tmp_path, 2, "--source", server.address, "--weights", side_weights, *BOX
        )
    finally:
        server.kill()
    assert set(report["letters"]) == {"L", "R"}
    assert_screen_tells_letters_apart(report)


@pytest.mark.skipif(
    not CLIP.with_suffix(".mp4").exists(), reason="the shared clips are not beside the project"
)
def test_the_shipped_network_reads_a_clip_of_real_hands(display: str, tmp_path: Path) -> None:
    spelled = json.loads(CLIP.with_suffix(".json").read_text())["letters"]
    box = ",".join(str(number) for number in spelled[2]["box"])
    clip = str(CLIP.with_suffix(".mp4"))
    report = watch(display, tmp_path, 3, "--source", clip, "--box", box)
    assert len(set(report["letters"])) >= 3
    assert report["frame"] == [480, 640, 3]
    assert_screen_tells_letters_apart(report)
