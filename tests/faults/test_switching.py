"""Switching the source again and again takes no more memory than the first switches."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import psutil
import pytest
from pytestqt.qtbot import QtBot

from asl_desktop.camera.camera_thread import CameraThread
from tests.asl_desktop.helpers import write_clip
from tests.nightly import cases
from trainer.model import weights
from trainer.support.paths import DEFAULT_WEIGHTS, asset

ROUNDS_AT_FIRST = 3
GROWTH = 1.2


@pytest.fixture
def sources(tmp_path: Path) -> list[str]:
    """The demo, a large image, and a video of many details."""
    rng = np.random.default_rng(0)
    image = tmp_path / "large.jpg"
    cv2.imwrite(str(image), rng.integers(0, 255, (2000, 3000, 3), np.uint8))
    frames = [rng.integers(0, 255, (720, 1280, 3), np.uint8) for _ in range(8)]
    return ["demo", str(image), str(write_clip(tmp_path / "video.mp4", frames))]


@pytest.fixture
def camera(qtbot: QtBot) -> Iterator[CameraThread]:
    camera = CameraThread()
    camera.set_model(weights.load(asset(DEFAULT_WEIGHTS)))
    yield camera
    camera.stop(seconds=6)


def test_memory_stays_level_over_many_switches(
    qtbot: QtBot, camera: CameraThread, sources: list[str]
) -> None:
    process = psutil.Process()

    def round_of_all() -> int:
        """The most memory while each source is played for a frame, in bytes."""
        most = 0
        for source in sources:
            camera.play(source)
            # A frame of the source before may still be told of.
            qtbot.waitUntil(lambda: camera.take() is not None)
            most = max(most, process.memory_info().rss)
        return most

    at_first = max(round_of_all() for _ in range(ROUNDS_AT_FIRST))
    for _ in range(cases(8, 64)):
        round_of_all()
    at_last = max(round_of_all() for _ in range(ROUNDS_AT_FIRST))
    print(f"at first {at_first >> 20} MB, at last {at_last >> 20} MB")
    assert at_last <= GROWTH * at_first
