"""`trainer export`: weights for other programs."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from trainer.commands.common import add_json, add_weights, check_ending, print_json
from trainer.model import weights
from trainer.model.onnx_export import save_onnx
from trainer.support import atomic


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "export", help="convert weights to ONNX, a NumPy archive or safetensors"
    )
    add_weights(parser)
    to = parser.add_mutually_exclusive_group(required=True)
    to.add_argument("--onnx", type=Path, metavar="FILE", help="needs the extra asl-desktop[onnx]")
    to.add_argument("--npz", type=Path, metavar="FILE", help="NumPy archive without pickles")
    to.add_argument("--safetensors", type=Path, metavar="FILE", help="the program's own format")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Loads the weights and writes the other file.

    Raises:
        UserError: The weights cannot be read, or the file cannot be written.
    """
    writers = {"onnx": save_onnx, "npz": weights.save, "safetensors": weights.save}
    kind = next(kind for kind in writers if getattr(arguments, kind))
    out = getattr(arguments, kind)
    check_ending(out, f".{kind}")
    atomic.check_place(out, arguments.weights)
    writers[kind](weights.load(arguments.weights), out)
    if arguments.json:
        print_json({"out": str(out)})
