"""The convolution by a 3 × 3 kernel in training, with fewer multiplications."""

from __future__ import annotations

import numpy as np

from trainer.nn.fast.winograd import WinogradConvolution
from trainer.nn.layers.convolution import Conv2d
from trainer.nn.layers.layer import Array, Layer

_PART_BYTES = 3 << 19
"""Tiles handled at a time: transforms and products then come from the cache."""


class TiledConv2d(Conv2d):
    """A `Conv2d` whose y and dx come by Winograd's tiles; dW is `Conv2d`'s own.

    At stride 1, dx is the convolution of dy with W turned by 180° (see `Conv2d`), which goes by
    tiles as well. What comes out differs by float32's rounding.

    Args:
        convolution: One that `WinogradConvolution.suits`. Its weights are copied.
    """

    def __init__(self, convolution: Conv2d) -> None:
        if not WinogradConvolution.suits(convolution):
            raise ValueError(f"no convolution for Winograd's tiles: {convolution.spec()}")
        _, _, inputs, outputs = convolution.weight.value.shape
        dtype, bias = convolution.weight.value.dtype.type, convolution.bias is not None
        super().__init__(inputs, outputs, 3, None, bias=bias, dtype=dtype)
        for own, theirs in zip(self.parameters(), convolution.parameters(), strict=True):
            own.value[...] = theirs.value
        self._turned = Conv2d(outputs, inputs, 3, None, bias=False, dtype=dtype)
        self._onward: _Parts | None = None
        self._back: _Parts | None = None

    def forward(self, x: Array, *, training: bool) -> Array:
        """x (n, h, w, inputs) → y (n, h, w, outputs)."""
        if self._onward is None or not self._onward.fits(x):
            self._onward = _Parts(self, x)
        y = self._buffers.get("y", (len(x), *self.output_shape(x.shape[1:])), x.dtype)
        self._onward.convolve(x, y)
        self._x = x if training else None
        return y

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """dy (n, h, w, outputs) → dx (n, h, w, inputs)."""
        super().backward(d_y, need_d_x=False)
        if not need_d_x:
            return None
        if self._back is None or not self._back.fits(d_y):
            self._back = _Parts(self._turned, d_y)
        turned = self.weight.value[::-1, ::-1].transpose(0, 1, 3, 2)
        np.copyto(self._turned.weight.value, turned)
        shape = (*d_y.shape[:3], self.weight.value.shape[2])
        d_x = self._buffers.get("d_x", shape, d_y.dtype)
        self._back.convolve(d_y, d_x)
        return d_x


class _Parts:
    """A convolution of mini-batches of images like x, a few of them at a time."""

    def __init__(self, convolution: Conv2d, x: Array) -> None:
        self._convolution = WinogradConvolution(convolution, pooled=False)
        _, _, inputs, outputs = convolution.weight.value.shape
        # A tile has up to four times the values of what it stands for.
        bytes_each = 4 * x.shape[1] * x.shape[2] * (inputs + outputs) * x.itemsize
        together = min(len(x), max(1, round(_PART_BYTES / bytes_each)))
        self._x = np.zeros((together, *x.shape[1:]), x.dtype)
        self._y, self._steps = self._convolution.compile(self._x)

    def fits(self, x: Array) -> bool:
        """Whether this is for images like x."""
        return bool(x.shape[1:] == self._x.shape[1:] and x.dtype == self._x.dtype)

    def convolve(self, x: Array, y: Array) -> None:
        """Fills y by the convolution as it is now."""
        self._convolution.refresh()
        for start in range(0, len(x), len(self._x)):
            some = x[start : start + len(self._x)]
            np.copyto(self._x[: len(some)], some)
            for step in self._steps:
                step()
            np.copyto(y[start : start + len(some)], self._y[: len(some)])


def tiled(layer: Layer) -> Layer:
    """The layer, by tiles where that is faster."""
    suits = isinstance(layer, Conv2d) and WinogradConvolution.suits(layer)
    return TiledConv2d(layer) if suits and isinstance(layer, Conv2d) else layer
