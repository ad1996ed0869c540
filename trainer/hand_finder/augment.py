"""Augmentation of the finder's training images: light, noise, and affine warps with boxes."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.images.box import Box
from trainer.images.preprocessing import Image
from trainer.training.augment import blur


def relit(
    values: NDArray[np.float32], noise: float, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Gray levels (h, w) with another tone curve, exposure, blur and noise; may change `values`.

    Args:
        values: From 0 to 255.
        noise: Largest standard deviation of the noise, in gray levels.
        rng: Source of randomness.
    """
    bend = rng.uniform(-0.5, 0.5) * 2 / 255
    values += bend * values * (255 - values)
    if rng.random() < 0.4:
        values = np.clip(values * rng.uniform(0.6, 1.5) + rng.uniform(-40, 40), 0, 255)
    if rng.random() < 0.3:
        blur(values, rng)
    values += rng.standard_normal(values.shape, np.float32) * np.float32(rng.uniform(0, noise))
    return values


def warped(image: Image, matrix: NDArray[np.float64], shape: tuple[int, int], border: int) -> Image:
    """An image (h, w) through the affine `matrix` (2, 3), in another `shape`.

    Sampled finer where the image shrinks, so that it does not alias.
    """
    scale = float(np.hypot(matrix[0, 0], matrix[1, 0]))
    fine = 1 if scale > 0.8 else 2 if scale > 0.35 else 4
    height, width = shape
    larger = cv2.warpAffine(
        image,
        matrix * fine + np.array([[0, 0, (fine - 1) / 2], [0, 0, (fine - 1) / 2]]),
        (width * fine, height * fine),
        flags=cv2.INTER_LINEAR,
        borderMode=border,
    )
    if fine == 1:
        return np.asarray(larger, np.uint8)
    return np.asarray(cv2.resize(larger, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def warped_box(box: Box, matrix: NDArray[np.float64], angle: float) -> Box:
    """The box around a warped box, narrower after a turn by `angle` (radians).

    A hand does not fill the corners of its box.
    """
    left, top, right, bottom = box.x, box.y, box.x + box.w, box.y + box.h
    corners = np.array([[left, top], [right, top], [left, bottom], [right, bottom]])
    moved = corners @ matrix[:, :2].T + matrix[:, 2]
    low, high = moved.min(axis=0), moved.max(axis=0)
    less = 1 - 0.5 * abs(np.sin(angle))
    middle, size = (low + high) / 2, (high - low) * less
    return Box(*map(float, (*(middle - size / 2), *size)))
