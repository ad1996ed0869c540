"""For a finished network: batch norms become part of the convolutions before them."""

from __future__ import annotations

from collections.abc import Sequence

from trainer.nn.layers.batch_norm import BatchNorm
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Layer


def folded(layers: Sequence[Layer]) -> list[Layer]:
    """The layers without the batch norms that stand right behind a convolution.

    By its running averages a batch norm is y = a x + b, so that of x = W ∗ u + c it makes
    (a W) ∗ u + (a c + b), which is a convolution again (Jacob et al., "Quantization and Training of
    Neural Networks", 2018, section 3.2). Folded weights are copies; all other layers are the same.
    """
    made: list[Layer] = []
    for layer in layers:
        before = made[-1] if made else None
        if isinstance(layer, BatchNorm) and isinstance(before, Conv2d):
            made[-1] = _scaled(before, layer)
        else:
            made.append(layer)
    return made


def _scaled(convolution: Conv2d, norm: BatchNorm) -> Conv2d:
    weight = convolution.weight.value
    kernel, _, inputs, outputs = weight.shape
    made = Conv2d(
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
    for parameter, value in zip(made.parameters(), (a * weight, b), strict=True):
        parameter.value[...] = value
    return made
