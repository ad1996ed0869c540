"""A video of a hand that spells words in a room, and a JSON file that says what is when."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from trainer.hand_renderer.mesh import FloatArray
from trainer.hand_renderer.reference import NATURAL_SKIN, SLEEVE, Image, Pose, draw
from trainer.hand_renderer.render import Framing, Rendered
from trainer.hand_renderer.spelling import Spelling, spell
from trainer.support import atomic, workers
from trainer.support.errors import UserError

WIDTH, HEIGHT = 640, 480
FRAMES_PER_SECOND = 15
_SPAN = 0.43  # metres that the image's width shows at the wrist
_FRAMING = Framing(distance=0.7, span=_SPAN)
_LENS_BLUR = 0.8  # pixels, as of a webcam; a third fewer bytes, too
_SKIN = replace(NATURAL_SKIN, sleeve=SLEEVE, sleeve_at=-0.075)


def write_clip(
    text: str,
    path: Path,
    jobs: int = -1,
    progress: Callable[[Iterable[Any], int], Any] | None = None,
) -> dict[str, Any]:
    """Writes the video `path` and, beside it, the JSON file, whose content is returned.

    The JSON file gives the text, frames a second, the size, and for each letter start and end in
    seconds and the hand's box (left, top, width, height in pixels) in the middle of that time.

    Args:
        text: Letters A to Z and spaces.
        path: Ends in .mp4.
        jobs: Processes; −1 is one for each core.
        progress: Wraps the frames and their number, to show how far it is.

    Raises:
        UserError: The text cannot be spelled, or the files cannot be written.
    """
    from joblib import delayed

    try:
        spelling = spell(text)
    except ValueError as error:
        raise UserError(f"{error}.") from error
    count = round(spelling.seconds * FRAMES_PER_SECOND)
    poses = [spelling.pose(k / FRAMES_PER_SECOND) for k in range(count)]
    frames = workers.parallel(jobs, return_as="generator")(delayed(_frame)(p) for p in poses)
    _write_video(path, progress(frames, count) if progress else frames)
    about = _describe(spelling, text)
    atomic.write_bytes(path.with_suffix(".json"), (json.dumps(about, indent=1) + "\n").encode())
    return about


def _write_video(path: Path, frames: Iterable[Image]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "clip.mp4"
        size = (WIDTH, HEIGHT)
        writer = cv2.VideoWriter(
            str(made), cv2.VideoWriter.fourcc(*"mp4v"), FRAMES_PER_SECOND, size
        )
        for frame in frames:
            writer.write(frame)
        writer.release()
        atomic.write_bytes(path, made.read_bytes())


def _describe(spelling: Spelling, text: str) -> dict[str, Any]:
    letters = []
    for held in spelling.letters:
        box = _drawn(spelling.pose((held.start + held.end) / 2)).box - [
            0,
            (WIDTH - HEIGHT) / 2,
            0,
            0,
        ]
        letters.append(
            {
                "letter": held.letter,
                "start": held.start,
                "end": held.end,
                "box": [round(float(side), 1) for side in box],
            }
        )
    return {
        "text": " ".join(text.upper().split()),
        "fps": FRAMES_PER_SECOND,
        "size": [WIDTH, HEIGHT],
        "source": "rendered by trainer draw",
        "letters": letters,
    }


def _drawn(pose: Pose) -> Rendered:
    """The hand in a square as wide as the frame."""
    return draw(pose, _FRAMING, WIDTH, skin=_SKIN)


def _frame(pose: Pose) -> Image:
    drawn = _drawn(pose)
    rows = slice((WIDTH - HEIGHT) // 2, (WIDTH + HEIGHT) // 2)
    image = drawn.colour[rows] + _room() * (1 - drawn.alpha[rows, :, None])
    image = np.asarray(cv2.GaussianBlur(image, (0, 0), _LENS_BLUR), np.float32)
    return np.clip(image * 255 + 0.5, 0, 255).astype(np.uint8)


@lru_cache(maxsize=1)
def _room() -> FloatArray:
    """A wall with a window and a shelf far out of focus, (HEIGHT, WIDTH, 3) BGR, 0 to 1."""
    across = np.linspace(0, 1, WIDTH, dtype=np.float32)[None, :, None]
    down = np.linspace(0, 1, HEIGHT, dtype=np.float32)[:, None, None]
    wall = np.array([0.70, 0.74, 0.73], np.float32) * (1.06 - 0.22 * across - 0.10 * down)
    room = np.ascontiguousarray(wall, np.float32)
    cv2.rectangle(room, (-20, -20), (110, 210), (0.92, 0.91, 0.88), -1)  # a window
    cv2.rectangle(room, (535, 190), (680, 215), (0.38, 0.47, 0.55), -1)  # a shelf with books
    for left, top, colour in (
        (545, 110, (0.42, 0.45, 0.62)),
        (570, 125, (0.58, 0.50, 0.42)),
        (592, 105, (0.50, 0.56, 0.50)),
    ):
        cv2.rectangle(room, (left, top), (left + 20, 190), colour, -1)
    return np.asarray(cv2.GaussianBlur(room, (0, 0), 14), np.float32)
