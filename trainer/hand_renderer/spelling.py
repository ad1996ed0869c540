"""A text as the movement of a hand that spells it.

spelling = spell("HELLO")
pose = spelling.pose(1.3)
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from trainer.hand_renderer.mesh import default_mesh
from trainer.hand_renderer.reference import Pose, average_skeleton, blend, letter_pose, moving_keys
from trainer.hand_renderer.skeleton import Angles, Skeleton, rotation
from trainer.hand_renderer.stance import place_hand

HOLD_SECONDS = 0.9
GLIDE_SECONDS = 0.35
"""From one letter to the next."""

_RISE_SECONDS = 0.6
_REST_SECONDS = 0.4
_LOOSE_SECONDS = 0.25  # between two letters that are the same
_BELOW = (0.0, -0.34, 0.0)  # metres: out of the image
_HELD_SIZE = 0.17  # metres: fists come nearer, long shapes go back, until they look this large
_NEARER = (-0.08, 0.16)  # metres, at most
_DISTANCE = 0.7  # metres from camera to wrist
_DOUBLED_STEP = -0.012  # metres: a letter said twice is set down beside itself

# A hand at ease, between words: the four fingers' spread and three bends, then the thumb.
_LOOSE: Angles = np.array(
    [3, 25, 30, 15, 0, 28, 32, 15, -3, 30, 34, 16, -7, 32, 34, 16, 35, 35, 0, 10, 15], np.float64
)
# Slow sway of a hand that is held still: seconds a turn, metres and degrees.
_SWAYS = ((3.7, 0.0016, 1.2), (2.3, 0.0011, 0.9), (5.1, 0.0018, 1.4))


@dataclass(frozen=True)
class Held:
    """A letter and when it is held, in seconds."""

    letter: str
    start: float
    end: float


@dataclass(frozen=True)
class Spelling:
    """Moments in rising order (seconds), the pose at each, and the letters that are held."""

    moments: tuple[float, ...]
    poses: tuple[Pose, ...]
    letters: tuple[Held, ...]

    @property
    def seconds(self) -> float:
        """How long it all takes."""
        return self.moments[-1]

    def pose(self, seconds: float) -> Pose:
        """The hand at one time; it speeds up and slows down between the moments, and sways."""
        return _swaying(self.still_pose(seconds), seconds)

    def still_pose(self, seconds: float) -> Pose:
        """The hand at one time without its sway, so that a held letter stands still."""
        after = min(max(bisect_right(self.moments, seconds), 1), len(self.moments) - 1)
        start, end = self.moments[after - 1], self.moments[after]
        share = min(max((seconds - start) / (end - start), 0.0), 1.0)
        smooth = share * share * (3 - 2 * share)
        return blend(self.poses[after - 1], self.poses[after], smooth)


def spell(
    text: str,
    hold: float = HOLD_SECONDS,
    glide: float = GLIDE_SECONDS,
    person: Skeleton | None = None,
) -> Spelling:
    """The movement for words of the letters A to Z; between words the hand is lowered.

    Args:
        text: Letters and spaces.
        hold: Seconds that a letter is held; J and Z take half as long again.
        glide: Seconds from one letter to the next.
        person: Whose hand; None for an average one.

    Raises:
        ValueError: There is no letter, or something that is neither letter nor space.
    """
    words = text.upper().split()
    if not words or not all("A" <= letter <= "Z" for word in words for letter in word):
        raise ValueError(f"{text!r} cannot be spelled: only the letters A to Z and spaces can")
    keys: list[tuple[float, Pose]] = []
    letters: list[Held] = []
    now = 0.0
    for word in words:
        keys.append((now, _at_ease(_still(word[0], person))))
        now += _RISE_SECONDS
        before = ""
        step = 0.0
        for letter in word:
            if before:
                if letter == before:
                    step += _DOUBLED_STEP
                    loose = _at_ease(keys[-1][1], below=False)
                    keys.append((now + glide, loose))
                    keys.append((now + glide + _LOOSE_SECONDS, loose))
                    now += glide + _LOOSE_SECONDS
                else:
                    step = 0.0
                now += glide
            end = now + hold * (1.5 if letter in "JZ" else 1.0)
            for share, pose in _keys(letter, person):
                keys.append((now + share * (end - now), _moved(pose, (step, 0.0, 0.0))))
            letters.append(Held(letter, round(now, 3), round(end, 3)))
            now, before = end, letter
        now += _RISE_SECONDS
        keys.append((now, _at_ease(keys[-1][1])))
        now += _REST_SECONDS
    keys.append((now, keys[-1][1]))
    return Spelling(tuple(k for k, _ in keys), tuple(p for _, p in keys), tuple(letters))


def _keys(letter: str, person: Skeleton | None) -> Sequence[tuple[float, Pose]]:
    if letter in "JZ":
        return moving_keys(letter, person)
    pose = _still(letter, person)
    return ((0.0, pose), (1.0, pose))


def _still(letter: str, person: Skeleton | None) -> Pose:
    """A letter, or the start of one that moves, in the middle of the image."""
    if letter in "JZ":
        return moving_keys(letter, person)[0][1]
    pose = letter_pose(letter, person=person)
    low, high = _extent(pose, person or average_skeleton())
    small = 1 - float((high - low).max()) / _HELD_SIZE
    nearer = float(np.clip(_DISTANCE * small, *_NEARER))
    middle = (low + high) / 2
    return replace(pose, place=np.array([-middle[0], -middle[1], nearer]))


def _extent(
    pose: Pose, person: Skeleton
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Lowest and highest x and y (2,) of the hand without the forearm, wrist at 0; metres."""
    mesh = default_mesh()
    stance = place_hand(mesh, mesh.vertices, person, pose.angles, pose.turn, pose.elbow)
    hand = stance.vertices[mesh.vertices[:, 1] > 0, :2].astype(np.float64)
    return hand.min(axis=0), hand.max(axis=0)


def _at_ease(pose: Pose, *, below: bool = True) -> Pose:
    loose = replace(pose, angles=pose.angles + (_LOOSE - pose.angles) * 0.8)
    return _moved(loose, _BELOW) if below else loose


def _moved(pose: Pose, by: Sequence[float]) -> Pose:
    return replace(pose, place=pose.place + np.array(by))


def _swaying(pose: Pose, seconds: float) -> Pose:
    moved = np.array(
        [m * np.sin(2 * np.pi * seconds / t + k) for k, (t, m, _) in enumerate(_SWAYS)]
    )
    roll, pitch, yaw = (
        float(a * np.sin(2 * np.pi * seconds / (1.3 * t) + 2 * k))
        for k, (t, _, a) in enumerate(_SWAYS)
    )
    turn = rotation(2, roll) @ rotation(0, pitch) @ rotation(1, yaw)
    return replace(pose, place=pose.place + moved, turn=turn @ pose.turn)
