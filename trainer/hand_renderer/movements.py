"""Hands that move: J and Z as people draw them, and what else hands do, as paths of joints.

hand = Moving(Signer(rng), rng)
hand.show("I", 0.3)
hand.draw_j(0.9)
points = hand.points()
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.signer import INDEX_TIP, LITTLE_TIP, Held, Points, Signer, between, turns
from trainer.hand_renderer.skeleton import rotation

RATE = 60
"""Moments a second at which paths are made."""

Z_SHAPES = ("1", "1", "D", "D", "X", "G", "L")
"""Handshapes that draw a Z, by how often."""

_LEAVING = (-0.42, -0.28)  # metres, up: out of the image
_GONE_BELOW = -0.2


class Drawn(NamedTuple):
    """A J or Z, and when it is drawn, in seconds."""

    letter: str
    start: float
    end: float


class Moving:
    """One hand from moment to moment. Every method goes on where the one before it ended.

    Args:
        signer: Whose hand.
        rng: Chooses speeds and sizes.
        sway: Factor of the slow sway that no hand is without.
    """

    def __init__(self, signer: Signer, rng: np.random.Generator, sway: float = 1.0) -> None:
        self._signer = signer
        self._rng = rng
        self._sway = sway
        self._held = signer.hold("open")
        self._place = np.array([0.0, -0.4, 0.0])
        self._parts: list[Points] = []
        self._count = 0
        self.drawn: list[Drawn] = []
        """The Js and Zs so far."""

    @property
    def seconds(self) -> float:
        """How long it has moved."""
        return self._count / RATE

    def points(self) -> Points:
        """(n, 21, 3) joints in viewer space, metres, `RATE` a second."""
        points = np.concatenate(self._parts)
        moment = np.arange(len(points)) / RATE
        sway = np.zeros((len(points), 3))
        for _ in range(4):
            pace, phase = self._rng.uniform(0.15, 1.6), self._rng.uniform(0, 6.3, 3)
            wide = self._rng.uniform(0.0003, 0.0025) * self._sway / max(pace, 0.5)
            sway += wide * np.sin(2 * np.pi * pace * moment[:, None] + phase)
        return np.asarray(points + sway[:, None])

    # Letters, J and Z -------------------------------------------------------------------------

    def show(self, letter: str, seconds: float, glide: float | None = None) -> None:
        """Goes over to a letter and holds it."""
        rng = self._rng
        held = self._signer.hold(letter)
        place = np.array([0.0, 0.0, 0.0]) + rng.normal(0, [0.02, 0.02, 0.02])
        self._glide(held, place, rng.uniform(0.12, 0.5) if glide is None else glide)
        self.rest(seconds)

    def rest(self, seconds: float) -> None:
        """Stays where it is."""
        count = self._moments(seconds)
        self._add(
            np.repeat(self._held.turn[None], count, 0), np.repeat(self._place[None], count, 0)
        )

    def draw_j(self, seconds: float) -> None:
        """Draws a J with the little finger: down, then round while the palm turns."""
        rng, count = self._rng, self._moments(seconds)
        moment = _paced(count, rng)
        corner, down = rng.uniform(0.15, 0.55), rng.uniform(0.02, 0.13)
        radius, reach = rng.uniform(0.018, 0.06), rng.uniform(0.6, 1.1)
        bow = np.clip((moment - corner) / (1 - corner), 0, 1)
        angle = np.pi * (1 + reach * bow)
        high = np.where(bow > 0, radius * np.sin(angle), down * (1 - moment / corner))
        path = np.stack([radius * np.cos(angle), high, 0 * bow], axis=1)
        begun = rng.uniform(0, corner)
        share = np.clip((moment - begun) / (1 - begun), 0, 1)[:, None]
        yaw, roll = rng.uniform(50, 170), rng.uniform(-75, 5)
        turn = turns(np.deg2rad(share * [0, 0, roll])) @ turns(np.deg2rad(share * [0, yaw, 0]))
        turn = turns(np.deg2rad(share * [rng.uniform(-20, 30), 0, 0])) @ turn
        self._follow(_slanted(path, rng), turn, LITTLE_TIP, rng.uniform(0.55, 1.0), "J")

    def draw_z(self, seconds: float) -> None:
        """Draws a Z with the index finger, as the signer sees it."""
        rng = self._rng
        wide, high = rng.uniform(0.05, 0.2), rng.uniform(0.05, 0.18)
        corners = np.array([[1, 1], [-1, 1], [1, -1], [-1, -1]]) * [wide / 2, high / 2]
        corners += rng.normal(0, 0.12, (4, 2)) * [wide, high]
        path = self._along(corners, seconds)
        self._follow(_slanted(path, rng), self._aimed(path), INDEX_TIP, rng.uniform(0.7, 1), "Z")

    def _along(self, corners: Points, seconds: float) -> Points:
        """A path (n, 3) along strokes between corners (k, 2), slower or rounded at corners."""
        rng, count = self._rng, self._moments(seconds)
        lengths = np.linalg.norm(np.diff(corners, axis=0), axis=1) + 1e-3
        times = lengths ** rng.uniform(0.4, 1.0) * np.exp(rng.normal(0, 0.15, len(lengths)))
        knots = np.concatenate([[0], np.cumsum(times) / times.sum()])
        moment = _paced(count, rng)
        stroke = np.clip(np.searchsorted(knots, moment, "right") - 1, 0, len(lengths) - 1)
        share = (moment - knots[stroke]) / (knots[stroke + 1] - knots[stroke])
        stops = rng.uniform(0, 1)
        share = (share + stops * (_smooth(share) - share))[:, None]
        path = corners[stroke] * (1 - share) + corners[stroke + 1] * share
        path = _rounded(path, rng.uniform(0.0, 0.05) * count)
        return np.concatenate([path, np.zeros((count, 1))], axis=1)

    def _aimed(self, path: Points) -> Points:
        """Turns (n, 3, 3) of a hand that draws a path partly by its wrist."""
        tip = self._held.turn @ self._held.shape[INDEX_TIP]
        long = float(np.linalg.norm(tip))
        part = self._rng.uniform(0, 0.8)
        return turns(
            np.cross(np.broadcast_to(tip / long, path.shape), (path - path[0]) / long) * part
        )

    def _follow(self, path: Points, turn: Points, joint: int, pinned: float, letter: str) -> None:
        """Moves so that a joint draws a path (n, 3), while the hand turns by (n, 3, 3)."""
        turned = turn @ self._held.turn
        tip = turned @ self._held.shape[joint]
        place = self._place + (path - path[0]) - pinned * (tip - tip[0]) * [1, 1, 0.3]
        if letter:
            self.drawn.append(Drawn(letter, self.seconds, self.seconds + len(path) / RATE))
        self._add(turned, place)

    # What else hands do -----------------------------------------------------------------------

    def wander(self, seconds: float) -> None:
        """Drifts about."""
        rng, count = self._rng, self._moments(seconds)
        moment = np.arange(count)[:, None] / RATE
        far, turned = rng.uniform(0.02, 0.12), rng.uniform(0.03, 0.35)
        path, vectors = np.zeros((count, 3)), np.zeros((count, 3))
        for _ in range(3):
            pace = rng.uniform(0.1, 1.2)
            wave = 2 * np.pi * pace * moment
            path += far * rng.normal(0, [1, 1, 0.4]) * np.sin(wave + rng.uniform(0, 6.3, 3)) / 2
            vectors += turned * rng.normal(0, 0.7, 3) * np.sin(wave + rng.uniform(0, 6.3, 3))
        start = np.minimum(moment / 0.3, 1)
        self._add(turns(vectors * start) @ self._held.turn, self._place + (path - path[0]))

    def strokes(self, count: int, seconds: float) -> None:
        """Moves along some straight strokes, none of them a Z."""
        rng = self._rng
        while True:
            corners = np.cumsum(rng.normal(0, 0.08, (count + 1, 2)), axis=0)
            if not _like_z(corners):
                break
        path = self._along(corners, seconds)
        self._follow(path, self._aimed(path), INDEX_TIP, rng.uniform(0, 1), "")

    def circle(self, seconds: float) -> None:
        """Moves round and round, or along an arch."""
        rng, count = self._rng, self._moments(seconds)
        share = _paced(count, rng)
        if rng.random() < 0.5:  # an arch, open below
            angle = np.pi * (share if rng.random() < 0.5 else 1 - share)
        else:
            angle = rng.uniform(0, 6.3) + rng.choice([-1, 1]) * rng.uniform(6.5, 16) * share
        radius = rng.uniform(0.02, 0.09)
        path = np.stack([radius * np.cos(angle), radius * np.sin(angle), 0 * share], axis=1)
        turn = np.repeat(np.eye(3)[None], count, 0)
        self._follow(path, turn, INDEX_TIP, 0.0, "")

    def shake(self, seconds: float) -> None:
        """Waves, wags a finger, twists or nods: to and fro, at least one and a half times."""
        rng, count = self._rng, self._moments(seconds)
        pace = max(rng.uniform(0.9, 3.5), 1.5 / seconds)
        axis = np.eye(3)[rng.choice(3, p=[0.25, 0.25, 0.5])] + rng.normal(0, 0.15, 3)
        swing = np.sin(2 * np.pi * pace * np.arange(count) / RATE)[:, None]
        vectors = swing * axis * np.deg2rad(rng.uniform(10, 50))
        path = swing * rng.normal(0, [0.03, 0.02, 0.01])
        self._add(turns(vectors) @ self._held.turn, self._place + path)

    def slide(self, seconds: float) -> None:
        """Moves aside as for a double letter, with a bounce or without."""
        rng, count = self._rng, self._moments(seconds)
        share = _smooth(np.linspace(0, 1, count))
        aside = rng.choice([-1, 1]) * rng.uniform(0.03, 0.13)
        bounce = rng.uniform(-0.02, 0.04) * np.sin(np.pi * share) * rng.integers(0, 2)
        path = np.stack([aside * share, bounce, 0 * share], axis=1)
        self._add(np.repeat(self._held.turn[None], count, 0), self._place + path)

    def leave(self, seconds: float) -> None:
        """Goes down and out of the image, the hand loosening on the way."""
        rng = self._rng
        loose = self._signer.hold("loose")
        turn = rotation(0, rng.uniform(-60, 60)) @ rotation(1, rng.uniform(-80, 80))
        held = Held(loose.shape, turn @ self._held.turn)
        place = np.array([rng.normal(0, 0.1), rng.uniform(*_LEAVING), 0.0])
        self._glide(held, place, seconds)
        self.rest(rng.uniform(0.2, 1.0))

    # ------------------------------------------------------------------------------------------

    def _glide(self, held: Held, place: Points, seconds: float) -> None:
        """Goes over to another handshape, turn and place."""
        count = self._moments(seconds)
        share = _smooth(np.linspace(0, 1, count))
        lag = np.clip(self._rng.normal(0, 0.15), -0.3, 0.3)  # the fingers before the arm, or after
        late = _smooth(np.clip(np.linspace(-lag, 1 - lag, count) / (1 - abs(lag)), 0, 1))
        shape = self._held.shape + late[:, None, None] * (held.shape - self._held.shape)
        turn = between(self._held.turn, held.turn, share)
        self._held = held
        self._add(turn, self._place + share[:, None] * (place - self._place), shape)

    def _moments(self, seconds: float) -> int:
        return max(round(seconds * RATE), 2)

    def _add(self, turn: Points, place: Points, shape: Points | None = None) -> None:
        shapes = self._held.shape[None] if shape is None else shape
        self._parts.append(shapes @ turn.transpose(0, 2, 1) + place[:, None])
        self._held = Held(self._held.shape, turn[-1])
        self._place = place[-1]
        self._count += len(turn)


def gone(points: Points) -> npt.NDArray[np.bool_]:
    """At which moments (n,) a hand (n, 21, 3) is out of the image."""
    return np.asarray(points[:, 0, 1] < _GONE_BELOW)


def _smooth(share: Points) -> Points:
    """From rest to rest with the least jerk."""
    return np.asarray(share**3 * (10 - 15 * share + 6 * share**2))


def _paced(count: int, rng: np.random.Generator) -> Points:
    """Progress (count,) from 0 to 1 at an uneven speed."""
    share = np.linspace(0, 1, count)
    share = share + rng.uniform(0, 0.9) * (_smooth(share) - share)
    return np.asarray(share + rng.normal(0, 0.04) * np.sin(2 * np.pi * share))


def _rounded(path: Points, width: float) -> Points:
    """A path (n, 2) with its corners rounded, by a Gaussian of some moments' width."""
    if width < 0.5:
        return path
    reach = int(3 * width) + 1
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / width) ** 2)
    padded = np.pad(path, ((reach, reach), (0, 0)), "edge")
    return np.stack([np.convolve(c, kernel / kernel.sum(), "valid") for c in padded.T], axis=1)


def _slanted(path: Points, rng: np.random.Generator) -> Points:
    return np.asarray(path @ rotation(2, rng.normal(0, 9)).T)


def _like_z(corners: Sequence[Sequence[float]] | Points) -> bool:
    """Whether strokes turn sharply one way and then the other, as those of Z and N do."""
    strokes = np.diff(np.asarray(corners), axis=0)
    strokes = strokes[np.linalg.norm(strokes, axis=1) > 0.02]
    one, two = strokes[:-1], strokes[1:]
    sine = one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]
    angle = np.arctan2(sine, (one * two).sum(axis=1))
    sharp = np.abs(angle) > np.deg2rad(75)
    return bool((sharp[:-1] & sharp[1:] & (angle[:-1] * angle[1:] < 0)).any())
