"""`trainer read`: the letters in images, videos, streams or a camera's view, and their score."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from threadpoolctl import threadpool_limits

from trainer.capture.images import ImageSource
from trainer.capture.opening import open_source
from trainer.capture.row_source import ROW_SHARE, RowSource
from trainer.capture.source import Source, frames
from trainer.commands.box_argument import box_numbers
from trainer.commands.common import add_json, add_weights, print_json
from trainer.commands.find_hands import add_find_hands, hand_finding
from trainer.data.hands import SURE, HandFinding, is_whole_frame
from trainer.hand_finder.file import load_finder
from trainer.hand_finder.finder import HandFinder
from trainer.hand_finder.follow import Follow
from trainer.images.box import Box
from trainer.images.preprocessing import Image, middle_square
from trainer.model import weights
from trainer.recognition.continuous import Continuous
from trainer.recognition.decoder import LANGUAGES, Decoder
from trainer.recognition.reader import Reader, Reading
from trainer.recognition.seen import Seen
from trainer.recognition.signing import SignedLetters, add_seen
from trainer.recognition.spelling_score import Score, compare, decoded, play, read_clip
from trainer.recognition.steady import SPACE
from trainer.support.errors import UserError, printable
from trainer.support.paths import FINDER_WEIGHTS, asset
from trainer.support.terminal import say


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "read",
        help="read letters from an image, folder, video, stream or camera",
        description="Prints one line for every image, or for every change of letter in a video: "
        "the letter, its probability, and the next two; or – where no sign is seen. With --score, "
        "prints how well spelled words are read as text.",
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
        help="the hand box in pixels (default: as --find-hands says)",
    )
    add_find_hands(parser)
    parser.add_argument(
        "--words",
        action="store_true",
        help="print the words that the held letters probably mean, one when the hand is away",
    )
    parser.add_argument(
        "--continuous",
        action="store_true",
        help="print the words of a hand that spells without holding its letters (as --words)",
    )
    parser.add_argument(
        "--language",
        choices=tuple(LANGUAGES),
        default="en",
        help="of the words (default: %(default)s)",
    )
    parser.add_argument(
        "--follow",
        action="store_true",
        help="with --score, follow the hand in place of the annotated boxes",
    )
    parser.add_argument(
        "--finder",
        type=Path,
        metavar="FILE",
        help="follow the hand by this finder, of `trainer finder` (default: the one that is there)",
    )
    parser.add_argument(
        "--mirrored",
        action="store_true",
        help="the images are mirror images, as some webcam programs record them: turn them round",
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Reads until the source ends or is interrupted.

    Raises:
        UserError: Weights, source or a clip's annotation are no good, or no image can be read.
    """
    reader = Reader(weights.load(arguments.weights))
    # One frame is too little work for two BLAS threads: on a busy machine they wait for each other.
    with threadpool_limits(1, user_api="blas"):
        if arguments.score:
            _score(reader, arguments)
        elif arguments.words or arguments.continuous:
            _read_words(reader, open_source(arguments.source), arguments)
        else:
            _read(reader, open_source(arguments.source), arguments)


def _read(reader: Reader, source: Source, arguments: argparse.Namespace) -> None:
    stills = isinstance(source, ImageSource | RowSource)
    locate = _locator(arguments, source, reader)
    report = partial(_print_error, as_json=arguments.json)
    before: str | None = ""
    start = time.monotonic()
    for frame in frames(source, report):
        seconds = time.monotonic() - start if source.live else frame.seconds
        box = locate(frame.image, seconds)
        reading = _reading(reader, frame.image, box, seconds, mirrored=arguments.mirrored)
        letter = reading.letter if reading.is_sign else None
        if not stills and letter == before:
            continue
        before = letter
        where = {"file": frame.name} if stills else {"seconds": round(seconds, 3)}
        _print(reading, where, box, arguments)


def _locator(
    arguments: argparse.Namespace, source: Source, reader: Reader
) -> Callable[[Image, float], Box | None]:
    """Gives the hand box of a frame and its time; None: the largest square in the middle."""
    if arguments.box:
        given = Box(*arguments.box)
        return lambda image, seconds: given
    if isinstance(source, RowSource):
        return lambda image, seconds: middle_square(image).square(ROW_SHARE)
    hands = hand_finding(arguments)
    if hands is None:
        return lambda image, seconds: None
    if isinstance(source, ImageSource):
        return lambda image, seconds: _hand_in(image, hands)
    follow: Follow | None = None

    def following(image: Image, seconds: float) -> Box | None:
        nonlocal follow
        if not (hands.always or is_whole_frame(image)):
            return None
        follow = follow or _follow(reader, arguments.finder)
        return follow.update(image, seconds)

    return following


def _follow(reader: Reader, finder: Path | None) -> Follow:
    model = load_finder(finder or asset(FINDER_WEIGHTS))
    return Follow(HandFinder(model), sign=reader.sign_probability)


def _hand_in(image: Image, hands: HandFinding) -> Box | None:
    """The box that the finder gives; None for a square crop, and where it sees no hand."""
    if not (hands.always or is_whole_frame(image)):
        return None
    box, probability = hands.find(image)
    return box if probability >= SURE else None


