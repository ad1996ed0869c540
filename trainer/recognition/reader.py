"""Reading one frame: box → crop → network → letter, for the live view and `trainer read`."""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from trainer.images.box import Box
from trainer.images.joint_places import in_frame
from trainer.images.preprocessing import Image
from trainer.letters import CLASSES, NO_SIGN
from trainer.model.inference import NO_SIGN_FROM
from trainer.model.model import Model, Prediction, Predictor

MOMENT = 0.12
"""Seconds in which a hand moves little within the box that follows it."""


class _Seen(NamedTuple):
    """A view of a frame, and when the frame was taken."""

    seconds: float
    prediction: Prediction


class Candidate(NamedTuple):
    """A letter and its probability."""

    letter: str
    probability: float


@dataclass(frozen=True)
class Reading:
    """The network's reading of one frame.

    Attributes:
        candidates: All letters, the most probable first.
        probabilities: (24,) float32 in class order; with `no_sign` they add up to 1.
        image: (size, size) uint8: the crop as the network sees it, before normalisation.
        milliseconds: Time of crop, preprocessing and forward pass.
        no_sign: Probability that the box shows no letter; 0 for a network without this outcome.
        joints: (21, 2) float32 x and y of the hand's joints in the frame's pixels, as named in
            `trainer.joints`; None for a network that does not give them.
    """

    candidates: tuple[Candidate, ...]
    probabilities: NDArray[np.float32]
    image: Image
    milliseconds: float
    no_sign: float = 0.0
    joints: NDArray[np.float32] | None = None

    @property
    def is_sign(self) -> bool:
        """Whether the box shows a letter, by `no_sign`."""
        return self.no_sign < NO_SIGN_FROM

    @property
    def letter(self) -> str:
        """The most probable letter."""
        return self.candidates[0].letter

    @property
    def confidence(self) -> float:
        """The probability of `letter`, 0–1."""
        return self.candidates[0].probability


class Reader:
    """Reads frames with one model. It reuses its buffers: for one thread at a time."""

    def __init__(self, model: Model) -> None:
        self.model = model
        self._predictor = Predictor(model, batch=1)
        self._seen = deque[_Seen](maxlen=len(self._predictor.views))
        self._turn = 0  # Index of the next view.

    def sign_probability(self, frame: NDArray[Any], box: Box | None) -> float | None:
        """The probability that the box shows a letter; None for a network without "no sign".

        Args:
            frame: As for `read`.
            box: As for `read`.
        """
        if not self.model.knows_no_sign:
            return None
        outcomes = self._predictor(self.model.preprocessing(frame, box)[None])[0]
        return float(outcomes[:CLASSES].sum())

    def read(self, frame: NDArray[Any], box: Box | None, seconds: float | None = None) -> Reading:
        """The letter that the hand in the box of an unmirrored frame signs.

        Args:
            frame: Gray or BGR, 8 bits.
            box: The hand box in pixels of the frame. None: the frame is the crop.
            seconds: When the frame of a video was taken, on any clock. One that follows another
                within `MOMENT` is read in one view only, and averaged with those of that time.
                None: an image by itself.

        Raises:
            ValueError: The frame is no image.
        """
        start = time.perf_counter()
        preprocessing = self.model.preprocessing
        image = preprocessing.image(frame, box)
        prediction = self._predicted(preprocessing.normalised(image[None]), seconds)
        outcomes = prediction.probabilities[0]
        probabilities = outcomes[:CLASSES]
        joints = None
        if prediction.joints is not None:
            joints = in_frame(prediction.joints[0], preprocessing.square(frame, box))
        no_sign = float(outcomes[NO_SIGN]) if len(outcomes) > NO_SIGN else 0.0
        milliseconds = (time.perf_counter() - start) * 1000
        order, values = np.argsort(-probabilities, kind="stable").tolist(), probabilities.tolist()
        candidates = tuple(Candidate(self.model.letters[i], values[i]) for i in order)
        return Reading(candidates, probabilities, image, milliseconds, no_sign, joints)

    def _predicted(self, inputs: NDArray[np.float32], seconds: float | None) -> Prediction:
        """The mean of all views of an image, or of one for each frame of the last moment."""
        if seconds is None:
            self._seen.clear()
            return self._predictor.predict(inputs)
        while self._seen and not 0 <= seconds - self._seen[0].seconds <= MOMENT:
            self._seen.popleft()
        views = self._predictor.views
        for _ in range(1 if self._seen else len(views)):
            self._seen.append(_Seen(seconds, self._predictor.seen(inputs, views[self._turn])))
            self._turn = (self._turn + 1) % len(views)
        return Prediction.mean([seen.prediction for seen in self._seen])
