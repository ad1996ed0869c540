"""Records samples of one letter. Without widgets; the time stamps of frames are its clock.

A sample is taken when the hand shows the letter: it has changed since the letter was named, it
rests, and the network is not sure of another letter. The mean of its readings while the hand rested
decides. For means of four images in a row of 15 sources that the shipped network never saw, that
notices 90 of 100 wrong letters, and 4 of 100 right ones have to be confirmed.
"""

from __future__ import annotations

import math
from collections import deque
from enum import Enum, auto

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QCoreApplication

from asl_desktop.camera.frame_worker import LiveFrame
from asl_desktop.widgets.coach import hint
from trainer.letters import LETTERS
from trainer.recognition.quality import Finding, measure
from trainer.recognition.rest import RESTS, Rest
from trainer.samples.store import SampleStore, Sitting

WANTED = {Sitting.LEARN: 10, Sitting.CHECK: 5}
"""Samples of a letter."""

LOOK_SECONDS = 1.5
"""For looking at the letter before any sample is taken."""

REST_SECONDS = 0.4
"""For which the hand rests before the first sample."""

PAUSE_SECONDS = 0.12
"""Between two samples, so that they differ a little."""

_PATIENCE_SECONDS = 6.0
"""Seconds without a good frame after which the recording pauses."""

_HESITATION_SECONDS = 2.0
"""After which a hand that has not changed is asked about: some letters look nearly alike."""

_TREMBLE_SECONDS = 3.0
"""After which twice the change counts as rest: some hands tremble, and some images are noisy."""

_SURE = 0.5
"""Probability from which the hand shows another letter …"""

_IMPLAUSIBLE = 0.15
"""… unless the wanted one has this probability, too."""

_NO_HAND = 0.8
"""Probability of "no sign" from which there is no hand. Strict: a hand that the network reads badly
is the very one to record."""

_TOLERATED = {Finding.BUSY}
"""Findings that are recorded all the same: fine-tuning should see them."""


def planned_seconds(letters: int, sitting: Sitting) -> float:
    """How long letters take when the hand is ready as soon as the letter was looked at."""
    samples = (WANTED[sitting] - 1) * PAUSE_SECONDS
    return letters * (LOOK_SECONDS + REST_SECONDS + samples)


class Stage(Enum):
    """State of the recording."""

    IDLE = auto()
    WAITING = auto()
    """The hand is to change, to show the letter, and to rest."""

    DOUBTING = auto()
    """The hand shows another letter, `seen`, and nothing is taken."""

    RECORDING = auto()
    DONE = auto()
    """The letter is complete."""

    STUCK = auto()
    """No frame was good enough for some seconds; `refusal` says why."""


