"""`trainer search`: a grid of widths and learning rates, chosen on held-out photographs."""

from __future__ import annotations

import argparse
import math
import sys
from pathlib import Path
from typing import Any

from tqdm import tqdm

from trainer.commands.common import (
    add_json,
    add_labels,
    add_parallel,
    add_validate,
    check_ending,
    print_json,
)
from trainer.commands.find_hands import add_find_hands, hand_finding
from trainer.commands.recipe_arguments import add_parameter
from trainer.data.dataset import Dataset
from trainer.data.load import chosen, load
from trainer.data.splits import Protocol, joined, split
from trainer.data.unpack import Purpose
from trainer.experiments import seed_grid
from trainer.experiments.fit import fit, validated
from trainer.experiments.parallel import abandon, run_all
from trainer.experiments.results import Results
from trainer.letters import NO_SIGN
from trainer.model.model import Model
from trainer.support import priority
from trainer.support.control import Control
from trainer.support.errors import UserError
from trainer.support.hyper_parameter import hyper_parameters
from trainer.support.terminal import say
from trainer.training.recipe import Recipe
from trainer.training.recipes import course_network


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "search",
        help="try a grid of widths and learning rates",
        description="Trains the network 784 – h – h – h – 24 that this project began with (ReLU "
        "after the first and third layer, plain SGD, mini-batches of 512, rates on the summed "
        "loss) for every width and rate, and chooses on held-out rows.",
    )
    parser.add_argument(
        "--train", type=Path, required=True, nargs="+", metavar="CSV", help="images to learn from"
    )
    parser.add_argument(
        "--test",
        type=Path,
        metavar="DATA",
        help="score the chosen network on these images, once, after the choice",
    )
    parser.add_argument(
        "--widths",
        type=_list_of(int),
        default=seed_grid.WIDTHS,
        metavar="N,N,…",
        help="widths h to try (default: 300,500,700)",
    )
    parser.add_argument(
        "--rates",
        type=_list_of(float),
        default=seed_grid.RATES,
        metavar="X,X,…",
        help="learning rates on the summed loss to try (default: 1e-3,5e-4,1e-4)",
    )
    parameters = {parameter.key: parameter for parameter in hyper_parameters(Recipe)}
    add_parameter(parser, parameters["epochs"], str(seed_grid.EPOCHS), default=seed_grid.EPOCHS)
    add_parameter(parser, parameters["seed"])
    add_validate(parser, Protocol.PHOTOGRAPH)
    add_parallel(parser)
    parser.add_argument(
        "--out",
        type=Path,
        metavar="FILE",
        help="save the cells in this JSON file; those that it already holds are not trained again",
    )
    parser.add_argument(
        "--control",
        action="store_true",
        help="stop at the line stop on standard input, or at its end; finished cells stay saved",
    )
    parser.add_argument(
        "--give-way",
        action="store_true",
        help="give way to other programs where they need the processor",
    )
    add_labels(parser)
    add_find_hands(parser)
    add_json(parser)
    parser.set_defaults(run=run)


def _list_of(kind: type[int] | type[float]) -> Any:
    def parse(text: str) -> tuple[float, ...]:
        try:
            values = tuple(kind(part) for part in text.split(","))
            if not all(value > 0 and math.isfinite(value) for value in values):
                raise ValueError
        except (ValueError, OverflowError):
            raise argparse.ArgumentTypeError(f"{text!r} is no list of positive numbers") from None
        return values

    return parse


def run(arguments: argparse.Namespace) -> None:
    """Searches and prints the table.

    Raises:
        UserError: The data are no good, or the cluster cannot be reached.
    """
    try:
        grid = {
            seed_grid.cell_name(width, rate): course_network(
                width, rate, arguments.epochs, arguments.seed
            )
            for width in arguments.widths
            for rate in arguments.rates
        }
    except ValueError as error:
        raise UserError(f"{error}.") from None
    if arguments.out:
        check_ending(arguments.out, ".json")
    if arguments.give_way:
        priority.lower()
    if arguments.control:
        Control(sys.stdin, abandon)
    train = [chosen(path, Purpose.TRAIN) for path in arguments.train]
    hands = hand_finding(arguments)
    dataset = joined([load(path, arguments.labels, hands=hands) for path in train])
    test = arguments.test and load(
        chosen(arguments.test, Purpose.TEST), arguments.labels, hands=hands
    )
    if test and (test.labels == NO_SIGN).any():
        raise UserError(f"{arguments.test}: images without a sign are among these.")
    division = split(dataset, arguments.validate, arguments.seed)
    for note in (*dataset.notes, division.note):
        say(note, file=sys.stderr)
    settings = {
        "data": dataset.digests,
        "validate": arguments.validate,
        "epochs": arguments.epochs,
        "seed": arguments.seed,
    }
    results = Results(arguments.out, settings)
    cells = {name: (recipe,) for name, recipe in grid.items() if name not in results.cells}
    held = division.held
    done = run_all(validated, cells, (dataset, held), arguments.jobs, arguments.dask)
    for name, cell in tqdm(done, total=len(cells), unit="network", disable=arguments.json):
        results.add(name, cell)
        if arguments.json:
            print_json({"event": "cell", "name": name, **cell})
    found = {name: results.cells[name] for name in grid}
    best = seed_grid.choose(found)
    if arguments.json:
        print_json({"event": "chosen", "name": best, "notes": [*dataset.notes, division.note]})
    else:
        seed_grid.print_table(arguments.widths, arguments.rates, found, best)
    if test:
        accuracy = _score(grid[best], dataset, test)
        if arguments.json:
            print_json({"event": "scored", "name": best, "accuracy": accuracy, "n": len(test)})
        else:
            say(f"Trained on all rows, its accuracy on {arguments.test} is {accuracy:.4f}.")


def _score(recipe: Recipe, dataset: Dataset, test: Dataset) -> float:
    """Accuracy on test images of a network that learned from all of the others."""

    def read(model: Model) -> float:
        p = model.probabilities(test.inputs(model.preprocessing))
        return float((p.argmax(axis=1) == test.labels).mean())

    accuracy, _ = fit(recipe, dataset, read)
    return accuracy
