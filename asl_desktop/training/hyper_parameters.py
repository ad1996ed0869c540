"""Every hyper-parameter: what it is called, what it does, and how `trainer train` names it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass, fields
from io import StringIO

from trainer.augment import PRESETS as AUGMENTATIONS
from trainer.augment import Augmentation
from trainer.commands import train
from trainer.nn.optimisers import OPTIMISERS
from trainer.nn.schedules import SCHEDULES
from trainer.preprocess import NORMALISATIONS

CONTEXT = "HyperParameter"
AUGMENTATION = "--augmentation"
START_FROM = "--start-from"
MIRROR_READING = "--mirror-reading"


@dataclass(frozen=True)
class HyperParameter:
    """One setting of a run.

    Attributes:
        flag: Of `trainer train`.
        name: For people.
        hint: One line on what it does.
        choices: Its values, where they are few.
        of_network: Whether a network to go on from decides it.
    """

    flag: str
    name: str
    hint: str
    choices: tuple[str, ...] = ()
    of_network: bool = False

    @property
    def key(self) -> str:
        """Its name in the parsed arguments."""
        return self.flag.removeprefix("--").replace("-", "_")


def _p(flag: str, name: str, hint: str, *choices: str, of_network: bool = False) -> HyperParameter:
    return HyperParameter(flag, name, hint, choices, of_network)


_NETWORK = (
    _p(
        "--hidden",
        "Widths",
        "Units of the hidden layers, from the first to the last: 512,256",
        of_network=True,
    ),
    _p(
        "--convolutions",
        "Convolutions",
        'Layers before these, such as "o 32 p 64 p"; empty for none',
        of_network=True,
    ),
    _p(
        "--normalise",
        "Normalise",
        "image: each picture by itself; fixed: all by the same two numbers",
        *NORMALISATIONS,
        of_network=True,
    ),
    _p(
        "--size",
        "Size",
        "Pixels along a side of the network's picture",
        of_network=True,
    ),
    _p(
        "--margin",
        "Margin",
        "Side of the crop over the hand's box; a CSV is cropped already",
        of_network=True,
    ),
    _p(
        "--temperature",
        "Temperature",
        "Above 1, the finished network is less sure of itself",
        of_network=True,
    ),
    _p(
        MIRROR_READING,
        "Read mirrored",
        "on: each picture is read mirrored, too, so that left hands read like right ones",
        *("off", "on"),
        of_network=True,
    ),
    _p("--dropout", "Dropout", "Share of units that are left out at a step", of_network=True),
    _p(
        "--no-sign",
        "No sign",
        "Share of pictures without a letter; above 0 the network can say so",
    ),
)
_STEPS = (
    _p("--epochs", "Epochs", "Passes over all pictures"),
    _p("--batch-size", "Batch", "Pictures that one step learns from"),
    _p("--learning-rate", "Rate", "How far a step goes, at its peak"),
    _p(
        "--schedule",
        "Schedule",
        "How the rate falls towards the end",
        *sorted(SCHEDULES),
    ),
    _p(
        "--optimiser",
        "Optimiser",
        "adam scales every weight's step; sgd takes the plain gradient",
        *sorted(OPTIMISERS),
    ),
    _p(
        "--weight-decay",
        "Weight decay",
        "Pulls weights towards 0, against learning by heart",
    ),
    _p(
        "--label-smoothing",
        "Smoothing",
        "Share of the target given to all letters, against being too sure",
    ),
    _p(
        "--average",
        "Average",
        "Decay of the running average of weights; 0 keeps the last ones",
    ),
    _p(
        "--epoch-pictures",
        "Draws",
        "Pictures drawn for an epoch; 0 shows each one once",
    ),
    _p(
        "--balance",
        "Balance",
        "With draws: 0 draws pictures alike, 1 files and people alike",
    ),
    _p("--seed", "Seed", "The same seed gives the same weights"),
)
_CHANGES = (
    _p(
        AUGMENTATION,
        "Augmentation",
        "Random changes to the pictures; below, each one by itself",
        *sorted(AUGMENTATIONS),
    ),
    _p("--rotate", "Turn", "Degrees, either way"),
    _p("--scale", "Zoom", "Largest change of size; 0.2 is a fifth"),
    _p("--stretch", "Stretch", "Largest change of width over height"),
    _p("--shear", "Shear", "Largest slant, as the tangent of its angle"),
    _p("--shift", "Shift", "Largest move, as a share of the side"),
    _p("--mirror", "Mirror", "How often a right hand becomes a left one"),
    _p("--perspective", "Perspective", "Largest slope of depth"),
    _p("--curve", "Tones", "Largest bend of the middle tones"),
    _p("--light", "Light", "Light from one side, in gray levels"),
    _p("--exposure", "Exposure", "How often the picture is over-exposed"),
    _p("--shadow", "Shadow", "How often a shadow falls on a part"),
    _p("--noise", "Noise", "Noise of the camera, in gray levels"),
    _p("--blur", "Blur", "How often the picture is blurred"),
    _p("--coarse", "Coarse", "How often detail is lost, as of a far hand"),
    _p("--erase", "Erase", "How often a rectangle is covered"),
    _p(
        "--background",
        "Background",
        "How often it is exchanged, where the hand's outline is known",
    ),
)
GROUPS = (
    ("Steps", _STEPS),
    ("Network", _NETWORK),
    ("Changes to the pictures", _CHANGES),
)
ALL = (*_STEPS, *_NETWORK, *_CHANGES)

_PARSER = argparse.ArgumentParser()
train.add_parser(_PARSER.add_subparsers())


def parsed(arguments: Sequence[str]) -> argparse.Namespace | None:
    """Arguments of `trainer train` as it understands them, or None where it does not."""
    with redirect_stderr(StringIO()):
        try:
            return _PARSER.parse_args(["train", *arguments])
        except SystemExit:
            return None


def values_of(arguments: argparse.Namespace) -> dict[str, str]:
    """The value of every hyper-parameter by its flag, as text."""
    changes = AUGMENTATIONS[arguments.augmentation]
    values = {}
    for parameter in ALL:
        value = getattr(arguments, parameter.key)
        if value is None:
            # Not stated: what the augmentation as a whole says.
            value = getattr(changes, parameter.key)
        values[parameter.flag] = _text(value)
    return values


def values_with(settings: Mapping[str, str]) -> dict[str, str]:
    """The value of every hyper-parameter where only some are stated."""
    stated = [word for pair in settings.items() for word in pair]
    # Required arguments, of which nothing is read here.
    arguments = parsed(["--train", "x", "--out", "x", *stated])
    if arguments is None:
        raise ValueError(f"not understood: {settings}")
    return values_of(arguments)


def stated(values: Mapping[str, str]) -> list[str]:
    """The arguments that say what `values` say, without those that are the default anyway."""
    augmentation = values[AUGMENTATION]
    if augmentation not in AUGMENTATIONS:
        return [AUGMENTATION, augmentation]
    usual = values_with({AUGMENTATION: augmentation})
    result = [] if augmentation == _USUAL[AUGMENTATION] else [AUGMENTATION, augmentation]
    for flag, value in values.items():
        if flag == AUGMENTATION or value.strip() == usual[flag]:
            continue
        # One word, so that a value may begin with a minus.
        result.append(flag if flag == MIRROR_READING else f"{flag}={value.strip()}")
    return result


def changes_of(augmentation: str) -> dict[str, str]:
    """The values by flag that an augmentation as a whole stands for."""
    chosen = AUGMENTATIONS[augmentation]
    return {f"--{field.name}": _text(getattr(chosen, field.name)) for field in fields(Augmentation)}


def _text(value: object) -> str:
    if isinstance(value, tuple):
        return ",".join(map(str, value))
    if isinstance(value, bool):
        return "on" if value else "off"
    return f"{value:g}" if isinstance(value, float) else str(value)


_USUAL = values_with({})
