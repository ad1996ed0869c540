"""The hyper-parameters of a recipe as arguments, and the recipe that arguments describe."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from dataclasses import fields, replace
from typing import Any

from trainer.commands.common import add_renamed
from trainer.support.errors import UserError
from trainer.support.hyper_parameter import Factors, HyperParameter
from trainer.training.augment import PRESETS, Augmentation
from trainer.training.recipe import PARAMETERS, Recipe

AUGMENTATION = "--augmentation"
"""Names the preset that the changes to the images start from."""


def add_recipe(parser: argparse.ArgumentParser) -> None:
    """Adds an argument for every hyper-parameter; a value out of range is refused at once."""
    group = parser.add_argument_group("hyper-parameters")
    changes = parser.add_argument_group("augmentation", "0 switches a change off")
    changes.add_argument(
        AUGMENTATION,
        choices=sorted(PRESETS),
        default="plain",
        help="preset that the values below change (default: plain)",
    )
    for part, parameter in PARAMETERS:
        if part == "augmentation":
            presets = {name: getattr(preset, parameter.key) for name, preset in PRESETS.items()}
            usual = ", ".join(f"{name} {value:g}" for name, value in presets.items())
            add_parameter(changes, parameter, usual, default=None)
        else:
            add_parameter(group, parameter)
    group.add_argument(
        "--small-margin", type=_no_pair, default=argparse.SUPPRESS, help=argparse.SUPPRESS
    )


def _no_pair(text: str) -> str:
    if text.strip("0."):
        raise argparse.ArgumentTypeError(
            "a training makes one network now. Train another one of the smaller size, and name "
            "both by --teacher"
        )
    return text


def add_parameter(
    group: argparse._ActionsContainer,
    parameter: HyperParameter,
    usual: str | None = None,
    **settings: Any,
) -> None:
    """Adds one hyper-parameter, and its earlier flags.

    Args:
        group: Where.
        parameter: Which.
        usual: What the help says of the default; None: the declared one.
        settings: More for `add_argument`.
    """
    if usual is None:
        usual = parameter.text(parameter.default) or "none"
    kind: Any = {"metavar": "N" if parameter.kind is int else "X"}
    if parameter.kind is bool:
        # The flag alone means on.
        kind |= {"nargs": "?", "const": True, "metavar": "on|off"}
    elif parameter.kind == Factors:
        kind |= {"nargs": "+", "action": "extend", "metavar": "SOURCE:X"}
    elif parameter.kind is str:
        kind["metavar"] = f"{{{','.join(parameter.choices)}}}" if parameter.choices else "PLAN"
    elif parameter.kind not in (int, float):
        kind["metavar"] = "N,N,…"
    kind["default"] = [] if parameter.kind == Factors else parameter.default
    action = group.add_argument(
        parameter.flag,
        dest=parameter.dest,
        type=_parser(parameter),
        help=f"{parameter.help} (default: {usual})".replace("%", "%%"),
        **(kind | settings),
    )
    for old in parameter.old_flags:
        add_renamed(group, old, action)


def _parser(parameter: HyperParameter) -> Callable[[str], Any]:
    def parse(text: str) -> Any:
        try:
            return parameter.parse(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return parse


def recipe_from(arguments: argparse.Namespace) -> Recipe:
    """The recipe that the arguments describe.

    Raises:
        UserError: Hyper-parameters do not go together.
    """
    parts: dict[str, dict[str, Any]] = {part: {} for part, _ in PARAMETERS}
    for part, parameter in PARAMETERS:
        parts[part][parameter.key] = _stated(arguments, parameter)
    own, usual = parts.pop(""), Recipe()
    try:
        changed = {part: replace(getattr(usual, part), **given) for part, given in parts.items()}
        return Recipe(**own, **changed)
    except ValueError as error:
        raise UserError(f"{error}.") from None


def _stated(arguments: argparse.Namespace, parameter: HyperParameter) -> Any:
    value = getattr(arguments, parameter.dest)
    if parameter.kind == Factors:
        # One tuple for each word of the command line.
        return tuple(factor for word in value for factor in word)
    return getattr(PRESETS[arguments.augmentation], parameter.key) if value is None else value


def texts_from(arguments: argparse.Namespace) -> dict[str, str]:
    """All hyper-parameters of parsed arguments by flag, as texts that `trainer train` reads."""
    texts = {p.flag: p.text(_stated(arguments, p)) for _, p in PARAMETERS}
    return {AUGMENTATION: arguments.augmentation} | texts


def texts_of(recipe: Recipe) -> dict[str, str]:
    """The same of a recipe, with the augmentation preset that differs least from its own."""

    def differing(name: str) -> int:
        preset, own = PRESETS[name], recipe.augmentation
        return sum(getattr(preset, f.name) != getattr(own, f.name) for f in fields(Augmentation))

    return {AUGMENTATION: min(PRESETS, key=differing)} | {
        p.flag: p.text(getattr(getattr(recipe, part) if part else recipe, p.key))
        for part, p in PARAMETERS
    }


def arguments_of(texts: Mapping[str, str]) -> list[str]:
    """The arguments that state `texts`, without those that are the default anyway."""
    preset = PRESETS.get(texts[AUGMENTATION], Augmentation())
    defaults = texts_of(replace(Recipe(), augmentation=preset)) | {AUGMENTATION: "plain"}
    # One word, so that a value may begin with a minus.
    return [
        f"{flag}={text.strip()}" for flag, text in texts.items() if text.strip() != defaults[flag]
    ]
