"""Takes a burst of samples of one letter. No widgets in here; the frames tell the time."""

from __future__ import annotations

import math
from enum import Enum, auto

from PySide6.QtCore import QCoreApplication

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.widgets.coach import hint
from trainer.letters import LETTERS
from trainer.recognition.quality import Finding, measure
from trainer.samples.store import SampleStore

WANTED = 10
"""Samples of a letter."""

COUNT_FROM = 3
"""Seconds to take the hand into place."""

_PAUSE_SECONDS = 0.15
"""Between two samples, so that they differ a little."""

_PATIENCE_SECONDS = 6.0
"""Without a good image, after which the burst waits for the user."""

_NO_HAND = 0.8
"""Probability of "no sign" from which there is no hand. Strict: a hand that the network reads badly
is the very one to record."""

_TOLERATED = {Finding.BUSY}
"""What a person cannot put right at once, and fine-tuning should see."""


class Stage(Enum):
    """What happens with the next frame."""

    IDLE = auto()
    COUNTING = auto()
    RECORDING = auto()
    DONE = auto()
    """The letter has what was wanted."""

    STUCK = auto()
    """No image was good enough for long; `refusal` says why."""


class Recorder:
    """One letter at a time: 3, 2, 1, and then samples until there are enough.

    Args:
        store: Where they go.
    """

    def __init__(self, store: SampleStore) -> None:
        self._store = store
        self.stage = Stage.IDLE
        self.letter = LETTERS[0]
        self.taken = 0
        """Samples of the current burst."""
        self.wanted = WANTED
        """Samples of the current burst when it is over."""
        self.refusal = ""
        """Why the last image was not taken; "" if it was."""
        self.count = COUNT_FROM
        """What to say while counting down."""
        self._due = math.nan
        self._last_good = 0.0

    @property
    def running(self) -> bool:
        """Whether frames are waited for."""
        return self.stage in (Stage.COUNTING, Stage.RECORDING)

    def start(self, letter: str) -> None:
        """Counts down and fills a letter up; one that is full gets as many again."""
        have = len(self._store.of(letter))
        self.letter = letter
        self.taken, self.wanted = 0, WANTED - have if have < WANTED else WANTED
        self.refusal, self.count = "", COUNT_FROM
        self.stage, self._due = Stage.COUNTING, math.nan

    def pause(self) -> None:
        """Takes no more; what was taken stays."""
        if self.running:
            self.stage = Stage.IDLE

    def see(self, frame: LiveFrame) -> None:
        """Takes in a frame.

        Raises:
            UserError: A sample cannot be kept; the burst is over.
        """
        now = frame.arrived
        if self.stage is Stage.COUNTING:
            if math.isnan(self._due):
                self._due = now + COUNT_FROM
            self.count = math.ceil(self._due - now)
            if self.count <= 0:
                self.stage, self._last_good = Stage.RECORDING, now
        if self.stage is Stage.RECORDING and now >= self._due:
            self._due = now + _PAUSE_SECONDS
            self._take(frame, now)

    def _take(self, frame: LiveFrame, now: float) -> None:
        height, width = frame.image.shape[:2]
        box = frame.box.pixels(width, height)
        self.refusal = refusal(frame)
        if not self.refusal:
            self.stage = Stage.IDLE  # stays so if this fails
            self._store.add(self.letter, frame.image, box)
            self.taken += 1
            self._last_good = now
            self.stage = Stage.DONE if self.taken >= self.wanted else Stage.RECORDING
        elif now - self._last_good > _PATIENCE_SECONDS:
            self.stage = Stage.STUCK


def refusal(frame: LiveFrame) -> str:
    """Why a frame is no good as a sample; "" if it is."""
    height, width = frame.image.shape[:2]
    findings = measure(frame.image, frame.box.pixels(width, height)).findings()
    for finding in findings:
        if finding not in _TOLERATED:
            return hint(finding)
    if frame.reading is not None and frame.reading.no_sign >= _NO_HAND:
        return QCoreApplication.translate(
            "Recorder", "No whole hand is seen: put all of your hand into the box."
        )
    return ""
