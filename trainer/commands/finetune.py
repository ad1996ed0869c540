"""`trainer finetune`: a finished network learns one person's hand."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from trainer.commands.common import add_json, add_labels, add_weights, print_json
from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.data.load import chosen, load
from trainer.data.unpack import Purpose
from trainer.evaluation.metrics import score
from trainer.model import weights
from trainer.model.model import Model
from trainer.samples.store import last_of_each_letter
from trainer.support import priority
from trainer.support.control import Control
from trainer.support.errors import UserError
from trainer.support.version import version
from trainer.training.finetune import FineTuning, finetune


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    settings = FineTuning()
    parser: argparse.ArgumentParser = commands.add_parser(
        "finetune",
        help="teach finished weights one person's hand",
        description="About ten images a letter are enough. Letters without images keep what "
        "they had; --replay with earlier data helps them to.",
    )
    add_weights(parser)
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="DATA",
        help="the person's images: a CSV, a crop file (.npz) or a folder of photographs",
    )
    parser.add_argument(
        "--replay",
        type=Path,
        nargs="+",
        default=[],
        metavar="DATA",
        help="earlier data to go on reading, such as a file of `trainer render`",
    )
    parser.add_argument(
        "--aside",
        type=float,
        default=0.0,
        metavar="SHARE",
        help="learn all but the last images of each letter, and tell how these are read before "
        "and after (default: 0)",
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
    parser.add_argument(
        "--control",
        action="store_true",
        help="obey the line stop on standard input; its end means stop, and nothing is written",
    )
    parser.add_argument("--give-way", action="store_true", help="let other programs come first")
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
    if not 0 <= arguments.aside < 1:
        raise UserError("--aside must lie in [0, 1).")
    if arguments.give_way:
        priority.lower()
    control = Control(sys.stdin) if arguments.control else None
    model = weights.load(arguments.weights)
    data = load(chosen(arguments.data, Purpose.TRAIN), arguments.labels)
    earlier = [load(chosen(path, Purpose.TRAIN), arguments.labels) for path in arguments.replay]
    notes = [note for dataset in (data, *earlier) for note in dataset.notes]
    for note in notes:
        print(note, file=sys.stderr)
    kept_aside = last_of_each_letter(data.labels, arguments.aside)
    own, aside = data.subset(~kept_aside), data.subset(kept_aside)
    before = _tell_scores("before", model, aside, arguments.json)
    running = finetune(model, own, settings, Collection(earlier) if earlier else None)
    with tqdm(total=settings.steps, unit="step", disable=arguments.json) as bar:
        for event in running:
            if control is not None and control.stopped:
                print_json({"event": "stopped"})
                return
            if isinstance(event, Model):
                tuned = event
                break
            bar.update()
            bar.set_postfix_str(f"loss {event.loss:.3f}, right {event.accuracy:.2f}")
            if arguments.json:
                print_json({"event": "step", "steps": settings.steps} | asdict(event))
    after = _tell_scores("after", tuned, aside, arguments.json)
    about = {
        "finetuned_from": model.about,
        "finetuning": settings.to_json(),
        "data": data.digests,
        "images": len(own),
        "aside": {"n": len(aside), "before": before, "after": after},
        "version": version(),
    }
    weights.save(replace(tuned, about=about), arguments.out)
    if arguments.json:
        result = {"n": len(own), "steps": settings.steps, "weights": str(arguments.out)}
        print_json({"event": "saved"} | result | {"notes": notes})


def _tell_scores(when: str, model: Model, aside: Dataset, as_json: bool) -> float | None:
    """Tells how well a model reads what is kept aside, which may be nothing; gives the accuracy."""
    if not len(aside):
        return None
    probabilities = model.probabilities(aside.inputs(model.preprocessing))
    scores = score(probabilities, aside.labels)
    if as_json:
        told = {"accuracy": scores.accuracy, "n": scores.n, "recall": scores.recall}
        print_json({"event": when} | told)
    else:
        print(f"{when}: {scores.accuracy:.3f} of {scores.n:,} kept aside", file=sys.stderr)
    return scores.accuracy
