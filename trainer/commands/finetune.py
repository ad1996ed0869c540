"""`trainer finetune`: a finished network learns one person's hand."""

from __future__ import annotations

import argparse
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from trainer import weights
from trainer.commands.common import add_json, add_labels, add_weights, print_json
from trainer.data.collection import Collection
from trainer.data.load import load
from trainer.errors import UserError
from trainer.finetune import FineTuning, StepDone, finetune
from trainer.version import version


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    settings = FineTuning()
    parser: argparse.ArgumentParser = commands.add_parser(
        "finetune",
        help="teach finished weights one person's hand",
        description="About ten pictures a letter are enough. Letters without pictures keep what "
        "they had; --replay with earlier data helps them to.",
    )
    add_weights(parser)
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="DATA",
        help="the person's pictures: a CSV, a crop file (.npz) or a folder of photographs",
    )
    parser.add_argument(
        "--replay",
        type=Path,
        nargs="+",
        default=[],
        metavar="DATA",
        help="earlier data to go on reading, such as a file of `trainer render`",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=".safetensors")
    parser.add_argument(
        "--steps",
        type=int,
        default=settings.steps,
        metavar="N",
        help=f"(default: {settings.steps})",
    )
    parser.add_argument(
        "--learning-rate",
        type=float,
        default=settings.learning_rate,
        metavar="X",
        help=f"(default: {settings.learning_rate})",
    )
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="(default: 0)")
    add_labels(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Fine-tunes and writes the new weights.

    Raises:
        UserError: Weights, data, settings or the place for the result are no good.
    """
    try:
        settings = replace(
            FineTuning(),
            steps=arguments.steps,
            learning_rate=arguments.learning_rate,
            seed=arguments.seed,
        )
    except ValueError as error:
        raise UserError(f"{error}.") from None
    model = weights.load(arguments.weights)
    own = load(arguments.data, arguments.labels)
    earlier = [load(path, arguments.labels) for path in arguments.replay]
    for note in (*own.notes, *(note for dataset in earlier for note in dataset.notes)):
        print(note, file=sys.stderr)
    running = finetune(model, own, settings, Collection(earlier) if earlier else None)
    with tqdm(total=settings.steps, unit="step", disable=arguments.json) as bar:
        for event in running:
            if isinstance(event, StepDone):
                bar.update()
                bar.set_postfix_str(f"loss {event.loss:.3f}, right {event.accuracy:.2f}")
            else:
                about = {
                    "finetuned_from": model.about,
                    "finetuning": settings.to_json(),
                    "data": own.digests,
                    "version": version(),
                }
                weights.save(replace(event, about=about), arguments.out)
    if arguments.json:
        print_json({"n": len(own), "steps": settings.steps, "weights": str(arguments.out)})
