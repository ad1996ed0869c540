"""`trainer train`: from labelled images to a weight file."""

from __future__ import annotations

import argparse
import shlex
import sys
from collections.abc import Sequence
from contextlib import closing, nullcontext
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from trainer.commands.common import (
    add_json,
    add_labels,
    add_renamed,
    add_validate,
    check_ending,
    letters,
    print_json,
)
from trainer.commands.find_hands import add_find_hands
from trainer.commands.recipe_arguments import add_recipe, recipe_from
from trainer.commands.training_data import TrainingData, read, replayed
from trainer.evaluation.predictions import HeldOut, Outcomes
from trainer.letters import LETTERS, NO_SIGN
from trainer.model import weights
from trainer.model.model import Model
from trainer.support import atomic, paths, priority
from trainer.support.control import Control
from trainer.support.errors import UserError
from trainer.support.files import file_sha256
from trainer.support.terminal import say
from trainer.training import checkpoint, run_folder
from trainer.training.distillation import Teacher, check_teacher
from trainer.training.event_files import EventFiles
from trainer.training.extras import Extras
from trainer.training.finetune import FineTuning
from trainer.training.recipe import Recipe
from trainer.training.run_folder import RunFolder, history
from trainer.training.stage import fitted_to
from trainer.training.train import BatchDone, EpochDone, adopted, train

_RECORDED = ("epoch", "loss", "accuracy", "validation_loss", "validation_accuracy", "seconds")
"""Fields of an `EpochDone` that are reported and recorded."""

_NOT_IN_THE_COMMAND = ("--checkpoint", "--record", "--tensorboard")
"""Options that decide nothing about the weights."""


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "train", help="train a network on labelled images and write its weights"
    )
    parser.add_argument(
        "--train",
        type=Path,
        required=True,
        nargs="+",
        action="extend",
        metavar="DATA",
        help="training images: CSV files, crop files (.npz) or folders of photographs",
    )
    parser.add_argument(
        "--leave-out",
        type=_letters_of_source,
        nargs="+",
        action="extend",
        default=[],
        metavar="SOURCE[:LETTERS]",
        help="sources to leave out, or only some of their letters, such as sign_mnist_train:T",
    )
    measured = parser.add_mutually_exclusive_group()
    measured.add_argument(
        "--validation",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="DATA",
        help="validation images, measured on after every epoch",
    )
    add_validate(measured)
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="weight file, .safetensors or .npz"
    )
    parser.add_argument(
        "--keep-best",
        action="store_true",
        help="save the weights after every epoch whose validation accuracy is the best so far",
    )
    parser.add_argument(
        "--checkpoint",
        type=Path,
        metavar="FILE",
        help="write the run's state after every epoch, resume from it where the file exists, and "
        "delete it after the last epoch",
    )
    parser.add_argument(
        "--control",
        action="store_true",
        help="read the lines pause, resume and stop from standard input; its end means stop",
    )
    parser.add_argument(
        "--give-way",
        action="store_true",
        help="run at low priority",
    )
    initial = parser.add_mutually_exclusive_group()
    initial.add_argument(
        "--initial-weights",
        type=Path,
        metavar="FILE",
        help="start from these weights instead of random ones; they decide the network, its "
        "input and its inference",
    )
    fine_tune = initial.add_argument(
        "--fine-tune",
        type=Path,
        dest="start_from",
        metavar="FILE",
        help="fine-tune these weights: letters without images are not forgotten",
    )
    add_renamed(initial, "--start-from", fine_tune)
    parser.add_argument(
        "--replay",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="DATA",
        help="with --fine-tune: earlier data that the network must not forget",
    )
    parser.add_argument(
        "--teacher",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="FILE",
        help="weight files to learn from, weighted by --distillation-weight; the probabilities of "
        "several are averaged. A network with the layers of the first one starts from its weights",
    )
    recorded = parser.add_mutually_exclusive_group()
    recorded.add_argument(
        "--record",
        type=Path,
        metavar="FOLDER",
        help="run folder, with curves and predictions for the app's list of runs (default: a new "
        "one among the app's own)",
    )
    recorded.add_argument("--no-record", action="store_true", help="write no run folder")
    parser.add_argument(
        "--tensorboard",
        type=Path,
        metavar="FOLDER",
        help="also write the curves as TensorBoard event files; needs the extra "
        "asl-desktop[tensorboard]",
    )
    add_labels(parser)
    add_find_hands(parser)
    add_json(parser)
    add_recipe(parser)
    parser.set_defaults(run=run)


