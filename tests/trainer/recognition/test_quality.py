from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import cv2
import numpy as np
import pytest

from trainer.hand_renderer.reference import reference_image
from trainer.images.box import Box
from trainer.images.files import read_image
from trainer.letters import LETTERS
from trainer.recognition.quality import Finding, Limits, measure

SIDE = 240
BOX = Box(200, 120, 160, 160)
"""Of the hand in `scene`; two thirds of its image."""


@pytest.fixture(scope="module")
def scene() -> np.ndarray:
    """A drawn hand before a plain wall, 640 × 400."""
    frame = np.full((400, 640, 3), (150, 160, 155), np.uint8)
    hand, mask = reference_image("B", SIDE)
    share = mask[:, :, None] / 255
    part = frame[80 : 80 + SIDE, 160 : 160 + SIDE]
    part[:] = part * (1 - share) + hand * share
    noise = np.random.default_rng(0).normal(0, 2, frame.shape)
    return np.clip(frame + noise, 0, 255).astype(np.uint8)


def found(image: np.ndarray, box: Box = BOX) -> list[Finding]:
    return measure(image, box).findings()


def test_a_good_image_has_no_findings(scene: np.ndarray) -> None:
    assert found(scene) == []
    assert found(cv2.cvtColor(scene, cv2.COLOR_BGR2GRAY)) == []


def test_a_larger_camera_image_measures_alike(scene: np.ndarray) -> None:
    small = measure(scene, BOX)
    large = measure(
        cv2.resize(scene, None, fx=3, fy=3, interpolation=cv2.INTER_AREA),
        Box(*(3 * n for n in BOX)),
    )
    assert large.findings() == []
    assert large.middle == pytest.approx(small.middle, abs=5)
    assert large.edge == pytest.approx(small.edge)


def test_little_light_is_dark(scene: np.ndarray) -> None:
    assert found((scene * 0.2).astype(np.uint8)) == [Finding.DARK]


def test_a_hand_before_a_window_is_dark(scene: np.ndarray) -> None:
    against_the_light = np.where(scene == 0, 0, 235).astype(np.uint8)
    against_the_light[130:290, 220:340] = 12
    assert Finding.DARK in found(against_the_light)


def test_too_much_light_is_bright(scene: np.ndarray) -> None:
    assert Finding.BRIGHT in found(np.clip(scene * 2.5, 0, 255).astype(np.uint8))


def test_an_image_out_of_focus_is_blurred(scene: np.ndarray) -> None:
    assert found(cv2.GaussianBlur(scene, (0, 0), 12)) == [Finding.BLURRED]


@pytest.mark.parametrize("size", [(91, 1), (1, 61)], ids=["sideways", "up"])
def test_a_hand_that_moves_is_blurred(scene: np.ndarray, size: tuple[int, int]) -> None:
    assert found(cv2.blur(scene, size)) == [Finding.BLURRED]


def test_a_box_at_or_over_the_edge_is_clipped(scene: np.ndarray) -> None:
    cut = scene[:, 200:]
    assert Finding.CLIPPED in found(cut, Box(0, 120, 160, 160))
    assert Finding.CLIPPED in found(cut, Box(-40, 120, 160, 160))
    assert Finding.CLIPPED not in found(cut, Box(4, 120, 160, 160))


def test_a_box_of_few_pixels_is_small(scene: np.ndarray) -> None:
    third = cv2.resize(scene, None, fx=1 / 3, fy=1 / 3, interpolation=cv2.INTER_AREA)
    assert Finding.SMALL in found(third, Box(*(n / 3 for n in BOX)))


def test_a_checked_cloth_is_busy(scene: np.ndarray) -> None:
    down, across = np.mgrid[:400, :640] // 10
    cloth = np.where((down + across) % 2, 200, 60).astype(np.uint8)
    busy = np.repeat(cloth[:, :, None], 3, axis=2)
    busy[120:280, 200:360] = scene[120:280, 200:360]
    assert found(busy) == [Finding.BUSY]


def test_the_most_useful_finding_comes_first(scene: np.ndarray) -> None:
    spoiled = (cv2.GaussianBlur(scene, (0, 0), 12) * 0.2).astype(np.uint8)
    findings = found(spoiled[:, 200:], Box(0, 120, 160, 160))
    assert findings == sorted(findings, key=list(Finding).index)
    assert findings[:2] == [Finding.DARK, Finding.CLIPPED]


def test_limits_decide(scene: np.ndarray) -> None:
    assert measure(scene, BOX).findings(Limits(side=200)) == [Finding.SMALL]


def test_what_is_no_image_is_refused() -> None:
    with pytest.raises(ValueError, match="not an image"):
        measure(np.zeros((40, 40), np.float64), Box(0, 0, 40, 40))


def test_good_photographs_seldom_have_findings(shared: Path) -> None:
    """Of the sources that are not over-exposed."""
    counts: Counter[Finding] = Counter()
    with (shared / "wild" / "index.csv").open(newline="") as file:
        rows = [
            row
            for row in csv.DictReader(file)
            if row["letter"] in LETTERS and row["source"] not in ("t32rahman", "gunsai75")
        ][::60]
    for row in rows:
        image = read_image(shared / row["file"])
        counts.update(measure(image, Box(*(float(row[side]) for side in "xywh"))).findings())
    assert len(rows) > 150
    assert sum(counts.values()) < 0.05 * len(rows)
