"""`trainer evaluate`: how well weights read labelled images."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from trainer.commands.common import add_json, add_labels, add_weights, letters, print_json
from trainer.commands.find_hands import add_find_hands, hand_finding
from trainer.evaluation.evaluate import Evaluation, evaluate
from trainer.evaluation.report import DATA, PAGE, write_report
from trainer.letters import LETTERS
from trainer.model import weights
from trainer.support import atomic
from trainer.support.errors import printable
from trainer.support.terminal import say


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "evaluate", help="measure weights on labelled images"
    )
    add_weights(parser)
    parser.add_argument(
        "--data",
        type=Path,
        required=True,
        metavar="DATA",
        help="a CSV file, a crop file (.npz), or a folder or .zip of labelled images: in folders "
        "by letter, or with an index.csv, YOLO, COCO or Pascal VOC annotations",
    )
    parser.add_argument(
        "--without",
        type=letters,
        metavar="LETTERS",
        help="letters to pass over, such as T, which Sign Language MNIST signs differently",
    )
    parser.add_argument(
        "--no-sign",
        type=Path,
        metavar="FILE",
        help="images without a sign, made by `trainer import --no-sign`: how many are taken for "
        "letters",
    )
    parser.add_argument(
        "--report", type=Path, metavar="DIR", help="also write report.html and report.json there"
    )
    add_labels(parser)
    add_find_hands(parser)
    parser.add_argument("--by-source", action="store_true", help="scores of every source, too")
    add_json(parser)
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> None:
    """Evaluates and prints.

    Raises:
        UserError: Weights or data are no good.
    """
    if arguments.report:
        atomic.make_folder(arguments.report, ", so there is no place for the report")
        for name in (PAGE, DATA):
            atomic.check_place(arguments.report / name)
    model = weights.load(arguments.weights)
    evaluation = evaluate(
        model,
        arguments.data,
        arguments.labels,
        lambda items, title: tqdm(items, title, disable=arguments.json),
        arguments.without or "",
        arguments.no_sign,
        hand_finding(arguments),
    )
    if arguments.report:
        title = f"{arguments.weights.name} on {arguments.data.name}"
        write_report(evaluation, arguments.report, title)
    if arguments.json:
        print_json(evaluation.to_json(by_source=arguments.by_source))
        return
    for note in evaluation.notes:
        say(note, file=sys.stderr)
    _print_table(evaluation, by_source=arguments.by_source)


def _print_table(evaluation: Evaluation, *, by_source: bool) -> None:
    scores = evaluation.scores
    say(f"images   {scores.n:,}")
    say(f"accuracy   {scores.accuracy:.4f}")
    say(f"macro-F1   {scores.macro_f1:.4f}")
    say(f"in top 3   {scores.top3:.4f}")
    say(f"taken for a sign: {evaluation.letters_kept:.4f} of the letters")
    if evaluation.false_letters is not None:
        say(f"taken for a sign: {evaluation.false_letters:.4f} of the images without one")
    say("\nletter  recall  images  most often taken for")
    for letter, recall in scores.recall.items():
        row = scores.confusion[LETTERS.index(letter)].copy()
        n, row[LETTERS.index(letter)] = row.sum(), 0
        wrong = [f"{LETTERS[i]} ({row[i]})" for i in np.argsort(-row, kind="stable")[:3] if row[i]]
        say(f"{letter:6}  {recall:6.4f}  {n:8,}  {', '.join(wrong)}")
    if by_source:
        say("\naccuracy  in top 3  images  source")
        for name, s in evaluation.by_source.items():
            say(f"{s.accuracy:8.4f}  {s.top3:8.4f}  {s.n:8,}  {printable(name)}")