class Recorder:
    """Waits for a letter and records samples of it until it is complete.

    Args:
        store: Where they go.
    """

    def __init__(self, store: SampleStore) -> None:
        self._store = store
        self.sitting = Sitting.LEARN
        self.stage = Stage.IDLE
        self.letter = LETTERS[0]
        self.taken = 0
        """Samples of this recording so far."""
        self.wanted = WANTED[Sitting.LEARN]
        """Samples at the end of this recording."""
        self.refusal = ""
        """Why the last frame was not recorded; "" if it was."""
        self.seen = ""
        """Another letter that the hand shows, or ""."""
        self.count = 0
        """Seconds that are left to look at the letter."""
        self._accepted: set[str] = set()
        self._rest = Rest()
        self._views: deque[tuple[float, NDArray[np.float32]]] = deque()
        self._began = self._due = self._last_good = math.nan
        self._away = -math.inf
        """When there was no hand last."""
        self._changed = True
        self._hesitates = False

    @property
    def running(self) -> bool:
        """Whether it waits for the letter or records it."""
        return self.stage in (Stage.WAITING, Stage.DOUBTING, Stage.RECORDING)

    def start(self, letter: str, *, changed: bool = True) -> None:
        """Starts to wait for a letter; a complete one gets the same number again.

        Args:
            letter: What the hand is to show.
            changed: Whether the hand may show it already; else it has to change first.
        """
        wanted = WANTED[self.sitting]
        have = len(self._store.of(letter, self.sitting))
        self.letter, self._changed, self._hesitates = letter, changed, False
        self.taken, self.wanted = 0, wanted - have if have < wanted else wanted
        self.refusal, self.seen, self.count = "", "", math.ceil(LOOK_SECONDS)
        self.stage, self._began = Stage.WAITING, math.nan
        self._views.clear()

    def pause(self) -> None:
        """Pauses; the samples stay."""
        if self.running:
            self.stage, self.seen = Stage.IDLE, ""

    @property
    def asks(self) -> bool:
        """Whether it goes on only if the user says that the hand shows the letter."""
        return self.stage is Stage.DOUBTING or (self.stage is Stage.WAITING and self._hesitates)

    def accept(self) -> None:
        """The hand shows the letter, whatever the network says; so it is from now on."""
        if self.stage is Stage.DOUBTING:
            self._accepted.add(self.letter)
            self.stage, self.seen = Stage.WAITING, ""
        self._changed, self._hesitates = True, False

    def see(self, frame: LiveFrame) -> None:
        """Processes a frame.

        Raises:
            UserError: A sample cannot be saved; the recording ends.
        """
        if not self.running:
            return
        now = frame.arrived
        if math.isnan(self._began):
            self._began = self._due = self._last_good = now
        self._follow(frame, now)
        self.count = max(math.ceil(self._began + LOOK_SECONDS - now), 0)
        if self.count:
            return
        if self.stage is not Stage.RECORDING:
            self._wait(now)
        if self.stage is Stage.RECORDING and now >= self._due:
            self._due = now + PAUSE_SECONDS
            self._take(frame, now)

    def _follow(self, frame: LiveFrame, now: float) -> None:
        """Remembers how the hand moves and what the network sees in it."""
        height, width = frame.image.shape[:2]
        patient = now - self._began < LOOK_SECONDS + _TREMBLE_SECONDS
        rests = RESTS if patient else 2 * RESTS
        self._rest.see(frame.image, frame.box.pixels(width, height), now, rests)
        if self._rest.changed:
            self._changed = True
            self._views.clear()
        while self._views and now - self._views[0][0] > REST_SECONDS:
            self._views.popleft()
        if _is_away(frame):
            # Or the next hand would be judged by readings of none.
            self._views.clear()
            self._away = now
        elif frame.reading is not None:
            self._views.append((now, frame.reading.probabilities))
            wanted = frame.reading.probabilities[LETTERS.index(self.letter)]
            self._changed |= bool(wanted >= _SURE)

    def _wait(self, now: float) -> None:
        """Decides whether the hand shows the letter."""
        self._last_good = now
        late = now - self._began > LOOK_SECONDS + _HESITATION_SECONDS
        self._hesitates = late and not self._changed
        if not self._changed or self._rest.seconds(now) < REST_SECONDS or self._just_came(now):
            return
        self.seen = self._other()
        self.stage = Stage.DOUBTING if self.seen else Stage.RECORDING

    def _just_came(self, now: float) -> bool:
        """Whether there was no hand shortly before: an empty image rests, too."""
        return now - self._away < REST_SECONDS

    def _other(self) -> str:
        """The letter that the hand shows instead of the wanted one, as far as is known."""
        if not self._views or self.letter in self._accepted:
            return ""
        view = np.mean([probabilities for _, probabilities in self._views], axis=0)
        best = int(view.argmax())
        wanted = LETTERS.index(self.letter)
        sure = best != wanted and view[best] >= _SURE and view[wanted] < _IMPLAUSIBLE
        return LETTERS[best] if sure else ""

    def _take(self, frame: LiveFrame, now: float) -> None:
        self.seen = self._other()
        if self.seen:
            self.stage = Stage.DOUBTING
            return
        height, width = frame.image.shape[:2]
        box = frame.box.pixels(width, height)
        self.refusal = refusal(frame)
        if self._rest.changed or (not self.refusal and self._just_came(now)):
            self.refusal = QCoreApplication.translate("Recorder", "Hold the hand still.")
        if not self.refusal:
            self.stage = Stage.IDLE  # stays so if this fails
            self._store.add(self.letter, frame.image, box, self.sitting)
            self.taken += 1
            self._last_good = now
            self.stage = Stage.DONE if self.taken >= self.wanted else Stage.RECORDING
        elif now - self._last_good > _PATIENCE_SECONDS:
            self.stage = Stage.STUCK


def _is_away(frame: LiveFrame) -> bool:
    """Whether the network sees no hand, as far as it can tell."""
    return frame.reading is not None and frame.reading.no_sign >= _NO_HAND


def refusal(frame: LiveFrame) -> str:
    """Why a frame is not suited as a sample; "" if it is."""
    height, width = frame.image.shape[:2]
    findings = measure(frame.image, frame.box.pixels(width, height)).findings()
    for finding in findings:
        if finding not in _TOLERATED:
            return hint(finding)
    if _is_away(frame):
        return QCoreApplication.translate(
            "Recorder", "No whole hand is seen: put all of your hand into the box."
        )
    return ""
