"""`trainer read`: the letters in images, videos, streams or a camera's view, and their score."""

from __future__ import annotations

import argparse
import time
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits

from trainer.capture.images import ImageSource
from trainer.capture.opening import open_source
from trainer.capture.source import Source, frames
from trainer.commands.box_argument import box_numbers
from trainer.commands.common import add_json, add_weights, print_json
from trainer.images.box import Box
from trainer.model import weights
from trainer.recognition.reader import Reader, Reading
from trainer.recognition.spelling_score import Score, compare, play, read_clip
from trainer.recognition.steady import SPACE, SteadyLetters


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "read",
        help="read letters from an image, folder, video, stream or camera",
        description="Prints one line for every image, or for every change of letter in a video. "
        "With --score, prints how well spelled words are read as text.",
    )
    add_weights(parser)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "source",
        nargs="?",
        help="a file, a folder, an http or rtsp address, or a camera's number, name or device file",
    )
    what.add_argument(
        "--score",
        nargs="+",
        type=Path,
        metavar="CLIP.json",
        help="compare the letters typed with those signed in the video beside each of these files",
    )
    parser.add_argument(
        "--box",
        type=box_numbers,
        metavar="X,Y,W,H",
        help="the hand box in pixels (default: the largest square in the middle)",
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Reads until the source ends or is interrupted.

    Raises:
        UserError: Weights, source or a clip's account are no good.
    """
    reader = Reader(weights.load(arguments.weights))
    # One frame is too little work for two BLAS threads: on a busy machine they wait for each other.
    with threadpool_limits(1, user_api="blas"):
        if arguments.score:
            _score(reader, arguments.score, arguments.json)
        else:
            _read(reader, open_source(arguments.source), arguments)


def _read(reader: Reader, source: Source, arguments: argparse.Namespace) -> None:
    box = Box(*arguments.box) if arguments.box else None
    every_frame = isinstance(source, ImageSource)
    before: str | None = None
    start = time.monotonic()
    for frame in frames(source):
        reading = reader.read(frame.image, box)
        if not every_frame and reading.letter == before:
            continue
        before = reading.letter
        seconds = time.monotonic() - start if source.live else frame.seconds
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


def _score(reader: Reader, paths: list[Path], as_json: bool) -> None:
    clips = [read_clip(path) for path in paths]
    total = Score()
    for path, clip in zip(paths, clips, strict=True):
        typed = play(clip, reader, SteadyLetters())
        score = compare(clip.signs, typed)
        total += score
        text = "".join(t.letter for t in typed)
        if as_json:
            print_json({"clip": str(path), "text": clip.text, "typed": text} | score.to_json())
        else:
            print(f"{path.name}: {clip.text} was typed as {text}\n  {_in_words(score)}", flush=True)
    if as_json:
        print_json({"total": total.to_json()})
    else:
        print(f"All {len(clips)} clips\n  {_in_words(total)}")


def _in_words(score: Score) -> str:
    words = f"{score.right} of {score.signed} letters right"
    for name, letters in (("missed", score.missed), ("typed unsigned", score.unsigned)):
        named = " ".join("space" if letter == SPACE else letter for letter in letters)
        words += f", {len(letters)} {name}" + (f" ({named})" if letters else "")
    if score.right:
        words += f"; delay {score.delay(0.5):.2f} s, 9 of 10 within {score.delay(0.9):.2f} s"
    return words
