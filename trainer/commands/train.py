"""`trainer train`: from labelled pictures to a weight file."""

from __future__ import annotations

import argparse
import shlex
import sys
from contextlib import closing
from dataclasses import asdict, fields, replace
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from trainer import checkpoint, weights
from trainer.augment import PRESETS, Augmentation
from trainer.commands.common import add_json, add_labels, add_validate, letters, print_json
from trainer.control import Control
from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.data.load import load
from trainer.data.splits import split
from trainer.errors import UserError
from trainer.history import history
from trainer.inference import Inference
from trainer.letters import LETTERS, NO_SIGN
from trainer.nn.optimisers import OPTIMISERS
from trainer.nn.schedules import SCHEDULES
from trainer.normalisation import fitted_to
from trainer.preprocess import NORMALISATIONS, Preprocessing
from trainer.recipe import Recipe
from trainer.train import BatchDone, EpochDone, train

_RECORDED = ("epoch", "loss", "accuracy", "validation_loss", "validation_accuracy", "seconds")
"""Of an epoch, for the eyes of others."""


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "train", help="train a network on labelled pictures and write its weights"
    )
    parser.add_argument(
        "--train",
        type=Path,
        required=True,
        nargs="+",
        action="extend",
        metavar="DATA",
        help="pictures to learn from: CSV files, crop files (.npz) or folders of photographs",
    )
    parser.add_argument(
        "--leave-out",
        type=_letters_of_source,
        nargs="+",
        action="extend",
        default=[],
        metavar="SOURCE[:LETTERS]",
        help="sources to leave out, or only some of their letters, such as sign_mnist_train:T",
    )
    measured = parser.add_mutually_exclusive_group()
    measured.add_argument(
        "--validation", type=Path, metavar="DATA", help="pictures to measure on after every epoch"
    )
    add_validate(measured)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="weight file, .safetensors or .npz"
    )
    parser.add_argument(
        "--keep-best",
        action="store_true",
        help="write the weights after every epoch that is the best so far on validation",
    )
    parser.add_argument(
        "--checkpoint",
        type=Path,
        metavar="FILE",
        help="write the run's state after every epoch, go on from it where the file exists, and "
        "delete it when the last epoch is over",
    )
    parser.add_argument(
        "--control",
        action="store_true",
        help="obey the lines pause, resume and stop on standard input; its end means stop",
    )
    add_labels(parser)
    add_json(parser)
    _add_recipe(parser)
    parser.set_defaults(run=run)


