"""`trainer finder`: train the network that finds the hand in whole frames."""

from __future__ import annotations

import argparse
import shlex
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from trainer.commands.common import add_json, print_json
from trainer.data.collection import Collection
from trainer.data.crops import read_crops
from trainer.data.dataset import Dataset
from trainer.errors import UserError
from trainer.finder.file import save_finder
from trainer.finder.finder import FinderModel
from trainer.finder.frames import read_frames
from trainer.finder.scenes import Scenes
from trainer.finder.training import FinderRecipe, train_finder


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    recipe = FinderRecipe()
    parser: argparse.ArgumentParser = commands.add_parser(
        "finder",
        help="train the finder, which keeps the hand box on the hand",
        description="Learns from whole frames (a folder with a boxes.csv: file, source, x, y, w, "
        "h; or, without one, of pictures without a hand), and from crop files, whose hands are put "
        "into these frames.",
    )
    parser.add_argument("--frames", type=Path, nargs="+", required=True, metavar="FOLDER")
    parser.add_argument("--crops", type=Path, nargs="*", default=[], metavar="FILE")
    parser.add_argument(
        "--leave-out", nargs="*", default=[], metavar="SOURCE", help="sources to leave out"
    )
    parser.add_argument("--steps", type=int, default=recipe.steps, help="mini-batches")
    parser.add_argument("--seed", type=int, default=recipe.seed, help="of everything random")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Trains a finder and writes it.

    Raises:
        UserError: Frames, crops or the place for the file are no good.
    """
    if arguments.steps < 1:
        raise UserError("--steps must be at least 1.")
    recipe = replace(FinderRecipe(), steps=arguments.steps, seed=arguments.seed)
    left_out = arguments.leave_out
    frames = [
        frame.scene
        for folder in arguments.frames
        for frame in read_frames(folder)
        if frame.source not in left_out
    ]
    crops = [_without(read_crops(path), left_out) for path in arguments.crops]
    if not frames:
        raise UserError("No frames are left to learn from. Leave fewer sources out.")
    scenes = Scenes(frames, Collection(crops) if crops else None)
    losses: list[float] = []
    with tqdm(total=recipe.steps, unit="batch", disable=arguments.json) as bar:
        for event in train_finder(recipe, scenes):
            if isinstance(event, FinderModel):
                event.about["command"] = shlex.join(["trainer", *arguments.argv])
                save_finder(event, arguments.out)
            else:
                losses.append(event)
                bar.update()
                bar.set_postfix_str(f"loss {event:.3f}")
    if arguments.json:
        last = float(np.mean(losses[-100:]))
        print_json({"out": str(arguments.out), "loss": last})


def _without(crops: Dataset, sources: list[str]) -> Dataset:
    return crops.subset(~np.isin(crops.sources, sources))
