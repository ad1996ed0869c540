"""The reference images of the alphabet: cut-out hands for light and dark windows."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.mesh import FloatArray, default_mesh
from trainer.hand_renderer.reference import (
    Pose,
    average_skeleton,
    draw,
    fading,
    letter_pose,
    moving_keys,
    signed,
)
from trainer.hand_renderer.render import Framing, Rendered
from trainer.letters import ALPHABET
from trainer.support import atomic
from trainer.support.errors import UserError

SIDE = 520
"""Of an image, in pixels."""

_QUALITY = 88
_STILL = Framing(0.6, 1.4)
_SPAN = 0.36  # metres that the image of a moving letter shows
_MOVING = Framing(distance=0.8, span=_SPAN, look_at=(0.0, 0.05))
_FADE = 0.1  # of the side: over this the forearm fades out towards the edge
_PATH_STEPS = 40
_PATH_COLOUR = (200.0, 120.0, 30.0)
_SHADE = 0.4

Cutout = npt.NDArray[np.uint8]
"""(SIDE, SIDE, 4) BGR and opacity, not multiplied."""


def write_alphabet(folder: Path) -> list[Path]:
    """Writes A.webp to Z.webp into a folder, which is made if need be.

    Raises:
        UserError: The files cannot be written.
    """
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UserError(f"{folder}: cannot be made ({error.strerror or error}).") from error
    written = []
    for letter in ALPHABET:
        path = folder / f"{letter}.webp"
        coded = cv2.imencode(".webp", cutout(letter), [cv2.IMWRITE_WEBP_QUALITY, _QUALITY])[1]
        atomic.write_bytes(path, coded.tobytes())
        written.append(path)
    return written


def cutout(letter: str) -> Cutout:
    """A letter as the viewer sees it; J and Z with the path of the fingertip."""
    if letter in "JZ":
        return _with_path(letter)
    drawn = draw(letter_pose(letter), _STILL, SIDE)
    return _cut(drawn.colour, drawn.alpha)


def _cut(colour: FloatArray, alpha: FloatArray) -> Cutout:
    """Straight colours from premultiplied ones, faded out at the edges."""
    straight = colour / np.maximum(alpha, 1e-3)[:, :, None]
    opacity = alpha * fading(SIDE, _FADE)
    cut = np.concatenate([straight, opacity[:, :, None]], axis=2)
    return np.clip(cut * 255 + 0.5, 0, 255).astype(np.uint8)


def _with_path(letter: str) -> Cutout:
    """Where the hand begins, a shade of where it ends, and an arrow along the way."""
    keys = moving_keys(letter)
    first, last = _drawn(keys[0][1]), _drawn(keys[-1][1])
    under = _SHADE * (1 - first.alpha)
    colour = first.colour + last.colour * under[:, :, None]
    image = _cut(colour, first.alpha + last.alpha * under)
    finger = "pinky" if letter == "J" else "index"
    tip = default_mesh().joint(f"{finger}-finger-tip")
    path = np.array([_place_of(tip, pose) for pose in signed(letter, _PATH_STEPS)], np.float32)
    _draw_arrow(image, path)
    return image


def _drawn(pose: Pose) -> Rendered:
    return draw(pose, _MOVING, SIDE)


def _place_of(joint: int, pose: Pose) -> npt.NDArray[np.float64]:
    """Where a joint is in a moving letter's image, (2,) pixels."""
    bones = average_skeleton().frames(pose.angles)
    x, y, z = pose.turn @ bones[joint, :3, 3] + pose.place
    zoom = SIDE / _SPAN * _MOVING.distance
    along = np.array([x, y]) / (_MOVING.distance - z) - np.array(_MOVING.look_at) / _MOVING.distance
    return np.asarray(SIDE / 2 + zoom * along * [1, -1], np.float64)


def _draw_arrow(image: Cutout, path: FloatArray) -> None:
    """A line with a white edge through the points (n, 2), and a head at its end, in place."""
    ahead = path[-1] - path[-4]
    ahead /= np.linalg.norm(ahead)
    aside = np.array([-ahead[1], ahead[0]])
    head = path[-1] + 9 * ahead
    corners = np.array([head, head - 22 * ahead + 12 * aside, head - 22 * ahead - 12 * aside])
    line = (path[:-2] * 16).astype(np.int32)
    for colour, width in (((255.0, 255.0, 255.0), 12), (_PATH_COLOUR, 6)):
        paint = (*colour, 255.0)
        cv2.polylines(image, [line], False, paint, width, cv2.LINE_AA, 4)
        cv2.polylines(
            image, [(corners * 16).astype(np.int32)], True, paint, width - 4, cv2.LINE_AA, 4
        )
    cv2.fillPoly(image, [(corners * 16).astype(np.int32)], (*_PATH_COLOUR, 255.0), cv2.LINE_AA, 4)