def _add_recipe(parser: argparse.ArgumentParser) -> None:
    recipe = Recipe()
    group = parser.add_argument_group("hyper-parameters")
    group.add_argument(
        "--hidden",
        type=_widths,
        default=recipe.hidden,
        metavar="W,W,…",
        help=f"widths of the hidden layers (default: {','.join(map(str, recipe.hidden))})",
    )
    group.add_argument("--optimiser", choices=sorted(OPTIMISERS), default=recipe.optimiser)
    group.add_argument("--schedule", choices=sorted(SCHEDULES), default=recipe.schedule)
    group.add_argument(
        "--convolutions",
        default=recipe.convolutions,
        metavar="PLAN",
        help='convolutional layers before the hidden ones, such as "o 32 p 64 p" (default: none)',
    )
    group.add_argument("--normalise", choices=NORMALISATIONS, default="image")
    group.add_argument("--size", type=int, default=28, metavar="N", help="pixels (default: 28)")
    group.add_argument(
        "--margin", type=float, default=1.0, metavar="X", help="crop over hand box (default: 1.0)"
    )
    group.add_argument(
        "--mirror-reading", action="store_true", help="read every picture mirrored, too"
    )
    group.add_argument(
        "--temperature", type=float, default=1.0, metavar="X", help="of the logits (default: 1.0)"
    )
    for name, what in {
        "epochs": "passes over the pictures",
        "epoch_pictures": "pictures drawn for an epoch; 0: each once",
        "balance": "how far sources are drawn alike: 0 by pictures, 1 by sources",
        "batch_size": "pictures a mini-batch",
        "learning_rate": "its peak",
        "weight_decay": "decoupled decay of the weights",
        "dropout": "share of hidden values dropped",
        "label_smoothing": "share of the target given to all letters alike",
        "average": "decay of the running average of weights; 0: keep the last weights",
        "no_sign": "share of each mini-batch without a letter; above 0 the network can say so",
        "seed": "of everything random",
    }.items():
        default = getattr(recipe, name)
        group.add_argument(
            _flag(name),
            type=type(default),
            default=default,
            metavar="N" if isinstance(default, int) else "X",
            help=f"{what} (default: {default})",
        )
    changes = parser.add_argument_group("augmentation", "0 switches a change off")
    changes.add_argument(
        "--augmentation",
        choices=sorted(PRESETS),
        default="plain",
        help="what the values below start from (default: plain)",
    )
    for setting in fields(Augmentation):
        values = ", ".join(f"{name} {getattr(PRESETS[name], setting.name)}" for name in PRESETS)
        changes.add_argument(
            _flag(setting.name), type=float, metavar="X", help=f"(default: {values})"
        )


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _letters_of_source(text: str) -> tuple[str, str]:
    source, _, named = text.partition(":")
    return source, letters(named or LETTERS)


def _widths(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(",") if part)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of widths such as 512,256") from None


def recipe_from(arguments: argparse.Namespace) -> Recipe:
    """The recipe that the arguments describe.

    Raises:
        UserError: A hyper-parameter is out of range.
    """
    names = {field.name for field in fields(Recipe)} & set(vars(arguments))
    names -= {"augmentation"}
    given = {field.name: getattr(arguments, field.name) for field in fields(Augmentation)}
    changes = {name: value for name, value in given.items() if value is not None}
    try:
        return Recipe(
            **{name: getattr(arguments, name) for name in names},
            augmentation=replace(PRESETS[arguments.augmentation], **changes),
            preprocessing=Preprocessing(
                size=arguments.size, margin=arguments.margin, normalise=arguments.normalise
            ),
            inference=Inference(arguments.mirror_reading, arguments.temperature),
        )
    except ValueError as error:
        raise UserError(f"{error}.") from None


