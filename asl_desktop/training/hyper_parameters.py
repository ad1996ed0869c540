"""Every hyper-parameter: what it is called, what it does, and how `trainer train` names it."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass, fields
from io import StringIO

from asl_desktop.language import QT_TRANSLATE_NOOP
from trainer.commands import train
from trainer.images.preprocessing import NORMALISATIONS
from trainer.nn.optimisers import OPTIMISERS
from trainer.nn.schedules import SCHEDULES
from trainer.training.augment import PRESETS as AUGMENTATIONS
from trainer.training.augment import Augmentation

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
        QT_TRANSLATE_NOOP("HyperParameter", "Widths"),
        QT_TRANSLATE_NOOP(
            "HyperParameter", "Units of the hidden layers, from the first to the last: 512,256"
        ),
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
        QT_TRANSLATE_NOOP("HyperParameter", "Normalise"),
        QT_TRANSLATE_NOOP(
            "HyperParameter", "image: each image by itself; fixed: all by the same two numbers"
        ),
        *NORMALISATIONS,
        of_network=True,
    ),
    _p(
        "--size",
        QT_TRANSLATE_NOOP("HyperParameter", "Size"),
        QT_TRANSLATE_NOOP("HyperParameter", "Pixels along a side of the network's image"),
        of_network=True,
    ),
    _p(
        "--margin",
        QT_TRANSLATE_NOOP("HyperParameter", "Margin"),
        QT_TRANSLATE_NOOP(
            "HyperParameter", "Side of the crop over the hand's box; a CSV is cropped already"
        ),
        of_network=True,
    ),
    _p(
        "--temperature",
        QT_TRANSLATE_NOOP("HyperParameter", "Temperature"),
        QT_TRANSLATE_NOOP("HyperParameter", "Above 1, the finished network is less sure of itself"),
        of_network=True,
    ),
    _p(
        MIRROR_READING,
        QT_TRANSLATE_NOOP("HyperParameter", "Read mirrored"),
        QT_TRANSLATE_NOOP(
            "HyperParameter",
            "on: each image is read mirrored, too, so that left hands read like right ones",
        ),
        *("off", "on"),
        of_network=True,
    ),
    _p(
        "--dropout",
        QT_TRANSLATE_NOOP("HyperParameter", "Dropout"),
        QT_TRANSLATE_NOOP("HyperParameter", "Share of units that are left out at a step"),
        of_network=True,
    ),
    _p(
        "--no-sign",
        QT_TRANSLATE_NOOP("HyperParameter", "No sign"),
        QT_TRANSLATE_NOOP(
            "HyperParameter", "Share of images without a letter; above 0 the network can say so"
        ),
    ),
)
_STEPS = (
    _p(
        "--epochs",
        QT_TRANSLATE_NOOP("HyperParameter", "Epochs"),
        QT_TRANSLATE_NOOP("HyperParameter", "Passes over all images"),
    ),
    _p(
        "--batch-size",
        QT_TRANSLATE_NOOP("HyperParameter", "Batch"),
        QT_TRANSLATE_NOOP("HyperParameter", "Images that one step learns from"),
    ),
    _p(
        "--learning-rate",
        QT_TRANSLATE_NOOP("HyperParameter", "Rate"),
        QT_TRANSLATE_NOOP("HyperParameter", "How far a step goes, at its peak"),
    ),
    _p(
        "--schedule",
        QT_TRANSLATE_NOOP("HyperParameter", "Schedule"),
        QT_TRANSLATE_NOOP("HyperParameter", "How the rate falls towards the end"),
        *sorted(SCHEDULES),
    ),
    _p(
        "--optimiser",
        QT_TRANSLATE_NOOP("HyperParameter", "Optimiser"),
        QT_TRANSLATE_NOOP(
            "HyperParameter",
            "adam scales every weight's step; muon, that of a whole layer; "
            "sgd takes the plain gradient",
        ),
        *sorted(OPTIMISERS),
    ),
    _p(
        "--weight-decay",
        QT_TRANSLATE_NOOP("HyperParameter", "Weight decay"),
        QT_TRANSLATE_NOOP("HyperParameter", "Pulls weights towards 0, against learning by heart"),
    ),
    _p(
        "--label-smoothing",
        QT_TRANSLATE_NOOP("HyperParameter", "Smoothing"),
        QT_TRANSLATE_NOOP(
            "HyperParameter", "Share of the target given to all letters, against being too sure"
        ),
    ),
    _p(
        "--average",
        QT_TRANSLATE_NOOP("HyperParameter", "Average"),
        QT_TRANSLATE_NOOP(
            "HyperParameter", "Decay of the running average of weights; 0 keeps the last ones"
        ),
    ),
    _p(
        "--epoch-images",
        QT_TRANSLATE_NOOP("HyperParameter", "Draws"),
        QT_TRANSLATE_NOOP("HyperParameter", "Images drawn for an epoch; 0 shows each one once"),
    ),
    _p(
        "--balance",
        QT_TRANSLATE_NOOP("HyperParameter", "Balance"),
        QT_TRANSLATE_NOOP(
            "HyperParameter", "With draws: 0 draws images alike, 1 files and people alike"
        ),
    ),
    _p(
        "--seed",
        QT_TRANSLATE_NOOP("HyperParameter", "Seed"),
        QT_TRANSLATE_NOOP("HyperParameter", "The same seed gives the same weights"),
    ),
)
_CHANGES = (
    _p(
        AUGMENTATION,
        QT_TRANSLATE_NOOP("HyperParameter", "Augmentation"),
        QT_TRANSLATE_NOOP(
            "HyperParameter", "Random changes to the images; below, each one by itself"
        ),
        *sorted(AUGMENTATIONS),
    ),
    _p(
        "--rotate",
        QT_TRANSLATE_NOOP("HyperParameter", "Turn"),
        QT_TRANSLATE_NOOP("HyperParameter", "Degrees, either way"),
    ),
    _p(
        "--scale",
        QT_TRANSLATE_NOOP("HyperParameter", "Zoom"),
        QT_TRANSLATE_NOOP("HyperParameter", "Largest change of size; 0.2 is a fifth"),
    ),
    _p(
        "--stretch",
        QT_TRANSLATE_NOOP("HyperParameter", "Stretch"),
        QT_TRANSLATE_NOOP("HyperParameter", "Largest change of width over height"),
    ),
    _p(
        "--shear",
        QT_TRANSLATE_NOOP("HyperParameter", "Shear"),
        QT_TRANSLATE_NOOP("HyperParameter", "Largest slant, as the tangent of its angle"),
    ),
    _p(
        "--shift",
        QT_TRANSLATE_NOOP("HyperParameter", "Shift"),
        QT_TRANSLATE_NOOP("HyperParameter", "Largest move, as a share of the side"),
    ),
    _p(
        "--mirror",
        QT_TRANSLATE_NOOP("HyperParameter", "Mirror"),
        QT_TRANSLATE_NOOP("HyperParameter", "How often a right hand becomes a left one"),
    ),
    _p(
        "--perspective",
        QT_TRANSLATE_NOOP("HyperParameter", "Perspective"),
        QT_TRANSLATE_NOOP("HyperParameter", "Largest slope of depth"),
    ),
    _p(
        "--curve",
        QT_TRANSLATE_NOOP("HyperParameter", "Tones"),
        QT_TRANSLATE_NOOP("HyperParameter", "Largest bend of the middle tones"),
    ),
    _p(
        "--light",
        QT_TRANSLATE_NOOP("HyperParameter", "Light"),
        QT_TRANSLATE_NOOP("HyperParameter", "Light from one side, in gray levels"),
    ),
    _p(
        "--exposure",
        QT_TRANSLATE_NOOP("HyperParameter", "Exposure"),
        QT_TRANSLATE_NOOP("HyperParameter", "How often the image is over-exposed"),
    ),
    _p(
        "--shadow",
        QT_TRANSLATE_NOOP("HyperParameter", "Shadow"),
        QT_TRANSLATE_NOOP("HyperParameter", "How often a shadow falls on a part"),
    ),
    _p(
        "--noise",
        QT_TRANSLATE_NOOP("HyperParameter", "Noise"),
        QT_TRANSLATE_NOOP("HyperParameter", "Noise of the camera, in gray levels"),
    ),
    _p(
        "--blur",
        QT_TRANSLATE_NOOP("HyperParameter", "Blur"),
        QT_TRANSLATE_NOOP("HyperParameter", "How often the image is blurred"),
    ),
    _p(
        "--coarse",
        QT_TRANSLATE_NOOP("HyperParameter", "Coarse"),
        QT_TRANSLATE_NOOP("HyperParameter", "How often detail is lost, as of a far hand"),
    ),
    _p(
        "--erase",
        QT_TRANSLATE_NOOP("HyperParameter", "Erase"),
        QT_TRANSLATE_NOOP("HyperParameter", "How often a rectangle is covered"),
    ),
    _p(
        "--background",
        QT_TRANSLATE_NOOP("HyperParameter", "Background"),
        QT_TRANSLATE_NOOP(
            "HyperParameter", "How often it is exchanged, where the hand's outline is known"
        ),
    ),
)
GROUPS = (
    (QT_TRANSLATE_NOOP("HyperParameter", "Steps"), _STEPS),
    (QT_TRANSLATE_NOOP("HyperParameter", "Network"), _NETWORK),
    (QT_TRANSLATE_NOOP("HyperParameter", "Changes to the images"), _CHANGES),
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
