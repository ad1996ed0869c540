"""How well spelled words are read: what is typed, against a clip and its annotation."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from trainer.capture.opening import open_source
from trainer.capture.source import frames
from trainer.capture.video import VIDEO_ENDINGS
from trainer.images.box import Box
from trainer.images.preprocessing import Image
from trainer.letters import ALPHABET
from trainer.recognition.decoder import Decoder
from trainer.recognition.lexicon import spelled
from trainer.recognition.reader import Reader
from trainer.recognition.seen import Seen
from trainer.recognition.signing import SignedLetters
from trainer.recognition.steady import SPACE
from trainer.support import files
from trainer.support.errors import UserError

LATE = 0.3
"""Seconds after a sign's end in which its letter still counts: typing follows signing."""

_MAX_BYTES = 4 << 20
"""Of a clip's annotation; a minute of spelling takes a few kilobytes."""


class Sign(NamedTuple):
    """A letter that is signed from `start` to `end` (seconds), with the hand in `box` (pixels)."""

    letter: str
    start: float
    end: float
    box: Box


@dataclass(frozen=True)
class Clip:
    """A video in which a word is spelled.

    Attributes:
        video: The file.
        text: The word.
        signs: In the order of time.
    """

    video: Path
    text: str
    signs: tuple[Sign, ...]

    def box(self, seconds: float) -> Box:
        """The hand box at a time: of the sign then shown, between two signs that of the last."""
        begun = [sign for sign in self.signs if sign.start <= seconds]
        return (begun or self.signs)[-1 if begun else 0].box


class Typed(NamedTuple):
    """A letter or space, when it was typed in seconds of the clip, and all that was seen of it.

    A letter that was held too short to be typed is "".
    """

    letter: str
    seconds: float
    seen: Seen | None = None


@dataclass(frozen=True)
class Score:
    """How what was typed fits what was signed.

    Attributes:
        delays: For every letter that is right, the seconds from its sign's start to its typing.
        missed: Letters that were signed and not typed.
        unsigned: Letters and spaces that were typed though nobody signed them just then.
        words: For every word, its spelled form, the letters typed, and the decoder's words.
    """

    delays: tuple[float, ...] = ()
    missed: tuple[str, ...] = ()
    unsigned: tuple[str, ...] = ()
    words: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    @property
    def right(self) -> int:
        """Number of letters that were signed and typed."""
        return len(self.delays)

    @property
    def signed(self) -> int:
        """Number of letters that were signed."""
        return len(self.delays) + len(self.missed)

    def delay(self, share: float) -> float | None:
        """Within how many seconds that share of the right letters was typed; None without any."""
        return float(np.quantile(self.delays, share)) if self.delays else None

    def __add__(self, other: Score) -> Score:
        return Score(
            self.delays + other.delays,
            self.missed + other.missed,
            self.unsigned + other.unsigned,
            self.words + other.words,
        )

    @property
    def letter_errors(self) -> int:
        """Letters to change, add or leave out until what was typed is what was signed."""
        return sum(edit_distance(spelled, typed) for spelled, typed, _ in self.words)

    def whole_words(self, among: int = 0) -> int:
        """Words that came out whole: as typed, or among so many of the decoder's words."""
        if not among:
            return sum(spelled == typed for spelled, typed, _ in self.words)
        return sum(spelled in decoded[:among] for spelled, _, decoded in self.words)

    def to_json(self) -> dict[str, Any]:
        """For `--json`."""
        return {
            "signed": self.signed,
            "right": self.right,
            "missed": list(self.missed),
            "unsigned": list(self.unsigned),
            "delay_median": self.delay(0.5),
            "delay_p90": self.delay(0.9),
            "letter_errors": self.letter_errors,
            "words": len(self.words),
            "words_typed": self.whole_words(),
            "words_first": self.whole_words(1),
            "words_third": self.whole_words(3),
        }


def compare(signs: Sequence[Sign], typed: Iterable[Typed]) -> Score:
    """Scores what was typed: every sign takes the first letter of its own in its time.

    A space is wrong only while a sign is shown.
    """
    left = [one for one in typed if one.letter]
    delays, missed = [], []
    for sign in signs:
        own = (t for t in left if t.letter == sign.letter and _belongs(t, sign))
        match = next(own, None)
        if match is None:
            missed.append(sign.letter)
        else:
            left.remove(match)
            delays.append(match.seconds - sign.start)
    unsigned = [
        t.letter
        for t in left
        if t.letter != SPACE or any(s.start + LATE < t.seconds <= s.end for s in signs)
    ]
    return Score(tuple(delays), tuple(missed), tuple(unsigned))


