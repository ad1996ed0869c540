"""Forward kinematics: joint angles to bone frames.

A handshape is 21 angles in degrees (see `ANGLES`).  All zero is a flat hand with straight,
parallel fingers.  Finger: `spread` turns the finger towards the thumb side (+) in the palm's
plane, then `mcp`, `pip`, `dip` bend its three joints into the palm (+).  Thumb: `radial` and
`palmar` aim its metacarpal (away from the fingers, and out of the palm), `twist` rolls it
about its own length (+ turns the nail to the viewer when the palm faces the viewer), `mcp`
and `ip` bend its two other joints.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.mesh import FloatArray, HandMesh
from trainer.joints import FINGERS

Angles = npt.NDArray[np.float64]

LONG_FINGERS = FINGERS[1:]
"""All but the thumb."""

FINGER_ANGLES = ("spread", "mcp", "pip", "dip")
THUMB_ANGLES = ("radial", "palmar", "twist", "mcp", "ip")
ANGLES = (
    *(f"{finger}_{angle}" for finger in LONG_FINGERS for angle in FINGER_ANGLES),
    *(f"thumb_{angle}" for angle in THUMB_ANGLES),
)
THUMB = slice(16, 21)


@dataclass(frozen=True)
class Proportions:
    """How a person's hand differs from the mesh at rest (all factors, 1 = unchanged)."""

    palm: Angles = field(default_factory=lambda: np.ones(3))  # (3,) width, length, depth
    length: Angles = field(default_factory=lambda: np.ones(26))  # (joints,) along each bone
    width: Angles = field(default_factory=lambda: np.ones(26))  # (joints,) across each bone


def rotation(axis: int, degrees: npt.NDArray[np.float64] | float) -> npt.NDArray[np.float64]:
    """Rotation matrices (..., 3, 3) about coordinate axis 0, 1 or 2."""
    angle = np.deg2rad(np.asarray(degrees, np.float64))
    one, two = (axis + 1) % 3, (axis + 2) % 3
    matrix = np.zeros((*angle.shape, 3, 3))
    matrix[..., axis, axis] = 1.0
    matrix[..., one, one] = matrix[..., two, two] = np.cos(angle)
    matrix[..., one, two] = -np.sin(angle)
    matrix[..., two, one] = np.sin(angle)
    return matrix


def _turn(start: Angles, end: Angles) -> npt.NDArray[np.float64]:
    """The smallest rotations (..., 3, 3) that take unit vector `start` (3,) to `end` (..., 3)."""
    cross = np.cross(np.broadcast_to(start, end.shape), end)
    skew = np.zeros((*end.shape[:-1], 3, 3))
    skew[..., 0, 1], skew[..., 0, 2] = -cross[..., 2], cross[..., 1]
    skew[..., 1, 0], skew[..., 1, 2] = cross[..., 2], -cross[..., 0]
    skew[..., 2, 0], skew[..., 2, 1] = -cross[..., 1], cross[..., 0]
    scale = 1.0 / (1.0 + end @ start + 1e-9)
    return np.asarray(np.eye(3) + skew + scale[..., None, None] * (skew @ skew))


class Skeleton:
    """Bone frames of one mesh with one person's proportions."""

    def __init__(self, mesh: HandMesh, proportions: Proportions | None = None) -> None:
        self.mesh = mesh
        self.proportions = proportions or Proportions()
        bind = mesh.bind.astype(np.float64)
        self._place = bind[:, :3, 3] * self.proportions.palm
        self._rotation = bind[:, :3, :3]
        self._bone = np.zeros(len(bind))
        for child, parent in enumerate(mesh.joint_parents):
            if parent > 0:
                gap = np.linalg.norm(bind[child, :3, 3] - bind[parent, :3, 3])
                self._bone[parent] = gap * self.proportions.length[parent]
        self._chain = {
            finger: [
                mesh.joint(f"{finger}-finger-{part}")
                for part in ("phalanx-proximal", "phalanx-intermediate", "phalanx-distal", "tip")
            ]
            for finger in LONG_FINGERS
        }
        self._roll = {}
        for finger, chain in self._chain.items():
            bend = self._rotation[chain[0], :, 0]
            self._roll[finger] = float(np.rad2deg(np.arctan2(-bend[2], bend[0])))
        self._thumb = [
            mesh.joint(f"thumb-{part}")
            for part in ("metacarpal", "phalanx-proximal", "phalanx-distal", "tip")
        ]

    def thumb_frames(self, angles: Angles) -> npt.NDArray[np.float64]:
        """Frames (..., 4 joints, 4, 4), without scale, for thumb angles (..., 5)."""
        radial, palmar = np.deg2rad(angles[..., 0]), np.deg2rad(angles[..., 1])
        aim = np.stack(
            [np.sin(radial) * np.cos(palmar), np.cos(radial) * np.cos(palmar), np.sin(palmar)],
            axis=-1,
        )
        rest = self._rotation[self._thumb[0]]
        turn = _turn(rest[:, 1], aim) @ rest @ rotation(1, angles[..., 2])
        return self._follow(self._thumb, turn, [angles[..., 3], angles[..., 4]])

    def _follow(
        self, chain: list[int], turn: npt.NDArray[np.float64], bends: list[Angles]
    ) -> npt.NDArray[np.float64]:
        """Frames (..., 4, 4, 4) along a chain of 4 joints whose first bone is turned `turn`."""
        frames = np.zeros((*turn.shape[:-2], 4, 4, 4))
        frames[..., 3, 3] = 1.0
        place = np.broadcast_to(self._place[chain[0]], turn.shape[:-1])
        for step, joint in enumerate(chain):
            if 0 < step <= len(bends):
                turn = turn @ rotation(0, bends[step - 1])
            frames[..., step, :3, :3] = turn
            frames[..., step, :3, 3] = place
            place = place + self._bone[joint] * turn[..., :, 1]
        return frames

    def frames(self, angles: Angles, forearm: npt.NDArray[np.float64] | None = None) -> FloatArray:
        """Bone frames (joints, 4, 4) float32 for one handshape (21,) in degrees.

        `forearm` (3, 3) turns the forearm against the hand (identity: in line with it).
        """
        posed = np.tile(np.eye(4), (len(self._place), 1, 1))
        posed[:, :3, :3] = self.proportions.palm[None, :, None] * self._rotation
        posed[:, :3, 3] = self._place
        for number, finger in enumerate(LONG_FINGERS):
            spread, mcp, pip, dip = angles[4 * number : 4 * number + 4]
            turn = rotation(2, -spread) @ rotation(1, self._roll[finger]) @ rotation(0, mcp)
            chain = self._chain[finger]
            posed[chain] = self._scaled(chain, self._follow(chain, turn, [pip, dip]))
        posed[self._thumb] = self._scaled(self._thumb, self.thumb_frames(angles[THUMB]))
        if forearm is not None:
            posed[self.mesh.joint("forearm"), :3, :3] = forearm * self.proportions.palm
        return posed.astype(np.float32)

    def _scaled(self, chain: list[int], frames: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        across, along = self.proportions.width[chain], self.proportions.length[chain]
        scale = np.stack([across, along, across], axis=-1)
        frames[:, :3, :3] *= scale[:, None, :]
        return frames
