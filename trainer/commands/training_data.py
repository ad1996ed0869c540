"""The images of a training run: read, divided, and where the held-out ones stand."""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.data.load import chosen, load
from trainer.data.splits import divide
from trainer.data.unpack import Purpose
from trainer.evaluation.predictions import HeldOut
from trainer.letters import LETTERS
from trainer.training.recipe import Recipe


@dataclass(frozen=True)
class TrainingData:
    """What a run reads: images to learn from and to measure on, and how they were read."""

    collection: Collection
    held_out: HeldOut | None
    validation: Dataset | None
    notes: list[str]


def read(arguments: argparse.Namespace, recipe: Recipe) -> TrainingData:
    """Reads and divides what the arguments name.

    Raises:
        UserError: It cannot be read or divided.
    """
    train = [chosen(path, Purpose.TRAIN) for path in arguments.train]
    datasets = [_left_out(load(path, arguments.labels), arguments) for path in train]
    notes = [note for dataset in datasets for note in dataset.notes]
    parts = []
    if arguments.validate:
        masks, note = divide(datasets, arguments.validate, recipe.seed)
        notes.append(note)
        for path, dataset, mask in zip(train, datasets, masks, strict=True):
            parts.append((path, dataset, np.flatnonzero(mask)))
        datasets = [d.subset(~mask) for d, mask in zip(datasets, masks, strict=True)]
    for path in (chosen(path, Purpose.TEST) for path in arguments.validation):
        dataset = load(path, arguments.labels)
        notes += dataset.notes
        parts.append((path, dataset, np.arange(len(dataset))))
    collection = Collection(datasets)
    if not parts:
        return TrainingData(collection, None, None, notes)
    held_out = HeldOut.of(parts, recipe.preprocessing)
    digests = {name: digest for _, d, _ in parts for name, digest in d.digests.items()}
    return TrainingData(collection, held_out, held_out.dataset(digests), notes)


def _left_out(dataset: Dataset, arguments: argparse.Namespace) -> Dataset:
    """The data set without the sources and letters that the user leaves out."""
    keep = np.ones(len(dataset), bool)
    for source, left_out in arguments.leave_out:
        named = [LETTERS.index(letter) for letter in left_out]
        keep &= ~((dataset.sources == source) & np.isin(dataset.labels, named))
    return dataset if keep.all() else dataset.subset(keep)
