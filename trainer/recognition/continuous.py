"""From a reading for every frame to the letters of a word that is spelled without holding any.

The letters are the most probable way through the frames (Viterbi, 1967): each frame belongs to a
letter, or to the movement between two letters, in which the network may read anything, or to no
hand. Changing costs a constant, so that single frames change nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import ArrayLike, NDArray

from trainer.letters import CLASSES, LETTERS, NO_SIGN
from trainer.recognition.seen import Seen

_BETWEEN = CLASSES
_AWAY = CLASSES + 1
_STATES = CLASSES + 2


@dataclass(frozen=True)
class ContinuousSettings:
    """How letters are told from what is between them.

    Attributes:
        looks: Independent looks that one second of frames is worth: frames that follow each other
            err alike.
        worth: Looks that all frames of a letter are worth as evidence for words, as a held one is.
        floor: Least probability that one frame can give a letter.
        between: Probability of a frame that belongs to the movement between two letters. A letter
            has to exceed it, in the mean.
        away: The same of a frame without a hand that the network does not call one.
        change: Log-probability of going over to a letter.
        shortest: Seconds from which a letter counts as typed; a shorter one may have been passed.
        apart: Seconds from which the same letter before and behind them is two.
        dip: Share of a letter's most probability under which it is hardly shown.
        fade: Seconds of that from which the letter before and behind them is two.
        space: Seconds without a hand after which the word is over.
        gap: Longest time between two frames that counts.
        longest: Seconds that a word takes at most.
    """

    looks: float = 25.0
    worth: float = 3.0
    floor: float = 0.01
    between: float = 0.25
    away: float = 0.05
    change: float = -3.0
    shortest: float = 0.1
    apart: float = 0.1
    dip: float = 0.4
    fade: float = 0.15
    space: float = 0.6
    gap: float = 0.25
    longest: float = 30.0

    def __post_init__(self) -> None:
        if not all(value > 0 for name, value in vars(self).items() if name != "change"):
            raise ValueError(f"all settings but the change must be positive: {self}")


class Continuous:
    """Collects the frames of a word, and finds its letters when the hand is away."""

    def __init__(self, settings: ContinuousSettings | None = None) -> None:
        self.settings = settings or ContinuousSettings()
        self._frames: list[NDArray[np.float64]] = []
        self._seconds: list[float] = []
        self._last: float | None = None
        self._away = 0.0
        self._begun = False

    def update(self, probabilities: ArrayLike, no_sign: float, seconds: float) -> list[Seen]:
        """Takes a frame; gives the letters of a word that is over with it, or none.

        Args:
            probabilities: Of the 24 letters.
            no_sign: Of no letter.
            seconds: When the frame was taken, on any clock.

        Raises:
            ValueError: Not 24 probabilities.
        """
        letters = np.asarray(probabilities, np.float64)
        if letters.shape != (CLASSES,):
            raise ValueError(f"{CLASSES} probabilities are needed, not of shape {letters.shape}")
        passed = 0.0 if self._last is None else seconds - self._last
        self._last = seconds
        passed = min(max(passed, 0.0), self.settings.gap)
        self._frames.append(np.concatenate([letters, [no_sign]]))
        self._seconds.append(passed)
        self._away = self._away + passed if no_sign > letters.max() else 0.0
        self._begun = self._begun or no_sign <= letters.max()
        if not self._begun:
            # Nothing is spelled yet.
            self._frames, self._seconds = self._frames[-1:], self._seconds[-1:]
            return []
        if self._away >= self.settings.space or sum(self._seconds) > self.settings.longest:
            return self.end()
        return []

    def end(self) -> list[Seen]:
        """The letters of the frames since the last word."""
        frames, seconds = self._frames, np.array(self._seconds)
        self._frames, self._seconds, self._away, self._begun = [], [], 0.0, False
        if not frames:
            return []
        # The first frame of a word has no time of its own.
        seconds = np.maximum(seconds, 1e-6)
        seconds[0] = np.median(seconds[1:]) if len(seconds) > 1 else self.settings.gap
        return self._letters(np.stack(frames), seconds)

    def _letters(self, frames: NDArray[np.float64], seconds: NDArray[np.float64]) -> list[Seen]:
        settings = self.settings
        scores = np.log(np.maximum(frames, settings.floor))
        weights = settings.looks * seconds
        found = []
        path = self._parted(self._path(scores, weights), frames, seconds)
        for state, start, end in self._joined(path, seconds):
            mean = np.average(scores[start:end, :CLASSES], axis=0, weights=weights[start:end])
            shares = np.exp(settings.worth * (mean - mean.max()))
            typed = float(seconds[start:end].sum()) >= settings.shortest
            found.append(Seen(LETTERS[state], shares / shares.sum(), typed))
        return found

    def _path(
        self, scores: NDArray[np.float64], weights: NDArray[np.float64]
    ) -> list[tuple[int, int, int]]:
        """The most probable way: states with first frame and end, in the order of time."""
        settings = self.settings
        gains = np.empty((len(scores), _STATES))
        gains[:, :CLASSES] = scores[:, :CLASSES]
        gains[:, _BETWEEN] = np.log(settings.between)
        gains[:, _AWAY] = np.maximum(scores[:, NO_SIGN], np.log(settings.away))
        gains *= weights[:, None]
        entering = np.where(np.arange(_STATES) < CLASSES, settings.change, 0.0)
        best = entering + gains[0]
        origins = np.empty((len(scores), _STATES), np.int64)
        for frame in range(1, len(scores)):
            top = int(best.argmax())
            changed = best[top] + entering
            stays = best >= changed
            origins[frame] = np.where(stays, np.arange(_STATES), top)
            best = np.where(stays, best, changed) + gains[frame]
        way = [int(best.argmax())]
        for frame in range(len(scores) - 1, 0, -1):
            way.append(int(origins[frame][way[-1]]))
        way.reverse()
        starts = [n for n, state in enumerate(way) if n == 0 or state != way[n - 1]]
        ends = [*starts[1:], len(way)]
        return [(way[start], start, end) for start, end in zip(starts, ends, strict=True)]

    def _parted(
        self,
        path: list[tuple[int, int, int]],
        frames: NDArray[np.float64],
        seconds: NDArray[np.float64],
    ) -> list[tuple[int, int, int]]:
        """A path in which a letter that fades for a moment, as between two Ls, is two."""
        parted = []
        for state, first, end in path:
            start = first
            if state < CLASSES:
                shown = frames[first:end, state]
                clear = first + np.flatnonzero(shown >= self.settings.dip * shown.max())
                for before, after in pairwise(clear.tolist()):
                    if seconds[before + 1 : after].sum() >= self.settings.fade:
                        parted.append((state, start, before + 1))
                        start = after
            parted.append((state, start, end))
        return parted

    def _joined(
        self, path: list[tuple[int, int, int]], seconds: NDArray[np.float64]
    ) -> list[tuple[int, int, int]]:
        """The letters of a path; one that was interrupted for a moment is one letter."""
        letters: list[tuple[int, int, int]] = []
        for state, start, end in path:
            if state >= CLASSES:
                continue
            if letters and letters[-1][0] == state:
                _, before, over = letters[-1]
                if seconds[over:start].sum() < self.settings.apart:
                    letters[-1] = (state, before, end)
                    continue
            letters.append((state, start, end))
        return letters