def run(arguments: argparse.Namespace) -> None:
    """Trains and writes the weights.

    Raises:
        UserError: Data, recipe or the place for the weights are no good.
    """
    recipe = recipe_from(arguments)
    if not arguments.out.resolve().parent.is_dir():
        raise UserError(f"{arguments.out}: its folder does not exist. Create it first.")
    datasets = [_left_out(load(path, arguments.labels), arguments) for path in arguments.train]
    validation = arguments.validation and load(arguments.validation, arguments.labels)
    notes = [note for dataset in datasets for note in dataset.notes]
    notes += validation.notes if validation else ()
    if arguments.validate:
        if len(datasets) > 1:
            raise UserError("--validate divides a single file. Name one, or use --validation.")
        division = split(datasets[0], arguments.validate, recipe.seed)
        validation = datasets[0].subset(division.held)
        datasets = [datasets[0].subset(~division.held)]
        notes.append(division.note)
    for note in notes:
        print(note, file=sys.stderr)
    collection = Collection(datasets)
    if not recipe.no_sign and (collection.labels == NO_SIGN).any():
        raise UserError(
            "Some of the pictures show no sign, and this network could not say so. Add "
            "--no-sign 0.1, or leave these files out."
        )
    recipe = fitted_to(recipe, collection)

    control = Control(sys.stdin) if arguments.control else None
    run_id = checkpoint.fingerprint(recipe, collection, validation)
    before = arguments.checkpoint and checkpoint.load(arguments.checkpoint, run_id)
    epochs = before.epochs if before else []
    saved = bool(before) and arguments.out.exists()
    best = before.best if before and saved else -1.0
    with (
        tqdm(total=recipe.epochs, unit="epoch", disable=arguments.json) as bar,
        closing(train(recipe, collection, validation, before.arrays if before else None)) as events,
    ):
        for record in epochs:
            bar.update()
            _report_epoch(record, bar, arguments.json)
        for event in events:
            if isinstance(event, EpochDone):
                bar.update()
                epochs.append({name: getattr(event, name) for name in _RECORDED})
                # The averaged weights are in the network only until training goes on.
                accuracy = event.validation_accuracy or 0.0
                if accuracy >= best if arguments.keep_best else event.epoch == recipe.epochs - 1:
                    best, saved = accuracy, True
                    _save(event, recipe, arguments, collection.digests)
                if arguments.checkpoint:
                    # After the weights: an epoch that is cut off between the two is repeated.
                    reached = checkpoint.Checkpoint(event.state, epochs, best)
                    checkpoint.save(reached, arguments.checkpoint, run_id)
                # Told when it is safe: who heard of an epoch does not lose it.
                _report_epoch(epochs[-1], bar, arguments.json)
            else:
                _report_batch(event, bar, arguments.json)
            if control is not None:
                control.wait_while_paused()
                if control.stopped:
                    break
    if arguments.checkpoint and len(epochs) == recipe.epochs:
        arguments.checkpoint.unlink(missing_ok=True)
    if arguments.json:
        print_json(
            {"event": "saved", "weights": str(arguments.out)} if saved else {"event": "stopped"}
        )


def _left_out(dataset: Dataset, arguments: argparse.Namespace) -> Dataset:
    """The data set without the sources and letters that the user leaves out."""
    keep = np.ones(len(dataset), bool)
    for source, left_out in arguments.leave_out:
        named = [LETTERS.index(letter) for letter in left_out]
        keep &= ~((dataset.sources == source) & np.isin(dataset.labels, named))
    return dataset if keep.all() else dataset.subset(keep)


def _report_epoch(record: dict[str, Any], bar: Any, as_json: bool) -> None:
    if as_json:
        print_json({"event": "epoch"} | record)
        return
    line = f"epoch {record['epoch'] + 1}: loss {record['loss']:.4f}, right {record['accuracy']:.4f}"
    if record["validation_accuracy"] is not None:
        line += f", validation {record['validation_loss']:.4f}"
        line += f", right {record['validation_accuracy']:.4f}"
    bar.write(f"{line}  ({record['seconds']:.1f} s)", file=sys.stderr)


def _report_batch(event: BatchDone, bar: Any, as_json: bool) -> None:
    if as_json:
        print_json({"event": "batch"} | asdict(event))
    elif event.batch % 10 == 0:
        bar.set_postfix_str(f"loss {event.loss:.3f}, right {event.accuracy:.3f}")


def _save(
    event: EpochDone, recipe: Recipe, arguments: argparse.Namespace, digests: dict[str, str]
) -> None:
    scores = {}
    if event.validation_accuracy is not None:
        scores["validation_accuracy"] = event.validation_accuracy
    about = history(_command(arguments), recipe, digests, scores)
    model = replace(event.model, about=about)
    if arguments.out.suffix == ".npz":
        weights.save_npz(model, arguments.out)
    else:
        weights.save(model, arguments.out)


def _command(arguments: argparse.Namespace) -> str:
    """The command line without the places of the result, so that two runs give the same bytes."""
    words: list[str] = []
    given = iter(arguments.argv)
    for word in given:
        if word == "--checkpoint":
            next(given)
            continue
        if word.startswith("--checkpoint="):
            continue
        if words and words[-1] == "--out":
            word = "W.safetensors"
        elif word.startswith("--out="):
            word = "--out=W.safetensors"
        words.append(word)
    return shlex.join(["trainer", *words])
