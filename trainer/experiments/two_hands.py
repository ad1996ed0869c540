"""How often the box is on the right one of two hands, and how good it is at the image's edge.

    uv run python -m trainer.experiments.two_hands --frames ../shared/frames --finder FILE

Clips are made from frames of one source: beside the hand of one frame stands that of another. Each
hand stays, or sways by stretching what is around it. For the edge, frames are cut off so that a
part of the hand box is outside.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.data.file_tree import open_tree
from trainer.data.no_sign_windows import images_with_hands
from trainer.experiments.finder_folds import GOOD
from trainer.experiments.unseen import FOLDS, OWNERS
from trainer.hand_finder.file import load_finder
from trainer.hand_finder.finder import HandFinder
from trainer.hand_finder.follow import Follow, Tracking
from trainer.images.box import Box
from trainer.images.files import read_image
from trainer.images.preprocessing import Image
from trainer.model import weights
from trainer.recognition.reader import Reader

RATE = 10
"""Frames of a clip per second."""

SWAY = 0.12
"""How far a hand sways, in longer sides of its box."""

RIM = 0.2
"""Surroundings of a hand that come along, in longer sides of its box."""

NOISE = 3.0
"""Standard deviation of the camera's noise, in gray levels."""

ON = 0.3
"""Intersection over union from which the box is on a hand."""

OUTSIDE = (0.0, 0.1, 0.2, 0.3)
"""Shares of a hand box outside the image."""

_NOISES = 8

PAIRS = 4
"""Of each source."""


class Pair(NamedTuple):
    """A frame, its hand, and the hand of another frame (with its surroundings) to put beside it."""

    image: Image
    hand: Box
    other: Image
    other_hand: Box  # Where the other hand stands in the frame.


class Moment(NamedTuple):
    """Where the hands are: shifts in pixels of the frame's hand and the other; None: not there."""

    hand: float
    other: tuple[float, float] | None


def pairs(folder: Path, sources: Sequence[str], rng: np.random.Generator) -> list[Pair]:
    """Up to `PAIRS` of each source, where there is room beside the hand."""
    frames: dict[str, list[tuple[Path, Box]]] = {}
    tree = open_tree(folder)
    for name, source, box in images_with_hands(tree):
        if box is not None and OWNERS.get(source, source) in sources:
            frames.setdefault(source, []).append((tree.where(name), box))
    found = []
    for own in frames.values():
        made: list[Pair] = []
        for a in rng.permutation(len(own)):
            b = int(rng.integers(len(own)))
            pair = _beside(own[a], own[b])
            if pair is not None and len(made) < PAIRS:
                made.append(pair)
        found += made
    return found


def _beside(a: tuple[Path, Box], b: tuple[Path, Box]) -> Pair | None:
    """The hand of b on the wider side of that of a, made smaller by a third at most; or None."""
    image, hand = read_image(a[0]), a[1]
    height, width = image.shape[:2]
    scale = 320 / min(height, width)
    smaller = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    image = np.asarray(smaller, np.uint8)
    hand, width = hand.scaled(scale, scale), image.shape[1]
    source, box = read_image(b[0]), b[1]
    side = max(box.w, box.h)
    part = box.square(1 + 2 * RIM)
    x, y, n = round(part.x), round(part.y), round(part.w)
    if x < 0 or y < 0 or x + n > source.shape[1] or y + n > source.shape[0]:
        return None
    left, right = hand.x, width - hand.x - hand.w
    room = max(left, right) / (1 + 2 * RIM)
    target = min(max(hand.w, hand.h), room, image.shape[0] / (1 + 2 * RIM))
    if target < 0.6 * max(hand.w, hand.h):
        return None
    cut = cv2.resize(source[y : y + n, x : x + n], (round(target * (1 + 2 * RIM)),) * 2)
    middle = left / 2 if left > right else width - right / 2
    down = min(max(hand.middle[1], len(cut) / 2), image.shape[0] - len(cut) / 2)
    w, h = box.w * target / side, box.h * target / side
    return Pair(image, hand, np.asarray(cut, np.uint8), Box(middle - w / 2, down - h / 2, w, h))


