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

_NEWER = {"no_sign_bias", "turn"}
"""Settings that earlier files lack."""


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
        turn: The image is read turned by this angle to both sides, and the probabilities are
            averaged: people hold their hands at an angle of their own, and errors at one angle are
            not those at another.
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
    turn: float = hyper_parameter(
        0.0,
        "Turned inference",
        "Average the probabilities of the image turned by so many degrees to the left and to the "
        "right (test-time augmentation); 0: read it as it is",
        high=45,
        of_network=True,
        flag="--inference-turn",
    )

    def __post_init__(self) -> None:
        check(self)

    def probabilities(self, logits: Array) -> NDArray[np.float32]:
        """(n, classes) from logits (n, classes) of one view."""
        scaled = logits / np.float32(self.temperature)
        scaled[:, NO_SIGN:] += np.float32(self.no_sign_bias / self.temperature)
        return np.asarray(softmax(scaled), np.float32)

    def to_json(self) -> dict[str, Any]:
        """The settings as JSON values."""
        return asdict(self)

    @classmethod
    def from_json(cls, settings: Any) -> Inference:
        """The settings from `to_json`; `no_sign_bias` and `turn` are newer and may be missing.

        Raises:
            ValueError: A setting is missing, unknown or out of range.
        """
        expected = set(cls.__dataclass_fields__)
        if not isinstance(settings, dict) or set(settings) | _NEWER != expected:
            raise ValueError(f"inference must have exactly the settings {sorted(expected)}")
        return cls(**settings)
