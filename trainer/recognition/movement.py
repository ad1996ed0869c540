"""J and Z as movements of the hand's joints: found frame by frame, told when they end."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trainer.joints import JOINTS
from trainer.nn.loss import softmax
from trainer.nn.sequential import Sequential
from trainer.recognition.movement_features import (
    INPUTS,
    SPANS,
    span_inputs,
    without_outliers,
)

MOVING = "JZ"
"""The letters that are movements; the network's outcome after them is none of the two."""


@dataclass(frozen=True)
class MovementSettings:
    """When a movement is told.

    Attributes:
        sure: Least probability of a movement.
        wait: Seconds after the first sure span in which a surer one may follow.
        memory: Seconds of frames that are remembered.
    """

    sure: float = 0.9
    wait: float = 0.13
    memory: float = 2.5


@dataclass(frozen=True)
class Movement:
    """A J or Z that was drawn.

    Attributes:
        letter: J or Z.
        probability: Of this letter, for the span of time that fits it best.
        start: When it began, in seconds of the frames' clock.
        end: When it ended.
    """

    letter: str
    probability: float
    start: float
    end: float


class Movements:
    """Looks for J and Z in the joints of the last moments.

    Args:
        network: From `span_inputs` to the logits of J, Z and neither.
        settings: When a movement is told.
    """

    def __init__(self, network: Sequential, settings: MovementSettings | None = None) -> None:
        self._network = network
        self.settings = settings or MovementSettings()
        self.reset()

    def reset(self) -> None:
        """Forgets all frames."""
        self._frames: deque[tuple[float, NDArray[np.float32]]] = deque()
        self._best: Movement | None = None
        self._since = 0.0
        self._told = -np.inf
        self._last = -np.inf

    def update(self, joints: ArrayLike | None, seconds: float) -> Movement | None:
        """Takes in one frame; the movement that is over with it, or None.

        Args:
            joints: (21, 2) in pixels; None where no hand is seen.
            seconds: When the frame was taken, on any clock. One that runs backwards starts anew.

        Raises:
            ValueError: Not 21 joints.
        """
        if seconds < self._last:
            self.reset()
        self._last = seconds
        known = None if joints is None else np.asarray(joints, np.float32)
        if known is not None and known.shape != (JOINTS, 2):
            raise ValueError(f"{JOINTS} joints are needed, not of shape {known.shape}")
        if known is not None and np.isfinite(known).all():
            self._frames.append((seconds, known))
            self._look(seconds)
        while self._frames and seconds - self._frames[0][0] > self.settings.memory:
            self._frames.popleft()
        if self._best is None or seconds - self._since < self.settings.wait:
            return None
        over, self._best = self._best, None
        self._told = over.end
        return over

    def _look(self, seconds: float) -> None:
        """Remembers the surest movement that may just have ended."""
        found = self._surest(seconds)
        if found is None or found.probability < self.settings.sure:
            return
        if self._best is None:
            self._since = seconds
        if self._best is None or found.probability > self._best.probability:
            self._best = found

    def _surest(self, seconds: float) -> Movement | None:
        """The most probable movement among the spans that end now."""
        times = np.array([time for time, _ in self._frames])
        joints = without_outliers(np.stack([joints for _, joints in self._frames]))
        # What belonged to one movement belongs to no other one.
        spans = [span for span in SPANS if seconds - span > self._told - 0.2 * span]
        if not spans:
            return None
        inputs, enough = span_inputs(times, joints, seconds, spans)
        if not enough.any():
            return None
        probabilities = np.where(enough[:, None], probabilities_of(self._network, inputs), 0.0)
        span, letter = np.unravel_index(probabilities[:, : len(MOVING)].argmax(), (len(spans), 2))
        probability = float(probabilities[span, letter])
        return Movement(MOVING[letter], probability, seconds - spans[span], seconds)


def probabilities_of(network: Sequential, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
    """(n, 3) probabilities of J, Z and neither, of inputs (n, INPUTS)."""
    return np.asarray(softmax(network.forward(inputs)), np.float32)


def check_network(network: Sequential) -> None:
    """Makes sure that a network is one for movements.

    Raises:
        ValueError: It takes or gives something else.
    """
    if network.input_shape != (INPUTS,) or network.output_shape != (len(MOVING) + 1,):
        raise ValueError("its network is none for movements")
