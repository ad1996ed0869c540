"""`trainer draw`: the project's own images and clips of a hand, for people to look at."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from tqdm import tqdm

from trainer.commands.common import add_jobs, add_json, check_ending, print_json
from trainer.support import atomic
from trainer.support.terminal import say

DEMO_TEXT = "HELLO THIS IS ASL"


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "draw",
        help="draw the alphabet, or a clip that spells words, with the 3-D hand",
        description="What the app shows: reference images of all letters, and the demo clip. "
        "Nothing is random, so the same arguments give the same files.",
    )
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--alphabet", type=Path, metavar="FOLDER", help="one image for each letter A to Z"
    )
    what.add_argument(
        "--clip", type=Path, metavar="FILE", help="a video (.mp4), with a .json file beside it"
    )
    parser.add_argument(
        "--text",
        default=DEMO_TEXT,
        metavar="WORDS",
        help="what the clip spells (default: %(default)s)",
    )
    add_jobs(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Draws and writes the files.

    Raises:
        UserError: The text cannot be spelled, or the files cannot be written.
    """
    if arguments.clip is not None:
        _draw_clip(arguments)
    else:
        _draw_alphabet(arguments)


def _draw_clip(arguments: argparse.Namespace) -> None:
    from trainer.hand_renderer.clip import write_clip

    path: Path = arguments.clip
    check_ending(path, ".mp4")
    atomic.check_place(path)

    def progress(frames: Any, count: int) -> Any:
        return tqdm(frames, "frames", total=count, disable=arguments.json)

    about = write_clip(arguments.text, path, arguments.jobs, progress)
    if arguments.json:
        print_json({"out": str(path)} | about)
    else:
        say(f"{path}: {about['text']}, letters: {len(about['letters'])}.", file=sys.stderr)


def _draw_alphabet(arguments: argparse.Namespace) -> None:
    from trainer.hand_renderer.alphabet import write_alphabet

    folder: Path = arguments.alphabet
    atomic.check_folder(folder)
    written = write_alphabet(folder)
    total = sum(path.stat().st_size for path in written)
    if arguments.json:
        print_json({"out": str(folder), "images": len(written), "bytes": total})
    else:
        say(f"{folder}: {len(written)} images, {total / 1000:,.0f} kB.", file=sys.stderr)