def _letters_of_source(text: str) -> tuple[str, str]:
    source, _, named = text.partition(":")
    return source, letters(named or LETTERS)


def run(arguments: argparse.Namespace) -> None:
    """Trains and writes the weights.

    Raises:
        UserError: Data, recipe or output file cannot be used, or training diverged.
    """
    recipe = recipe_from(arguments)
    if arguments.give_way:
        priority.lower()
    start_file = arguments.start_from or arguments.initial_weights
    others = (*arguments.train, *arguments.validation, *arguments.replay, *arguments.teacher)
    atomic.check_place(arguments.out, *others, *filter(None, [start_file, arguments.checkpoint]))
    check_ending(arguments.out, *weights.ENDINGS)
    if arguments.checkpoint:
        atomic.check_place(arguments.checkpoint)
    start = start_file and weights.load(start_file)
    if start and recipe.initial_epochs:
        raise UserError(
            f"{start_file} keeps its size, so --initial-epochs and --initial-size must be 0."
        )
    if arguments.replay and not arguments.start_from:
        raise UserError("--replay needs --fine-tune.")
    if bool(arguments.teacher) != bool(recipe.distillation_weight):
        raise UserError("--teacher and --distillation-weight need each other, such as 0.7.")
    if start and arguments.teacher:
        raise UserError("Weights to start from and a --teacher exclude each other. Leave one out.")
    if start:
        recipe = adopted(recipe, start)
    data = read(arguments, recipe)
    for note in data.notes:
        say(note, file=sys.stderr)
    collection, held_out, validation = data.collection, data.held_out, data.validation
    for source, _ in recipe.source_weights:
        if source not in collection.sources:
            raise UserError(
                f"--source-weights names {source}, which is no source of the images. They come "
                f"from {', '.join(np.unique(collection.sources))}."
            )
    replay = replayed(arguments)
    labels = np.concatenate([collection.labels, *(dataset.labels for dataset in replay)])
    if not recipe.no_sign and (labels == NO_SIGN).any():
        raise UserError(
            "Some of the images show no sign, and this network has no class for them. Add "
            "--no-sign 0.1, or leave these files out."
        )
    if recipe.joints and np.isnan(collection.joints).all():
        raise UserError(
            "--joints needs images whose joints are known, from `trainer render`, or `trainer "
            "import` with a landmarks.csv."
        )
    if start and recipe.no_sign and not start.knows_no_sign:
        raise UserError(
            f"{start_file}: has no class for images without a sign, so --no-sign must be 0."
        )
    if not start:
        recipe = fitted_to(recipe, collection)
    teacher = _teacher(arguments.teacher, recipe) if arguments.teacher else None

    control = Control(sys.stdin) if arguments.control else None
    tuning = FineTuning() if arguments.start_from else None
    run_id = checkpoint.fingerprint(recipe, [collection, *replay], validation, tuning)
    for file in filter(None, (start_file, *arguments.teacher)):
        run_id += file_sha256(file)
    before = arguments.checkpoint and checkpoint.load(arguments.checkpoint, run_id)
    epochs = before.epochs if before else []
    saved = bool(before) and arguments.out.exists()
    best = before.best if before and saved else -1.0
    state = before.arrays if before else None
    folder, extras = _run_folder(arguments, recipe, data, epochs), Extras()
    with (
        EventFiles(arguments.tensorboard, len(epochs))
        if arguments.tensorboard
        else nullcontext() as curves,
        tqdm(total=recipe.epochs, unit="epoch", disable=arguments.json) as bar,
        closing(
            train(recipe, collection, validation, state, start, teacher, tuning, replay)
        ) as events,
    ):
        for epoch in epochs:
            bar.update()
            _report_epoch(epoch, bar, arguments.json)
        for event in events:
            if isinstance(event, EpochDone):
                bar.update()
                epochs.append({name: getattr(event, name) for name in _RECORDED})
                # The weights to save are in the network only until training goes on.
                accuracy = event.validation_accuracy or 0.0
                last = event.epoch == recipe.epochs - 1
                save = accuracy >= best if arguments.keep_best else last
                if save:
                    best, saved = accuracy, True
                    _save(event, recipe, arguments, collection.digests, start, teacher)
                if arguments.checkpoint:
                    # After the weights: an epoch that is cut off between the two is repeated.
                    reached = checkpoint.Checkpoint(event.state, epochs, best)
                    with extras.writing("The checkpoint"):
                        checkpoint.save(reached, arguments.checkpoint, run_id)
                outcomes = _outcomes(event, held_out)
                if curves:
                    with extras.writing("The event file"):
                        curves.add(epochs[-1])
                if folder:
                    with extras.writing("The run folder"):
                        folder.add(epochs[-1], outcomes, saved=save)
                # Reported when everything is on disk: a reported epoch is not lost.
                _report_epoch(epochs[-1] | _confusion(outcomes, held_out), bar, arguments.json)
            else:
                _report_batch(event, bar, arguments.json)
            if control is not None:
                control.wait_while_paused()
                if control.stopped:
                    break
    if arguments.checkpoint and len(epochs) == recipe.epochs:
        with extras.writing("The checkpoint"):
            arguments.checkpoint.unlink(missing_ok=True)
    if arguments.json:
        end = {"event": "saved", "weights": str(arguments.out)} if saved else {"event": "stopped"}
        print_json(end | {"notes": data.notes})


