"""Records samples of one letter. Without widgets; the time stamps of frames are its clock."""

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
"""Seconds of the countdown."""

_PAUSE_SECONDS = 0.15
"""Between two samples, so that they differ a little."""

_PATIENCE_SECONDS = 6.0
"""Seconds without a good frame after which the recording pauses."""

_NO_HAND = 0.8
"""Probability of "no sign" from which there is no hand. Strict: a hand that the network reads badly
is the very one to record."""

_TOLERATED = {Finding.BUSY}
"""Findings that are recorded all the same: fine-tuning should see them."""


class Stage(Enum):
    """State of the recording."""

    IDLE = auto()
    COUNTING = auto()
    RECORDING = auto()
    DONE = auto()
    """The letter is complete."""

    STUCK = auto()
    """No frame was good enough for some seconds; `refusal` says why."""


class Recorder:
    """Counts down and records samples of one letter until it is complete.

    Args:
        store: Where they go.
    """

    def __init__(self, store: SampleStore) -> None:
        self._store = store
        self.stage = Stage.IDLE
        self.letter = LETTERS[0]
        self.taken = 0
        """Samples of this recording so far."""
        self.wanted = WANTED
        """Samples at the end of this recording."""
        self.refusal = ""
        """Why the last frame was not recorded; "" if it was."""
        self.count = COUNT_FROM
        """Number of the countdown."""
        self._due = math.nan
        self._last_good = 0.0

    @property
    def running(self) -> bool:
        """Whether it counts down or records."""
        return self.stage in (Stage.COUNTING, Stage.RECORDING)

    def start(self, letter: str) -> None:
        """Starts the countdown for a letter; a complete one gets the same number again."""
        have = len(self._store.of(letter))
        self.letter = letter
        self.taken, self.wanted = 0, WANTED - have if have < WANTED else WANTED
        self.refusal, self.count = "", COUNT_FROM
        self.stage, self._due = Stage.COUNTING, math.nan

    def pause(self) -> None:
        """Pauses; the samples stay."""
        if self.running:
            self.stage = Stage.IDLE

    def see(self, frame: LiveFrame) -> None:
        """Processes a frame.

        Raises:
            UserError: A sample cannot be saved; the recording ends.
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
    """Why a frame is not suited as a sample; "" if it is."""
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