def drawn(pair: Pair, moment: Moment, rng: np.random.Generator) -> tuple[Image, Box, Box | None]:
    """A frame of a clip, with the boxes of both hands."""
    image, hand = _swayed(pair.image, pair.hand, moment.hand)
    other = None
    if moment.other is not None:
        other = pair.other_hand._replace(
            x=pair.other_hand.x + moment.other[0], y=pair.other_hand.y + moment.other[1]
        )
        image = _pasted(image, pair.other, other)
    noise = _noise(image.shape, int(rng.integers(_NOISES)))
    return np.asarray(cv2.add(image, noise, dtype=cv2.CV_8U), np.uint8), hand, other


@lru_cache(maxsize=32)
def _noise(shape: tuple[int, ...], which: int) -> NDArray[np.int16]:
    gray = np.random.default_rng(which).normal(0, NOISE, (*shape[:2], 1))
    return np.broadcast_to(gray, shape).astype(np.int16)


def _swayed(image: Image, hand: Box, by: float) -> tuple[Image, Box]:
    """The hand moved sideways, and what is around it stretched."""
    if by == 0:
        return image, hand
    rim = 0.4 * max(hand.w, hand.h)
    height, width = image.shape[:2]
    left, top = max(int(hand.x - rim), 0), max(int(hand.y - rim), 0)
    right, bottom = min(int(hand.x + hand.w + rim), width), min(int(hand.y + hand.h + rim), height)
    x = np.arange(left, right, dtype=np.float32)
    y = np.arange(top, bottom, dtype=np.float32)[:, None]
    middle = hand.middle
    out_x = np.maximum(np.abs(x - middle[0]) - hand.w / 2, 0)
    out_y = np.maximum(np.abs(y - middle[1]) - hand.h / 2, 0)
    moves = np.float32(by) * np.clip(1 - np.hypot(out_x, out_y) / np.float32(rim), 0, 1)
    result = image.copy()
    result[top:bottom, left:right] = cv2.remap(
        image, x - moves, np.broadcast_to(y, moves.shape).copy(), cv2.INTER_LINEAR
    )
    return result, hand._replace(x=hand.x + by)


def _pasted(image: Image, cut: Image, hand: Box) -> Image:
    """The cut with its hand at a box; its rim is soft."""
    side = len(cut)
    left, top = (round(middle - side / 2) for middle in hand.middle)
    edge = np.minimum(np.arange(side) + 0.5, side - np.arange(side) - 0.5) / (0.1 * side)
    alpha = np.clip(np.minimum(edge[:, None], edge[None]), 0, 1)[..., None]
    x0, y0 = max(left, 0), max(top, 0)
    x1, y1 = min(left + side, image.shape[1]), min(top + side, image.shape[0])
    if x0 >= x1 or y0 >= y1:
        return image
    inside = slice(y0 - top, y1 - top), slice(x0 - left, x1 - left)
    result = image.copy()
    under = result[y0:y1, x0:x1]
    result[y0:y1, x0:x1] = under + alpha[inside] * (cut[inside].astype(np.float64) - under)
    return result


def clip(
    pair: Pair, moment: Callable[[float], Moment], seconds: float, seed: int
) -> Iterator[tuple[float, Image, Box, Box | None]]:
    """Seconds, frame and boxes."""
    rng = np.random.default_rng(seed)
    for n in range(round(seconds * RATE)):
        yield n / RATE, *drawn(pair, moment(n / RATE), rng)


def followed(
    new_follow: Callable[[], Follow],
    pair: Pair,
    moment: Callable[[float], Moment],
    seconds: float,
    seed: int,
) -> list[str]:
    """For each frame: "hand", "other" or "neither", where the box is, or "none" in its place."""
    follow, where = new_follow(), []
    for now, image, hand, other in clip(pair, moment, seconds, seed):
        box = follow.update(image, now)
        if box is None or follow.tracking is not Tracking.FOLLOWING:
            where.append("none")
        else:
            on, beside = box.overlap(hand), 0.0 if other is None else box.overlap(other)
            name = "hand" if on >= beside else "other"
            where.append(name if max(on, beside) >= ON else "neither")
    return where


def share(where: list[str], name: str, start: float, end: float) -> float:
    """Share of a clip's frames from one second to another with the box on this hand."""
    part = where[round(start * RATE) : round(end * RATE)]
    return part.count(name) / len(part)


