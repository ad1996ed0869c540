"""`trainer download`: the data set that the record is measured on."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from tqdm import tqdm

from trainer.data.download import DEFAULT_MIRROR, FILES, KAGGLE, MIRROR, fetch
from trainer.support.terminal import say


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "download",
        help="fetch Sign Language MNIST from a mirror, and check it",
        description=f"Fetches {' and '.join(FILES)} (105 MB), goes on where it was cut off, and "
        f"keeps only what has the published SHA-256. Kaggle gives the same files: {KAGGLE}",
    )
    parser.add_argument(
        "--mirror",
        metavar="ADDRESS",
        default=os.environ.get(MIRROR) or DEFAULT_MIRROR,
        help="the https:// folder that has the files (default: the environment variable "
        f"{MIRROR}, or a public repository)",
    )
    parser.add_argument(
        "--to", type=Path, default=Path(), metavar="FOLDER", help="where to (default: here)"
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Fetches what is missing.

    Raises:
        UserError: A file cannot be had.
    """
    for name, digest in FILES.items():
        with tqdm(desc=name, unit="B", unit_scale=True, disable=not sys.stderr.isatty()) as bar:

            def report(have: int, whole: int, bar: Any = bar) -> None:
                bar.total = whole or None
                bar.update(have - bar.n)

            path = fetch(name, digest, arguments.mirror, arguments.to, report)
        say(path)
