"""Which finger of a letter stands wrong, and how, from the 21 joints of the hand.

    correction = correct("T", reading.joints)
    if correction is not None:
        print(correction.finger, correction.seen)

The first time takes some tenths of a second for every letter, which `prepare` can spend before.
The joints are compared with drawn hands of a few people, turned in many ways. For each of these,
every finger is explained by its place in the letter or by one of the wrong ones of
`trainer.hand_renderer.postures`; the explanations are weighed by how well the whole hand fits.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.hand_renderer.camera_angles import VIEWS
from trainer.hand_renderer.joints import joint_places
from trainer.hand_renderer.mesh import default_mesh
from trainer.hand_renderer.poses import shape_angles
from trainer.hand_renderer.postures import Mistake, Posture, mistaken_angles, mistakes
from trainer.hand_renderer.skeleton import Proportions, Skeleton, rotation
from trainer.hand_renderer.variation import usual_proportions
from trainer.joints import FINGERS, JOINTS, finger_joints

Joints = NDArray[Any]
"""(21, 2) pixels, x to the right and y down, of an image that may be mirrored."""

SURE = 0.6
"""Least probability with which a finger is named."""

_PALM = np.array([0, 1, 5, 9, 13, 17])
_SIGMA = 0.055
"""Standard deviation of a joint of the palm, in hand sizes: of the joint network and of people."""
_SIGMA_TIP = 0.075
"""Of a fingertip."""
_ROLL = 16.0
"""Standard deviation of the hand's turn in the image, in degrees."""
_TURNS = (-26.0, -13.0, 0.0, 13.0, 26.0)
_TURN = 15.0
"""Standard deviation of the hand's turns out of the image, in degrees."""
_RARE = 3.0
"""−log of how often one wrong place of a finger is met before anything is seen."""
_KEPT = 60
"""Drawn hands that are aligned more closely, of those that fit best by the palm."""
_ROUNDS = 2


@dataclass(frozen=True)
class Correction:
    """What is wrong with a letter.

    Attributes:
        letter: The letter that is meant.
        finger: One of `FINGERS`.
        seen: How the finger stands.
        probability: That this finger is wrong, 0–1.
    """

    letter: str
    finger: str
    seen: Posture
    probability: float


def correct(letter: str, joints: Joints | None, least: float = SURE) -> Correction | None:
    """The finger that is most probably wrong, or None if none is, or nothing is known.

    Args:
        letter: The letter that is meant, one of the 24.
        joints: (21, 2) pixels of the crop, mirrored or not; None if there are none.
        least: Least probability.
    """
    if joints is None or joints.shape != (JOINTS, 2) or not np.isfinite(joints).all():
        return None
    found = explain(letter, joints)
    best = found[0] if found else None
    return best if best is not None and best.probability >= least else None


def prepare(letter: str) -> str:
    """Draws the hands that `correct` needs for a letter, once, and returns the letter."""
    _hands(letter)
    return letter


def explain(letter: str, joints: Joints) -> list[Correction]:
    """All fingers with the probability that each is wrong, the most probable first."""
    hand = joints[:, 0] - 1j * joints[:, 1]
    side = max(float(np.ptp(hand.real)), float(np.ptp(hand.imag)))
    if not side > 0:
        return []
    hands = _hands(letter)
    both = [_fit(hands, seen / side) for seen in (hand, -hand.conj())]
    costs = np.concatenate([cost for cost, _ in both])
    shares = np.exp((costs.min() - costs) / 2)
    shares /= shares.sum()
    wrong = np.tensordot(shares, np.concatenate([share for _, share in both]), axes=1)
    corrections = []
    for number, finger in enumerate(FINGERS):
        by_posture: dict[Posture, float] = {}
        for share, posture in zip(wrong[number], hands.postures[number], strict=False):
            if posture is not None:
                by_posture[posture] = by_posture.get(posture, 0.0) + float(share)
        if by_posture:
            seen = max(by_posture, key=lambda posture: by_posture[posture])
            total = min(sum(by_posture.values()), 1.0)
            corrections.append(Correction(letter, finger, seen, total))
    return sorted(corrections, key=lambda correction: -correction.probability)


@dataclass(frozen=True, eq=False)
class _Hands:
    """Drawn hands of one letter, as complex numbers: x + iy, upwards, of hand size 1.

    Attributes:
        right: (k, 21), the letter as it should be.
        places: (k, 5, s, 4), each finger as it should be (0) and in its wrong places.
        prior: (k,) −2 log of how usual the view is.
        rare: (k, 5, s) −2 log of how often a finger stands so; infinite for what there is not.
        postures: For each finger, its places' names; None for the right one.
    """

    right: NDArray[np.complex128]
    places: NDArray[np.complex128]
    prior: NDArray[np.float64]
    rare: NDArray[np.float64]
    postures: tuple[tuple[Posture | None, ...], ...]


def _fit(hands: _Hands, seen: NDArray[Any]) -> tuple[NDArray[Any], NDArray[Any]]:
    """Costs (k,) of the drawn hands that fit best, and probabilities (k, 5, s) of their places."""
    picked, weights = hands.right, _precision() * np.isin(np.arange(JOINTS), _PALM)
    cost, share, picked = _explained(hands, picked, weights, seen)
    best = np.argsort(cost)[:_KEPT]
    hands = _Hands(
        hands.right[best], hands.places[best], hands.prior[best], hands.rare[best], hands.postures
    )
    picked = picked[best]
    for _ in range(_ROUNDS):
        cost, share, picked = _explained(hands, picked, _precision(), seen)
    return cost, share


