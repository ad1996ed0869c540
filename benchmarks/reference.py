"""How many of the drawn letters the networks read: reference images and demo clip.

    uv run python -m benchmarks.reference [--weights FILE …] [--json]

The images stand before grey walls of several brightnesses, and the hand fills more or less of
its box; the clip is read in the app's default hand box, in the middle of every letter. Nobody was
photographed for either, so this says nothing about real hands: it says whether a learner is shown
what the program takes for the letter.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.capture.opening import DEMO, open_source
from trainer.capture.source import frames
from trainer.images.box import Box
from trainer.images.preprocessing import Image
from trainer.letters import LETTERS
from trainer.model import weights
from trainer.recognition.reader import Reader
from trainer.support.paths import DEFAULT_WEIGHTS, DEMO_CLIP, RECORD_WEIGHTS, REFERENCE, asset

GREYS = (40, 90, 150, 200, 235)
FILLS = (0.8, 0.9, 1.0, 1.1)
"""The hand's longer side over the side of its box."""

HAND = 1 / 1.4
"""The hand's longer side over the image's."""

DEFAULT_BOX = 0.6
"""Side of the app's hand box over the frame's shorter side."""


def main() -> None:
    """Prints one line for each network."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    shipped = [asset(DEFAULT_WEIGHTS), asset(RECORD_WEIGHTS)]
    parser.add_argument("--weights", type=Path, nargs="+", default=shipped)
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args()
    for path in chosen.weights:
        reader = Reader(weights.load(path))
        result = {"weights": path.name, **read_images(reader), **read_demo(reader)}
        if chosen.json:
            print(json.dumps(result))
        else:
            _print(result)


def read_images(reader: Reader) -> dict[str, Any]:
    """How many of the 24 are read on a plain grey in a fitting box, and in all variants."""
    shares = {}
    plain = 0
    for letter in LETTERS:
        right = [
            _reads(reader, _before(_reference(letter), grey), letter, fill)
            for grey in GREYS
            for fill in FILLS
        ]
        shares[letter] = sum(right) / len(right)
        plain += _reads(reader, _before(_reference(letter), 150), letter, 1.0)
    return {
        "images_right": plain,
        "variants_right": round(float(np.mean(list(shares.values()))), 4),
        "weak": {letter: round(share, 2) for letter, share in shares.items() if share < 0.9},
    }


def read_demo(reader: Reader) -> dict[str, Any]:
    """How many letters of the demo clip are read in the middle of their time."""
    about = json.loads(asset(DEMO_CLIP).with_suffix(".json").read_text())
    images = [frame.image for frame in frames(open_source(DEMO))]
    width, height = about["size"]
    side = DEFAULT_BOX * min(width, height)
    box = Box((width - side) / 2, (height - side) / 2, side, side)
    read = "".join(
        reader.read(images[round((e["start"] + e["end"]) / 2 * about["fps"])], box).letter
        for e in about["letters"]
    )
    wanted = "".join(entry["letter"] for entry in about["letters"])
    right = sum(a == b for a, b in zip(read, wanted, strict=True))
    return {"demo_right": right, "demo_letters": len(wanted), "demo_read": read}


def _reference(letter: str) -> NDArray[np.uint8]:
    coded = np.frombuffer(asset(f"{REFERENCE}/{letter}.webp").read_bytes(), np.uint8)
    return np.asarray(cv2.imdecode(coded, cv2.IMREAD_UNCHANGED), np.uint8)


def _before(cutout: NDArray[np.uint8], grey: int) -> Image:
    share = cutout[:, :, 3:].astype(np.float32) / 255
    return np.round(cutout[:, :, :3] * share + grey * (1 - share)).astype(np.uint8)


def _reads(reader: Reader, image: Image, letter: str, fill: float) -> bool:
    side = len(image) * HAND / fill
    corner = (len(image) - side) / 2
    return reader.read(image, Box(corner, corner, side, side)).letter == letter


def _print(result: dict[str, Any]) -> None:
    print(
        f"{result['weights']}: {result['images_right']} of {len(LETTERS)} images, "
        f"{result['variants_right'] * 100:.1f} % of their variants "
        f"(weak: {result['weak'] or 'none'}); "
        f"{result['demo_right']} of {result['demo_letters']} letters of the clip "
        f"({result['demo_read']})"
    )


if __name__ == "__main__":
    main()
