"""From logits to probabilities: settings of a finished model that are not trained with it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.letters import NO_SIGN
from trainer.nn.layers.layer import Array
from trainer.nn.loss import softmax

NO_SIGN_FROM = 0.5
"""Probability of "no sign" from which an image is taken to show none."""


@dataclass(frozen=True)
class Inference:
    """How a model turns logits into probabilities.

    Attributes:
        mirror: Reads the image and its mirror image and averages the probabilities: a left hand
            then reads like a right one, and chance errors of one view are halved.
        temperature: The logits are divided by it (Guo et al., "On Calibration of Modern Neural
            Networks", 2017): above 1 a confident network becomes less so. The order stays.
        no_sign_bias: Added to the logit of "no sign" where there is one: above 0 fewer images
            without a letter pass for one, and more letters are missed.
    """

    mirror: bool = False
    temperature: float = 1.0
    no_sign_bias: float = 0.0

    def __post_init__(self) -> None:
        if not isinstance(self.mirror, bool):
            raise ValueError(f"mirror must be true or false, not {self.mirror!r}")
        t = self.temperature
        if not isinstance(t, int | float) or isinstance(t, bool) or not 0.05 <= t <= 20:
            raise ValueError(f"temperature must lie in 0.05–20, not at {t!r}")
        b = self.no_sign_bias
        if not isinstance(b, int | float) or isinstance(b, bool) or not -20 <= b <= 20:
            raise ValueError(f"no_sign_bias must lie in −20–20, not at {b!r}")

    @property
    def views(self) -> int:
        """Images that the network is shown for one reading."""
        return 2 if self.mirror else 1

    def show(self, inputs: NDArray[np.float32], out: NDArray[np.float32]) -> None:
        """Fills `out` (n · views, size²) with the views of each row of `inputs` (n, size²)."""
        n, pixels = inputs.shape
        shown = out.reshape(n, self.views, pixels)
        shown[:, 0] = inputs
        if self.mirror:
            size = int(pixels**0.5)
            shown[:, 1].reshape(n, size, size)[...] = inputs.reshape(n, size, size)[:, :, ::-1]

    def probabilities(self, logits: Array) -> NDArray[np.float32]:
        """(n, classes) of the logits (n · views, classes) of what `show` made."""
        scaled = logits / np.float32(self.temperature)
        scaled[:, NO_SIGN:] += np.float32(self.no_sign_bias / self.temperature)
        p = softmax(scaled)
        total = sum(p[view :: self.views] for view in range(self.views))
        return np.asarray(total / np.float32(self.views), np.float32)

    def to_json(self) -> dict[str, Any]:
        """The settings as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, settings: Any) -> Inference:
        """The settings that `to_json` gave; `no_sign_bias` came later and may be missing.

        Raises:
            ValueError: A setting is missing, unknown or out of range.
        """
        expected = set(cls.__dataclass_fields__)
        if not isinstance(settings, dict) or set(settings) | {"no_sign_bias"} != expected:
            raise ValueError(f"inference must have exactly the settings {sorted(expected)}")
        return cls(**settings)
