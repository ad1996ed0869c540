"""What computes a trained network's output: its layers, or fewer and faster operations for them.

Layer by layer, a reading (frame → letter) takes 1.45 times and a training step of the default
recipe, whose teacher is compiled, 1.25 times as long (`benchmarks.compiled`, one core). Networks
without convolutions are computed layer by layer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import numpy as np

from trainer.nn.fast.folding import fold_batch_norms
from trainer.nn.fast.scratch import Scratch
from trainer.nn.fast.winograd import WinogradConvolution
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Array, Layer, Shape
from trainer.nn.layers.pooling import MaxPool2d
from trainer.nn.layers.relu import ReLU
from trainer.nn.sequential import Sequential
from trainer.nn.spec import copied

Operation = Callable[[Array], Array]
"""One array → the next, which is valid until the next call."""


class CompiledNetwork:
    """The forward pass of a trained network for batches of one size, with buffers of its own.

    It holds a copy of the weights: later training does not change it.

    Args:
        network: Any.
        batch: Images at a time.
    """

    def __init__(self, network: Sequential, batch: int = 1) -> None:
        self.input = np.zeros((batch, *network.input_shape), np.float32)
        """Write the batch here before a call."""
        self._operations = compile_layers(copied(network).layers, self.input.shape)

    def __call__(self) -> Array:
        """Outputs (batch, …) for `input`, valid until the next call."""
        x = self.input
        for operation in self._operations:
            x = operation(x)
        return x


def compile_layers(layers: Sequence[Layer], shape: Shape) -> list[Operation]:
    """Operations that give the same as the layers, but for rounding.

    Args:
        layers: In the order in which a sample passes them; with buffers that nobody else uses.
        shape: Of the whole batch of inputs.
    """
    operations: list[Operation] = []
    scratch = Scratch()
    n, *sample = shape
    rest = fold_batch_norms(layers)
    while rest:
        replaced = rest[:1]
        if isinstance(rest[0], Conv2d) and WinogradConvolution.suits(rest[0]):
            pooled = len(rest) > 1 and isinstance(rest[1], MaxPool2d) and rest[1].size == 2
            rectified = isinstance(rest[1 + pooled], ReLU) if len(rest) > 1 + pooled else False
            replaced = rest[: 1 + pooled + rectified]
            operations.append(
                WinogradConvolution(
                    rest[0], (n, *sample), scratch, pooled=pooled, rectified=rectified
                )
            )
        else:
            operations.append(partial(rest[0].forward, training=False))
        for layer in replaced:
            sample = list(layer.output_shape(tuple(sample)))
        rest = rest[len(replaced) :]
    return operations
