"""Initial weights."""

from __future__ import annotations

from typing import Any

import numpy as np

from trainer.nn.layer import Array


def normal_weights(
    shape: tuple[int, ...],
    variance: float,
    rng: np.random.Generator | None,
    dtype: type[np.floating[Any]],
) -> Array:
    """Weights from N(0, variance), or zeros without an `rng`: for weights that are loaded anyway.

    A million normal numbers take longer than reading as many from a file.
    """
    if rng is None:
        return np.zeros(shape, dtype)
    return np.asarray(np.sqrt(variance) * rng.standard_normal(shape), dtype)