def _teacher(files: Sequence[Path], recipe: Recipe) -> Teacher:
    models = [weights.load(file) for file in files]
    for file, model in zip(files, models, strict=True):
        try:
            check_teacher(model, recipe)
        except ValueError as error:
            raise UserError(f"{file}: cannot teach this network: it {error}.") from error
    return Teacher(models, recipe)


def _run_folder(
    arguments: argparse.Namespace, recipe: Recipe, data: TrainingData, epochs: list[dict[str, Any]]
) -> RunFolder | None:
    """The run's folder; one that the user did not name must not end the run."""
    if arguments.no_record:
        return None
    about = {
        "recipe": recipe.to_json(),
        "images": len(data.collection),
        "held_out": len(data.held_out or ()),
        "notes": data.notes,
    }
    folder = arguments.record
    try:
        if folder is None:
            files = [*arguments.train, *arguments.validation]
            folder = run_folder.make(paths.runs(), arguments.argv[1:], files, arguments.out)
        return RunFolder(folder, about, epochs, data.held_out)
    except (OSError, UserError) as error:
        if arguments.record:
            raise UserError(str(error)) from error
        say(f"This run will not be in the app's list: {error}", file=sys.stderr)
        return None


def _outcomes(event: EpochDone, held_out: HeldOut | None) -> Outcomes | None:
    if event.outcomes is None or held_out is None:
        return None
    return Outcomes.of(event.outcomes, held_out.labels, event.epoch)


def _confusion(outcomes: Outcomes | None, held_out: HeldOut | None) -> dict[str, Any]:
    if outcomes is None or held_out is None:
        return {}
    return {"confusion": outcomes.confusion(held_out.labels).tolist()}


def _report_epoch(record: dict[str, Any], bar: Any, as_json: bool) -> None:
    if as_json:
        print_json({"event": "epoch"} | record)
        return
    line = (
        f"epoch {record['epoch'] + 1}: loss {record['loss']:.4f}, accuracy {record['accuracy']:.4f}"
    )
    if record["validation_accuracy"] is not None:
        line += f", validation {record['validation_loss']:.4f}"
        line += f", accuracy {record['validation_accuracy']:.4f}"
    bar.write(f"{line}  ({record['seconds']:.1f} s)", file=sys.stderr)


def _report_batch(event: BatchDone, bar: Any, as_json: bool) -> None:
    if as_json:
        print_json({"event": "batch"} | asdict(event))
    elif event.batch % 10 == 0:
        bar.set_postfix_str(f"loss {event.loss:.3f}, accuracy {event.accuracy:.3f}")


def _save(
    event: EpochDone,
    recipe: Recipe,
    arguments: argparse.Namespace,
    digests: dict[str, str],
    start: Model | None,
    teacher: Teacher | None,
) -> None:
    scores = {}
    if event.validation_accuracy is not None:
        scores["validation_accuracy"] = event.validation_accuracy
    about = history(_command(arguments), recipe, digests, scores)
    if start:
        about["initialised_from"] = start.about
    if teacher:
        about["teacher"] = teacher.about
    # Someone may have moved or deleted the folder meanwhile; the weights are worth a new one.
    atomic.make_folder(arguments.out.parent)
    weights.save(replace(event.model, about=about), arguments.out)


def _command(arguments: argparse.Namespace) -> str:
    """The command line without the output files, so that two runs give the same bytes."""
    words: list[str] = []
    given = iter(arguments.argv)
    for word in given:
        if word in _NOT_IN_THE_COMMAND:
            next(given)
            continue
        if word == "--no-record" or word.split("=")[0] in _NOT_IN_THE_COMMAND:
            continue
        if words and words[-1] == "--out":
            word = "W.safetensors"
        elif word.startswith("--out="):
            word = "--out=W.safetensors"
        words.append(word)
    return shlex.join(["trainer", *words])
