"""Another light, exposure, sharpness and noise for what the finder learns from."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from trainer.augment import blur


def relit(
    values: NDArray[np.float32], noise: float, rng: np.random.Generator
) -> NDArray[np.float32]:
    """Gray levels (h, w) as another camera might have seen them; may change `values`.

    Args:
        values: From 0 to 255.
        noise: Largest standard deviation of the noise, in gray levels.
        rng: Source of the changes.
    """
    bend = rng.uniform(-0.5, 0.5) * 2 / 255
    values += bend * values * (255 - values)
    if rng.random() < 0.4:
        values = np.clip(values * rng.uniform(0.6, 1.5) + rng.uniform(-40, 40), 0, 255)
    if rng.random() < 0.3:
        blur(values, rng)
    values += rng.standard_normal(values.shape, np.float32) * np.float32(rng.uniform(0, noise))
    return values
