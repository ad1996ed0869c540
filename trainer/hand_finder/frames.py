"""Whole frames from disk, small enough to keep all of them in memory."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from trainer.data.no_sign_windows import images_with_hands
from trainer.hand_finder.finder import SHORTER
from trainer.hand_finder.scenes import Scene
from trainer.images.files import read_image
from trainer.images.preprocessing import to_gray
from trainer.support.errors import UserError


@dataclass(frozen=True)
class SourcedScene:
    """A frame as a scene, and whom it shows."""

    scene: Scene
    source: str


def read_frames(folder: Path) -> list[SourcedScene]:
    """The frames of a folder; see `images_with_hands`.

    Raises:
        UserError: There are none, or one cannot be read.
    """
    found = []
    for path, source, box in images_with_hands(folder):
        gray = to_gray(read_image(path))
        scale = SHORTER / min(gray.shape)
        size = (max(1, round(gray.shape[1] * scale)), max(1, round(gray.shape[0] * scale)))
        small = np.asarray(cv2.resize(gray, size, interpolation=cv2.INTER_AREA), np.uint8)
        hands = () if box is None else (box.scaled(scale, scale),)
        found.append(SourcedScene(Scene(small, hands), source))
    if not found:
        raise UserError(f"{folder}: no images in there.")
    return found
