"""Video time is the file's own: any rate, and rates that change."""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.trainer.capture.clips import write_video
from trainer.capture import source as source_module
from trainer.capture import video as video_module
from trainer.capture.opening import open_source
from trainer.capture.source import frames
from trainer.capture.video import VideoSource
from trainer.cli import main
from trainer.images.box import Box
from trainer.model import weights
from trainer.recognition.reader import Reader
from trainer.recognition.steady import SteadyLetters
from trainer.support.errors import UserError
from trainer.support.paths import DEFAULT_WEIGHTS, DEMO_CLIP, asset

SMALL = [np.full((48, 64, 3), 5 * n, np.uint8) for n in range(40)]


def times(path: Path) -> list[float]:
    return [frame.seconds for frame in frames(open_source(str(path)))]


@pytest.mark.parametrize("rate", [0.5, 1, 7.5, 15, 240, 480])
def test_times_and_durations_are_those_of_the_file_at_every_rate(
    tmp_path: Path, rate: float
) -> None:
    path = write_video(tmp_path / "v.mp4", SMALL[:20], [1 / rate] * 20)
    shown = list(frames(open_source(str(path))))
    assert [f.seconds for f in shown] == pytest.approx([n / rate for n in range(20)], abs=2e-3)
    assert [f.duration for f in shown] == pytest.approx([1 / rate] * 20, abs=2e-3)


def test_times_follow_a_rate_that_changes(tmp_path: Path) -> None:
    durations = [1 / 15] * 30 + [0.4] * 10
    path = write_video(tmp_path / "v.mp4", SMALL, durations)
    expected = [0.0, *accumulate(durations)][:-1]
    assert times(path) == pytest.approx(expected, abs=2e-3)
    source = open_source(str(path))
    read = [frame.seconds for frame in iter(source.read, None)]
    assert source.rewind()
    again = [frame.seconds for frame in iter(source.read, None)]
    assert again == read
    source.close()


def test_a_word_in_a_clip_of_a_changing_rate_is_typed_by_the_times_of_the_file(
    tmp_path: Path,
) -> None:
    """HELL of the demo, at 15 frames/s for 2 s, then every sixth frame only."""
    played = list(frames(open_source(str(asset(DEMO_CLIP)))))[: round(6.2 * 15)]
    kept = [frame for n, frame in enumerate(played) if n < 30 or n % 6 == 0]
    path = write_video(
        tmp_path / "v.mp4", [f.image for f in kept], [1 / 15] * 30 + [0.4] * (len(kept) - 30)
    )
    reader, steady = Reader(weights.load(asset(DEFAULT_WEIGHTS))), SteadyLetters()
    typed = []
    for before, frame in zip(kept, frames(open_source(str(path))), strict=True):
        assert frame.seconds == pytest.approx(before.seconds, abs=0.01)
        reading = reader.read(frame.image, Box(176, 96, 288, 288))
        letter = steady.update(reading.probabilities, reading.no_sign, frame.seconds).typed
        if letter:
            typed.append((letter, frame.seconds))
    assert "".join(letter for letter, _ in typed) == "HELL"
    signs = json.loads(asset(DEMO_CLIP).with_suffix(".json").read_text())["letters"]
    for (_, seconds), sign in zip(typed, signs, strict=False):
        assert sign["start"] < seconds < sign["end"] + 0.3


def test_the_command_line_tells_the_times_of_the_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    images = [frame.image for frame in frames(open_source("demo"))]
    path = write_video(tmp_path / "v.mp4", images[15:315:30], [2.0] * 10)
    assert main(["read", str(path), "--json"]) == 0
    told = [json.loads(line)["seconds"] for line in capsys.readouterr().out.splitlines()]
    assert len(told) > 2
    assert {seconds % 2 for seconds in told} == {0.0}


@pytest.mark.parametrize("ending", ["mp4", "avi"])
def test_a_clip_of_one_frame_is_a_still_image(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"one.{ending}"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"mp4v"), 25, (64, 48))
    writer.write(SMALL[20])
    writer.release()
    (frame,) = frames(open_source(str(path)))
    assert frame.duration is None


def test_files_without_time_stamps_are_played_at_their_rate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = cv2.VideoCapture

    class NoTimes:
        def __init__(self, *arguments: Any) -> None:
            self._real = real(*arguments)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._real, name)

        def get(self, prop: int) -> float:
            return 0.0 if prop == cv2.CAP_PROP_POS_MSEC else self._real.get(prop)

    path = tmp_path / "v.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 20, (64, 48))
    for image in SMALL[:4]:
        writer.write(image)
    writer.release()
    monkeypatch.setattr(cv2, "VideoCapture", NoTimes)
    assert times(path) == pytest.approx([0, 0.05, 0.1, 0.15])


def test_frames_of_a_video_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_video(tmp_path / "v.mp4", SMALL[:3])
    for module in (source_module, video_module):
        monkeypatch.setattr(module, "MAX_FRAME_PIXELS", 64 * 48 - 1)
    with pytest.raises(UserError, match=r"v\.mp4: too large: 64 × 48 pixels"):
        VideoSource(str(path), str(path))
