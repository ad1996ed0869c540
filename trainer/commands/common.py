"""What the commands share."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from trainer.data.splits import Protocol
from trainer.letters import LETTERS, Convention
from trainer.support.errors import UserError
from trainer.support.hyper_parameter import HyperParameter
from trainer.support.paths import DEFAULT_WEIGHTS, asset
from trainer.support.terminal import plain_json, say


def add_json(parser: argparse.ArgumentParser) -> None:
    """`--json`."""
    parser.add_argument("--json", action="store_true", help="print JSON, for other programs")


def add_weights(parser: argparse.ArgumentParser) -> None:
    """`--weights`, by default the ones that travel with the program."""
    parser.add_argument(
        "--weights",
        type=Path,
        default=asset(DEFAULT_WEIGHTS),
        metavar="FILE",
        help="weight file, .safetensors or .npz (default: the shipped one)",
    )


def add_labels(parser: argparse.ArgumentParser) -> None:
    """`--labels`, for CSV files whose labels fit both conventions."""
    parser.add_argument(
        "--labels",
        type=Convention,
        choices=list(Convention),
        metavar="{gap,no-gap}",
        help="how CSV files number the letters: gap for 0–24 without 9, no-gap for 0–23 "
        "(default: decided from the labels that occur)",
    )


def add_validate(parser: argparse._ActionsContainer, default: Protocol | None = None) -> None:
    """`--validate`."""
    parser.add_argument(
        "--validate",
        type=Protocol,
        choices=list(Protocol),
        default=default,
        metavar="{photograph,user,random}",
        help="hold out whole photographs, a whole user, or random rows, which leaks"
        + (f" (default: {default})" if default else ""),
    )


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """`--jobs`."""
    parser.add_argument(
        "--jobs",
        type=_jobs,
        default=-1,
        metavar="N",
        help="processes (default: −1, one a core)",
    )


def add_parallel(parser: argparse.ArgumentParser) -> None:
    """`--jobs` and `--dask`."""
    add_jobs(parser)
    parser.add_argument(
        "--dask",
        metavar="ADDRESS",
        help="run on the Dask cluster of this scheduler instead, such as tcp://10.0.0.1:8786",
    )


def check_ending(path: Path, *endings: str) -> None:
    """Raises UserError where a file to write would bear the name of another kind of file."""
    if path.suffix.lower() not in endings:
        raise UserError(f"{path}: the name must end in {' or '.join(endings)}.")


def whole(low: int, high: int = 10**9) -> Callable[[str], int]:
    """For `type=` of an argument: a whole number in a range."""
    return _ranged(int, low=low, high=high)


def number(low: float, high: float, **bounds: bool) -> Callable[[str], float]:
    """For `type=` of an argument: a finite number in a range.

    Args:
        low: Least value.
        high: Greatest value.
        bounds: `open_low` or `open_high`, as in `HyperParameter`.
    """
    return _ranged(float, low=low, high=high, **bounds)


def _ranged(kind: type, **bounds: Any) -> Callable[[str], Any]:
    declared = HyperParameter(None, "", "", key="it", kind=kind, **bounds)

    def parse(text: str) -> Any:
        try:
            return declared.parse(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(str(error)) from None

    return parse


def _jobs(text: str) -> int:
    return -1 if text == "-1" else whole(1, 1024)(text)


def add_renamed(group: argparse._ActionsContainer, old: str, new: argparse.Action) -> None:
    """Adds the earlier spelling of an argument, which works as before and prints a note."""

    class Renamed(argparse.Action):
        def __call__(self, parser: Any, namespace: Any, values: Any, option: Any = None) -> None:
            say(f"{old} is called {new.option_strings[0]} now.", file=sys.stderr)
            new(parser, namespace, values, option)

    group.add_argument(
        old,
        action=Renamed,
        dest=new.dest,
        nargs=new.nargs,
        const=new.const,
        type=new.type or str,
        choices=new.choices,
        default=argparse.SUPPRESS,
        help=argparse.SUPPRESS,
    )


def letters(text: str) -> str:
    """Letters of the 24, such as "T" or "AB"; for `type=` of an argument."""
    if not text or not set(text) <= set(LETTERS):
        raise argparse.ArgumentTypeError(f"{text!r} has letters that are none of {LETTERS}")
    return text


def print_json(value: Any) -> None:
    """One line of JSON on standard output, at once."""
    say(plain_json(value), flush=True)
