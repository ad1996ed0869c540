"""How often each finding of `trainer.recognition.quality` occurs, and what measuring a frame costs.

    uv run python -m benchmarks.quality [--shared FOLDER] [--every N]

On photographs and whole frames of other people's hands, and on the same ones spoiled.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.images.box import Box
from trainer.images.files import read_image
from trainer.letters import LETTERS
from trainer.recognition.quality import Finding, measure

Spoil = Callable[[NDArray[Any], Box], NDArray[Any]]
FRAMES = 400
"""Measured for the time that one takes."""


class Hand(NamedTuple):
    """An image with a hand box."""

    source: str
    image: NDArray[Any]
    box: Box


def hands(index: Path, every: int) -> Iterator[Hand]:
    """Every so many-th image of an index file."""
    with index.open(newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["letter"] in LETTERS]
    for row in rows[::every]:
        box = Box(*(float(row[side]) for side in "xywh"))
        yield Hand(row["source"], read_image(index.parent.parent / row["file"]), box)


def darkened(image: NDArray[Any], box: Box) -> NDArray[Any]:
    """A fifth of the light."""
    return np.asarray(image * 0.2, np.uint8)


def brightened(image: NDArray[Any], box: Box) -> NDArray[Any]:
    """Twice and a half the light."""
    return np.clip(image * 2.5, 0, 255).astype(np.uint8)


def defocused(image: NDArray[Any], box: Box) -> NDArray[Any]:
    """Out of focus by a twentieth of the box."""
    return np.asarray(cv2.GaussianBlur(image, (0, 0), 0.05 * max(box.w, box.h)))


def moved(image: NDArray[Any], box: Box) -> NDArray[Any]:
    """Moved by a fifth of the box while the shutter was open."""
    return np.asarray(cv2.blur(image, (max(3, round(0.2 * max(box.w, box.h))), 1)))


def cluttered(image: NDArray[Any], box: Box) -> NDArray[Any]:
    """With a checked cloth around the box."""
    height, width = image.shape[:2]
    down, across = np.mgrid[:height, :width] // max(2, round(0.06 * max(box.w, box.h)))
    cloth = np.where((down + across) % 2, 200, 60).astype(np.uint8)
    result = np.repeat(cloth[:, :, None], 3, axis=2)
    part = np.s_[round(box.y) : round(box.y + box.h), round(box.x) : round(box.x + box.w)]
    result[part] = image[part]
    return result


def report(title: str, images: list[Hand], spoil: Spoil | None = None) -> None:
    """Prints the share of the images that have each finding."""
    counts: Counter[Finding] = Counter()
    any_by_source: dict[str, list[bool]] = {}
    for source, image, box in images:
        found = measure(spoil(image, box) if spoil else image, box).findings()
        counts.update(found)
        any_by_source.setdefault(source, []).append(bool(found))
    shares = "  ".join(f"{f.name.lower()} {counts[f] / len(images):.3f}" for f in Finding)
    print(f"{title:24} {len(images):6,}  {shares}")
    if spoil is None:
        print(", ".join(f"{s} {np.mean(found):.2f}" for s, found in any_by_source.items()))


def main() -> None:
    """Prints shares and times."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--every", type=int, default=10, help="of the crops (default: 10)")
    chosen = parser.parse_args()
    cv2.setNumThreads(1)
    crops = list(hands(chosen.shared / "wild" / "index.csv", chosen.every))
    frames = list(hands(chosen.shared / "frames" / "boxes.csv", 1))
    report("crops", crops)
    report("whole frames", frames)
    for spoil in (darkened, brightened, defocused, moved, cluttered):
        report(f"frames, {spoil.__name__}", frames, spoil)
    for width, height, side in ((640, 480, 300), (1280, 720, 470), (1920, 1080, 800)):
        frame = np.random.default_rng(0).integers(0, 256, (height, width, 3), np.uint8)
        box = Box((width - side) / 2, (height - side) / 2, side, side)
        measure(frame, box)
        times = []
        for _ in range(FRAMES):
            start = time.thread_time()
            measure(frame, box)
            times.append(time.thread_time() - start)
        print(f"{width} × {height}, box {side}: {np.median(times) * 1000:.2f} ms a frame")


if __name__ == "__main__":
    main()