def measured(new_follow: Callable[[], Follow], found: Sequence[Pair]) -> dict[str, float]:
    """Share of the clips in which the box is where it should be, for each kind of clip."""
    results: dict[str, list[bool]] = {}

    def note(kind: str, right: bool) -> None:
        results.setdefault(kind, []).append(right)

    for n, pair in enumerate(found):
        side = max(pair.hand.w, pair.hand.h)

        def wave(t: float, side: float = side, turn: float = 1.1) -> float:
            return SWAY * side * float(np.sin(2 * np.pi * t / turn))

        def run(moment: Callable[[float], Moment], seconds: float) -> list[str]:
            return followed(new_follow, pair, moment, seconds, n)  # noqa: B023

        where = run(lambda t: Moment(wave(t), (0, 0)), 2)
        note("both in view, the frame's hand moves", share(where, "hand", 1, 2) > 0.8)
        where = run(lambda t: Moment(0, (wave(t), 0)), 2)
        note("both in view, the other moves", share(where, "other", 1, 2) > 0.8)
        for name, turns in (("both move", wave), ("the followed one rests", lambda t: 0.0)):

            def second(t: float, turns: Callable[[float], float] = turns) -> Moment:
                return Moment(turns(t), (wave(t, turn=0.9), 0) if t > 1.2 else None)

            where = run(second, 3)
            if share(where, "hand", 0.7, 1.2) > 0.8:
                note(f"a second one appears, {name}", share(where, "hand", 1.3, 3) > 0.9)
        where = run(
            lambda t: Moment(wave(t) if t > 1.2 else 0, None if t > 1.2 else (wave(t), 0)), 4.4
        )
        if share(where, "other", 0.7, 1.2) > 0.8:
            note("the followed one leaves: rest", share(where, "hand", 1.3, 3.0) < 0.1)
            note("the followed one leaves: then the other", share(where, "hand", 3.8, 4.4) > 0.8)
        # The other crosses before the frame's hand, from its side to beyond the image.
        path = pair.hand.middle[0] - pair.other_hand.middle[0]

        def crossing(t: float, path: float = path) -> tuple[float, float]:
            return (2.2 * path * float(np.clip((t - 1.2) / 1.0, 0, 1)), 0)

        where = run(lambda t: Moment(wave(t), crossing(t) if t > 1.2 else None), 3.2)
        if share(where, "hand", 0.7, 1.2) > 0.8:
            note("another crosses before the followed one", share(where, "hand", 2.5, 3.2) > 0.8)
    return {f"{kind} ({len(right)})": float(np.mean(right)) for kind, right in results.items()}


def at_the_edge(
    finder: HandFinder, folder: Path, sources: Sequence[str], rng: np.random.Generator
) -> dict[str, float]:
    """Share of frames with an overlap of `GOOD` with the whole box, by what of it is outside."""
    overlaps: dict[float, list[float]] = {share: [] for share in OUTSIDE}
    tree = open_tree(folder)
    for name, source, hand in images_with_hands(tree):
        if hand is None or OWNERS.get(source, source) not in sources:
            continue
        image = tree.image(name)
        height, width = image.shape[:2]
        side = int(rng.integers(3))
        for outside, own in overlaps.items():
            # Left, right or below, where hands come from.
            left = max(round(hand.x + outside * hand.w), 0) if side == 0 and outside else 0
            right = round(hand.x + (1 - outside) * hand.w) if side == 1 and outside else width
            bottom = round(hand.y + (1 - outside) * hand.h) if side == 2 and outside else height
            part = np.ascontiguousarray(image[:bottom, left:right])
            if min(part.shape[:2]) >= 64:
                own.append(finder.find(part).box.overlap(hand._replace(x=hand.x - left)))
    return {
        f"{outside:.0%} outside ({len(own)})": float((np.array(own) >= GOOD).mean())
        for outside, own in overlaps.items()
    }


def main() -> None:
    """Prints the shares."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--frames", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--finder", type=Path, required=True, metavar="FILE")
    parser.add_argument("--weights", type=Path, metavar="FILE", help="the letter network")
    parser.add_argument("--fold", default="E")
    given = parser.parse_args()
    found = pairs(given.frames, FOLDS[given.fold], np.random.default_rng(0))
    finder = HandFinder(load_finder(given.finder))
    edge = at_the_edge(finder, given.frames, FOLDS[given.fold], np.random.default_rng(0))
    sign = Reader(weights.load(given.weights)).sign_probability if given.weights else None
    for kind, right in (edge | measured(lambda: Follow(finder, sign=sign), found)).items():
        print(f"{kind:52} {right:.3f}")


if __name__ == "__main__":
    main()
