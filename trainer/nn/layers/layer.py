"""What every layer can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
"""float32 in training and inference, float64 in gradient checks."""

Shape = tuple[int, ...]
"""The shape of one sample, without the batch axis."""

Step = Callable[[], None]
"""One operation of a compiled network: reads and writes buffers that it already holds."""

Compile = Callable[[Array], tuple[Array, list[Step]]]
"""As `Layer.compile`."""


@dataclass
class Parameter:
    """A trained array and the gradient of the loss with respect to it, of one shape and dtype."""

    name: str
    value: Array
    grad: Array
    decays: bool = True
    """Whether weight decay applies: yes for weights, no for biases and norms."""
    trainable: bool = True
    """Whether an optimiser moves it; see `Sequential.freeze`."""


class Layer(ABC):
    """One differentiable step from a batch x, shaped (n, *input_shape), to a batch y.

    A layer owns the buffers that it needs for the backward pass and reuses them: the arrays that
    `forward` and `backward` return are valid until the next call.
    """

    kind: ClassVar[str]
    """The layer's name in a weight file."""

    @abstractmethod
    def output_shape(self, input_shape: Shape) -> Shape:
        """Shape of one output sample; raises ValueError where the layer cannot take the input."""

    @abstractmethod
    def forward(self, x: Array, *, training: bool) -> Array:
        """y = f(x). With `training`, keeps what `backward` needs."""

    @abstractmethod
    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """Given dL/dy, fills the parameters' gradients and returns dL/dx.

        The first layer of a network has nobody to hand dL/dx to: with `need_d_x` False a layer may
        leave that work out and return None.
        """

    @abstractmethod
    def compile(self, x: Array) -> tuple[Array, list[Step]]:
        """The inference path: the output buffer for input buffer `x`, and the steps that fill it.

        The steps allocate nothing; what only training needs (dropout, stored activations) is gone.
        """

    def parameters(self) -> Sequence[Parameter]:
        """The trained parameters, in a fixed order."""
        return ()

    def reseed(self, rng: np.random.Generator) -> None:  # noqa: B027
        """Starts the layer's randomness anew; layers without any have nothing to do."""

    def freeze(self) -> None:  # noqa: B027
        """Keeps statistics of the data as they are in training; most layers have none."""

    def state(self) -> dict[str, Array]:
        """Every array that a weight file keeps: the parameters, and statistics such as means."""
        return {parameter.name: parameter.value for parameter in self.parameters()}

    @abstractmethod
    def spec(self) -> dict[str, Any]:
        """Kind and sizes as JSON values; `trainer.nn.spec` makes an equal layer from it."""


class Buffers:
    """Scratch arrays by name, made once and reused while shape and dtype stay the same.

    A shorter last mini-batch gets a view of the longer buffer, so that an epoch allocates nothing.
    """

    def __init__(self) -> None:
        self._arrays: dict[str, Array] = {}

    def get(self, name: str, shape: Shape, dtype: np.dtype[Any]) -> Array:
        """An uninitialised array of this shape and dtype; axis 0 is the batch."""
        held = self._arrays.get(name)
        fits = (
            held is not None
            and held.dtype == dtype
            and held.shape[1:] == shape[1:]
            and held.shape[0] >= shape[0]
        )
        if held is None or not fits:
            held = self._arrays[name] = np.empty(shape, dtype)
        return held[: shape[0]]


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