def _explained(
    hands: _Hands, picked: NDArray[Any], weights: NDArray[Any], seen: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """Costs, probabilities and the most probable places (k, 21) of hands aligned by these."""
    precise = _precision()
    turn, shift = _aligned(picked, seen, weights)
    placed = turn[:, None] * hands.right[:, _PALM] + shift[:, None]
    palm = _square(placed - seen[_PALM]) @ precise[_PALM]
    # The joints at the palm are counted there.
    target = (seen[1:].reshape(5, 1, 4)[..., 1:] - shift[:, None, None, None]) / turn[
        :, None, None, None
    ]
    off = _square(hands.places[..., 1:] - target) * precise[1:].reshape(5, 1, 4)[..., 1:]
    each = off.sum(axis=-1) * _square(turn)[:, None, None] + hands.rare
    least = each.min(axis=2)
    share = np.exp((least[:, :, None] - each) / 2)
    total = share.sum(axis=2)
    roll = np.rad2deg(np.angle(turn)) / _ROLL
    cost = palm + (least - 2 * np.log(total)).sum(axis=1) + hands.prior + roll**2
    best = each.argmin(axis=2)
    places = np.take_along_axis(hands.places, best[:, :, None, None], axis=2)[:, :, 0]
    again = np.concatenate([hands.right[:, :1], places.reshape(len(places), 20)], axis=1)
    return cost, share / total[:, :, None], again


def _square(values: NDArray[Any]) -> NDArray[Any]:
    return np.asarray(values.real**2 + values.imag**2)


def _aligned(
    drawn: NDArray[Any], seen: NDArray[Any], weights: NDArray[Any]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Turn with scale (k,) and shift (k,) that bring drawn joints (k, 21) onto seen ones (21,)."""
    weights = weights / weights.sum()
    middle, target = drawn @ weights, seen @ weights
    spread = (np.abs(drawn - middle[:, None]) ** 2) @ weights
    turn = ((drawn - middle[:, None]).conj() * (seen - target)) @ weights / spread
    return turn, target - turn * middle


@lru_cache(maxsize=1)
def _precision() -> NDArray[np.float64]:
    """(21,) of each joint: 1 over its variance."""
    sigma = np.full(JOINTS, _SIGMA)
    for finger in FINGERS:
        sigma[finger_joints(finger)] = np.linspace(_SIGMA, _SIGMA_TIP, 4)
    return 1 / sigma**2


@lru_cache(maxsize=24)
def _hands(letter: str) -> _Hands:
    """The drawn hands of a letter: people × views × turns, some hundreds."""
    views = VIEWS[letter]
    turns = [(yaw, pitch) for yaw in _TURNS for pitch in _TURNS]
    postures = _postures(letter)
    right, places, prior, rare = [], [], [], []
    for person in _people():
        for view in views:
            solid, known = _solid(view.shape or letter, postures, person)
            for yaw, pitch in turns:
                turned = solid @ (rotation(0, pitch) @ rotation(1, yaw) @ view.rotation()).T
                flat = turned[..., 0] + 1j * turned[..., 1]
                right.append(np.concatenate([flat[0, 0, :1], flat[:, 0, 1:].ravel()]))
                places.append(flat[..., 1:])
                usual = view.weight / sum(other.weight for other in views)
                prior.append(-2 * np.log(usual) + (yaw / _TURN) ** 2 + (pitch / _TURN) ** 2)
                rare.append(known)
    hands = np.array(right)
    sides = np.maximum(np.ptp(hands.real, axis=1), np.ptp(hands.imag, axis=1))
    return _Hands(
        hands / sides[:, None],
        np.array(places) / sides[:, None, None, None],
        np.array(prior),
        np.array(rare),
        postures,
    )


def _postures(letter: str) -> tuple[tuple[Posture | None, ...], ...]:
    """For each finger, its right place (None) and the wrong ones of any shape of a letter."""
    shapes = {view.shape or letter for view in VIEWS[letter]}
    all_ = {mistake for shape in shapes for mistake in mistakes(shape)}
    return tuple((None, *(p for p in Posture if Mistake(finger, p) in all_)) for finger in FINGERS)


def _solid(
    shape: str, postures: tuple[tuple[Posture | None, ...], ...], person: Skeleton
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The wrist and the places of all fingers (5, s, 5, 3), metres, and their `rare` (5, s)."""
    most = max(len(row) for row in postures)
    right = shape_angles(shape, person)
    plain = joint_places(person.mesh, person.frames(right))
    solid = np.zeros((5, most, 5, 3))
    rare = np.full((5, most), np.inf)
    for number, finger in enumerate(FINGERS):
        solid[number, :, 0] = plain[0]
        solid[number, :, 1:] = plain[finger_joints(finger)]
        rare[number, 0] = 0.0
        for index, posture in enumerate(postures[number]):
            mistake = None if posture is None else Mistake(finger, posture)
            if mistake in mistakes(shape):
                angles = mistaken_angles(shape, mistake, person, right)
                places = joint_places(person.mesh, person.frames(angles))
                solid[number, index, 1:] = places[finger_joints(finger)]
                rare[number, index] = 2 * _RARE
    return solid, rare


@lru_cache(maxsize=1)
def _people() -> tuple[Skeleton, ...]:
    """An average hand, a wide one with short fingers and a narrow one with long ones."""
    mesh = default_mesh()
    usual = usual_proportions(mesh)
    return tuple(
        Skeleton(mesh, Proportions(usual.palm * [wide, 1, 1], usual.length * long, usual.width))
        for wide, long in ((1.0, 1.0), (1.07, 0.93), (0.93, 1.07))
    )
