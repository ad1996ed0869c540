"""Batch norms become part of the convolutions before them.

Without it, a reading (frame → letter) takes 1.28 times and a training step of the default recipe,
whose teacher is compiled, 1.18 times as long (`benchmarks.compiled`, one core).
"""

from __future__ import annotations

from collections.abc import Sequence

from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Layer


def fold_batch_norms(layers: Sequence[Layer]) -> list[Layer]:
    """The layers without the batch norms that directly follow a convolution.

    With its running averages a batch norm is y = a x + b. Applied to x = W ∗ u + c, this gives
    (a W) ∗ u + (a c + b), again a convolution (Jacob et al., "Quantization and Training of Neural
    Networks", 2018, section 3.2). Folded convolutions are new layers; all others are the same.
    """
    folded: list[Layer] = []
    for layer in layers:
        before = folded[-1] if folded else None
        if isinstance(layer, BatchNorm) and isinstance(before, Conv2d):
            folded[-1] = _scaled(before, layer)
        else:
            folded.append(layer)
    return folded


def _scaled(convolution: Conv2d, norm: BatchNorm) -> Conv2d:
    weight = convolution.weight.value
    kernel, _, inputs, outputs = weight.shape
    scaled = Conv2d(
        inputs,
        outputs,
        kernel,
        None,
        stride=convolution.stride,
        padding=convolution.padding,
        dtype=weight.dtype.type,
    )
    a, b = norm.affine()
    if convolution.bias is not None:
        b = b + a * convolution.bias.value
    for parameter, value in zip(scaled.parameters(), (a * weight, b), strict=True):
        parameter.value[...] = value
    return scaled