def decoded(clip: Clip, typed: Sequence[Typed], decoder: Decoder) -> Score:
    """Scores the words of a clip, as they were typed and as the decoder takes them.

    Words are compared in their order. Where spaces are missing or too many, the last word has the
    rest of the letters, or there are fewer words.
    """
    signed = [spelled(word) for word in clip.text.split()]
    read: list[list[Seen]] = [[]]
    for one in typed:
        if one.seen is not None:
            read[-1].append(one.seen)
        elif one.letter == SPACE and len(read) < len(signed):
            read.append([])
    read += [[]] * (len(signed) - len(read))
    words = []
    for word, seen in zip(signed, read, strict=True):
        meant = tuple(spelled(found.text) for found in decoder.decode(seen))
        words.append((word, "".join(one.letter for one in seen if one.typed), meant))
    return Score(words=tuple(words))


def edit_distance(a: str, b: str) -> int:
    """Letters to change, add or leave out to make one of the other (Levenshtein, 1966)."""
    row = list(range(len(b) + 1))
    for i, letter in enumerate(a, 1):
        above, row = row, [i]
        for j, other in enumerate(b, 1):
            row.append(min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != other)))
    return row[-1]


def _belongs(typed: Typed, sign: Sign) -> bool:
    return sign.start <= typed.seconds <= sign.end + LATE


def play(
    clip: Clip,
    reader: Reader,
    signed: SignedLetters,
    locate: Callable[[Image, float], Box | None] | None = None,
) -> list[Typed]:
    """What is typed when a clip is read by the time stamps of its video.

    Args:
        clip: To be read.
        reader: Reads its frames.
        signed: Decides what is typed.
        locate: Gives the hand box of a frame and its time, in place of the annotated boxes.

    Raises:
        UserError: The video cannot be read.
    """
    typed: list[Typed] = []
    for frame in frames(open_source(str(clip.video))):
        box = clip.box(frame.seconds) if locate is None else locate(frame.image, frame.seconds)
        reading = reader.read(frame.image, box, frame.seconds)
        state = signed.update(reading, frame.seconds)
        for _ in range(len(state.taken_back)):
            del typed[_last_letter(typed) :]
        if state.typed or state.seen:
            typed.append(Typed(state.typed, frame.seconds, state.seen))
    return typed


def _last_letter(typed: Sequence[Typed]) -> int:
    """Where the last letter that was typed is."""
    return max((n for n, one in enumerate(typed) if one.letter), default=0)


def read_clip(path: Path) -> Clip:
    """A clip by its annotation, a JSON file beside the video.

    It holds "text" and "letters": each with "letter", "start", "end" and "box" (left, top, width,
    height).

    Raises:
        UserError: The annotation cannot be read or is none, or there is no video beside it.
    """
    try:
        content = json.loads(files.content(path, _MAX_BYTES))
    except (ValueError, RecursionError) as error:
        raise UserError(f"{path}: not a JSON file. Give the annotation of a clip.") from error
    if not isinstance(content, dict):
        raise UserError(f'{path}: not the annotation of a clip, which holds "text" and "letters".')
    text, letters = content.get("text"), content.get("letters")
    if not isinstance(text, str) or not text:
        raise UserError(f'{path}: "text", the word that is spelled, is missing or no text.')
    if not isinstance(letters, list) or not letters:
        raise UserError(f'{path}: "letters", the list of what is signed, is missing or empty.')
    signs = tuple(_sign(item, f"{path}: letter {n}") for n, item in enumerate(letters, 1))
    for n, (before, after) in enumerate(pairwise(signs), 2):
        if after.start < before.end - 1e-6:
            raise UserError(f"{path}: letter {n} starts before the one ahead of it has ended.")
    return Clip(_video(path), text, signs)


def _sign(item: object, where: str) -> Sign:
    if not isinstance(item, dict):
        raise UserError(f'{where} is no object with "letter", "start", "end" and "box".')
    letter, box = item.get("letter"), item.get("box")
    if not (isinstance(letter, str) and len(letter) == 1 and letter in ALPHABET):
        raise UserError(f'{where} has a "letter" that is none from A to Z.')
    times = [item.get("start"), item.get("end")]
    if not (all(map(_is_number, times)) and 0 <= times[0] < times[1]):  # type: ignore[operator]
        raise UserError(f'{where} ({letter}) needs "start" and a later "end" in seconds.')
    if not (
        isinstance(box, list) and len(box) == 4 and all(map(_is_number, box)) and min(box[2:]) > 0
    ):
        raise UserError(f'{where} ({letter}) needs "box": left, top, width and height in pixels.')
    start, end = (float(time) for time in times)  # type: ignore[arg-type]
    return Sign(letter, start, end, Box(*map(float, box)))


def _video(path: Path) -> Path:
    for ending in VIDEO_ENDINGS:
        if (video := path.with_suffix(ending)).is_file():
            return video
    endings = ", ".join(VIDEO_ENDINGS)
    raise UserError(f"{path}: there is no video of the same name beside it ({endings}).")


def _is_number(value: object) -> bool:
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and math.isfinite(value)
        and abs(value) < 1e6
    )
