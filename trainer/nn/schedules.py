"""Learning-rate schedules."""

from __future__ import annotations

import math
from collections.abc import Callable

Schedule = Callable[[float], float]
"""Progress 0–1 (steps so far / all steps) → factor of the peak learning rate."""


def constant(progress: float) -> float:
    """1 throughout."""
    return 1.0


def step(progress: float) -> float:
    """1, from half of the training 0.1, from three quarters 0.01."""
    return 1.0 if progress < 0.5 else 0.1 if progress < 0.75 else 0.01


def cosine(progress: float, warm_up: float = 0.05) -> float:
    """Rises linearly over the first `warm_up` of training, then falls to 0 as half a cosine.

    Loshchilov and Hutter, "SGDR", 2017, eq. 5, without restarts.
    """
    if progress < warm_up:
        return progress / warm_up
    return 0.5 * (1 + math.cos(math.pi * (progress - warm_up) / (1 - warm_up)))


SCHEDULES: dict[str, Schedule] = {"constant": constant, "cosine": cosine, "step": step}
"""Name in a recipe → schedule."""
