"""`trainer train`: from labelled pictures to a weight file."""

from __future__ import annotations

import argparse
import shlex
import sys
from dataclasses import fields
from pathlib import Path
from typing import Any

from tqdm import tqdm

from trainer import weights
from trainer.augment import Augmentation
from trainer.commands.common import add_json, add_labels, add_validate, print_json
from trainer.data.csv import read_csv
from trainer.data.splits import split
from trainer.errors import UserError
from trainer.history import history
from trainer.model import Model
from trainer.nn.optimisers import OPTIMISERS
from trainer.nn.schedules import SCHEDULES
from trainer.normalisation import fitted_to
from trainer.preprocess import NORMALISATIONS, Preprocessing
from trainer.recipe import Recipe
from trainer.train import BatchDone, EpochDone, train


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "train", help="train a network on labelled pictures and write its weights"
    )
    parser.add_argument(
        "--train", type=Path, required=True, metavar="CSV", help="pictures to learn from"
    )
    measured = parser.add_mutually_exclusive_group()
    measured.add_argument(
        "--validation", type=Path, metavar="CSV", help="pictures to measure on after every epoch"
    )
    add_validate(measured)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="weight file, .safetensors or .npz"
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
    group.add_argument("--normalise", choices=NORMALISATIONS, default="image")
    group.add_argument("--no-augmentation", action="store_true", help="show every picture as it is")
    for name, what in {
        "epochs": "passes over the pictures",
        "batch_size": "pictures a mini-batch",
        "learning_rate": "its peak",
        "weight_decay": "decoupled decay of the weights",
        "dropout": "share of hidden values dropped",
        "label_smoothing": "share of the target given to all letters alike",
        "average": "decay of the running average of weights; 0: keep the last weights",
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
    for setting in fields(Augmentation):
        changes.add_argument(
            _flag(setting.name),
            type=float,
            default=setting.default,
            metavar="X",
            help=f"(default: {setting.default})",
        )


def _flag(name: str) -> str:
    return "--" + name.replace("_", "-")


def _widths(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(","))
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of widths such as 512,256") from None


def recipe_from(arguments: argparse.Namespace) -> Recipe:
    """The recipe that the arguments describe.

    Raises:
        UserError: A hyper-parameter is out of range.
    """
    names = {field.name for field in fields(Recipe)} & set(vars(arguments))
    changes = {field.name: getattr(arguments, field.name) for field in fields(Augmentation)}
    augmentation = Augmentation.none() if arguments.no_augmentation else Augmentation(**changes)
    try:
        return Recipe(
            **{name: getattr(arguments, name) for name in names},
            augmentation=augmentation,
            preprocessing=Preprocessing(normalise=arguments.normalise),
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
    dataset = read_csv(arguments.train, arguments.labels)
    validation = arguments.validation and read_csv(arguments.validation, arguments.labels)
    notes = dataset.notes + (validation.notes if validation else ())
    if arguments.validate:
        division = split(dataset, arguments.validate, recipe.seed)
        dataset, validation = dataset.subset(~division.held), dataset.subset(division.held)
        notes += (division.note,)
    for note in notes:
        print(note, file=sys.stderr)
    recipe = fitted_to(recipe, dataset)

    last: EpochDone | None = None
    with tqdm(total=recipe.epochs, unit="epoch", disable=arguments.json) as bar:
        for event in train(recipe, dataset, validation):
            if isinstance(event, BatchDone):
                if event.batch % 10 == 0:
                    bar.set_postfix_str(f"loss {event.loss:.3f}, right {event.accuracy:.3f}")
                continue
            last = event
            bar.update()
            _report(event, bar, arguments.json)
            if event.epoch == recipe.epochs - 1:
                # The averaged weights are in the network only until training goes on.
                _save(event, recipe, arguments, dataset.digests)
    if last is not None and arguments.json:
        print_json({"event": "saved", "weights": str(arguments.out)})


def _report(event: EpochDone, bar: Any, as_json: bool) -> None:
    if as_json:
        names = ("epoch", "loss", "accuracy", "validation_loss", "validation_accuracy", "seconds")
        print_json({"event": "epoch"} | {name: getattr(event, name) for name in names})
        return
    line = f"epoch {event.epoch + 1}: loss {event.loss:.4f}, right {event.accuracy:.4f}"
    if event.validation_accuracy is not None:
        line += f", validation {event.validation_loss:.4f}, right {event.validation_accuracy:.4f}"
    bar.write(f"{line}  ({event.seconds:.1f} s)", file=sys.stderr)


def _save(
    event: EpochDone, recipe: Recipe, arguments: argparse.Namespace, digests: dict[str, str]
) -> None:
    scores = {}
    if event.validation_accuracy is not None:
        scores["validation_accuracy"] = event.validation_accuracy
    about = history(_command(arguments), recipe, digests, scores)
    model = Model(event.model.network, event.model.preprocessing, about=about)
    if arguments.out.suffix == ".npz":
        weights.save_npz(model, arguments.out)
    else:
        weights.save(model, arguments.out)


def _command(arguments: argparse.Namespace) -> str:
    """The command line without the place of the result, so that two runs give the same bytes."""
    words: list[str] = []
    for word in arguments.argv:
        if words and words[-1] == "--out":
            word = "W.safetensors"
        elif word.startswith("--out="):
            word = "--out=W.safetensors"
        words.append(word)
    return shlex.join(["trainer", *words])
