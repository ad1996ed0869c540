"""A posed hand, turned towards the viewer, with its forearm aimed at the elbow."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.mesh import FloatArray, HandMesh, skin
from trainer.hand_renderer.skeleton import Angles, Skeleton


@dataclass(frozen=True)
class Stance:
    """A posed hand in viewer space: vertices (n, 3) and joints (j, 3), float32 metres."""

    vertices: FloatArray
    joints: FloatArray


def place_hand(
    mesh: HandMesh,
    rest: FloatArray,
    skeleton: Skeleton,
    angles: Angles,
    turn: npt.NDArray[np.float64],
    elbow: npt.NDArray[np.float64],
) -> Stance:
    """Poses `rest` (n, 3), turns it by `turn` (3, 3) and aims the forearm at `elbow` (3,).

    The wrist bends at most 80 degrees towards the elbow's direction (viewer space).
    """
    wanted = turn.T @ elbow
    wanted /= np.linalg.norm(wanted)
    axis = np.cross([0.0, -1.0, 0.0], wanted)
    size = np.linalg.norm(axis)
    bend = min(float(np.arctan2(size, -wanted[1])), np.deg2rad(80))
    forearm = cv2.Rodrigues(axis / max(size, 1e-9) * bend)[0]
    frames = skeleton.frames(angles, np.asarray(forearm, np.float64))
    rotate = turn.astype(np.float32).T
    vertices = skin(mesh, rest, frames) @ rotate
    return Stance(vertices, frames[:, :3, 3] @ rotate)
