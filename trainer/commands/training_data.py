"""The images of a training run: read, and divided into training and validation images."""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass

import numpy as np

from trainer.commands.find_hands import hand_finding
from trainer.data.collection import Collection, all_digests
from trainer.data.dataset import Dataset
from trainer.data.load import chosen, load
from trainer.data.splits import divide
from trainer.data.unpack import Purpose
from trainer.evaluation.predictions import HeldOut
from trainer.letters import LETTERS
from trainer.support.errors import UserError
from trainer.support.terminal import say
from trainer.training.recipe import Recipe


@dataclass(frozen=True)
class TrainingData:
    """Training and validation images, and notes for the user on how they were read."""

    collection: Collection
    held_out: HeldOut | None
    validation: Dataset | None
    notes: list[str]


def read(arguments: argparse.Namespace, recipe: Recipe) -> TrainingData:
    """Reads and divides the data that the arguments name.

    Raises:
        UserError: It cannot be read or divided.
    """
    hands = hand_finding(arguments)
    train = [chosen(path, Purpose.TRAIN) for path in arguments.train]
    loaded = [load(path, arguments.labels, hands=hands) for path in train]
    notes = [note for dataset in loaded for note in dataset.notes]
    there = {str(name) for dataset in loaded for name in np.unique(dataset.sources)}
    if unknown := [source for source, _ in arguments.leave_out if source not in there]:
        notes.append(f"--leave-out: no image is from {', '.join(unknown)}.")
    datasets = [_left_out(dataset, arguments) for dataset in loaded]
    if not any(map(len, datasets)):
        raise UserError("No images are left to learn from. Leave fewer sources out.")
    parts = []
    if arguments.validate:
        masks, note = divide(datasets, arguments.validate, recipe.seed)
        notes.append(note)
        for path, dataset, mask in zip(train, datasets, masks, strict=True):
            parts.append((path, dataset, np.flatnonzero(mask)))
        datasets = [d.subset(~mask) for d, mask in zip(datasets, masks, strict=True)]
    for path in (chosen(path, Purpose.TEST) for path in arguments.validation):
        dataset = load(path, arguments.labels, hands=hands)
        notes += dataset.notes
        parts.append((path, dataset, np.arange(len(dataset))))
    collection = Collection(datasets)
    if not parts:
        return TrainingData(collection, None, None, notes)
    held_out = HeldOut.of(parts, recipe.preprocessing)
    digests = all_digests(dataset for _, dataset, _ in parts)
    return TrainingData(collection, held_out, held_out.dataset(digests), notes)


def replayed(arguments: argparse.Namespace) -> list[Dataset]:
    """Reads the earlier data of a fine-tuning.

    Raises:
        UserError: A file cannot be read.
    """
    hands = hand_finding(arguments)
    paths = [chosen(path, Purpose.TRAIN) for path in arguments.replay]
    datasets = [load(path, arguments.labels, hands=hands) for path in paths]
    for note in (note for dataset in datasets for note in dataset.notes):
        say(note, file=sys.stderr)
    return datasets


def _left_out(dataset: Dataset, arguments: argparse.Namespace) -> Dataset:
    """The data set without the sources and letters of `--leave-out`."""
    keep = np.ones(len(dataset), bool)
    for source, left_out in arguments.leave_out:
        named = [LETTERS.index(letter) for letter in left_out]
        keep &= ~((dataset.sources == source) & np.isin(dataset.labels, named))
    return dataset if keep.all() else dataset.subset(keep)
