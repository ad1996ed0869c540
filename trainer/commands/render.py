"""`trainer render`: pictures of rendered hands as a crop file, for training."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from tqdm import tqdm

from trainer.commands.common import add_jobs, add_json, print_json
from trainer.data.crops import MARGIN, save_crops
from trainer.data.dataset import Dataset
from trainer.hand_renderer.synth import random_picture
from trainer.letters import CLASSES, LETTERS
from trainer.support.errors import UserError

SIDE = 96
"""Side of a rendered crop in pixels."""


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "render",
        help="render pictures of random people signing, as a crop file",
        description="Every picture shows another hand, skin, light, view and background. One core "
        "renders about 25 pictures a second; the cores share the work.",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=".npz")
    parser.add_argument(
        "--pictures", type=int, default=24_000, metavar="N", help="(default: 24000)"
    )
    parser.add_argument("--seed", type=int, default=79, metavar="N", help="(default: 79)")
    add_jobs(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Renders and writes the file.

    Raises:
        UserError: The number of pictures or the place for the file is no good.
    """
    if arguments.pictures < 1 or not arguments.out.resolve().parent.is_dir():
        raise UserError("--pictures must be at least 1, and the folder of --out must exist.")
    dataset = render(arguments.pictures, arguments.seed, arguments.jobs, quiet=arguments.json)
    save_crops(dataset, arguments.out)
    if arguments.json:
        print_json({"n": len(dataset), "out": str(arguments.out)})
    else:
        print(f"{arguments.out}: {len(dataset):,} pictures.", file=sys.stderr)


def render(pictures: int, seed: int, jobs: int = 1, *, quiet: bool = True) -> Dataset:
    """Rendered pictures with boxes and masks, the letters in turn.

    Picture i depends on `seed` and i alone, so that the number of processes changes nothing.
    """
    from joblib import Parallel, delayed

    work = (delayed(_picture)(i, seed) for i in range(pictures))
    made = Parallel(n_jobs=jobs, return_as="generator", batch_size=32)(work)
    results = list(tqdm(made, "pictures", total=pictures, disable=quiet))
    return Dataset(
        np.stack([gray for gray, _, _ in results]),
        np.arange(pictures, dtype=np.int64) % CLASSES,
        np.full(pictures, "rendered"),
        np.array([box for _, _, box in results], np.float32),
        masks=np.stack([mask for _, mask, _ in results]),
    )


def _picture(index: int, seed: int) -> tuple[Any, Any, tuple[float, ...]]:
    letter = LETTERS[index % CLASSES]
    rng = np.random.default_rng([seed, index])
    picture, mask, box = random_picture(letter, rng, SIDE, fill=MARGIN)
    gray = np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    return gray, mask, tuple(float(side) for side in box)
