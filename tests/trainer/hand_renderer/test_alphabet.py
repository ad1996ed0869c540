from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from trainer.cli import main
from trainer.hand_renderer.alphabet import SIDE, cutout
from trainer.images.box import Box
from trainer.letters import ALPHABET, LETTERS
from trainer.model import weights
from trainer.recognition.reader import Reader
from trainer.support.paths import DEFAULT_WEIGHTS, REFERENCE, asset

BYTES = 600_000


def shipped(letter: str) -> np.ndarray:
    coded = np.fromfile(asset(f"{REFERENCE}/{letter}.webp"), np.uint8)
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_UNCHANGED))


def test_all_images_are_there_cut_out_and_small() -> None:
    for letter in ALPHABET:
        image = shipped(letter)
        assert image.shape == (SIDE, SIDE, 4)
        opacity = image[:, :, 3]
        assert (opacity > 200).mean() > 0.05
        assert not opacity[0].any()
        assert not opacity[:, [0, -1]].max() > 30
    assert sum(path.stat().st_size for path in asset(REFERENCE).iterdir()) <= BYTES


@pytest.mark.parametrize("letter", ["A", "J"])
def test_the_shipped_images_are_the_ones_that_are_drawn(letter: str) -> None:
    opaque = cutout(letter)[:, :, 3] > 250
    difference = cutout(letter)[opaque].astype(int) - shipped(letter)[opaque]
    assert np.abs(difference).mean() < 6


def test_the_shipped_network_reads_the_images() -> None:
    reader = Reader(weights.load(asset(DEFAULT_WEIGHTS)))
    box = Box(SIDE / 7, SIDE / 7, SIDE * 5 / 7, SIDE * 5 / 7)
    wrong = ""
    for letter in LETTERS:
        image = shipped(letter).astype(np.float32)
        share = image[:, :, 3:] / 255
        on_grey = image[:, :, :3] * share + 150 * (1 - share)
        if reader.read(on_grey.astype(np.uint8), box).letter != letter:
            wrong += letter
    assert len(wrong) <= 2, wrong


def test_the_alphabet_is_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("trainer.hand_renderer.alphabet.ALPHABET", "LZ")
    assert main(["draw", "--alphabet", str(tmp_path / "made")]) == 0
    assert sorted(path.name for path in (tmp_path / "made").iterdir()) == ["L.webp", "Z.webp"]
    assert main(["draw", "--alphabet", str(tmp_path / "no" / "such")]) == 1
