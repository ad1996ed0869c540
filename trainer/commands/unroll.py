"""`trainer unroll`: converts a convolutional network into an equivalent fully-connected one."""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from trainer.commands.common import check_ending
from trainer.model import weights
from trainer.nn.to_dense import to_dense
from trainer.support import atomic
from trainer.support.errors import UserError


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "unroll",
        help="write a convolutional network out as the fully-connected one that computes the same",
        description="Every convolution becomes the matrix that it is, so that training can go on "
        "from there with every weight free: trainer train --initial-weights.",
    )
    parser.add_argument("--weights", type=Path, required=True, metavar="FILE")
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help=".safetensors or .npz"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Loads, converts and saves.

    Raises:
        UserError: The file cannot be read, or a layer of its network has no dense equivalent.
    """
    check_ending(arguments.out, *weights.ENDINGS)
    atomic.check_place(arguments.out, arguments.weights)
    model = weights.load(arguments.weights)
    try:
        network = to_dense(model.network)
    except ValueError as error:
        raise UserError(f"{arguments.weights}: {error}.") from None
    weights.save(replace(model, network=network), arguments.out)
