"""What the commands share."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from trainer.letters import Convention
from trainer.resources import DEFAULT_WEIGHTS, asset


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


def print_json(value: Any) -> None:
    """One line of JSON on standard output, at once."""
    print(json.dumps(value, ensure_ascii=False, allow_nan=False), flush=True)
