"""Clips of spelled words from whole frames, to measure how words are read while the box follows.

    uv run python -m trainer.experiments.spelled_clips --frames ../shared/frames --out FOLDER
    uv run trainer read --follow --score FOLDER/*.json

Each letter is held by the frames of one signer, which shake a little as a hand does. Between equal
letters the hand leaves the image. No clip shows how a hand moves from one letter to the next.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.data.folders import Photograph, list_photographs
from trainer.images.box import Box
from trainer.images.preprocessing import Image
from trainer.letters import LETTERS
from trainer.support import atomic

WORDS = (
    *("HELLO", "WATER", "FAMILY", "THANKS", "QUICK", "SPRING", "BOX", "MARIA", "KEVIN", "TEXAS"),
    *("CHURCH", "DOUBT", "PEOPLE", "NIGHT", "GUMDROP", "WEBCAM", "BROWN", "DRIVE", "SMOKE", "FLY"),
)

FRAMES_PER_SECOND = 15
HOLD_FRAMES = 18
"""Frames of one letter: 1.2 seconds."""

AWAY_FRAMES = 7
"""Frames between equal letters, in which the hand leaves."""

SHAKE = 0.012
"""Standard deviation of the shift from frame to frame, in widths of the image."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Writes the clips of every source that can spell a word."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--frames", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--sources", nargs="+", default=[], help="(default: all)")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    given = parser.parse_args(arguments)
    given.out.mkdir(parents=True, exist_ok=True)
    frames: dict[str, dict[str, list[Photograph]]] = defaultdict(lambda: defaultdict(list))
    # The table of frames is called as that of hands to stay away from.
    for photograph in list_photographs(given.frames / "boxes.csv").photographs:
        if not given.sources or photograph.source in given.sources:
            frames[photograph.source][LETTERS[photograph.label]].append(photograph)
    for source, letters in frames.items():
        words = [word for word in WORDS if set(word) <= set(letters)]
        for word in words:
            write_clip(given.out / f"{source}_{word.lower()}", word, source, letters)
        print(f"{source}: {len(words)} words")


def write_clip(path: Path, word: str, source: str, letters: dict[str, list[Photograph]]) -> None:
    """Writes PATH.mp4 and its annotation PATH.json.

    Args:
        path: Without an ending.
        word: Of letters that there are photographs of.
        source: Whose hand.
        letters: Letter → whole frames with their hand boxes.
    """
    rng = np.random.default_rng(0)
    signs: list[dict[str, Any]] = []
    shown: list[Image] = []
    for n, letter in enumerate(word):
        held = [(p.image(), p.box) for p in letters[letter]]
        if n and word[n - 1] == letter:
            shown += _leaving(shown[-1])
        start = len(shown) / FRAMES_PER_SECOND
        shown += _held([image for image, _ in held], rng)
        end = len(shown) / FRAMES_PER_SECOND
        box = held[0][1] or Box(0, 0, *reversed(held[0][0].shape[:2]))
        signs.append({"letter": letter, "start": start, "end": end, "box": list(box)})
    height, width = shown[0].shape[:2]
    code = cv2.VideoWriter.fourcc(*"mp4v")
    writer = cv2.VideoWriter(f"{path}.mp4", code, FRAMES_PER_SECOND, (width, height))
    for image in shown:
        writer.write(
            image if image.shape[:2] == (height, width) else cv2.resize(image, (width, height))
        )
    writer.release()
    about = {
        "text": word,
        "fps": FRAMES_PER_SECOND,
        "size": [width, height],
        "source": source,
        "letters": signs,
    }
    atomic.write_bytes(path.with_suffix(".json"), (json.dumps(about, indent=1) + "\n").encode())


def _held(images: Sequence[Image], rng: np.random.Generator) -> Iterator[Image]:
    """The frames of one letter, each for the same while, shaking."""
    for n in range(HOLD_FRAMES):
        image = images[n * len(images) // HOLD_FRAMES]
        yield _shifted(image, rng.normal(0, SHAKE, 2) * image.shape[1])


def _leaving(image: Image) -> Iterator[Image]:
    """The hand goes down, out of the image, and comes back."""
    for share in np.sin(np.linspace(0, np.pi, AWAY_FRAMES + 2))[1:-1]:
        yield _shifted(image, np.array([0.0, share * image.shape[0]]))


def _shifted(image: Image, by: NDArray[np.float64]) -> Image:
    matrix = np.array([[1, 0, by[0]], [0, 1, by[1]]])
    size = image.shape[1], image.shape[0]
    return np.asarray(
        cv2.warpAffine(image, matrix, size, borderMode=cv2.BORDER_REPLICATE), np.uint8
    )


if __name__ == "__main__":
    main()
