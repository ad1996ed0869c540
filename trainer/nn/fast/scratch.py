"""Memory that the operations of a network share: only one of them computes at a time.

Without it, a reading (frame → letter) takes 1.05 times and a training step of the default recipe,
whose teacher is compiled, 1.02 times as long (`benchmarks.compiled`, one core).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from trainer.nn.layers.layer import Array

_LINE = 64
"""Bytes of a cache line, at which arrays begin."""


class Scratch:
    """Arrays for what is needed only within one operation.

    With arrays of its own for each operation, a network needs more memory than a core's cache
    holds, so that each operation finds its arrays gone from there.
    """

    def __init__(self) -> None:
        self._memory = np.empty(0, np.uint8)

    def take(self, shapes: Sequence[tuple[int, ...]], dtype: np.dtype[Any]) -> list[Array]:
        """Arrays of these shapes that do not overlap each other, only those of other operations.

        Their content is whatever the operation before left there.
        """
        sizes = [math.prod(shape) * dtype.itemsize for shape in shapes]
        ends = np.cumsum([-(-size // _LINE) * _LINE for size in sizes]).tolist()
        if ends[-1] > len(self._memory):
            # Earlier operations keep the smaller memory that they have.
            self._memory = np.empty(ends[-1], np.uint8)
        starts = [0, *ends[:-1]]
        return [
            self._memory[start : start + size].view(dtype).reshape(shape)
            for start, size, shape in zip(starts, sizes, shapes, strict=True)
        ]
