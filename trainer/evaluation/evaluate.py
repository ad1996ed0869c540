"""Scores of a model on labelled data of any kind."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.data.crops import read_crops
from trainer.data.folders import Photograph, holds_images, list_photographs
from trainer.data.hands import HandFinding, PhotographReader
from trainer.data.load import chosen, load
from trainer.data.unpack import Purpose
from trainer.evaluation.metrics import Scores, score
from trainer.images.preprocessing import Preprocessing
from trainer.letters import CLASSES, LETTERS, NO_SIGN, Convention
from trainer.model.inference import NO_SIGN_FROM
from trainer.model.model import Model
from trainer.support.errors import UserError

Progress = Callable[[Iterable[Photograph], str], Iterable[Photograph]]
"""Wraps a loop in a progress bar with a title."""


@dataclass(frozen=True)
class Evaluation:
    """Scores on one set of data, in all and by source, and how the data were read.

    Attributes:
        scores: Of the letters, whatever the network says about there being none.
        by_source: Likewise, by source.
        notes: How the data were read.
        letters_kept: Share of the letters' images that are taken for a sign.
        false_letters: Share of the images without a sign that are taken for one; None where there
            are no such images.
        counts: Of photographs: what was left out and why, and how boxes were found (JSON values).
    """

    scores: Scores
    by_source: dict[str, Scores]
    notes: tuple[str, ...]
    letters_kept: float = 1.0
    false_letters: float | None = None
    counts: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self, *, by_source: bool) -> dict[str, Any]:
        """JSON values; `by_source` adds accuracy, top3 and n of every source."""
        result = self.scores.to_json() | {
            "notes": list(self.notes),
            "letters_kept": self.letters_kept,
            "false_letters": self.false_letters,
            **{name: value for name, value in self.counts.items() if name != "n"},
        }
        if by_source:
            result["by_source"] = {
                name: {"accuracy": s.accuracy, "top3": s.top3, "n": s.n}
                for name, s in self.by_source.items()
            }
        return result


def evaluate(
    model: Model,
    data: Path,
    convention: Convention | None = None,
    progress: Progress = lambda items, title: items,
    without: str = "",
    no_sign: Path | None = None,
    hands: HandFinding | None = None,
) -> Evaluation:
    """Scores a model on labelled images.

    Args:
        model: What to score.
        data: A table, a crop file, or what `list_photographs` understands.
        convention: How numbers stand for letters; None: decided by rule.
        progress: Shows how far the images of a folder are read.
        without: Letters whose images are passed over, such as "T": the T of Sign Language MNIST
            is not the T of ASL.
        no_sign: A crop file of images that show no letter, as `trainer import --no-sign` makes.
        hands: How the hand is found in photographs without a box; None: they are taken whole.

    Raises:
        UserError: The data cannot be read, or nothing is left of them.
    """
    data = chosen(data, Purpose.TEST)
    counts: dict[str, Any] = {}
    if os.path.isdir(data) or holds_images(data):
        listing = list_photographs(data, convention)
        reader = PhotographReader(hands)
        photographs = progress(listing.photographs, "images")
        inputs, labels, sources = _photograph_inputs(photographs, model.preprocessing, reader)
        notes, counts = reader.notes(data, listing), reader.to_json(listing)
        if not len(inputs):
            raise UserError(f"{data}: no image could be read. {reader.left_out.sentence()}")
    else:
        dataset = load(data, convention)
        inputs = dataset.inputs(model.preprocessing)
        labels, sources, notes = dataset.labels, dataset.sources, dataset.notes
    keep = ~np.isin(labels, [LETTERS.index(letter) for letter in without])
    if (labels == NO_SIGN).any():
        raise UserError(
            f"{data}: images without a sign are among these. Name them after --no-sign, and images "
            "of letters here."
        )
    if not keep.any():
        raise UserError(f"{data}: only images of the letters {without}, which are passed over.")
    if not keep.all():
        notes += (f"{(~keep).sum():,} images of {without} were passed over, as you said.",)
    inputs, labels, sources = inputs[keep], labels[keep], sources[keep]
    outcomes = model.outcome_probabilities(inputs)
    p = outcomes[:, :CLASSES]
    by_source = {
        str(name): score(p[sources == name], labels[sources == name]) for name in np.unique(sources)
    }
    kept = float(_taken_for_sign(outcomes).mean())
    false_letters = None
    if no_sign is not None:
        nothing = read_crops(no_sign)
        notes += nothing.notes
        shown = model.outcome_probabilities(nothing.inputs(model.preprocessing))
        false_letters = float(_taken_for_sign(shown).mean())
    return Evaluation(score(p, labels), by_source, notes, kept, false_letters, counts)


def _taken_for_sign(outcomes: NDArray[np.float32]) -> NDArray[np.bool_]:
    """(n,): whether images with these probabilities (n, outcomes) are taken to show a letter."""
    return np.asarray(outcomes[:, CLASSES:].sum(axis=1) < NO_SIGN_FROM)


def _photograph_inputs(
    photographs: Iterable[Photograph], preprocessing: Preprocessing, reader: PhotographReader
) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.str_]]:
    """Network inputs float32 (n, size²), labels (n,) and sources (n,) of what can be read."""
    rows, labels, sources = [], [], []
    for photograph, image, box, _ in reader.read(photographs):
        rows.append(preprocessing(image, box))
        labels.append(photograph.label)
        sources.append(photograph.source)
    inputs = np.stack(rows) if rows else np.empty((0, preprocessing.size**2), np.float32)
    return inputs, np.array(labels, np.int64), np.array(sources, np.str_)
