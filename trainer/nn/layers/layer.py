"""The interface of a layer, its parameters and its buffers."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
"""float32 in training and inference, float64 in gradient checks."""

Shape = tuple[int, ...]
"""The shape of one sample, without the batch axis."""


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

    A layer owns its buffers and reuses them: the arrays that `forward` and `backward` return are
    valid until the next call.
    """

    kind: ClassVar[str]
    """The layer's name in a weight file."""

    @abstractmethod
    def output_shape(self, input_shape: Shape) -> Shape:
        """Shape of one output sample; raises ValueError where the layer cannot take the input."""

    @abstractmethod
    def forward(self, x: Array, *, training: bool) -> Array:
        """y = f(x). With `training`, saves what `backward` needs."""

    @abstractmethod
    def backward(self, d_y: Array, *, need_d_x: bool = True) -> Array | None:
        """Given dL/dy, fills the parameters' gradients and returns dL/dx.

        Nothing needs dL/dx of the first layer: with `need_d_x` False a layer may return None.
        """

    def parameters(self) -> Sequence[Parameter]:
        """The trained parameters, in a fixed order."""
        return ()

    def reseed(self, rng: np.random.Generator) -> None:  # noqa: B027
        """Replaces the layer's random generator, where it has one."""

    def freeze(self) -> None:  # noqa: B027
        """Stops updating statistics of the data in training, where the layer has any."""

    def state(self) -> dict[str, Array]:
        """Every array of a weight file: the parameters, and statistics such as means."""
        return {parameter.name: parameter.value for parameter in self.parameters()}

    @abstractmethod
    def spec(self) -> dict[str, Any]:
        """Kind and sizes as JSON values, from which `trainer.nn.spec` makes an equal layer."""


class Buffers:
    """Arrays by name, allocated once and reused while shape and dtype stay the same.

    A smaller last mini-batch gets a view of the larger buffer, so that an epoch allocates nothing.
    """

    def __init__(self) -> None:
        self._arrays: dict[str, Array] = {}

    def get(self, name: str, shape: Shape, dtype: np.dtype[Any]) -> Array:
        """An uninitialised array of this shape and dtype; axis 0 is the batch."""
        array = self._arrays.get(name)
        fits = (
            array is not None
            and array.dtype == dtype
            and array.shape[1:] == shape[1:]
            and array.shape[0] >= shape[0]
        )
        if array is None or not fits:
            array = self._arrays[name] = np.empty(shape, dtype)
        return array[: shape[0]]


def normal_weights(
    shape: tuple[int, ...],
    variance: float,
    rng: np.random.Generator | None,
    dtype: type[np.floating[Any]],
) -> Array:
    """Weights from N(0, variance), or zeros without `rng`, for weights that are loaded later.

    Drawing a million normal numbers takes longer than reading as many from a file.
    """
    if rng is None:
        return np.zeros(shape, dtype)
    return np.asarray(np.sqrt(variance) * rng.standard_normal(shape), dtype)
