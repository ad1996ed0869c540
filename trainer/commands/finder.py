"""`trainer finder`: train the network that finds the hand in whole frames."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from tqdm import tqdm

from trainer.commands.common import add_json, print_json
from trainer.data.collection import Collection
from trainer.data.crops import read_crops
from trainer.data.dataset import Dataset
from trainer.hand_finder.file import load_finder, save_finder
from trainer.hand_finder.frames import read_frames
from trainer.hand_finder.scenes import Scenes
from trainer.hand_finder.training import CloserRecipe, FinderRecipe, train_closer, train_finder
from trainer.hand_finder.windows import Windows
from trainer.support.errors import UserError

Trained = TypeVar("Trained")


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    recipe, closer = FinderRecipe(), CloserRecipe()
    parser: argparse.ArgumentParser = commands.add_parser(
        "finder",
        help="train the finder, which keeps the hand box on the hand",
        description="Learns from whole frames (a folder with a boxes.csv: file, source, x, y, w, "
        "h; or, without one, of images without a hand), and from crop files, whose hands are put "
        "into these frames. Two networks are trained: one looks at the whole frame, and the other "
        "at what is around the box that the first one found.",
    )
    parser.add_argument("--frames", type=Path, nargs="+", required=True, metavar="FOLDER")
    parser.add_argument("--crops", type=Path, nargs="*", default=[], metavar="FILE")
    parser.add_argument(
        "--leave-out", nargs="*", default=[], metavar="SOURCE", help="sources to leave out"
    )
    parser.add_argument(
        "--steps", type=int, default=recipe.steps, help="mini-batches of the first network"
    )
    parser.add_argument(
        "--closer-steps", type=int, default=closer.steps, help="mini-batches of the second network"
    )
    parser.add_argument(
        "--first", type=Path, metavar="FILE", help="take the first network of this finder as it is"
    )
    parser.add_argument("--seed", type=int, default=recipe.seed, help="of everything random")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Trains a finder and writes it.

    Raises:
        UserError: Frames, crops or the place for the file are no good.
    """
    if min(arguments.steps, arguments.closer_steps) < 1:
        raise UserError("--steps and --closer-steps must be at least 1.")
    recipe = replace(FinderRecipe(), steps=arguments.steps, seed=arguments.seed)
    closer_recipe = replace(CloserRecipe(), steps=arguments.closer_steps, seed=arguments.seed)
    first = None if arguments.first is None else load_finder(arguments.first)
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
    if not any(frame.hands for frame in frames):
        raise UserError("None of the frames shows a hand. Give a folder with a boxes.csv.")
    hands = Collection(crops) if crops else None
    losses: dict[str, float] = {}
    if first is None:
        events = train_finder(recipe, Scenes(frames, hands))
        model, losses["loss"] = _trained(events, recipe.steps, arguments)
    else:
        model = first
        model.about["first"] = model.about.pop("command", None)
    looks = train_closer(closer_recipe, Windows(frames, hands))
    model.closer, losses["closer_loss"] = _trained(looks, closer_recipe.steps, arguments)
    model.about["closer"] = closer_recipe.to_json()
    model.about["command"] = shlex.join(["trainer", *arguments.argv])
    save_finder(model, arguments.out)
    if arguments.json:
        print_json({"out": str(arguments.out), **losses})


def _trained(
    events: Iterator[float | Trained], steps: int, arguments: argparse.Namespace
) -> tuple[Trained, float]:
    """What comes after the losses of all mini-batches, and the mean of the last hundred."""
    losses: list[float] = []
    with tqdm(total=steps, unit="batch", disable=arguments.json) as bar:
        for event in events:
            if not isinstance(event, float):
                return event, float(np.mean(losses[-100:]))
            losses.append(event)
            bar.update()
            bar.set_postfix_str(f"loss {event:.3f}")
    raise RuntimeError("a training ended without a network")


def _without(crops: Dataset, sources: list[str]) -> Dataset:
    return crops.subset(~np.isin(crops.sources, sources))
