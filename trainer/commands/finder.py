"""`trainer finder`: train the networks that find the hand in whole frames."""

from __future__ import annotations

import argparse
import shlex
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from tqdm import tqdm

from trainer.commands.common import add_json, add_renamed, check_ending, print_json, whole
from trainer.data.crops import read_crops
from trainer.data.dataset import Dataset
from trainer.hand_finder.file import load_finder, save_finder
from trainer.hand_finder.finder import FinderModel
from trainer.hand_finder.scenes import Scenes, hands_in, read_frames
from trainer.hand_finder.training import (
    Report,
    train_detection,
    train_refinement,
)
from trainer.hand_finder.windows import Windows
from trainer.nn.sequential import Sequential
from trainer.support import atomic
from trainer.support.errors import UserError
from trainer.training.recipe import NetworkRecipe
from trainer.training.recipes import FINDER_DETECTION, FINDER_REFINEMENT

Source = TypeVar("Source", Scenes, Windows)


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "finder",
        help="train the finder, which keeps the hand box on the hand",
        description="Learns from whole frames (a folder with a boxes.csv: file, source, x, y, w, "
        "h; or, without one, of images without a hand), and from crop files, whose hands are "
        "pasted into these frames. Trains two networks: coarse detection sees the whole frame, "
        "and box refinement a window around the coarse box.",
    )
    parser.add_argument("--frames", type=Path, nargs="+", required=True, metavar="FOLDER")
    parser.add_argument("--crops", type=Path, nargs="*", default=[], metavar="FILE")
    parser.add_argument(
        "--leave-out", nargs="*", default=[], metavar="SOURCE", help="sources to leave out"
    )
    detection_steps = parser.add_argument(
        "--detection-steps",
        type=whole(1),
        default=FINDER_DETECTION.steps,
        metavar="N",
        help=f"mini-batches of coarse detection (default: {FINDER_DETECTION.steps})",
    )
    refinement_steps = parser.add_argument(
        "--refinement-steps",
        type=whole(1),
        default=FINDER_REFINEMENT.steps,
        metavar="N",
        help=f"mini-batches of box refinement (default: {FINDER_REFINEMENT.steps})",
    )
    detection_from = parser.add_argument(
        "--detection-from",
        type=Path,
        metavar="FILE",
        help="take coarse detection from this finder as it is",
    )
    add_renamed(parser, "--steps", detection_steps)
    add_renamed(parser, "--closer-steps", refinement_steps)
    add_renamed(parser, "--first", detection_from)
    parser.add_argument("--seed", type=whole(0), default=0, help="of everything random")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=".safetensors")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Trains a finder and writes it.

    Raises:
        UserError: Frames, crops or output file cannot be used, or training diverged.
    """
    detection = replace(FINDER_DETECTION, steps=arguments.detection_steps, seed=arguments.seed)
    refinement = replace(FINDER_REFINEMENT, steps=arguments.refinement_steps, seed=arguments.seed)
    taken_from = filter(None, [arguments.detection_from])
    atomic.check_place(arguments.out, *arguments.crops, *taken_from)
    check_ending(arguments.out, ".safetensors")
    taken = None if arguments.detection_from is None else load_finder(arguments.detection_from)
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
    hands = hands_in(crops)
    if crops and hands is None:
        raise UserError("No crop with a hand box is left to learn from. Give others.")
    losses: dict[str, float] = {}
    if taken is None:
        scenes = Scenes(frames, hands)
        network, loss = _trained(train_detection, detection, scenes, arguments)
        model = FinderModel(network, {"recipe": detection.to_json()})
        losses["loss"] = loss
    else:
        model = taken
        model.about["detection_from"] = model.about.pop("command", None)
    windows = Windows(frames, hands)
    model.refinement, loss = _trained(train_refinement, refinement, windows, arguments)
    losses["refinement_loss"] = loss
    model.about["refinement"] = refinement.to_json()
    model.about["command"] = shlex.join(["trainer", *arguments.argv])
    save_finder(model, arguments.out)
    if arguments.json:
        print_json({"out": str(arguments.out), **losses})


def _trained(
    train: Callable[[NetworkRecipe, Source, Report], Sequential],
    recipe: NetworkRecipe,
    source: Source,
    arguments: argparse.Namespace,
) -> tuple[Sequential, float]:
    """The trained network, and the mean loss of the last hundred mini-batches."""
    losses: list[float] = []
    with tqdm(total=recipe.steps, unit="batch", disable=arguments.json) as bar:

        def report(loss: float) -> None:
            losses.append(loss)
            bar.update()
            bar.set_postfix_str(f"loss {loss:.3f}")

        network = train(recipe, source, report)
    return network, float(np.mean(losses[-100:]))


def _without(crops: Dataset, sources: list[str]) -> Dataset:
    return crops.subset(~np.isin(crops.sources, sources))
