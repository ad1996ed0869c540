"""`trainer finetune`: trained weights adapt to one person's hand."""

from __future__ import annotations

import argparse
import math
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

from threadpoolctl import threadpool_limits
from tqdm import tqdm

from trainer.commands.common import (
    add_json,
    add_labels,
    add_weights,
    check_ending,
    number,
    print_json,
    whole,
)
from trainer.commands.find_hands import add_find_hands, hand_finding
from trainer.commands.training_data import replayed
from trainer.data.dataset import Dataset
from trainer.data.load import chosen, load
from trainer.data.unpack import Purpose
from trainer.evaluation.metrics import score
from trainer.model import weights
from trainer.model.model import Model
from trainer.samples.store import last_of_each_letter
from trainer.support import atomic, priority
from trainer.support.control import Control
from trainer.support.errors import UserError
from trainer.support.terminal import say
from trainer.support.version import version
from trainer.training.finetune import FineTuning
from trainer.training.recipes import FINE_TUNING, FINE_TUNING_STEPS
from trainer.training.train import BatchDone, adopted, train

MOST_STEPS = 100_000
"""The images of all steps are drawn at once."""


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "finetune",
        help="fine-tune trained weights on one person's hand",
        description="About ten images per letter are enough. Letters without images are not "
        "forgotten; --replay with earlier data helps. `trainer train --fine-tune` does the same "
        "with validation after every epoch.",
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
        help="earlier data that the network must not forget, such as a file of `trainer render`",
    )
    parser.add_argument(
        "--aside",
        type=number(0, 1, open_high=True),
        default=0.0,
        metavar="SHARE",
        help="hold out this share of each letter, its last images, and report the accuracy on "
        "them before and after (default: 0)",
    )
    parser.add_argument(
        "--aside-source",
        default="",
        metavar="SOURCE",
        help="hold out the images of this source instead, such as own-check, the sitting that the "
        "app checks with",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="weight file, .safetensors or .npz"
    )
    parser.add_argument(
        "--steps",
        type=whole(1, MOST_STEPS),
        default=FINE_TUNING_STEPS,
        metavar="N",
        help=f"mini-batches (default: {FINE_TUNING_STEPS})",
    )
    parser.add_argument(
        "--learning-rate",
        type=number(0, math.inf, open_low=True),
        default=FINE_TUNING.learning_rate,
        metavar="X",
        help=f"peak learning rate (default: {FINE_TUNING.learning_rate})",
    )
    parser.add_argument("--seed", type=whole(0), default=0, metavar="N", help="(default: 0)")
    parser.add_argument(
        "--control",
        action="store_true",
        help="read the line stop from standard input; its end means stop, and nothing is written",
    )
    parser.add_argument("--give-way", action="store_true", help="run at low priority")
    add_labels(parser)
    add_find_hands(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Fine-tunes and writes the new weights.

    Raises:
        UserError: Weights, data, settings or output file cannot be used, or training diverged.
    """
    try:
        # One epoch: nothing is measured in between.
        recipe = replace(
            FINE_TUNING,
            epochs=1,
            epoch_images=arguments.steps * FINE_TUNING.batch_size,
            learning_rate=arguments.learning_rate,
            seed=arguments.seed,
        )
    except ValueError as error:
        raise UserError(f"{error}.") from None
    atomic.check_place(arguments.out, arguments.weights, arguments.data, *arguments.replay)
    check_ending(arguments.out, *weights.ENDINGS)
    if arguments.give_way:
        priority.lower()
    control = Control(sys.stdin) if arguments.control else None
    model = weights.load(arguments.weights)
    recipe = adopted(recipe, model)
    data = load(
        chosen(arguments.data, Purpose.TRAIN), arguments.labels, hands=hand_finding(arguments)
    )
    for note in data.notes:
        say(note, file=sys.stderr)
    earlier = replayed(arguments)
    notes = [note for dataset in (data, *earlier) for note in dataset.notes]
    if max(dataset.labels.max() for dataset in (data, *earlier)) >= model.outcomes:
        raise UserError(
            f"Some of the images show no sign, and {arguments.weights} has no class for them."
        )
    if arguments.aside_source:
        held_out = data.sources == arguments.aside_source
        if held_out.all():
            raise UserError(f"{arguments.data}: holds no other source than the one held out.")
        if not held_out.any():
            there = ", ".join(sorted(set(data.sources.tolist())))
            raise UserError(
                f"{arguments.data}: has no source {arguments.aside_source!r}; it has {there}."
            )
    else:
        held_out = last_of_each_letter(data.labels, arguments.aside)
    own, aside = data.subset(~held_out), data.subset(held_out)
    before = _report_accuracy("before", model, aside, arguments.json)
    settings = FineTuning()
    # More threads gain little, and wait for each other while the app reads live.
    with (
        threadpool_limits(1, user_api="blas"),
        tqdm(total=arguments.steps, unit="step", disable=arguments.json) as bar,
        closing(train(recipe, own, start=model, tuning=settings, replay=earlier)) as events,
    ):
        for event in events:
            if control is not None and control.stopped:
                print_json({"event": "stopped"})
                return
            if isinstance(event, BatchDone):
                bar.update()
                bar.set_postfix_str(f"loss {event.loss:.3f}, accuracy {event.accuracy:.2f}")
                if arguments.json:
                    step = {"step": event.batch, "steps": event.batches, "loss": event.loss}
                    print_json({"event": "step"} | step | {"accuracy": event.accuracy})
                continue
            after = _report_accuracy("after", event.model, aside, arguments.json)
            about = {
                "finetuned_from": model.about,
                "recipe": recipe.to_json(),
                "finetuning": settings.to_json(),
                "data": data.digests,
                "images": len(own),
                "aside": {"n": len(aside), "before": before, "after": after},
                "version": version(),
            }
            weights.save(replace(event.model, about=about), arguments.out)
    if arguments.json:
        result = {"n": len(own), "steps": arguments.steps, "weights": str(arguments.out)}
        print_json({"event": "saved"} | result | {"notes": notes})


def _report_accuracy(when: str, model: Model, aside: Dataset, as_json: bool) -> float | None:
    """Reports a model's accuracy on the held-out images, of which there may be none."""
    if not len(aside):
        return None
    probabilities = model.probabilities(aside.inputs(model.preprocessing))
    scores = score(probabilities, aside.labels)
    if as_json:
        report = {"accuracy": scores.accuracy, "n": scores.n, "recall": scores.recall}
        report["confusion"] = scores.confusion.tolist()
        print_json({"event": when} | report)
    else:
        say(
            f"{when}: accuracy {scores.accuracy:.3f} on {scores.n:,} held-out images",
            file=sys.stderr,
        )
    return scores.accuracy
