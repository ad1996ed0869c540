"""From logits to probabilities: settings of a trained model that are not weights."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.letters import NO_SIGN
from trainer.nn.layers.layer import Array
from trainer.nn.loss import softmax
from trainer.support.hyper_parameter import check, hyper_parameter

NO_SIGN_FROM = 0.5
"""Probability of "no sign" from which an image counts as one without a sign."""


@dataclass(frozen=True)
class Inference:
    """How a model turns logits into probabilities.

    Attributes:
        mirror: The image and its mirror image are read and their probabilities averaged: a left
            hand then reads like a right one, and chance errors of one view are halved.
        temperature: The logits are divided by it (Guo et al., "On Calibration of Modern Neural
            Networks", 2017). The order of the letters stays.
        no_sign_bias: Added to the logit of "no sign" where there is one: above 0 fewer images
            without a sign pass for a letter, and more letters are missed.
    """

    mirror: bool = hyper_parameter(
        False,
        "Mirrored inference",
        "Average the probabilities of the image and its mirror image (test-time augmentation)",
        of_network=True,
        flag="--mirror-inference",
    )
    temperature: float = hyper_parameter(
        1.0,
        "Temperature",
        "Divides the logits; above 1 the network is less confident",
        low=0.05,
        high=20,
        of_network=True,
    )
    no_sign_bias: float = hyper_parameter(
        0.0,
        "No-sign bias",
        "Added to the logit of “no sign”; above 0 fewer images without a sign pass for a letter",
        low=-20,
        high=20,
        of_network=True,
    )

    def __post_init__(self) -> None:
        check(self)

    def probabilities(self, logits: Array) -> NDArray[np.float32]:
        """(n, classes) from logits (n, classes).

        With `mirror`, from logits (2 n, classes), every image's followed by its mirror image's.
        """
        scaled = logits / np.float32(self.temperature)
        scaled[:, NO_SIGN:] += np.float32(self.no_sign_bias / self.temperature)
        p = softmax(scaled)
        if self.mirror:
            p = (p[::2] + p[1::2]) / np.float32(2)
        return np.asarray(p, np.float32)

    def to_json(self) -> dict[str, Any]:
        """The settings as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, settings: Any) -> Inference:
        """The settings from `to_json`; `no_sign_bias` is newer and may be missing.

        Raises:
            ValueError: A setting is missing, unknown or out of range.
        """
        expected = set(cls.__dataclass_fields__)
        if not isinstance(settings, dict) or set(settings) | {"no_sign_bias"} != expected:
            raise ValueError(f"inference must have exactly the settings {sorted(expected)}")
        return cls(**settings)
