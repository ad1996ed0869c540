"""How well J and Z are told in drawn hands that the movement network never saw."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from trainer.hand_renderer.movements import Drawn
from trainer.hand_renderer.signing_streams import HELD_OUT, Conditions, Stream, signing
from trainer.nn.sequential import Sequential
from trainer.nn.spec import copied
from trainer.recognition.movement import MOVING, Movement, Movements, MovementSettings
from trainer.support import workers

ACTIONS = 28
"""Letters, movements and other things that each signer does."""

SIGNERS = 60
"""Number of signers of each kind."""


@dataclass(frozen=True)
class MovementScore:
    """How the movements that are told fit those that were drawn.

    Attributes:
        drawn: Number of Js and Zs that were drawn, by letter.
        found: Number of them that were told, by letter.
        false: Number of movements told that were not drawn, by letter.
        minutes: How long the streams are.
        delays: Seconds from the end of each one that was found to its telling.
    """

    drawn: dict[str, int]
    found: dict[str, int]
    false: dict[str, int]
    minutes: float
    delays: tuple[float, ...] = ()

    def __add__(self, other: MovementScore) -> MovementScore:
        return MovementScore(
            _sum(self.drawn, other.drawn),
            _sum(self.found, other.found),
            _sum(self.false, other.false),
            self.minutes + other.minutes,
            self.delays + other.delays,
        )

    def recall(self, letter: str) -> float:
        """Share of a letter that was found."""
        return self.found[letter] / max(self.drawn[letter], 1)

    @property
    def false_in_ten_minutes(self) -> float:
        """Movements told in ten minutes that were not drawn."""
        return 10 * sum(self.false.values()) / self.minutes

    def to_json(self) -> dict[str, Any]:
        """JSON values."""
        return {
            "drawn": self.drawn,
            "found": self.found,
            "false": self.false,
            "minutes": round(self.minutes, 2),
            "false_in_ten_minutes": round(self.false_in_ten_minutes, 2),
            "delay_median": round(float(np.median(self.delays)), 3) if self.delays else None,
        }


def score(
    network: Sequential, stream: Stream, settings: MovementSettings | None = None
) -> MovementScore:
    """How well the movements in a stream are told."""
    movements = Movements(network, settings)
    told: list[tuple[Movement, float]] = []
    for seconds, joints in zip(stream.seconds.tolist(), stream.joints, strict=True):
        movement = movements.update(None if np.isnan(joints).any() else joints, seconds)
        if movement is not None:
            told.append((movement, seconds))
    drawn, found = dict.fromkeys(MOVING, 0), dict.fromkeys(MOVING, 0)
    delays = []
    for one in stream.drawn:
        drawn[one.letter] += 1
        match = next((t for t in told if _same(t[0], one)), None)
        if match is not None:
            found[one.letter] += 1
            delays.append(match[1] - one.end)
            told.remove(match)
    false = {letter: sum(movement.letter == letter for movement, _ in told) for letter in MOVING}
    minutes = float(stream.seconds[-1]) / 60
    return MovementScore(drawn, found, false, minutes, tuple(delays))


def run(network: Sequential, jobs: int = 1, signers: int = SIGNERS) -> dict[str, Any]:
    """The scores of signers whom the network never saw, as JSON values.

    "drawing" are signers who draw J and Z among other things, "other" those who never do.
    """
    from joblib import delayed

    results = {}
    for name, movements, first in (("drawing", True, 0), ("other", False, signers)):
        scores = workers.parallel(jobs)(
            delayed(_scored)(network, HELD_OUT, number, movements)
            for number in range(first, first + signers)
        )
        total = scores[0]
        for one in scores[1:]:
            total += one
        results[name] = total.to_json()
    return results


def _scored(
    network: Sequential, conditions: Conditions, number: int, movements: bool
) -> MovementScore:
    stream = signing(conditions, number, ACTIONS, movements=movements)
    return score(copied(network), stream)


def _same(movement: Movement, drawn: Drawn) -> bool:
    both = min(movement.end, drawn.end) - max(movement.start, drawn.start)
    return movement.letter == drawn.letter and both > 0.4 * (drawn.end - drawn.start)


def _sum(a: dict[str, int], b: dict[str, int]) -> dict[str, int]:
    return {letter: a[letter] + b[letter] for letter in a}
