"""`trainer read`: the letters in pictures, videos, streams or a camera's view."""

from __future__ import annotations

import argparse
import time
from typing import Any

from threadpoolctl import threadpool_limits

from trainer import weights
from trainer.commands.common import add_json, add_weights, print_json
from trainer.preprocess import Box
from trainer.reading import Reader, Reading
from trainer.sources import PictureSource, Source, frames, open_source


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "read",
        help="read letters from a picture, folder, video, stream or camera",
        description="Prints one line for every picture, or for every change of letter in a video.",
    )
    add_weights(parser)
    parser.add_argument(
        "source", help="a file, a folder, an http or rtsp address, or a camera's number or name"
    )
    parser.add_argument(
        "--box",
        type=_box,
        metavar="X,Y,W,H",
        help="the hand box in pixels (default: the largest square in the middle)",
    )
    add_json(parser)
    parser.set_defaults(run=run)


def _box(text: str) -> Box:
    try:
        box = Box(*(float(part) for part in text.split(",")))
    except (TypeError, ValueError):
        raise argparse.ArgumentTypeError(f"{text!r} is no box such as 200,100,240,240") from None
    if not (box.w > 0 and box.h > 0 and max(map(abs, box)) < 1e6):
        raise argparse.ArgumentTypeError("a box must be wider and higher than 0")
    return box


def run(arguments: argparse.Namespace) -> None:
    """Reads until the source ends or is interrupted.

    Raises:
        UserError: Weights or source are no good.
    """
    reader = Reader(weights.load(arguments.weights))
    source = open_source(arguments.source)
    # One frame is too little work for two BLAS threads: on a busy machine they wait for each other.
    with threadpool_limits(1, user_api="blas"):
        _read(reader, source, arguments)


def _read(reader: Reader, source: Source, arguments: argparse.Namespace) -> None:
    every_frame = isinstance(source, PictureSource)
    before: str | None = None
    start = time.monotonic()
    for number, frame in enumerate(frames(source)):
        reading = reader.read(frame.picture, arguments.box)
        if not every_frame and reading.letter == before:
            continue
        before = reading.letter
        # A live source tells the time; in a file, it follows from the frame's number.
        seconds = time.monotonic() - start
        if not source.live and source.frames_per_second:
            seconds = number / source.frames_per_second
        where = {"file": frame.name} if every_frame else {"seconds": round(seconds, 3)}
        _print(reading, where, arguments.json)


def _print(reading: Reading, where: dict[str, Any], as_json: bool) -> None:
    best = reading.candidates[:3]
    if as_json:
        candidates = [{"letter": c.letter, "probability": c.probability} for c in best]
        print_json(where | {"letter": reading.letter, "candidates": candidates})
        return
    place = where.get("file") or f"{where['seconds']:8.2f} s"
    others = "  ".join(f"{c.letter} {c.probability:.2f}" for c in best[1:])
    print(f"{reading.letter}  {reading.confidence:.2f}  {place}  ({others})", flush=True)
