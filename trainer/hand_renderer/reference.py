"""Clear, unvarying images of an average hand, for learners and for demonstration clips.

    image, mask = reference_image("K", 256)

All images show a right hand as the viewer sees it who faces the signer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.camera_angles import VIEWS, View
from trainer.hand_renderer.mesh import FloatArray, default_mesh, fine_mesh
from trainer.hand_renderer.poses import shape_angles
from trainer.hand_renderer.render import Framing, Light, Rendered, Skin, render_hand
from trainer.hand_renderer.skeleton import Angles, Skeleton, rotation
from trainer.hand_renderer.stance import place_hand
from trainer.hand_renderer.variation import usual_proportions

Image = npt.NDArray[np.uint8]


def _bgr(blue: float, green: float, red: float) -> FloatArray:
    return np.array([blue, green, red], np.float32)


def _unit(x: float, y: float, z: float) -> FloatArray:
    vector = np.array([x, y, z], np.float32)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


SOFT_LIGHT = Light(
    direction=_unit(0.35, 0.5, 0.8),
    colour=_bgr(0.62, 0.65, 0.68),
    sky=_bgr(0.50, 0.49, 0.47),
    floor=_bgr(0.38, 0.38, 0.39),
    shadow=0.35,
    crease=0.7,
)
"""A large lamp above the viewer's shoulder, in a bright room."""

NATURAL_SKIN = Skin(
    back=_bgr(0.46, 0.56, 0.76),
    palm=_bgr(0.55, 0.63, 0.84),
    nail=_bgr(0.66, 0.69, 0.90),
    mottle=0.03,
    gloss=0.06,
    line=0.16,
)

SLEEVE = _bgr(0.32, 0.22, 0.17)
"""Dark blue cloth."""

_FRONT = View((0, 1, 0), (0, 0, 1))
# Where the first of a letter's views is not the clearest one to learn from.
_CLEAREST = {
    "A": replace(_FRONT, shape="A clear"),
    "D": VIEWS["D"][1],
    "E": replace(_FRONT, shape="E clear"),
    "F": VIEWS["F"][2],
    "G": VIEWS["G"][3],
    "H": View((1, 0.05, 0.1), (0, -0.15, -1), (-0.8, -0.6, 0.0)),
    "M": replace(_FRONT, shape="M clear"),
    "P": View((0.8, -0.2, 0.5), (0.45, -0.85, -0.1), (-0.7, -0.3, -0.4)),
    "Q": VIEWS["Q"][3],
    "S": replace(_FRONT, shape="S clear"),
    "T": replace(_FRONT, shape="T clear"),
    "X": View((0.1, 1, 0), (0.5, 0, 0.85), (-0.2, -1, -0.1), shape="X clear"),
}
_J_RADIUS = 0.045  # metres, of the bow that the little finger's tip draws
_GROUND = 0.92  # gray of the background, 0 to 1


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


@lru_cache(maxsize=1)
def average_skeleton() -> Skeleton:
    """The bones of an average hand, made once."""
    return Skeleton(default_mesh(), usual_proportions(default_mesh()))


def _pose(
    shape: str,
    view: View,
    place: Sequence[float] = (0.0, 0.0, 0.0),
    person: Skeleton | None = None,
) -> Pose:
    return Pose(
        angles=_angles(shape, person or average_skeleton()),
        turn=view.rotation(),
        elbow=np.array(view.elbow, np.float64),
        place=np.array(place, np.float64),
    )


@lru_cache(maxsize=128)
def _angles(shape: str, person: Skeleton) -> Angles:
    angles = shape_angles(shape, person)
    angles.flags.writeable = False
    return angles


def letter_pose(letter: str, view: int | None = None, person: Skeleton | None = None) -> Pose:
    """The pose of a still letter.

    Args:
        letter: One of the 24.
        view: Number in `VIEWS`; None for the clearest view.
        person: Whose hand; None for an average one.
    """
    views = VIEWS[letter]
    chosen = _CLEAREST.get(letter, views[0]) if view is None else views[view]
    return _pose(chosen.shape or letter, chosen, person=person)


def blend(first: Pose, second: Pose, share: float) -> Pose:
    """The pose `share` (0 to 1) of the way from one pose to another."""
    between = cv2.Rodrigues(first.turn.T @ second.turn)[0]
    return Pose(
        angles=first.angles + (second.angles - first.angles) * share,
        turn=first.turn @ np.asarray(cv2.Rodrigues(between * share)[0], np.float64),
        elbow=first.elbow + (second.elbow - first.elbow) * share,
        place=first.place + (second.place - first.place) * share,
    )


