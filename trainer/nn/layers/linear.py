"""The fully-connected layer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from trainer.nn.layers.layer import Array, Buffers, Layer, Parameter, Shape, normal_weights


class Linear(Layer):
    """y = x W + b, with x (n, inputs), W (inputs, outputs), b (outputs,), y (n, outputs).

    Backward: dW = xᵀ dy, db = Σₙ dy, dx = dy Wᵀ.

    W starts from N(0, gain / inputs). A gain of 2 keeps the variance of ReLU activations the same
    from layer to layer (He et al., "Delving Deep into Rectifiers", 2015, eq. 10). b starts from
    zero.

    Args:
        inputs: Values per input sample.
        outputs: Values per output sample.
        rng: Source of the initial weights; None for zeros.
        gain: Variance of W times `inputs`: 2 before a ReLU, 1 before the logits.
        dtype: float32, or float64 for gradient checks.
    """

    kind = "linear"

    def __init__(
        self,
        inputs: int,
        outputs: int,
        rng: np.random.Generator | None,
        *,
        gain: float = 2.0,
        dtype: type[np.floating[Any]] = np.float32,
    ) -> None:
        weight = normal_weights((inputs, outputs), gain / inputs, rng, dtype)
        bias = np.zeros(outputs, dtype)
        self.weight = Parameter("weight", weight, np.zeros_like(weight))
        self.bias = Parameter("bias", bias, np.zeros_like(bias), decays=False)
        self._buffers = Buffers()
        self._x: Array | None = None

    def output_shape(self, input_shape: Shape) -> Shape:
        """(outputs,), given (inputs,)."""
        inputs, outputs = self.weight.value.shape
        if input_shape != (inputs,):
            raise ValueError(f"a linear layer of {inputs} inputs cannot take {input_shape}")
        return (outputs,)

    def forward(self, x: Array, *, training: bool) -> Array:
        """x (n, inputs) → y (n, outputs)."""
        y = self._buffers.get("y", (len(x), self.weight.value.shape[1]), x.dtype)
        np.matmul(x, self.weight.value, out=y)
        y += self.bias.value
        self._x = x if training else None
        return y

    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """dy (n, outputs) → dx (n, inputs)."""
        if self._x is None:
            raise RuntimeError("backward needs a forward pass with training=True before it")
        np.matmul(self._x.T, d_y, out=self.weight.grad)
        d_y.sum(axis=0, out=self.bias.grad)
        if not need_d_x:
            return None
        d_x = self._buffers.get("d_x", self._x.shape, d_y.dtype)
        return np.matmul(d_y, self.weight.value.T, out=d_x)

    def parameters(self) -> Sequence[Parameter]:
        """Weight, bias."""
        return (self.weight, self.bias)

    def spec(self) -> dict[str, Any]:
        """Kind and sizes."""
        inputs, outputs = self.weight.value.shape
        return {"kind": self.kind, "inputs": inputs, "outputs": outputs}
