"""Whether a box shows a hand, as the finder and the letter network see it together.

The finder alone takes a face or an arm for a hand now and then. To the letter network these show no
sign, but some hands that sign show none to it, either: each is unsure where the other is sure.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

from trainer.hand_finder.finder import Found, is_same
from trainer.images.box import Box
from trainer.images.preprocessing import Image

SignProbability = Callable[[Image, Box], float | None]
"""The probability that a box in a frame shows a letter; None: the network does not tell."""

NEEDED, NEEDED_TO_STAY = 2.5, 1.5
"""Least evidence for a hand, and for the one that was there before."""

CLEARER = 2.0
"""By how much the evidence for a hand is greater than that for what is none beside it."""

_WEIGHT = 0.5
"""What a logit of the letter network weighs."""

_MOST = 4.0
"""How far from 0 a logit counts: a box of which the finder is as sure as of 0.99 is not lost,
whatever the network of a user says."""


def evidence(probability: float, sign: float) -> float:
    """Logit of a hand by the finder, with half of that of a letter by the letter network."""
    return _logit(probability) + _WEIGHT * _logit(sign)


def evident(
    hands: Sequence[Found], before: Box | None, frame: Image, sign: SignProbability
) -> list[Found]:
    """Which of the hands of a frame are hands to the letter network, too.

    Of two, one that is much less evident than the other is none.

    Args:
        hands: By the finder.
        before: Where the followed hand was in the frame before, if it was there.
        frame: Gray or BGR, 8 bits.
        sign: Of the letter network.
    """
    match hands:
        case [hand] if _stays(hand, before) and evidence(hand.probability, 0) >= NEEDED_TO_STAY:
            return [hand]  # Whatever the letter network says.
    signs = [sign(frame, hand.box) for hand in hands]
    found = [
        (hand, evidence(hand.probability, own))
        for hand, own in zip(hands, signs, strict=True)
        if own is not None
    ]
    if not found:
        return list(hands)
    least = max(value for _, value in found) - CLEARER
    return [
        hand
        for hand, value in found
        if value >= max(least, NEEDED_TO_STAY if _stays(hand, before) else NEEDED)
    ]


def _stays(hand: Found, before: Box | None) -> bool:
    return before is not None and is_same(hand.box, before)


def _logit(p: float) -> float:
    if not 0 < p < 1:  # Rounded probabilities may be 0 or 1.
        return math.copysign(_MOST, p - 0.5)
    return min(max(math.log(p / (1 - p)), -_MOST), _MOST)
