"""`trainer info`: the model card of a weight file."""

from __future__ import annotations

import argparse
from datetime import datetime
from pathlib import Path
from typing import Any

from trainer.commands.common import add_json, print_json
from trainer.hand_finder.file import is_finder, load_finder
from trainer.model import weights
from trainer.model.card import card, finder_card, text
from trainer.support.paths import DEFAULT_WEIGHTS, asset
from trainer.support.terminal import say


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "info",
        help="what weights are, what they learned from, and what they reach",
        description="Prints the model card of weights: what they read, the data and their "
        "licences, the measured accuracy and on what, the recipe and the command.",
    )
    parser.add_argument(
        "weights",
        type=Path,
        nargs="?",
        default=asset(DEFAULT_WEIGHTS),
        metavar="FILE",
        help="weight file, .safetensors or .npz (default: the shipped one)",
    )
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Prints the card.

    Raises:
        UserError: The weights cannot be read.
    """
    path = arguments.weights
    described = _finder_card(path) if is_finder(path) else card(weights.load(path))
    # The same training gives the same bytes, so its date cannot be in them.
    described = {"weights": str(path), "made": _written(path)} | described
    if arguments.json:
        print_json(described)
    else:
        say(text(described))


def _written(path: Path) -> str:
    """The day when a file was written, or "" where its time is none that a calendar has."""
    try:
        return datetime.fromtimestamp(path.stat().st_mtime).date().isoformat()
    except (ValueError, OverflowError, OSError):
        return ""


def _finder_card(path: Path) -> dict[str, Any]:
    finder = load_finder(path)
    networks = [finder.detection, *filter(None, [finder.refinement])]
    return finder_card([network.theta for network in networks], finder.about)
