"""What every page paints on scaled displays, with large fonts and on small screens."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.patience import PROGRAM_SECONDS

pytestmark = pytest.mark.slow

USUAL = (1280, 800)
MOST_OF_AN_IMAGE = 6.0
"""Mean difference of a painted image from the expected one, 0–255: edges are smoothed."""
MOST_OF_A_PAGE = 25.0
"""Difference of any part of a page from the same part at scale 1: letters are a pixel aside."""
PART = 25
"""Side of such a part, in device-independent pixels."""


def show(folder: Path, scale: float, font: float, size: tuple[int, int]) -> dict[str, Any]:
    """The report of `scaled_app`."""
    folder.mkdir(exist_ok=True)
    arguments = [str(font), *map(str, size), str(folder)]
    done = subprocess.run(
        [sys.executable, "-m", "tests.asl_desktop.scaled_app", *arguments],
        env=os.environ
        | {
            "QT_SCALE_FACTOR": str(scale),
            "QT_QPA_PLATFORM": "offscreen",
            "PYTHONFAULTHANDLER": "1",
        },
        capture_output=True,
        text=True,
        timeout=PROGRAM_SECONDS,
        check=False,
    )
    # It tells each page before it is shown: the last one is where it crashed.
    assert done.returncode == 0, f"{done.returncode}\n{done.stderr}"
    report: dict[str, Any] = json.loads(done.stdout)
    assert report["ratio"] == scale
    return report


def check(report: dict[str, Any]) -> None:
    """Images are painted as they are, once, and nothing is cut off."""
    differences = report["differences"]
    tabs = {name.split()[0].split("-")[0] for name in differences}
    assert tabs == {"live", "practice", "my"}
    assert {name: d for name, d in differences.items() if d > MOST_OF_AN_IMAGE} == {}
    assert {page: found for page, found in report["cut off"].items() if found} == {}


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("usual")
    check(show(folder, 1, 1, USUAL))
    return folder


@pytest.mark.parametrize("scale", [1.25, 1.5, 2])
def test_every_page_is_painted_as_on_an_unscaled_display(
    usual: Path, tmp_path: Path, scale: float
) -> None:
    check(show(tmp_path, scale, 1, USUAL))
    pages = [*sorted(path.name for path in usual.glob("*-*.png")), "live.png"]
    assert len(pages) == 15
    for page in pages:
        expected = cv2.imread(str(usual / page)).astype(float)
        painted = cv2.imread(str(tmp_path / page))
        assert painted.shape[1] == round(USUAL[0] * scale)
        painted = cv2.resize(painted, USUAL, interpolation=cv2.INTER_AREA).astype(float)
        parts = np.abs(cv2.blur(expected, (PART, PART)) - cv2.blur(painted, (PART, PART)))
        assert parts.max() < MOST_OF_A_PAGE, page


def test_nothing_is_cut_off_with_letters_of_twice_the_size(tmp_path: Path) -> None:
    check(show(tmp_path, 1, 2, USUAL))


@pytest.mark.parametrize(
    ("scale", "size"),
    # Of the screen, less a task bar and the frame of the window.
    [(1, (1264, 632)), (1, (1350, 680)), (1.5, (1264, 632)), (2, (944, 452)), (1, (900, 600))],
    ids=["1280 × 720", "1366 × 768", "1920 × 1080 at 150 %", "at 200 %", "900 × 600"],
)
def test_no_primary_button_is_lost_on_a_small_screen(
    tmp_path: Path, scale: float, size: tuple[int, int]
) -> None:
    check(show(tmp_path, scale, 1, size))
