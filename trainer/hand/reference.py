"""Clear, unvarying pictures of an average hand, for learners and for demonstration clips.

    picture, mask = reference_picture("K", 256)
    frames = [frame_picture(pose, 256)[0] for pose in signed("J", 24)]

All pictures show a right hand as the viewer sees it who faces the signer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from trainer.hand.mesh import FloatArray, default_mesh
from trainer.hand.poses import shape_angles
from trainer.hand.render import Framing, Light, Skin, render_hand
from trainer.hand.skeleton import Angles, Skeleton, rotation
from trainer.hand.stance import place_hand
from trainer.hand.variation import usual_proportions
from trainer.hand.views import VIEWS, View

Picture = npt.NDArray[np.uint8]

# Where the first of a letter's views is not the clearest one to learn from.
_CLEAREST = {"F": 2, "G": 1, "H": 1, "P": 1}
_SPAN = 0.46  # metres of the scene that a frame of a moving hand shows


@dataclass(frozen=True)
class Pose:
    """A hand at one moment.

    angles (21,) degrees; turn (3, 3) hand space to viewer space; elbow (3,) direction from
    the wrist, viewer space; place (3,) of the wrist, metres, viewer space.
    """

    angles: Angles
    turn: npt.NDArray[np.float64]
    elbow: npt.NDArray[np.float64]
    place: npt.NDArray[np.float64]


def _grey(value: float) -> FloatArray:
    return np.full(3, value, np.float32)


@lru_cache(maxsize=1)
def _skeleton() -> Skeleton:
    return Skeleton(default_mesh(), usual_proportions(default_mesh()))


@lru_cache(maxsize=1)
def _looks() -> tuple[Light, Skin]:
    towards = np.array([0.3, 0.55, 0.78], np.float32)
    light = Light(
        towards / np.float32(np.linalg.norm(towards)), _grey(0.8), _grey(0.52), _grey(0.36), 0.5
    )
    skin = Skin(
        back=np.array([0.36, 0.49, 0.69], np.float32),
        palm=np.array([0.46, 0.58, 0.78], np.float32),
        nail=np.array([0.58, 0.64, 0.86], np.float32),
        mottle=0.02,
        gloss=0.08,
        line=0.2,
    )
    return light, skin


def _pose(shape: str, view: View, place: Sequence[float] = (0.0, 0.0, 0.0)) -> Pose:
    return Pose(
        angles=shape_angles(shape, _skeleton()),
        turn=view.rotation(),
        elbow=np.array(view.elbow, np.float64),
        place=np.array(place, np.float64),
    )


def letter_pose(letter: str, view: int | None = None) -> Pose:
    """The pose of a still letter, in its clearest view or in number `view` of `VIEWS`."""
    chosen = VIEWS[letter][_CLEAREST.get(letter, 0) if view is None else view]
    return _pose(chosen.shape or letter, chosen)


def blend(first: Pose, second: Pose, share: float) -> Pose:
    """The pose `share` (0 to 1) of the way from one pose to another."""
    between = cv2.Rodrigues(first.turn.T @ second.turn)[0]
    return Pose(
        angles=first.angles + (second.angles - first.angles) * share,
        turn=first.turn @ np.asarray(cv2.Rodrigues(between * share)[0], np.float64),
        elbow=first.elbow + (second.elbow - first.elbow) * share,
        place=first.place + (second.place - first.place) * share,
    )


def _moving_keys(letter: str) -> list[tuple[float, Pose]]:
    """Moments (0 to 1) and poses of J or Z, between which the hand glides."""
    front = View((0, 1, 0), (0, 0, 1))
    if letter == "Z":  # drawn as the signer sees it, so from the viewer's right to the left
        corners = ((0.06, 0.03), (-0.06, 0.03), (0.06, -0.07), (-0.06, -0.07))
        tilted = View((0, 0.85, 0.5), (0, -0.5, 0.85))
        return [(k / 3, _pose("D", tilted, (*at, 0.0))) for k, at in enumerate(corners)]
    stations: tuple[tuple[float, tuple[float, float], float, float], ...] = (
        # moment, place, roll, yaw (degrees): down, then round to the signer's left
        (0.0, (-0.04, 0.02), 0.0, 0.0),
        (0.4, (-0.04, -0.06), 0.0, 0.0),
        (0.6, (-0.03, -0.09), -10.0, 35.0),
        (0.8, (0.01, -0.10), -30.0, 90.0),
        (1.0, (0.05, -0.07), -45.0, 140.0),
    )
    keys = []
    for moment, at, roll, yaw in stations:
        start = _pose("I", front, (*at, 0.0))
        turn = rotation(2, roll) @ rotation(1, yaw) @ start.turn
        keys.append((moment, Pose(start.angles, turn, start.elbow, start.place)))
    return keys


def signed(letter: str, count: int) -> list[Pose]:
    """`count` poses of a letter signed once; only J and Z move."""
    if letter not in "JZ":
        return [letter_pose(letter)] * count
    keys = _moving_keys(letter)
    poses = []
    for step in range(count):
        moment = step / max(count - 1, 1)
        after = next(k for k in range(1, len(keys)) if moment <= keys[k][0] + 1e-9)
        (start, first), (end, second) = keys[after - 1], keys[after]
        poses.append(blend(first, second, (moment - start) / (end - start)))
    return poses


def _picture(pose: Pose, framing: Framing, size: int, ground: float) -> tuple[Picture, Picture]:
    mesh = default_mesh()
    light, skin = _looks()
    stance = place_hand(mesh, mesh.vertices, _skeleton(), pose.angles, pose.turn, pose.elbow)
    shift = pose.place.astype(np.float32)
    drawn = render_hand(
        mesh, stance.vertices + shift, stance.joints + shift, light, skin, framing, size
    )
    colour = drawn.colour + ground * (1 - drawn.alpha)[:, :, None]
    return (
        np.clip(colour * 255 + 0.5, 0, 255).astype(np.uint8),
        np.round(drawn.alpha * 255).astype(np.uint8),
    )


def reference_picture(
    letter: str, size: int, view: int | None = None, ground: float = 0.92
) -> tuple[Picture, Picture]:
    """A still letter, (size, size, 3) uint8 BGR, and the hand's mask (size, size) uint8.

    The hand's box fills two thirds of the picture; `ground` is the background's grey, 0 to 1.
    """
    return _picture(letter_pose(letter, view), Framing(0.6, 1.5), size, ground)


def frame_picture(pose: Pose, size: int, ground: float = 0.92) -> tuple[Picture, Picture]:
    """One frame of a clip: as `reference_picture`, seen by a camera that stands still."""
    framing = Framing(distance=0.7, span=_SPAN, look_at=(0.0, 0.055))
    return _picture(pose, framing, size, ground)
