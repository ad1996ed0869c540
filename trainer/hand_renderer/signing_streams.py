"""What a joint network would say of hands that sign, draw J and Z, and do other things."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.movements import RATE, Z_SHAPES, Drawn, Moving, gone
from trainer.hand_renderer.signer import Points, Signer
from trainer.joints import JOINTS
from trainer.letters import LETTERS

OTHER_SHAPES = ("I", "1", "D", "X", "L", "Y", "G", "I", "1")
"""Hands that could draw J or Z and do something else."""


@dataclass(frozen=True)
class Conditions:
    """How much people, views, speeds and cameras differ.

    Attributes:
        seconds: Shortest and longest times in which a J or Z is drawn; one pair of them is chosen.
        tilt: Standard deviation of the camera's tilt, in degrees.
        sway: Factor of how far hands are turned from their usual views.
        rates: Fewest and most frames a second.
        jitter: Standard deviation of a joint's error in one frame, in hand sizes, at most.
        seed: Distinguishes the people of one set from those of another.
    """

    seconds: tuple[tuple[float, float], ...]
    tilt: float
    sway: float
    rates: tuple[float, float] = (10.0, 30.0)
    jitter: float = 0.06
    seed: int = 0


LEARNED = Conditions(((0.4, 0.75), (0.95, 1.3), (1.6, 2.1)), tilt=8.0, sway=1.0, seed=1)
"""What the network learns from."""

HELD_OUT = Conditions(((0.75, 0.95), (1.3, 1.6)), tilt=11.0, sway=1.3, seed=2)
"""Other people, speeds that lie between those, and hands that are turned and tilted further."""


@dataclass(frozen=True)
class Stream:
    """What is seen of one signer.

    Attributes:
        seconds: (n,) when each frame was taken.
        joints: (n, 21, 2) float32 in pixels, y down; NaN where no hand is found.
        drawn: The Js and Zs.
    """

    seconds: npt.NDArray[np.float64]
    joints: npt.NDArray[np.float32]
    drawn: tuple[Drawn, ...]


def signing(conditions: Conditions, number: int, count: int, *, movements: bool = True) -> Stream:
    """One signer who does about `count` things after each other.

    Args:
        conditions: How much streams differ.
        number: Which of the signers; the same gives the same stream.
        count: How many letters, Js, Zs and other movements.
        movements: Whether J and Z are among them.
    """
    rng = np.random.default_rng([conditions.seed, number])
    hand = Moving(Signer(rng, conditions.sway), rng)
    hand.show(str(rng.choice(list(LETTERS))), rng.uniform(0.2, 0.8))
    for _ in range(count):
        kind = rng.random()
        if kind < 0.4 and movements:
            _draw(hand, conditions, rng)
        elif kind < 0.65:
            _spell(hand, rng)
        else:
            _do_something(hand, rng)
    return _seen(hand, conditions, rng)


def _draw(hand: Moving, conditions: Conditions, rng: np.random.Generator) -> None:
    """A J or Z, held before and after for a while or not at all."""
    fast, slow = conditions.seconds[rng.integers(len(conditions.seconds))]
    seconds = rng.uniform(fast, slow)
    before = rng.choice([0.05, rng.uniform(0.1, 0.9)], p=[0.3, 0.7])
    if rng.random() < 0.5:
        hand.show("I", before)
        hand.draw_j(seconds)
    else:
        hand.show(str(rng.choice(Z_SHAPES)), before)
        hand.draw_z(seconds * 1.15)
    hand.rest(rng.choice([0.05, rng.uniform(0.1, 0.7)]))


def _spell(hand: Moving, rng: np.random.Generator) -> None:
    """Some letters; one of them may come twice."""
    pace = rng.uniform(0.5, 1.5)
    for _ in range(rng.integers(2, 6)):
        likely = OTHER_SHAPES if rng.random() < 0.3 else tuple(LETTERS)
        hand.show(str(rng.choice(likely)), pace * rng.uniform(0.15, 0.9))
        if rng.random() < 0.15:
            hand.slide(rng.uniform(0.12, 0.5))
            hand.rest(pace * rng.uniform(0.1, 0.6))


def _do_something(hand: Moving, rng: np.random.Generator) -> None:
    """A movement that is no letter, with a hand that could draw one, or with any other."""
    shapes = OTHER_SHAPES if rng.random() < 0.65 else (*LETTERS, "open", "open", "loose")
    hand.show(str(rng.choice(shapes)), rng.uniform(0.05, 0.6))
    kind = rng.random()
    if kind < 0.25:
        hand.wander(rng.uniform(1.0, 4.0))
    elif kind < 0.5:
        hand.strokes(int(rng.integers(1, 5)), rng.uniform(0.3, 2.0))
    elif kind < 0.65:
        hand.circle(rng.uniform(0.5, 2.0))
    elif kind < 0.85:
        hand.shake(rng.uniform(0.7, 2.5))
    else:
        hand.leave(rng.uniform(0.25, 0.8))
        return
    hand.rest(rng.uniform(0.05, 0.6))


def _seen(hand: Moving, conditions: Conditions, rng: np.random.Generator) -> Stream:
    """The hand as a camera and a joint network see it."""
    points = hand.points()
    seconds = _frames(hand.seconds, conditions, rng)
    moments = np.minimum((seconds * RATE).astype(int), len(points) - 1)
    joints = _projected(points[moments], conditions, rng)
    joints += _errors(joints, seconds, conditions, rng)
    joints[gone(points[moments])] = np.nan
    # Now and then no hand is found.
    joints[rng.random(len(joints)) < rng.uniform(0, 0.05)] = np.nan
    return Stream(seconds, joints.astype(np.float32), tuple(hand.drawn))


def _frames(
    seconds: float, conditions: Conditions, rng: np.random.Generator
) -> npt.NDArray[np.float64]:
    """When frames are taken: at an uneven rate, some of them dropped."""
    rate = rng.uniform(*conditions.rates)
    steps = np.exp(rng.normal(0, rng.uniform(0, 0.25), int(seconds * rate) + 1)) / rate
    moments = np.cumsum(steps)
    kept = rng.random(len(moments)) >= rng.uniform(0, 0.08)
    return np.asarray(moments[kept & (moments < seconds)])


def _projected(points: Points, conditions: Conditions, rng: np.random.Generator) -> Points:
    """(n, 21, 2) pixels of (n, 21, 3) metres, of a right or a left hand."""
    distance = rng.uniform(0.4, 1.2)
    pixels = rng.uniform(300, 900) / (1 - points[:, :, 2:] / distance)
    flat = points[:, :, :2] * pixels * ([1, -1] if rng.random() < 0.5 else [-1, -1])
    tilt = np.deg2rad(rng.normal(0, conditions.tilt))
    turn = np.array([[np.cos(tilt), -np.sin(tilt)], [np.sin(tilt), np.cos(tilt)]])
    return np.asarray(flat @ turn.T + rng.uniform(150, 500, 2))


def _errors(
    joints: Points, seconds: Points, conditions: Conditions, rng: np.random.Generator
) -> Points:
    """What a network errs by: always the same, slowly changing, in one frame, and grossly."""
    size = float(np.median(np.ptp(joints, axis=1).max(axis=1)))
    wide = rng.uniform(0.005, conditions.jitter) * size
    hidden = rng.uniform(0.7, 1.5, (1, JOINTS, 1))
    errors = rng.normal(0, 0.6 * wide, (1, JOINTS, 2)) + rng.normal(0, 0.7 * wide, joints.shape)
    knots = np.arange(0, seconds[-1] + 1, 0.4)
    slow = rng.normal(0, 0.9 * wide, (len(knots), JOINTS * 2))
    drift = np.stack([np.interp(seconds, knots, values) for values in slow.T], axis=1)
    errors = hidden * (errors + drift.reshape(joints.shape))
    wrong = rng.random(len(joints)) < rng.uniform(0, 0.03)
    errors[wrong] += rng.normal(0, 0.3 * size, (int(wrong.sum()), JOINTS, 2))
    single = rng.random((len(joints), JOINTS, 1)) < 0.005
    return np.asarray(errors + single * rng.normal(0, 0.25 * size, joints.shape))
