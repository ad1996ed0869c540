from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from trainer.capture import source
from trainer.capture.opening import is_live, open_source
from trainer.cli import main
from trainer.images.box import Box
from trainer.model import weights
from trainer.recognition.reader import Reader
from trainer.support.paths import DEFAULT_WEIGHTS, DEMO_CLIP, asset


@pytest.fixture(scope="module")
def about() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(asset(DEMO_CLIP).with_suffix(".json").read_text())
    return loaded


@pytest.fixture(scope="module")
def images() -> list[np.ndarray]:
    return [frame.image for frame in source.frames(open_source("demo"))]


def default_box(about: dict[str, Any]) -> Box:
    """Where the app's hand box is until somebody moves it."""
    width, height = about["size"]
    side = 0.6 * min(width, height)
    return Box((width - side) / 2, (height - side) / 2, side, side)


def test_demo_is_a_source_that_is_played_like_a_video(about: dict[str, Any]) -> None:
    assert not is_live("demo")
    source = open_source("demo")
    assert not source.live
    frame = source.read()
    assert frame is not None
    assert frame.duration == pytest.approx(1 / about["fps"])
    assert frame.image.shape == (about["size"][1], about["size"][0], 3)
    source.close()


def test_the_demo_says_what_it_spells(about: dict[str, Any], images: list[Any]) -> None:
    letters = about["letters"]
    assert "".join(entry["letter"] for entry in letters) == about["text"].replace(" ", "")
    times = [t for entry in letters for t in (entry["start"], entry["end"])]
    assert all(before < after for before, after in pairwise(times))
    assert times[-1] < len(images) / about["fps"]


def test_the_hand_stays_inside_the_default_hand_box(about: dict[str, Any]) -> None:
    box = default_box(about)
    for entry in about["letters"]:
        x, y, w, h = entry["box"]
        assert box.x <= x, entry
        assert box.y <= y, entry
        assert x + w <= box.x + box.w, entry
        assert y + h <= box.y + box.h, entry


def test_the_shipped_network_reads_the_demo(about: dict[str, Any], images: list[Any]) -> None:
    reader = Reader(weights.load(asset(DEFAULT_WEIGHTS)))
    right = 0
    for entry in about["letters"]:
        middle = round((entry["start"] + entry["end"]) / 2 * about["fps"])
        right += reader.read(images[middle], default_box(about)).letter == entry["letter"]
    assert right >= len(about["letters"]) - 1


def test_a_clip_of_ones_own_words_is_drawn(tmp_path: Path) -> None:
    out = tmp_path / "own.mp4"
    assert main(["draw", "--clip", str(out), "--text", "v", "--jobs", "1", "--json"]) == 0
    about = json.loads(out.with_suffix(".json").read_text())
    assert about["text"] == "V"
    shown = [frame.image for frame in source.frames(open_source(str(out)))]
    (held,) = about["letters"]
    inside = shown[round((held["start"] + held["end"]) / 2 * about["fps"])]
    assert np.abs(inside.astype(int) - shown[0]).mean() > 2, "no hand came into the image"


def test_bad_texts_and_places_are_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["draw", "--clip", str(tmp_path / "a.mp4"), "--text", "R2D2"]) == 1
    assert "letters A to Z" in capsys.readouterr().err
    assert main(["draw", "--clip", str(tmp_path / "a.avi")]) == 1
    assert ".mp4" in capsys.readouterr().err
    assert main(["draw", "--clip", "/no/such/place/a.mp4"]) == 1