def moving_keys(letter: str, person: Skeleton | None = None) -> list[tuple[float, Pose]]:
    """Moments (0 to 1) and poses of J or Z, between which the hand glides."""
    if letter == "Z":  # drawn as the signer sees it, so from the viewer's right to the left
        corners = ((0.06, 0.03), (-0.06, 0.03), (0.06, -0.07), (-0.06, -0.07))
        tilted = View((0, 0.85, 0.5), (0, -0.5, 0.85))
        return [(k / 3, _pose("D", tilted, (*at, 0.0), person)) for k, at in enumerate(corners)]
    start = _pose("I", _FRONT, person=person)
    frames = (person or average_skeleton()).frames(start.angles)
    tip = frames[default_mesh().joint("pinky-finger-tip"), :3, 3].astype(np.float64)
    keys = []
    for moment in (0.0, 0.4, *np.linspace(0.46, 1.0, 10)):
        # Down, then round to the signer's left while the palm turns to the signer.
        bow = max(0.0, (moment - 0.4) / 0.6)
        angle = np.pi * (1 + 0.85 * bow)
        across = _J_RADIUS * np.cos(angle)
        up = 0.04 + (0.1 * (1 - moment / 0.4) if moment < 0.4 else _J_RADIUS * np.sin(angle))
        turn = rotation(2, -35.0 * bow) @ rotation(1, 140.0 * bow) @ start.turn
        place = np.array([across, up, 0.0]) - (turn @ tip) * [1.0, 1.0, 0.0]
        keys.append((float(moment), replace(start, turn=turn, place=place)))
    return keys


def signed(letter: str, count: int) -> list[Pose]:
    """`count` poses of a letter signed once; only J and Z move."""
    if letter not in "JZ":
        return [letter_pose(letter)] * count
    keys = moving_keys(letter)
    poses = []
    for step in range(count):
        moment = step / max(count - 1, 1)
        after = next(k for k in range(1, len(keys)) if moment <= keys[k][0] + 1e-9)
        (start, first), (end, second) = keys[after - 1], keys[after]
        poses.append(blend(first, second, (moment - start) / (end - start)))
    return poses


def draw(
    pose: Pose,
    framing: Framing,
    size: int,
    light: Light = SOFT_LIGHT,
    skin: Skin = NATURAL_SKIN,
    person: Skeleton | None = None,
    *,
    smooth: bool = True,
) -> Rendered:
    """The hand alone, `size` pixels square.

    Args:
        pose: What is drawn.
        framing: How large, and from how far.
        size: Side, in pixels.
        light: From where, and how bright.
        skin: Its colours.
        person: Whose hand; None for an average one.
        smooth: Whether the surface is refined, which takes twice the time.
    """
    mesh = default_mesh()
    person = person or average_skeleton()
    stance = place_hand(mesh, mesh.vertices, person, pose.angles, pose.turn, pose.elbow)
    shift = pose.place.astype(np.float32)
    joints = stance.joints + shift
    if not smooth:
        return render_hand(mesh, stance.vertices + shift, joints, light, skin, framing, size)
    finer, fine = fine_mesh()
    return render_hand(fine, finer(stance.vertices) + shift, joints, light, skin, framing, size)


def fading(size: int, width: float) -> FloatArray:
    """Opacity (size, size) that falls from 1 to 0 towards the edges, over `width` of the side."""
    place = (np.arange(size, dtype=np.float32) + 0.5) / size
    edge = np.clip(np.minimum(place, 1 - place) / width, 0, 1)
    return np.asarray(np.minimum(edge[None], edge[:, None]), np.float32)


def reference_image(letter: str, size: int) -> tuple[Image, Image]:
    """A still letter, (size, size, 3) uint8 BGR, and the hand's mask (size, size) uint8.

    The hand's box fills two thirds of the image.
    """
    drawn = draw(letter_pose(letter), Framing(0.6, 1.5), size)
    colour = drawn.colour + _GROUND * (1 - drawn.alpha)[:, :, None]
    return (
        np.clip(colour * 255 + 0.5, 0, 255).astype(np.uint8),
        np.round(drawn.alpha * 255).astype(np.uint8),
    )
