"""`trainer reproduce`: the shipped networks, and the numbers of the documents, made again."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from tqdm import tqdm

from trainer.commands import finder, train, unroll
from trainer.commands.common import add_parallel, check_ending, letters, whole
from trainer.commands.recipe_arguments import arguments_of, texts_of
from trainer.data.dataset import Dataset
from trainer.data.groups import group
from trainer.data.load import load
from trainer.data.splits import Protocol, split, users
from trainer.experiments import (
    ablation,
    finder_folds,
    fine_tuning,
    movement,
    movement_score,
    seed_grid,
    sign_mnist,
    unseen,
)
from trainer.experiments.fit import validated
from trainer.experiments.parallel import run_all
from trainer.experiments.results import Results
from trainer.letters import LETTERS
from trainer.recognition.movement_file import load_movement, save_movement
from trainer.support import atomic
from trainer.support.errors import UserError
from trainer.support.paths import MOVEMENT_WEIGHTS, asset
from trainer.support.terminal import say
from trainer.training import recipes
from trainer.training.recipe import Recipe

RENAMED = {"--record": "seeds"} | {
    f"--{name}": name for name in ("seed-grid", "fresh", "protocols", "sizes", "ablation")
}
"""Earlier options → names."""


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    listed = "\n".join(f"  {name:12}  {what}" for name, (what, _) in _NAMES.items())
    parser: argparse.ArgumentParser = commands.add_parser(
        "reproduce",
        help="make a shipped network, or the numbers of a document, again",
        description="A network goes into a weight file, the numbers of an experiment into a JSON "
        "file. What was interrupted resumes where it stopped, if its files are still there.\n\n"
        f"NAME is one of\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("name", choices=_NAMES, metavar="NAME", help="what to make")
    parser.add_argument(
        "--train",
        type=Path,
        nargs="+",
        action="extend",
        default=[],
        metavar="DATA",
        help="images to learn from: sign_mnist_train.csv, for default and unseen crop files, too",
    )
    parser.add_argument("--test", type=Path, metavar="CSV", help="sign_mnist_test.csv")
    parser.add_argument(
        "--frames",
        type=Path,
        nargs="+",
        default=[],
        metavar="FOLDER",
        help="whole frames, for finder and finder-folds",
    )
    parser.add_argument(
        "--replay", type=Path, metavar="FILE", help="earlier images, for fine-tuning"
    )
    parser.add_argument(
        "--letters",
        type=letters,
        default=LETTERS,
        metavar="A…",
        help="letters that fine-tuning learns (default: all)",
    )
    parser.add_argument(
        "--networks",
        type=Path,
        metavar="FOLDER",
        help="where unseen saves the networks of its folds; fine-tuning and finder-folds use them",
    )
    parser.add_argument(
        "--folds",
        nargs="+",
        choices=unseen.FOLDS,
        default=list(unseen.FOLDS),
        help="of unseen and finder-folds (default: all)",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="the result")
    parser.add_argument(
        "--epochs", type=whole(1), metavar="N", help="fewer than the recipe's, for a quick look"
    )
    parser.add_argument("--weights", type=Path, help=argparse.SUPPRESS)
    add_parallel(parser)
    parser.set_defaults(run=run)


def modern(words: Sequence[str]) -> list[str]:
    """The command line, in which an experiment is named by its name, not by an option."""
    result = list(words)
    for old in set(RENAMED).intersection(result) if result[:1] == ["reproduce"] else ():
        say(f"`reproduce {old}` is called `reproduce {RENAMED[old]}` now.", file=sys.stderr)
        result.remove(old)
        result.insert(1, RENAMED[old])
    return result


def run(arguments: argparse.Namespace) -> None:
    """Makes what is named.

    Raises:
        UserError: The data or the place for the result are no good.
    """
    networks = (_default, _sign_mnist, _finder, _movement)
    _, make = _NAMES[arguments.name]
    check_ending(arguments.out, ".safetensors" if make in networks else ".json")
    atomic.check_folder(arguments.out)
    if arguments.weights:
        raise UserError("The weights are made by `trainer reproduce sign_mnist --out FILE` now.")
    make(arguments)


# Shipped networks: the command lines that make them, one after the other --------------------------


def _default(a: argparse.Namespace) -> None:
    first = a.out.with_suffix(".first_stage.safetensors")
    left_out = ("--leave-out", recipes.DEFAULT_LEFT_OUT)
    earlier = (*left_out, *recipes.LATER_SOURCES)
    teachers = []
    for index, recipe in enumerate(recipes.TEACHERS):
        teachers.append(a.out.with_suffix(f".teacher{index}.safetensors"))
        _train(a, recipe, teachers[-1], *earlier)
    _train(a, recipes.FIRST_STAGE, first, "--teacher", *map(str, teachers), *earlier)
    _train(a, recipes.DEFAULT, a.out, "--initial-weights", str(first), *left_out)


def _sign_mnist(a: argparse.Namespace) -> None:
    convolutional = a.out.with_suffix(".conv_stage.safetensors")
    initial = a.out.with_suffix(".initial.safetensors")
    _train(a, recipes.CONV_STAGE, convolutional)
    _command(unroll, "unroll", "--weights", str(convolutional), "--out", str(initial))
    _train(a, recipes.DENSE_STAGE, a.out, "--initial-weights", str(initial))


def _finder(a: argparse.Namespace) -> None:
    steps = ["--detection-steps", str(recipes.FINDER_DETECTION.steps)]
    steps += ["--refinement-steps", str(recipes.FINDER_REFINEMENT.steps)]
    files = ["--frames", *_needed(a, "frames"), "--crops", *_needed(a, "train")]
    _command(finder, "finder", *files, *steps, "--out", str(a.out))


def _movement(a: argparse.Namespace) -> None:
    recipe = movement.MovementRecipe()
    network = movement.learn(recipe, a.jobs, lambda text: say(text, file=sys.stderr))
    save_movement(network, {"recipe": asdict(recipe), "learned_from": "drawn hands alone"}, a.out)


def _train(a: argparse.Namespace, recipe: Recipe, out: Path, *more: str) -> None:
    """Trains by a recipe; what is there already is not trained again."""
    if out.exists():
        say(f"{out} is there already.", file=sys.stderr)
        return
    stated = arguments_of(texts_of(_shortened(recipe, a)))
    files = ["--train", *_needed(a, "train")]
    safe = ["--no-record", "--checkpoint", f"{out}.checkpoint"]
    _command(train, "train", *files, *more, *stated, *safe, "--out", str(out))


def _command(module: Any, *words: str) -> None:
    """Runs another command, after it is printed."""
    say(f"trainer {shlex.join(words)}", file=sys.stderr)
    parser = argparse.ArgumentParser(prog="trainer")
    module.add_parser(parser.add_subparsers())
    parsed = parser.parse_args(words)
    parsed.argv = list(words)
    parsed.run(parsed)


# Experiments --------------------------------------------------------------------------------------


def _seed_grid(a: argparse.Namespace) -> None:
    data, test = _csv(a), _test(a)
    division = split(data, Protocol.PHOTOGRAPH)
    epochs = a.epochs or seed_grid.EPOCHS
    settings = {"test": test.digests, "split": division.note, "epochs": epochs}
    results = _results(a, data, settings)
    made = {
        seed_grid.cell_name(width, rate): recipes.course_network(width, rate, epochs)
        for width in seed_grid.WIDTHS
        for rate in seed_grid.RATES
    }
    cells = {name: (recipe,) for name, recipe in made.items()}
    _fill(a, results, validated, cells, (data, division.held))
    best = seed_grid.choose({name: results.cells[name] for name in made})
    # Only the chosen network meets the test file.
    chosen = f"chosen: {best}"
    _fill(a, results, sign_mnist.scored, {chosen: (made[best],)}, (data, test))
    seed_grid.print_table(seed_grid.WIDTHS, seed_grid.RATES, results.cells, best)
    say(f"On the official test file: {results.cells[chosen]['accuracy']:.4f}")


def _seeds(a: argparse.Namespace) -> None:
    _five_seeds(a, _shortened(recipes.CONV_STAGE, a), _shortened(recipes.DENSE_STAGE, a))


def _fresh(a: argparse.Namespace) -> None:
    _five_seeds(a, _shortened(recipes.FULLY_CONNECTED, a))


def _five_seeds(a: argparse.Namespace, recipe: Recipe, dense: Recipe | None = None) -> None:
    data, test = _csv(a), _test(a)
    stages = {"recipe": recipe} if dense is None else {"recipe": recipe, "dense": dense}
    settings = {name: stage.to_json() for name, stage in stages.items()}
    results = _results(a, data, {"test": test.digests, **settings})
    cells = {
        f"seed {seed}": (replace(recipe, seed=seed), dense and replace(dense, seed=seed))
        for seed in sign_mnist.SEEDS
    }
    _fill(a, results, sign_mnist.scored, cells, (data, test))
    summary = sign_mnist.summary([results.cells[name] for name in cells], test)
    results.add("summary", summary)
    low, high = summary["accuracy_interval"]
    say(
        f"accuracy  {summary['accuracy_mean']:.4f} ({summary['accuracy_min']:.4f}–"
        f"{summary['accuracy_max']:.4f} over {summary['seeds']} seeds; 95 % interval over "
        f"photographs {low:.4f}–{high:.4f})\nmacro-F1  {summary['macro_f1_mean']:.4f}"
    )


def _protocols(a: argparse.Namespace) -> None:
    data = _csv(a)
    conv, dense = _shortened(recipes.CONV_STAGE, a), _shortened(recipes.DENSE_STAGE, a)
    results = _results(a, data, {"recipe": conv.to_json(), "dense": dense.to_json()})
    held = {p: split(data, p).held for p in (Protocol.PHOTOGRAPH, Protocol.RANDOM)}
    cells = {f"by {protocol}": (mask, conv, dense) for protocol, mask in held.items()}
    user_of_row = group(data).user
    cells |= {f"user {user}": (user_of_row == user, conv, dense) for user in users(data)}
    _fill(a, results, validated, cells, (data,))
    for name in cells:
        say(f"{name:14}  {results.cells[name]['accuracy']:.4f}")


def _sizes(a: argparse.Namespace) -> None:
    data, test = _csv(a), _test(a)
    conv, dense = _shortened(recipes.CONV_STAGE, a), _shortened(recipes.DENSE_STAGE, a)
    settings = {"test": test.digests, "recipe": conv.to_json(), "dense": dense.to_json()}
    results = _results(a, data, settings)
    cells = {
        f"{plan} · {width}": (replace(conv, convolutions=plan, hidden=(width,)), dense)
        for plan, width in sign_mnist.SIZES
    }
    _fill(a, results, sign_mnist.scored, cells, (data, test))
    for name in cells:
        cell = results.cells[name]
        say(f"{name:16}  {cell['parameters']:9,} parameters  {cell['accuracy']:.4f}")


def _ablation(a: argparse.Namespace) -> None:
    data = _csv(a)
    division = split(data, Protocol.PHOTOGRAPH)
    epochs = a.epochs or ablation.EPOCHS
    base = replace(recipes.FULLY_CONNECTED, epochs=epochs, hidden=ablation.HIDDEN)
    results = _results(a, data, {"split": division.note, "recipe": base.to_json()})
    cells = {name: (recipe,) for name, recipe in ablation.changed(base).items()}
    _fill(a, results, ablation.measured, cells, (data, division.held))
    for name, cell in ablation.neighbours(data, division.held).items():
        results.add(name, cell)
    for name, cell in sorted(results.cells.items(), key=lambda item: -item[1]["accuracy"]):
        say(f"{cell['accuracy']:.4f}  {name}")


def _unseen(a: argparse.Namespace) -> None:
    source, _, left_out = recipes.DEFAULT_LEFT_OUT.partition(":")
    datasets = [load(Path(path)) for path in _needed(a, "train")]
    indices = [LETTERS.index(letter) for letter in left_out]
    datasets = [d.subset(~((d.sources == source) & np.isin(d.labels, indices))) for d in datasets]
    unseen.run(datasets, a.folds, a.out, a.networks)


def _fine_tuning(a: argparse.Namespace) -> None:
    (networks,) = _needed(a, "networks")
    wild = load(Path(_needed(a, "train")[0]))
    fine_tuning.run(wild, a.replay and load(a.replay), Path(networks), a.letters, a.out)


def _finder_folds(a: argparse.Namespace) -> None:
    folders = [Path(folder) for folder in _needed(a, "frames")]
    crops = [load(Path(path)) for path in _needed(a, "train")]
    finder_folds.run(folders, crops, a.folds, a.out, a.networks)


def _movement_score(a: argparse.Namespace) -> None:
    network = load_movement(asset(MOVEMENT_WEIGHTS))
    results = movement_score.run(network, a.jobs)
    atomic.write_bytes(a.out, (json.dumps(results, indent=1) + "\n").encode())
    say(json.dumps(results))


def _needed(a: argparse.Namespace, option: str) -> list[str]:
    """The paths that an option gives.

    Raises:
        UserError: It gives none.
    """
    given = getattr(a, option)
    if not given:
        raise UserError(f"`trainer reproduce {a.name}` needs --{option}.")
    return [str(path) for path in (given if isinstance(given, list) else [given])]


def _csv(a: argparse.Namespace) -> Dataset:
    return load(Path(_needed(a, "train")[0]))


def _test(a: argparse.Namespace) -> Dataset:
    return load(Path(_needed(a, "test")[0]))


def _results(a: argparse.Namespace, data: Dataset, settings: Mapping[str, Any]) -> Results:
    return Results(a.out, {"train": data.digests, **settings})


def _shortened(recipe: Recipe, a: argparse.Namespace) -> Recipe:
    """The recipe with the epochs that were asked for."""
    if a.epochs is None:
        return recipe
    initial = min(recipe.initial_epochs, a.epochs - 1)
    size = recipe.initial_size if initial else 0
    return replace(recipe, epochs=a.epochs, initial_epochs=initial, initial_size=size)


def _fill(
    a: argparse.Namespace,
    results: Results,
    task: Callable[..., Any],
    cells: Mapping[str, Sequence[Any]],
    data: Sequence[Any],
) -> None:
    """Runs the cells that the results lack."""
    missing = {name: cell for name, cell in cells.items() if name not in results.cells}
    done = run_all(task, missing, data, a.jobs, a.dask)
    for name, cell in tqdm(done, total=len(missing), unit="network"):
        results.add(name, cell)


_NAMES: dict[str, tuple[str, Callable[[argparse.Namespace], None]]] = {
    "default": ("assets/weights/default.safetensors, after its teachers", _default),
    "sign_mnist": ("assets/weights/sign_mnist.safetensors, in two stages", _sign_mnist),
    "finder": ("assets/weights/finder.safetensors", _finder),
    "movement": ("assets/weights/movement.safetensors, for J and Z", _movement),
    "movement-score": (
        "how many Js and Zs it tells, and how many false ones",
        _movement_score,
    ),
    "seeds": ("sign_mnist with five seeds on the test file", _seeds),
    "fresh": ("a fully-connected network from fresh weights, likewise", _fresh),
    "protocols": ("sign_mnist by photograph, by user, and at random", _protocols),
    "sizes": ("smaller networks on the test file", _sizes),
    "ablation": ("a recipe with one thing changed at a time", _ablation),
    "seed-grid": ("the search that the project began with", _seed_grid),
    "unseen": ("default on whole sources that were left out", _unseen),
    "fine-tuning": ("ten images a letter of a source that was left out", _fine_tuning),
    "finder-folds": ("finder on whole sources that were left out", _finder_folds),
}
