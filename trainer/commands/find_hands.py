"""`--find-hands`, for the commands that read photographs."""

from __future__ import annotations

import argparse
from enum import StrEnum

from trainer.data.hands import HandFinding
from trainer.hand_finder.shipped import shipped_finder


class FindHands(StrEnum):
    """In which images without a hand box the hand is searched for."""

    AUTO = "auto"
    """In those that are not square: a square one is taken for a finished crop."""

    ALWAYS = "always"
    NEVER = "never"


def add_find_hands(parser: argparse.ArgumentParser) -> None:
    """`--find-hands`."""
    parser.add_argument(
        "--find-hands",
        type=FindHands,
        choices=list(FindHands),
        default=FindHands.AUTO,
        metavar="{auto,always,never}",
        help="find the hand in images without a hand box: auto in those that are not square, "
        "always, or never, which takes them whole (default: auto)",
    )


def hand_finding(arguments: argparse.Namespace) -> HandFinding | None:
    """What `--find-hands` asks for; None: no hands are searched for."""
    return finding(arguments.find_hands)


def finding(mode: FindHands) -> HandFinding | None:
    """How hands are found; None: not at all."""
    if mode is FindHands.NEVER:
        return None
    return shipped_finder(always=mode is FindHands.ALWAYS)
