"""Rendered spelling without holds, read letter by letter and as words.

    uv run python -m trainer.experiments.continuous_spelling --out FILE.json

Every word has a person of its own (proportions, skin, light, room), who turns the hand a little and
bends the fingers more or less than the book says. Hands are drawn: real ones are harder.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.hand_renderer.backdrop import random_backdrop
from trainer.hand_renderer.mesh import default_mesh
from trainer.hand_renderer.reference import Pose
from trainer.hand_renderer.render import Framing, render_hand
from trainer.hand_renderer.skeleton import Skeleton, rotation
from trainer.hand_renderer.spelling import spell
from trainer.hand_renderer.stance import place_hand
from trainer.hand_renderer.synth import random_light, random_skin
from trainer.hand_renderer.variation import random_proportions
from trainer.images.box import Box
from trainer.letters import LETTERS
from trainer.model import weights
from trainer.model.model import Model
from trainer.recognition.continuous import Continuous
from trainer.recognition.decoder import Decoder
from trainer.recognition.lexicon import spelled
from trainer.recognition.reader import Reader
from trainer.recognition.spelling_score import edit_distance
from trainer.recognition.words import ENGLISH, word_list
from trainer.support import atomic
from trainer.support.paths import DEFAULT_WEIGHTS, asset

RATES = (2.0, 3.0)
"""Letters a second."""

WORDS = 30
"""At every rate."""

FREQUENT = 5000
"""Words are drawn from so many of the most frequent ones."""

FRAMES_PER_SECOND = 15

_HELD = 0.5
"""Share of a letter's time in which the hand is still."""

_MARGIN = 0.25
"""Seconds before the first and behind the last letter in which the hand is in the image."""

_SIZE = 160
"""Pixels of a drawn frame, whose middle the hand fills."""


@dataclass(frozen=True)
class Shown:
    """A word and, for every frame of it, the probabilities (n, outcomes) of the network."""

    word: str
    outcomes: NDArray[np.float32]


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and writes the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, metavar="FILE")
    parser.add_argument("--words", type=int, default=WORDS, help="at every rate")
    parser.add_argument("--seed", type=int, default=0, help="another one shows other words")
    given = parser.parse_args(arguments)
    decoder = Decoder.of("en")
    results = {}
    for rate in RATES:
        shown = show(rate, given.words, given.seed)
        results[f"{rate:g} letters/s"] = cell = measure(shown, decoder)
        print(rate, cell, flush=True)
    if given.out:
        atomic.write_bytes(given.out, (json.dumps(results, indent=1) + "\n").encode())


def show(rate: float, count: int, seed: int) -> list[Shown]:
    """Words that are spelled at a rate, by one person each."""
    rng = np.random.default_rng(seed)
    words = [spelled(word) for word in word_list(asset(ENGLISH))[:FREQUENT]]
    words = [word for word in words if 3 <= len(word) <= 8 and set(word) <= set(LETTERS)]
    chosen = [str(word) for word in rng.choice(words, count)]
    model = weights.load(asset(DEFAULT_WEIGHTS))
    seeds = rng.integers(1 << 32, size=count)
    words_and_seeds = zip(chosen, seeds, strict=True)
    return [show_word(word, rate, int(seed), model) for word, seed in words_and_seeds]


def measure(shown: Sequence[Shown], decoder: Decoder) -> dict[str, Any]:
    """Letter error rate and whole words, as read and decoded."""
    letters = errors = meant_errors = read_whole = first = three = 0
    for one in shown:
        continuous = Continuous()
        for frame, outcomes in enumerate(one.outcomes):
            continuous.update(outcomes[: len(LETTERS)], outcomes[-1], frame / FRAMES_PER_SECOND)
        seen = continuous.end()
        read = "".join(letter.letter for letter in seen if letter.typed)
        meant = [spelled(word.text) for word in decoder.decode(seen)] or [""]
        letters += len(one.word)
        errors += edit_distance(one.word, read)
        meant_errors += edit_distance(one.word, meant[0])
        read_whole += read == one.word
        first += meant[0] == one.word
        three += one.word in meant
    count = len(shown)
    return {
        "words": count,
        "letters": letters,
        "letter_error_rate": round(errors / letters, 4),
        "letter_error_rate_decoded": round(meant_errors / letters, 4),
        "as_read": round(read_whole / count, 4),
        "first": round(first / count, 4),
        "among_three": round(three / count, 4),
    }


def show_word(word: str, rate: float, seed: int, model: Model) -> Shown:
    """One word that is spelled at a rate by a person of its own."""
    rng = np.random.default_rng(seed)
    spelling = spell(word, hold=_HELD / rate, glide=(1 - _HELD) / rate)
    draw = _Person(rng)
    count = round(spelling.seconds * FRAMES_PER_SECOND)
    first, last = spelling.letters[0].start - _MARGIN, spelling.letters[-1].end + _MARGIN
    reader, outcomes = Reader(model), []
    for frame in range(count):
        seconds = frame / FRAMES_PER_SECOND
        if first <= seconds <= last:
            reading = reader.read(*draw(spelling.pose(seconds)), seconds)
            outcomes.append(np.append(reading.probabilities, np.float32(reading.no_sign)))
    return Shown(word, np.stack(outcomes))


class _Person:
    """Draws the poses of one person in one room."""

    def __init__(self, rng: np.random.Generator) -> None:
        self._rng = rng
        self._mesh = default_mesh()
        self._skeleton = Skeleton(self._mesh, random_proportions(self._mesh, rng))
        self._skin, self._light = random_skin(self._mesh, rng), random_light(rng)
        self._room = random_backdrop(rng, _SIZE, self._skin.back)
        yaw, pitch, roll = np.clip(rng.normal(0, [10, 9, 8], 3), -20, 20)
        self._turn = rotation(2, roll) @ rotation(0, pitch) @ rotation(1, yaw)
        self._bends = rng.normal(0, 3.0, 21)
        self._distance = float(rng.uniform(0.45, 0.9))

    def __call__(self, pose: Pose) -> tuple[NDArray[np.uint8], Box]:
        """An image (size, size, 3) uint8 BGR, and the hand box as a finder would give it."""
        stance = place_hand(
            self._mesh,
            self._mesh.vertices,
            self._skeleton,
            pose.angles + self._bends,
            self._turn @ pose.turn,
            self._turn @ pose.elbow,
        )
        shift = self._rng.normal(0, 0.03, 2)
        framing = Framing(self._distance, fill=1.8, shift=(float(shift[0]), float(shift[1])))
        drawn = render_hand(
            self._mesh, stance.vertices, stance.joints, self._light, self._skin, framing, _SIZE
        )
        image = drawn.colour + self._room * (1 - drawn.alpha)[:, :, None]
        noisy = image * 255 + self._rng.normal(0, 3, image.shape)
        # Boxes that are found are not those of the drawn hand, but near them.
        left, top, width, height = (float(side) for side in drawn.box)
        right, down = self._rng.normal(0, 0.03, 2) * max(width, height)
        return np.clip(noisy, 0, 255).astype(np.uint8), Box(left + right, top + down, width, height)


if __name__ == "__main__":
    main()
