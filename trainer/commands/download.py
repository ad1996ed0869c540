"""`trainer download`: the data set that the record is measured on."""

from __future__ import annotations

import argparse
import os
from pathlib import Path
from typing import Any

from trainer.download import FILES, MIRROR, fetch
from trainer.errors import UserError


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "download",
        help="fetch Sign Language MNIST from a mirror, and check it",
        description=f"Fetches {' and '.join(FILES)}, goes on where it was cut off, and keeps only "
        "what has the published SHA-256.",
    )
    parser.add_argument(
        "--mirror",
        metavar="ADDRESS",
        default=os.environ.get(MIRROR, ""),
        help=f"the https:// folder that has the files (default: the variable {MIRROR})",
    )
    parser.add_argument(
        "--to", type=Path, default=Path(), metavar="FOLDER", help="where to (default: here)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Fetches what is missing.

    Raises:
        UserError: No mirror is named, or a file cannot be had.
    """
    if not arguments.mirror:
        raise UserError(
            f"From where? Name a folder that has {' and '.join(FILES)} with --mirror https://…, or "
            f"in the variable {MIRROR}. Kaggle gives the same files to those who sign in: "
            "https://www.kaggle.com/datasets/datamunge/sign-language-mnist"
        )
    for name, digest in FILES.items():
        print(fetch(name, digest, arguments.mirror, arguments.to))
