"""The two-dimensional convolution."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from trainer.nn.layers.layer import Array, Buffers, Layer, Parameter, Shape, normal_weights

_COLUMN_BYTES = 2 << 20
"""Size of the unrolled samples that are multiplied at a time, so that they are still in the cache.

Measured on Zen 3 (512 KiB L2, 32 MiB L3): 1 to 4 MiB are equally fast, 10 MiB take 1.3 times
as long.
"""

_FEW_CHANNELS = 8
"""With fewer channels, the unrolled matrix is stored transposed; see `_Im2Col`."""


class Conv2d(Layer):
    """Cross-correlation of images, channels last, with zeros around the image.

    y[n, i, j, o] = b[o] + Σ over u, v, c of x̃[n, i·stride + u, j·stride + v, c] · W[u, v, c, o],
    with x (n, h, w, inputs), x̃ the same with `padding` zeros on each side, W (kernel, kernel,
    inputs, outputs), b (outputs,) and y (n, h', w', outputs), h' = ⌊(h + 2·padding − kernel) /
    stride⌋ + 1.

    A few samples at a time are unrolled into a matrix with one row per kernel position (im2col:
    Chellapilla et al., "High Performance Convolutional Neural Networks for Document Processing",
    2006), so that the sum becomes one matrix product. Backward, with X̃ the unrolled x:

    * dW = X̃ᵀ dy and db = Σ dy. X̃ is computed again: storing it would take kernel² times the memory
      of x, and reading it from there would be slower than making it in the cache.
    * dx for stride 1 is the convolution of dy with W turned by 180° (Dumoulin and Visin, "A guide
      to convolution arithmetic for deep learning", 2016, relationship 9), by the same product.
    * dx for larger strides is dy Wᵀ, each row added back where it came from (col2im).

    W starts from N(0, gain / (kernel² · inputs)) as in `Linear`; b starts from zero.

    Args:
        inputs: Channels of the input.
        outputs: Channels of the output.
        kernel: Height and width of W.
        rng: Source of the initial weights; None for zeros.
        stride: Step of the kernel over the image.
        padding: Zeros on each side, less than `kernel`; None for kernel // 2, which preserves the
            image's size for odd kernels at stride 1.
        bias: Whether there is a b; a batch norm directly after it makes it redundant.
        gain: Variance of W times its fan-in: 2 before a ReLU.
        dtype: float32, or float64 for gradient checks.
    """

    kind = "conv2d"

    def __init__(
        self,
        inputs: int,
        outputs: int,
        kernel: int,
        rng: np.random.Generator | None,
        *,
        stride: int = 1,
        padding: int | None = None,
        bias: bool = True,
        gain: float = 2.0,
        dtype: type[np.floating[Any]] = np.float32,
    ) -> None:
        padding = kernel // 2 if padding is None else padding
        if min(inputs, outputs, kernel, stride) < 1:
            raise ValueError("channels, kernel and stride of a convolution must be at least 1")
        if not 0 <= padding < kernel:
            raise ValueError(f"a padding of {padding} does not fit a kernel of {kernel}")
        self.stride = stride
        self.padding = padding
        shape = (kernel, kernel, inputs, outputs)
        weight = normal_weights(shape, gain / (kernel * kernel * inputs), rng, dtype)
        self.weight = Parameter("weight", weight, np.zeros_like(weight))
        self.bias: Parameter | None = None
        if bias:
            b = np.zeros(outputs, dtype)
            self.bias = Parameter("bias", b, np.zeros_like(b), decays=False)
        self._buffers = Buffers()
        self._columns: dict[str, _Im2Col] = {}
        self._x: Array | None = None

    def output_shape(self, input_shape: Shape) -> Shape:
        """(h', w', outputs), given (h, w, inputs)."""
        kernel, _, inputs, outputs = self.weight.value.shape
        if len(input_shape) != 3 or input_shape[2] != inputs:
            raise ValueError(f"a convolution of {inputs} channels cannot take {input_shape}")
        if min(input_shape[:2]) + 2 * self.padding < kernel:
            raise ValueError(f"a kernel of {kernel} is larger than {input_shape} with its padding")
        height, width = (
            (s + 2 * self.padding - kernel) // self.stride + 1 for s in input_shape[:2]
        )
        return (height, width, outputs)

    def forward(self, x: Array, *, training: bool) -> Array:
        """x (n, h, w, inputs) → y (n, h', w', outputs)."""
        y = self._buffers.get("y", (len(x), *self.output_shape(x.shape[1:])), x.dtype)
        columns = self._unrolled("x", x, self.stride, self.padding)
        weight = self._matrix(self.weight.value)
        bias_row = self._bias_row(y)
        for part in columns.parts(len(x)):
            np.matmul(columns.unroll(x[part]), weight, out=_rows(y[part]))
            if bias_row is not None:
                _add_row(y[part], bias_row)
        self._x = x if training else None
        return y

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """dy (n, h', w', outputs) → dx (n, h, w, inputs)."""
        x = self._x
        if x is None:
            raise RuntimeError("backward needs a forward pass with training=True before it")
        columns = self._unrolled("x", x, self.stride, self.padding)
        d_weight = self._matrix(self.weight.grad)
        d_weight.fill(0)
        d_part = self._buffers.get("d_weight", d_weight.shape, d_weight.dtype)
        for part in columns.parts(len(x)):
            np.matmul(columns.unroll(x[part]).T, _rows(d_y[part]), out=d_part)
            d_weight += d_part
        if self.bias is not None:
            # A sum as a product with ones: BLAS is several times faster than add.reduce here.
            ones = self._buffers.get("ones", (_rows(d_y).shape[0],), d_y.dtype)
            ones.fill(1)
            np.matmul(ones, _rows(d_y), out=self.bias.grad)
        if not need_d_x:
            return None
        d_x = self._buffers.get("d_x", x.shape, d_y.dtype)
        return self._d_x_turned(d_y, d_x) if self.stride == 1 else self._d_x_folded(d_y, d_x)

    def parameters(self) -> Sequence[Parameter]:
        """Weight, and bias where there is one."""
        return (self.weight,) if self.bias is None else (self.weight, self.bias)

    def spec(self) -> dict[str, Any]:
        """Kind and sizes."""
        kernel, _, inputs, outputs = self.weight.value.shape
        return {
            "kind": self.kind,
            "inputs": inputs,
            "outputs": outputs,
            "kernel": kernel,
            "stride": self.stride,
            "padding": self.padding,
            "bias": self.bias is not None,
        }

    def _d_x_turned(self, d_y: Array, d_x: Array) -> Array:
        kernel, _, inputs, outputs = self.weight.value.shape
        columns = self._unrolled("d_y", d_y, 1, kernel - 1 - self.padding)
        turned = self._buffers.get("turned", (kernel, kernel, outputs, inputs), d_y.dtype)
        np.copyto(turned, self.weight.value[::-1, ::-1].transpose(0, 1, 3, 2))
        for part in columns.parts(len(d_y)):
            np.matmul(columns.unroll(d_y[part]), self._matrix(turned), out=_rows(d_x[part]))
        return d_x

    def _d_x_folded(self, d_y: Array, d_x: Array) -> Array:
        columns = self._unrolled("x", d_x, self.stride, self.padding)
        weight = self._matrix(self.weight.value)
        for part in columns.parts(len(d_y)):
            np.matmul(_rows(d_y[part]), weight.T, out=columns.matrix(len(d_y[part])))
            columns.fold(d_x[part])
        return d_x

    def _bias_row(self, y: Array) -> Array | None:
        """b repeated along a row of y (w' · outputs,): adding long rows is faster."""
        if self.bias is None:
            return None
        row = self._buffers.get("bias", y.shape[2:], y.dtype)
        row[...] = self.bias.value
        return row.reshape(-1)

    def _unrolled(self, name: str, x: Array, stride: int, padding: int) -> _Im2Col:
        """Buffers for images like x, allocated once."""
        columns = self._columns.get(name)
        if columns is None or not columns.fits(x):
            kernel = len(self.weight.value)
            columns = _Im2Col(x.shape[1:], kernel, stride, padding, x.dtype)
            self._columns[name] = columns
        return columns

    @staticmethod
    def _matrix(weight: Array) -> Array:
        """(kernel, kernel, c, o) → (kernel² · c, o), a view."""
        return weight.reshape(-1, weight.shape[3])


class _Im2Col:
    """Buffers that unroll images (n, h, w, c) into a matrix (n · h' · w', kernel² · c).

    One row of the matrix holds the window of one kernel position, in the order of W's first three
    axes. With many channels it is stored in that order, and runs of kernel · c values are copied.
    With few channels these runs would be too short to copy fast, and the matrix is stored
    transposed, in runs of w'. BLAS multiplies both at the same speed.
    """

    def __init__(
        self, image: Shape, kernel: int, stride: int, padding: int, dtype: np.dtype[Any]
    ) -> None:
        h, w, c = image
        padded = (h + 2 * padding, w + 2 * padding)
        positions = tuple((size - kernel) // stride + 1 for size in padded)
        window = (kernel, kernel, c)
        row_bytes = kernel * kernel * c * dtype.itemsize
        self._samples = max(1, _COLUMN_BYTES // (row_bytes * positions[0] * positions[1]))
        self._image = image
        self._direct = kernel == stride == 1 and not padding
        # Only the inside is ever written, so that the zeros around it stay.
        transposed = c < _FEW_CHANNELS
        if transposed:
            self._padded = np.zeros((c, self._samples, *padded), dtype).transpose(1, 2, 3, 0)
        else:
            self._padded = np.zeros((self._samples, *padded, c), dtype)
        self._inside = self._padded[:, padding : padding + h, padding : padding + w]
        windows = sliding_window_view(self._padded, (kernel, kernel), axis=(1, 2), writeable=True)
        self._windows = windows[:, ::stride, ::stride].transpose(0, 1, 2, 4, 5, 3)
        if transposed:
            columns = np.empty((*window, self._samples, *positions), dtype)
            self._columns = columns.transpose(3, 4, 5, 0, 1, 2)
        else:
            self._columns = np.empty((self._samples, *positions, *window), dtype)

    def fits(self, x: Array) -> bool:
        """Whether these buffers are for images like x."""
        return x.shape[1:] == self._image and x.dtype == self._padded.dtype

    def parts(self, n: int) -> Iterator[slice]:
        """Slices of a batch of n samples, each small enough for `unroll`."""
        for start in range(0, n, self._samples):
            yield slice(start, min(start + self._samples, n))

    def unroll(self, x: Array) -> Array:
        """The matrix of x, valid until the next call."""
        if self._direct:
            return _rows(x)
        np.copyto(self._inside[: len(x)], x)
        np.copyto(self._columns[: len(x)], self._windows[: len(x)])
        return self.matrix(len(x))

    def matrix(self, n: int) -> Array:
        """The matrix of n samples as it is, for reading or writing."""
        rows = n * self._columns.shape[1] * self._columns.shape[2]
        return self._columns[:n].reshape(rows, -1)

    def fold(self, x: Array) -> None:
        """The adjoint of `unroll`: every entry of the matrix is added where it was copied from."""
        windows, columns = self._windows[: len(x)], self._columns[: len(x)]
        self._padded.fill(0)
        for u, v in np.ndindex(windows.shape[3:5]):
            # Windows overlap, but the elements at one u and v of all windows do not.
            windows[:, :, :, u, v] += columns[:, :, :, u, v]
        np.copyto(x, self._inside[: len(x)])
        # For `unroll`, which counts on the zeros around the inside.
        self._padded.fill(0)


def _rows(x: Array) -> Array:
    """(n, h, w, c) → (n · h · w, c), a view."""
    return x.reshape(-1, x.shape[3])


def _add_row(y: Array, row: Array) -> None:
    """Adds (w · c,) to every row of images (n, h, w, c), in place."""
    rows = y.reshape(-1, row.size)
    np.add(rows, row, out=rows)
