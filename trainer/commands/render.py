"""`trainer render`: images of rendered hands as a crop file, for training."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from tqdm import tqdm

from trainer.commands.common import add_jobs, add_json, check_ending, print_json, whole
from trainer.data.crops import MARGIN, save_crops
from trainer.data.dataset import Dataset
from trainer.hand_renderer.joints import bones
from trainer.hand_renderer.mesh import default_mesh
from trainer.hand_renderer.synth import random_image
from trainer.letters import CLASSES, LETTERS
from trainer.support import atomic, workers
from trainer.support.terminal import say

SIDE = 96
"""Side of a rendered crop in pixels."""


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "render",
        help="render images of random people signing, as a crop file",
        description="Hand, skin, light, view and background differ in every image. One core "
        "renders about 25 images a second; all cores share the work.",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=".npz")
    parser.add_argument(
        "--images", type=whole(1), default=24_000, metavar="N", help="(default: 24000)"
    )
    parser.add_argument("--seed", type=whole(0), default=79, metavar="N", help="(default: 79)")
    add_jobs(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Renders and writes the file.

    Raises:
        UserError: The file cannot be written.
    """
    atomic.check_place(arguments.out)
    check_ending(arguments.out, ".npz")
    dataset = render(arguments.images, arguments.seed, arguments.jobs, quiet=arguments.json)
    save_crops(dataset, arguments.out)
    if arguments.json:
        print_json({"n": len(dataset), "out": str(arguments.out)})
    else:
        say(f"{arguments.out}: {len(dataset):,} images.", file=sys.stderr)


def render(images: int, seed: int, jobs: int = 1, *, quiet: bool = True) -> Dataset:
    """Rendered images with boxes, masks and joints, one letter after the other.

    Image i depends on `seed` and i alone, so the number of processes changes nothing.
    """
    from joblib import delayed

    work = (delayed(_image)(i, seed) for i in range(images))
    made = workers.parallel(jobs, return_as="generator", batch_size=32)(work)
    results = list(tqdm(made, "images", total=images, disable=quiet))
    return Dataset(
        np.stack([gray for gray, *_ in results]),
        np.arange(images, dtype=np.int64) % CLASSES,
        np.full(images, "rendered"),
        np.array([box for _, _, box, _ in results], np.float32),
        masks=np.stack([mask for _, mask, _, _ in results]),
        joints=np.stack([joints for *_, joints in results]),
    )


def _image(index: int, seed: int) -> tuple[Any, Any, tuple[float, ...], Any]:
    letter = LETTERS[index % CLASSES]
    rng = np.random.default_rng([seed, index])
    image, mask, box, joints = random_image(letter, rng, SIDE, fill=MARGIN)
    gray = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
    return gray, mask, tuple(float(side) for side in box), joints[bones(default_mesh())]
