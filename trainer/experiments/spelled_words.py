"""Whole words of signers that the default network never saw, with and without the decoder.

    uv run python -m trainer.experiments.spelled_words --images FOLDER --out FILE.json

Words are put together from photographs: for every letter, three of one signer, in their true boxes.
What passes between two letters is not in them, so spelling before a camera is harder than this. The
names are unknown to the decoder: every fifth one is left out of its lists.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.data.folders import Photograph, list_photographs
from trainer.data.hands import PhotographReader
from trainer.letters import CLASSES, LETTERS
from trainer.model import weights
from trainer.model.model import Model
from trainer.recognition.decoder import Channel, Decoder
from trainer.recognition.lexicon import CharacterModel, Lexicon, spelled
from trainer.recognition.seen import Seen
from trainer.recognition.steady import SteadySettings
from trainer.recognition.words import ENGLISH, NAMES, word_list
from trainer.support import atomic
from trainer.support.paths import DEFAULT_WEIGHTS, asset

CHOSEN_ON = (
    *("aayushrasaily", "evriel714", "fizmir", "hackmit", "minhquyen", "otherwa"),
    *("programmingwithab1_phone", "sudip0789", "thanakritmos12"),
)
"""Sources on which the decoder's settings were chosen."""

OTHERS = (
    *("chiskhanhv", "faseehakr", "habul2024", "juanparrado_lsc", "mrunalisa"),
    *("programmingwithab1", "sathwikav", "techyrushi"),
)
"""Sources that chose nothing."""

IMAGES = 3
"""Of every letter that is spelled."""

WORDS = 60
"""For every source."""

FREQUENT = 5000
"""Words are drawn from so many of the most frequent ones."""

LEFT_OUT = 5
"""One of so many names is in no list."""

LEAST_CHOICE = 200
"""Words that a source must be able to spell, of which some lack letters."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Measures and writes the results."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--images", type=Path, required=True, metavar="FOLDER")
    parser.add_argument("--out", type=Path, metavar="FILE")
    given = parser.parse_args(arguments)
    model = weights.load(asset(DEFAULT_WEIGHTS))
    decoder, unknown = Decoder.of("en"), _without_names()
    photographs = list_photographs(given.images).photographs
    results: dict[str, dict[str, Any]] = {}
    for group, sources in (("chosen_on", CHOSEN_ON), ("others", OTHERS)):
        results[group] = {}
        for source in sources:
            own = [photograph for photograph in photographs if photograph.source == source]
            log_p, labels = _log_probabilities(model, own)
            if len(_spellable(labels)) >= LEAST_CHOICE:
                results[group][source] = _measure(log_p, labels, decoder) | _measure_names(
                    log_p, labels, *unknown
                )
        _print(group, results[group])
    if given.out:
        atomic.write_bytes(given.out, (json.dumps(results, indent=1) + "\n").encode())


def _log_probabilities(
    model: Model, photographs: Sequence[Photograph]
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Floored log-probabilities (n, 24) of a source's images, and their labels (n,)."""
    if not photographs:
        return np.empty((0, CLASSES)), np.empty(0, np.int64)
    read = list(PhotographReader(None).read(photographs))
    inputs = np.stack([model.preprocessing(image, box) for _, image, box, _ in read])
    labels = np.array([photograph.label for photograph, *_ in read], np.int64)
    p = model.outcome_probabilities(inputs)[:, :CLASSES]
    return np.log(np.maximum(p, SteadySettings().floor)).astype(np.float64), labels


def _spellable(labels: NDArray[np.int64]) -> list[str]:
    """The frequent words of three to eight letters whose letters all have images."""
    letters = {LETTERS[label] for label in np.unique(labels)}
    words = map(spelled, word_list(asset(ENGLISH))[:FREQUENT])
    return [word for word in words if 3 <= len(word) <= 8 and set(word) <= letters]


def _measure(
    log_p: NDArray[np.float64], labels: NDArray[np.int64], decoder: Decoder
) -> dict[str, Any]:
    """Shares of words that are whole as read, decoded, and among three."""
    rng = np.random.default_rng(0)
    hits = []
    for word in rng.choice(_spellable(labels), WORDS):
        read, found = _decoded(str(word), log_p, labels, rng, decoder)
        hits.append((read == word, found[0] == word, word in found))
    as_read, first, three = np.mean(hits, axis=0).round(4).tolist()
    return {"words": WORDS, "as_read": as_read, "first": first, "among_three": three}


def _without_names() -> tuple[Decoder, list[str]]:
    """A decoder without every fifth name, and these in capitals; none is a word of another list."""
    words, names = word_list(asset(ENGLISH)), word_list(asset(NAMES))
    known = [name for n, name in enumerate(names) if n % LEFT_OUT != LEFT_OUT - 1]
    lexicon = Lexicon([(0.8, words), (0.2, known)])
    left_out = map(spelled, names[LEFT_OUT - 1 :: LEFT_OUT])
    unknown = [name for name in left_out if name not in lexicon and 4 <= len(name) <= 9]
    return Decoder(lexicon, CharacterModel([*words, *known])), unknown


def _measure_names(
    log_p: NDArray[np.float64], labels: NDArray[np.int64], decoder: Decoder, unknown: Sequence[str]
) -> dict[str, Any]:
    """Shares of names in no list that are whole as read, decoded, and changed though read right."""
    rng = np.random.default_rng(1)
    letters = {LETTERS[label] for label in np.unique(labels)}
    hits = []
    for name in rng.choice([name for name in unknown if set(name) <= letters], WORDS):
        read, found = _decoded(str(name), log_p, labels, rng, decoder)
        right = read == name
        hits.append((right, found[0] == name, name in found, right and found[0] != name))
    as_read, first, three, changed = np.mean(hits, axis=0).round(4).tolist()
    return {
        "names_as_read": as_read,
        "names_first": first,
        "names_among_three": three,
        "names_right_but_changed": changed,
    }


def _decoded(
    word: str,
    log_p: NDArray[np.float64],
    labels: NDArray[np.int64],
    rng: np.random.Generator,
    decoder: Decoder,
) -> tuple[str, list[str]]:
    """What is read of a word, and the words that it may be, in capitals."""
    evidence = _evidence(word, log_p, labels, rng)
    seen = [Seen(LETTERS[shares.argmax()], shares) for shares in evidence]
    found = [spelled(meant.text) for meant in decoder.decode(seen)]
    return "".join(one.letter for one in seen), found


def _evidence(
    word: str, log_p: NDArray[np.float64], labels: NDArray[np.int64], rng: np.random.Generator
) -> Iterator[NDArray[np.float64]]:
    """For every letter, the evidence (24,) of some of its images, as `SteadyLetters` weighs it."""
    for letter in word:
        images = rng.choice(np.flatnonzero(labels == LETTERS.index(letter)), IMAGES)
        score = SteadySettings().looks * log_p[images].mean(axis=0)
        shares = np.exp(score - score.max())
        yield shares / shares.sum()


def _print(group: str, results: dict[str, dict[str, Any]]) -> None:
    for source, cell in results.items():
        print(f"{group}  {source}: {cell}")
    if results:
        means = {
            name: round(float(np.mean([cell[name] for cell in results.values()])), 3)
            for name in next(iter(results.values()))
            if name != "words"
        }
        print(f"{group}: {means} on the mean of {len(results)} sources; {Channel()}")


if __name__ == "__main__":
    main()
