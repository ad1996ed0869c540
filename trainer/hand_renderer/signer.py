"""One person's hand and its 21 joints in any handshape, without drawing anything."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.camera_angles import View, random_view
from trainer.hand_renderer.joints import joint_places
from trainer.hand_renderer.mesh import default_mesh
from trainer.hand_renderer.skeleton import Skeleton, rotation
from trainer.hand_renderer.variation import random_angles, random_proportions
from trainer.joints import JOINTS

Points = npt.NDArray[np.float64]

WRIST, INDEX_TIP, LITTLE_TIP = 0, 8, 20
"""Places in the order of the joints: wrist, thumb, index to little finger, four joints each."""

_POINTING_SWAY = 20.0  # degrees
_SWAY = 8.0
_POINT = "1"
"""The index finger alone, as Z is drawn; no letter of its own."""
_OPEN = "open"
_LOOSE = "loose"


@dataclass(frozen=True)
class Held:
    """A handshape and how it is turned.

    Attributes:
        shape: (21, 3) joints in hand space, metres, the wrist at 0.
        turn: (3, 3) hand space to viewer space.
    """

    shape: Points
    turn: Points


class Signer:
    """One right hand that can hold every handshape, each a little differently every time.

    Args:
        rng: Chooses proportions, habits and poses.
        sway: Factor of how far letters are turned away from their usual views.
    """

    def __init__(self, rng: np.random.Generator, sway: float = 1.0) -> None:
        self._rng = rng
        self._sway = sway
        mesh = default_mesh()
        self._skeleton = Skeleton(mesh, random_proportions(mesh, rng))
        # A habit: where the hand stands and how it is turned, whatever it signs.
        self._habit = self._turned(5.0 * sway)
        self._known: dict[str, Points] = {}

    def hold(self, letter: str) -> Held:
        """A letter; "1" for the index finger alone, "open" and "loose" for hands that say none."""
        if letter in (_POINT, _OPEN, _LOOSE):
            return Held(self._shape(letter), self._habit @ self._pointing().rotation())
        view = random_view(letter, self._rng)
        sway = self._turned(_SWAY * view.sway * self._sway)
        return Held(self._shape(view.shape or letter), sway @ self._habit @ view.rotation())

    def _pointing(self) -> View:
        """A hand upright or pointing at the viewer, its palm down, ahead or aside."""
        rng, sway = self._rng, self._sway
        lean, aside = rng.uniform(0, 60) * sway, rng.normal(0, _POINTING_SWAY) * sway
        turn = rotation(1, rng.uniform(-50, 50) * sway) @ rotation(2, aside) @ rotation(0, lean)
        along, out = turn @ [0.0, 1.0, 0.0], turn @ [0.0, 0.0, 1.0]
        return View(tuple(along), tuple(out))

    def _shape(self, name: str) -> Points:
        if name not in self._known:
            self._known[name] = self._joints(self._angles(name))
        wobble = self._rng.normal(0, 0.0015, (JOINTS, 3))
        return np.asarray(self._known[name] + wobble)

    def _angles(self, name: str) -> Points:
        rng = self._rng
        if name == _POINT:
            angles = random_angles("X", self._skeleton, rng)
            angles[:4] = rng.normal([0, 6, 8, 4], [3, 5, 6, 4])
            return angles
        if name in (_OPEN, _LOOSE):
            angles = random_angles("B", self._skeleton, rng)
            bend = 0.0 if name == _OPEN else rng.uniform(15, 45)
            spread = rng.uniform(0.2, 1.2)
            for finger, aside in enumerate((9, 2, -5, -14)):
                angles[4 * finger] = aside * spread
                angles[4 * finger + 1 : 4 * finger + 4] = bend + rng.normal(4, 4, 3)
            angles[16:] = rng.normal([45, 25, 0, 5, 10], 6)
            return angles
        return random_angles(name, self._skeleton, rng)

    def _joints(self, angles: Points) -> Points:
        points = joint_places(self._skeleton.mesh, self._skeleton.frames(angles))
        return np.asarray(points - points[WRIST])

    def _turned(self, degrees: float) -> Points:
        vector = np.deg2rad(self._rng.normal(0, degrees, 3))
        return np.asarray(cv2.Rodrigues(vector)[0], np.float64)


def turns(vectors: Points) -> Points:
    """Rotation matrices (n, 3, 3) of rotation vectors (n, 3) in radians."""
    angle = np.linalg.norm(vectors, axis=1)[:, None, None]
    x, y, z = (vectors / np.maximum(angle[:, :, 0], 1e-12)).T
    none = np.zeros_like(x)
    cross = np.stack([none, -z, y, z, none, -x, -y, x, none], axis=1).reshape(-1, 3, 3)
    return np.asarray(np.eye(3) + np.sin(angle) * cross + (1 - np.cos(angle)) * (cross @ cross))


def between(first: Points, second: Points, shares: Points) -> Points:
    """Turns (n, 3, 3) some shares (n,) of the way from one (3, 3) to another."""
    vector = cv2.Rodrigues(first.T @ second)[0][:, 0]
    return np.asarray(first @ turns(shares[:, None] * vector))
