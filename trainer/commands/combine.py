"""`trainer combine`: several weight files as one ensemble."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from trainer.model import weights
from trainer.model.ensemble import combine
from trainer.support.errors import UserError


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "combine", help="make one weight file of several, which averages their logits"
    )
    parser.add_argument("weights", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=".safetensors")
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Reads, combines and writes.

    Raises:
        UserError: A file is no good, or the models do not go together.
    """
    models = [weights.load(path) for path in arguments.weights]
    try:
        combined = combine(models)
    except ValueError as error:
        raise UserError(f"{error}, so the weight files cannot be combined.") from None
    weights.save(combined, arguments.out)
