"""A word spelled by one person's hand, as shots to show one after the other.

    person = random_signer(np.random.default_rng(1))
    for shot in film("HELLO", person, size=320):
        show(shot.image, shot.seconds)

A letter that is held is one shot, so that only the ways between the letters take time to draw.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.mesh import HandMesh, default_mesh
from trainer.hand_renderer.reference import (
    NATURAL_SKIN,
    SOFT_LIGHT,
    Pose,
    average_skeleton,
    draw,
    fading,
    letter_pose,
)
from trainer.hand_renderer.render import Framing, Skin
from trainer.hand_renderer.skeleton import Skeleton, rotation
from trainer.hand_renderer.spelling import spell
from trainer.hand_renderer.synth import random_skin, skin_tone
from trainer.hand_renderer.variation import random_proportions

SHOTS_PER_SECOND = 10
SIZE = 260
"""Side of a shot, in pixels."""

_SPAN = 0.29  # metres that a shot shows at the wrist
_FRAMING = Framing(distance=0.7, span=_SPAN, look_at=(0.0, 0.01))
_LETTER_FRAMING = Framing(distance=0.7, fill=1.35)
_FADE = 0.07  # of the side: over this the forearm fades out towards the edge
_YAW, _PITCH = 16.0, 8.0  # degrees, standard deviation of where a signer is seen from
_MOST_YAW, _MOST_PITCH = 24.0, 12.0

Cutout = npt.NDArray[np.uint8]
"""(size, size, 4) BGR and opacity, multiplied."""


@dataclass(frozen=True, eq=False)
class Signer:
    """Whose hand signs, and from where it is seen (compared by identity).

    Attributes:
        person: Bones.
        skin: Colours.
        yaw: Degrees that the viewer stands aside.
        pitch: Degrees that the viewer stands above.
        left: Whether it is a left hand.
    """

    person: Skeleton
    skin: Skin
    yaw: float = 0.0
    pitch: float = 0.0
    left: bool = False


class Shot(NamedTuple):
    """An image and for how long it stands."""

    image: Cutout
    seconds: float


@lru_cache(maxsize=1)
def usual_signer() -> Signer:
    """The hand of the images of the alphabet."""
    return Signer(average_skeleton(), NATURAL_SKIN)


def random_signer(rng: np.random.Generator) -> Signer:
    """Another person: skin, proportions, sleeve, side and view."""
    mesh = default_mesh()
    return Signer(
        Skeleton(mesh, random_proportions(mesh, rng)),
        _natural_skin(mesh, rng),
        float(np.clip(rng.normal(0, _YAW), -_MOST_YAW, _MOST_YAW)),
        float(np.clip(rng.normal(0, _PITCH), -_MOST_PITCH, _MOST_PITCH)),
        bool(rng.random() < 0.3),
    )


def _natural_skin(mesh: HandMesh, rng: np.random.Generator) -> Skin:
    """Any skin, without the tints and bands that training asks for."""
    back = skin_tone(rng.random()).astype(np.float32)
    palm = back + (NATURAL_SKIN.palm - back) * np.float32(rng.uniform(0.1, 0.35))
    nail = palm + (NATURAL_SKIN.nail - palm) * np.float32(rng.uniform(0.2, 0.6))
    return replace(random_skin(mesh, rng), back=back, palm=palm, nail=nail, bands=())


def letter_shot(letter: str, signer: Signer, size: int = SIZE) -> Shot:
    """One of the 24 letters, held."""
    pose = _seen_from(letter_pose(letter, person=signer.person), signer)
    return Shot(_cutout(pose, signer, _LETTER_FRAMING, size), 0.0)


def film(
    text: str,
    signer: Signer,
    hold: float,
    glide: float,
    size: int = SIZE,
    stopped: Callable[[], bool] = lambda: False,
) -> Iterator[Shot]:
    """The shots of a text, from a hand that rises to one that is lowered again.

    Args:
        text: Letters A to Z and spaces.
        signer: Whose hand.
        hold: Seconds that a letter is held.
        glide: Seconds from one letter to the next.
        size: Of a shot, in pixels.
        stopped: Asked before every shot, whether to end.

    Raises:
        ValueError: There is no letter, or something that is neither letter nor space.
    """
    spelling = spell(text, hold, glide, signer.person)
    step = 1 / SHOTS_PER_SECOND
    held = [(k.start, k.end) for k in spelling.letters if k.letter not in "JZ"]
    now = 0.0
    while now < spelling.seconds and not stopped():
        until = next((end for start, end in held if start <= now < end), now + step)
        # The next letter begins at its own time.
        until = min([until, *(start for start, _ in held if now < start < until)])
        pose = _seen_from(spelling.still_pose(now), signer)
        yield Shot(_cutout(pose, signer, _FRAMING, size), until - now)
        now = until


def _seen_from(pose: Pose, signer: Signer) -> Pose:
    turn = rotation(0, signer.pitch) @ rotation(1, signer.yaw)
    return replace(pose, turn=turn @ pose.turn, elbow=turn @ pose.elbow)


def _cutout(pose: Pose, signer: Signer, framing: Framing, size: int) -> Cutout:
    drawn = draw(pose, framing, size, SOFT_LIGHT, signer.skin, signer.person, smooth=False)
    cut = np.concatenate([drawn.colour, drawn.alpha[:, :, None]], axis=2)
    cut *= fading(size, _FADE)[:, :, None]
    # Colours are at most as strong as their opacity, or adding them up would wrap around.
    np.minimum(cut[:, :, :3], cut[:, :, 3:], out=cut[:, :, :3])
    image: Cutout = np.clip(cut * 255 + 0.5, 0, 255).astype(np.uint8)
    return np.ascontiguousarray(image[:, ::-1] if signer.left else image)
