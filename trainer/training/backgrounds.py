"""Backgrounds for augmentation: pieces of other crops' surroundings, clouds and gradients."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.data.collection import Collection
from trainer.images.preprocessing import Image, resample


def make_backgrounds(
    collection: Collection, size: int, count: int, rng: np.random.Generator
) -> Image:
    """(count, size, size) uint8 of random brightness.

    Two thirds are pieces from the rim of crops with surroundings, of all sources in the collection;
    the others are noise.
    """
    with_rim = [(d.images, np.flatnonzero(d.boxed)) for d in collection.datasets if d.boxed.any()]
    made = np.empty((count, size, size), np.uint8)
    for i in range(count):
        kind = rng.random()
        if with_rim and kind < 0.67:
            images, boxed = with_rim[int(rng.integers(len(with_rim)))]
            piece = _rim(images[boxed[int(rng.integers(len(boxed)))]], rng)
        elif kind < 0.85:
            cells = int(rng.integers(2, 9))
            cloud = rng.normal(rng.uniform(20, 235), rng.uniform(5, 60), (cells, cells))
            piece = np.clip(cloud, 0, 255).astype(np.uint8)
        else:
            piece = _slope(size, rng)
        background = resample(np.ascontiguousarray(piece), size).astype(np.float32)
        background = background * rng.uniform(0.5, 1.4) + rng.uniform(-30, 30)
        made[i] = np.clip(background, 0, 255)
    return made


def _rim(image: Image, rng: np.random.Generator) -> Image:
    """A square piece that touches an edge of the image, at random, mirrored or not."""
    side = image.shape[0]
    piece = int(rng.integers(side // 5, side // 2))
    along = int(rng.integers(0, side - piece + 1))
    cut = image[along : along + piece, :piece]
    if rng.random() < 0.5:
        cut = image[along : along + piece, side - piece :]
    # The lower rim shows arms and is left out.
    if rng.random() < 0.3:
        cut = image[:piece, along : along + piece]
    return np.asarray(cut[:, ::-1] if rng.random() < 0.5 else cut, np.uint8)


def _slope(size: int, rng: np.random.Generator) -> Image:
    axis = np.linspace(-1, 1, size)
    angle = rng.uniform(0, 2 * np.pi)
    slope = np.cos(angle) * axis + np.sin(angle) * axis[:, None]
    levels = rng.uniform(10, 245) + rng.uniform(0, 70) * slope
    return np.asarray(np.clip(levels, 0, 255), np.uint8)


def exchange(
    shown: NDArray[np.uint8], mask: NDArray[np.uint8], background: Image, gain: float
) -> None:
    """Exchanges the background of an image (h, w), in place, and the brightness of its hand.

    Args:
        shown: The image.
        mask: 255 on the hand.
        background: Of the same shape.
        gain: Factor on the gray levels of the hand.
    """
    share = cv2.blur(mask, (3, 3)).astype(np.float32) / 255
    hand = shown * np.float32(gain)
    np.copyto(shown, np.clip(background + share * (hand - background), 0, 255), casting="unsafe")
