"""Arguments for every hyper-parameter, and the recipe that they make."""

from __future__ import annotations

import argparse
from dataclasses import fields, replace

from trainer.images.preprocessing import NORMALISATIONS, Preprocessing
from trainer.model.inference import Inference
from trainer.nn.optimisers import OPTIMISERS
from trainer.nn.schedules import SCHEDULES
from trainer.support.errors import UserError
from trainer.training.augment import PRESETS, Augmentation
from trainer.training.recipe import Recipe


def add_recipe(parser: argparse.ArgumentParser) -> None:
    """Adds an argument for every hyper-parameter."""
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
        "--mirror-reading", action="store_true", help="read every image mirrored, too"
    )
    group.add_argument(
        "--temperature", type=float, default=1.0, metavar="X", help="of the logits (default: 1.0)"
    )
    group.add_argument(
        "--no-sign-bias",
        type=float,
        default=0.0,
        metavar="X",
        help='added to the logit of "no sign" when the network reads (default: 0.0)',
    )
    group.add_argument(
        "--emphasis",
        type=_factor_of_source,
        nargs="+",
        action="extend",
        default=[],
        metavar="SOURCE:X",
        help="draw a source so many times as often as by --balance, such as sign_mnist_train:0.25",
    )
    for name, what in {
        "epochs": "passes over the images",
        "small_size": "pixels in the first epochs; 0: as many as later",
        "small_epochs": "how many those are",
        "small_margin": "above 0, the network of then reads along, in a square of this margin",
        "reading_margin": "above 0, the finished network sees by this margin",
        "epoch_images": "images drawn for an epoch; 0: each once",
        "balance": "how far sources are drawn alike: 0 by images, 1 by sources",
        "batch_size": "images a mini-batch",
        "learning_rate": "its peak",
        "weight_decay": "decoupled decay of the weights",
        "dropout": "share of hidden values dropped",
        "label_smoothing": "share of the target given to all letters alike",
        "taught": "share of the target that is what the --teacher says",
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


def _widths(text: str) -> tuple[int, ...]:
    try:
        return tuple(int(part) for part in text.split(",") if part)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no list of widths such as 512,256") from None


def _factor_of_source(text: str) -> tuple[str, float]:
    source, _, factor = text.rpartition(":")
    try:
        return source, float(factor)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form SOURCE:0.25") from None


def recipe_from(arguments: argparse.Namespace) -> Recipe:
    """The recipe that the arguments describe.

    Raises:
        UserError: A hyper-parameter is out of range.
    """
    names = {field.name for field in fields(Recipe)} & set(vars(arguments))
    names -= {"augmentation", "emphasis"}
    given = {field.name: getattr(arguments, field.name) for field in fields(Augmentation)}
    changes = {name: value for name, value in given.items() if value is not None}
    try:
        return Recipe(
            **{name: getattr(arguments, name) for name in names},
            emphasis=tuple(arguments.emphasis),
            augmentation=replace(PRESETS[arguments.augmentation], **changes),
            preprocessing=Preprocessing(
                size=arguments.size, margin=arguments.margin, normalise=arguments.normalise
            ),
            inference=Inference(
                arguments.mirror_reading, arguments.temperature, arguments.no_sign_bias
            ),
        )
    except ValueError as error:
        raise UserError(f"{error}.") from None
