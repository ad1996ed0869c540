"""A mini-batch in two parts, each learned on a thread of its own."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Self

import numpy as np
from threadpoolctl import threadpool_limits

from trainer.nn.fast.frozen import FrozenPass
from trainer.nn.layers.layer import Array
from trainer.nn.sequential import Sequential

PARTS = 2
"""Not the number of cores: the same seed gives the same weights with more of them, too."""


class Shards:
    """Forward and backward passes of a network whose batch norms are frozen.

    Samples do not meet in such a network, so the gradient of a mini-batch is the sum of its parts'
    gradients, but for rounding (data parallelism; Dean et al., "Large Scale Distributed Deep
    Networks", 2012). Convolutions spend much of their time on copies, which BLAS's own threads
    leave to one core.

    Args:
        network: Gets the gradient. Changes of its weights are seen by the next forward pass.
        rng: Source of the layers' randomness.
        fixed: First convolutions that get no gradient (`FrozenPass`).
    """

    def __init__(self, network: Sequential, rng: np.random.Generator, fixed: int = 0) -> None:
        self._network = network
        self._passes = [FrozenPass(network, stream, fixed) for stream in rng.spawn(PARTS)]

    def __enter__(self) -> Self:
        """Starts the threads; BLAS keeps to one in each, for the whole process."""
        self._threads = ThreadPoolExecutor(PARTS, "shard")
        self._limits = threadpool_limits(1, user_api="blas")
        return self

    def __exit__(self, *error: object) -> None:
        """Ends the threads, and lets BLAS have its own again."""
        self._limits.restore_original_limits()
        self._threads.shutdown()

    def forward(self, x: Array) -> Array:
        """x (n, *input_shape) → logits (n, classes) of a training pass."""
        parts = np.array_split(x, PARTS)
        return np.concatenate(list(self._threads.map(_forward, self._passes, parts)))

    def backward(self, d_logits: Array) -> None:
        """dL/dlogits (n, classes) → fills the network's `gradient` for the last forward pass."""
        parts = np.array_split(d_logits, PARTS)
        list(self._threads.map(_backward, self._passes, parts))
        self._network.gradient.fill(0)
        for part in self._passes:
            part.add_gradient()


def _forward(part: FrozenPass, x: Array) -> Array:
    part.follow()
    return part.network.forward(x, training=True)


def _backward(part: FrozenPass, d_logits: Array) -> None:
    part.network.backward(d_logits)
