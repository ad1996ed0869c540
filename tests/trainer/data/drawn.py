"""Drawn hands on disk: finished crops, and whole frames with a hand on their right side."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

import cv2
import numpy as np

from trainer.images.box import Box
from trainer.images.files import read_image
from trainer.images.preprocessing import Image
from trainer.support.paths import REFERENCE, asset

BOX = Box(180, 40, 128, 128)
"""Of the hand in `frame`."""

SHOWN = "ABCKLY"


@cache
def hand(letter: str) -> Image:
    """A drawn hand, (128, 128, 3)."""
    drawn = read_image(asset(REFERENCE) / f"{letter}.webp")
    return np.asarray(cv2.resize(drawn, (128, 128), interpolation=cv2.INTER_AREA), np.uint8)


def frame(letter: str) -> Image:
    """A plain frame, (240, 320, 3), with the hand in `BOX`."""
    image = np.full((240, 320, 3), 120, np.uint8)
    x, y, w, h = map(int, BOX)
    image[y : y + h, x : x + w] = hand(letter)
    return image


def write(path: Path, image: Image) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), image)
    return path


def write_frames(folder: Path, letters: Iterable[str] = SHOWN, name: str = "{}3.jpg") -> None:
    for letter in letters:
        write(folder / name.format(letter), frame(letter))