def _reading(
    reader: Reader, image: Image, box: Box | None, seconds: float, *, mirrored: bool
) -> Reading:
    if mirrored:
        image = np.ascontiguousarray(image[:, ::-1])
        box = box and Box(image.shape[1] - box.x - box.w, box.y, box.w, box.h)
    return reader.read(image, box, seconds)


def _print(
    reading: Reading, where: dict[str, Any], box: Box | None, arguments: argparse.Namespace
) -> None:
    best = reading.candidates[:3]
    if arguments.json:
        result = {
            "letter": reading.letter if reading.is_sign else None,
            "no_sign": reading.no_sign,
            "candidates": [{"letter": c.letter, "probability": c.probability} for c in best],
            "box": None if box is None else [round(number, 1) for number in box],
            "mirrored": arguments.mirrored,
        }
        print_json(where | result)
        return
    place = printable(where["file"]) if "file" in where else f"{where['seconds']:8.2f} s"
    if not reading.is_sign:
        say(f"–  {reading.no_sign:.2f}  {place}  (no sign)", flush=True)
        return
    others = "  ".join(f"{c.letter} {c.probability:.2f}" for c in best[1:])
    say(f"{reading.letter}  {reading.confidence:.2f}  {place}  ({others})", flush=True)


def _print_error(error: UserError, *, as_json: bool) -> None:
    if as_json:
        print_json({"error": str(error)})
    else:
        say(error, file=sys.stderr, flush=True)


class _Held:
    """Collects the letters that are held, as `Continuous` collects those that are not."""

    def __init__(self) -> None:
        self._signed = SignedLetters()
        self._seen: list[Seen] = []

    def update(self, reading: Reading, seconds: float) -> list[Seen]:
        state = self._signed.update(reading, seconds)
        add_seen(self._seen, state)
        return self.end() if state.typed == SPACE else []

    def end(self) -> list[Seen]:
        seen, self._seen = self._seen, []
        return seen


def _read_words(reader: Reader, source: Source, arguments: argparse.Namespace) -> None:
    """Prints each word when it is over, with what was read and what it may be."""
    decoder = Decoder.of(arguments.language)
    held, flowing = _Held(), Continuous()
    locate = _locator(arguments, source, reader)
    report = partial(_print_error, as_json=arguments.json)
    start = time.monotonic()
    try:
        for frame in frames(source, report):
            seconds = time.monotonic() - start if source.live else frame.seconds
            box = locate(frame.image, seconds)
            reading = _reading(reader, frame.image, box, seconds, mirrored=arguments.mirrored)
            if arguments.continuous:
                seen = flowing.update(reading.probabilities, reading.no_sign, seconds)
            else:
                seen = held.update(reading, seconds)
            _print_word(seen, decoder, arguments)
    finally:
        # Also of a stream that breaks off.
        _print_word(flowing.end() if arguments.continuous else held.end(), decoder, arguments)


def _print_word(seen: Sequence[Seen], decoder: Decoder, arguments: argparse.Namespace) -> None:
    words = decoder.decode(seen)
    if not words:
        return
    read = "".join(one.letter for one in seen if one.typed)
    if arguments.json:
        found = [{"word": word.text, "probability": word.probability} for word in words]
        print_json({"read": read, "word": words[0].text, "candidates": found})
        return
    others = "  ".join(f"{word.text} {word.probability:.2f}" for word in words[1:])
    say(f"{words[0].text}  {words[0].probability:.2f}  (read {read})  {others}", flush=True)


def _score(reader: Reader, arguments: argparse.Namespace) -> None:
    clips = [read_clip(path) for path in arguments.score]
    decoder, total = Decoder.of(arguments.language), Score()
    for path, clip in zip(arguments.score, clips, strict=True):
        locate = _follow(reader, arguments.finder).update if arguments.follow else None
        typed = play(clip, reader, SignedLetters(), locate)
        score = compare(clip.signs, typed) + decoded(clip, typed, decoder)
        total += score
        text = "".join(t.letter for t in typed)
        if arguments.json:
            print_json({"clip": str(path), "text": clip.text, "typed": text} | score.to_json())
        else:
            say(f"{path.name}: {clip.text} was typed as {text}\n  {_in_words(score)}", flush=True)
    if arguments.json:
        print_json({"total": total.to_json()})
    else:
        say(f"All {len(clips)} clips\n  {_in_words(total)}")


def _in_words(score: Score) -> str:
    words = f"{score.right} of {score.signed} letters right"
    for name, letters in (("missed", score.missed), ("typed unsigned", score.unsigned)):
        named = " ".join("space" if letter == SPACE else letter for letter in letters)
        words += f", {len(letters)} {name}" + (f" ({named})" if letters else "")
    if score.right:
        words += f"; delay {score.delay(0.5):.2f} s, 9 of 10 within {score.delay(0.9):.2f} s"
    words += f"; words whole: {score.whole_words()} of {len(score.words)} as typed"
    return words + f", {score.whole_words(1)} decoded, {score.whole_words(3)} among three"
