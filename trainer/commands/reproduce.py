"""`trainer reproduce`: the experiments whose numbers the model card states, run again."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tqdm import tqdm

from trainer.commands.common import add_parallel
from trainer.commands.search import print_table
from trainer.data.csv import read_csv
from trainer.data.dataset import Dataset
from trainer.data.groups import group
from trainer.data.splits import Protocol, split, users
from trainer.experiments import ablation, record, seed_grid
from trainer.experiments.fit import validated
from trainer.experiments.parallel import run_all
from trainer.experiments.results import Results
from trainer.support.errors import UserError
from trainer.training.recipe import Recipe

ABLATION_EPOCHS = 6
ABLATION_HIDDEN = (512, 256, 128)
"""Shorter and narrower than the recipe: two dozen networks would take hours otherwise."""

SIZES = (("2k7s2 p 4k3", 16), ("4k7s2 p 8k3", 32), ("6k7s2 p 16k3", 64), ("8k7s2 p 24k3", 96))
"""Plans and hidden widths smaller than the record's."""


def add_parser(commands: Any) -> None:
    """Adds this command's arguments."""
    parser: argparse.ArgumentParser = commands.add_parser(
        "reproduce",
        help="run the experiments behind the model card again",
        description="Runs one experiment and writes its numbers to a JSON file. An interrupted "
        "experiment goes on where it stopped, if the file is still there.",
    )
    which = parser.add_mutually_exclusive_group(required=True)
    for name, (what, _) in _EXPERIMENTS.items():
        which.add_argument(
            f"--{name}", dest="experiment", action="store_const", const=name, help=what
        )
    parser.add_argument(
        "--train", type=Path, required=True, metavar="CSV", help="sign_mnist_train.csv"
    )
    parser.add_argument(
        "--test",
        type=Path,
        metavar="CSV",
        help="sign_mnist_test.csv, for the experiments that report on it",
    )
    parser.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="where the numbers go, a JSON file"
    )
    parser.add_argument(
        "--weights",
        type=Path,
        metavar="FILE",
        help="where --record puts the weights of its first seed",
    )
    parser.add_argument(
        "--epochs",
        type=int,
        metavar="N",
        help="passes over the images, for a quick look (default: as in the model card)",
    )
    add_parallel(parser)
    parser.set_defaults(run=run)


@dataclass(frozen=True)
class _Run:
    """What an experiment works with."""

    train: Dataset
    train_path: Path
    test_path: Path | None
    out: Path
    weights: Path | None
    epochs: int | None
    jobs: int
    dask: str | None

    def test(self) -> Dataset:
        if self.test_path is None:
            raise UserError("this experiment reports on the official test file: name it by --test.")
        return read_csv(self.test_path)

    def recipe(self, **changes: Any) -> Recipe:
        """The default recipe, changed, with the epochs that were asked for."""
        return self.changed(Recipe(), **changes)

    def changed(self, recipe: Recipe, **changes: Any) -> Recipe:
        """A recipe, changed, with the epochs that were asked for."""
        if self.epochs is not None:
            changes["epochs"] = self.epochs
        try:
            return replace(recipe, **changes)
        except ValueError as error:
            raise UserError(f"{error}.") from None

    def results(self, settings: Mapping[str, Any]) -> Results:
        return Results(self.out, {"train": self.train.digests, **settings})

    def fill(
        self,
        results: Results,
        task: Callable[..., Any],
        cells: Mapping[str, Sequence[Any]],
        data: Sequence[Any],
    ) -> None:
        """Runs the cells that the results lack."""
        missing = {name: a for name, a in cells.items() if name not in results.cells}
        done = run_all(task, missing, data, self.jobs, self.dask)
        for name, cell in tqdm(done, total=len(missing), unit="network"):
            results.add(name, cell)


def run(arguments: argparse.Namespace) -> None:
    """Runs the experiment.

    Raises:
        UserError: The data or the place for the results are no good.
    """
    dataset = read_csv(arguments.train)
    _, experiment = _EXPERIMENTS[arguments.experiment]
    experiment(
        _Run(
            dataset,
            arguments.train,
            arguments.test,
            arguments.out,
            arguments.weights,
            arguments.epochs,
            arguments.jobs,
            arguments.dask,
        )
    )


def _seed_grid(run: _Run) -> None:
    division = split(run.train, Protocol.PHOTOGRAPH)
    test = run.test()
    epochs = seed_grid.EPOCHS if run.epochs is None else run.epochs
    results = run.results({"test": test.digests, "split": division.note, "epochs": epochs})
    grid = [(width, rate) for width in seed_grid.WIDTHS for rate in seed_grid.RATES]
    recipes = {seed_grid.cell_name(*place): seed_grid.seed_recipe(*place, epochs) for place in grid}
    cells = {name: (recipe,) for name, recipe in recipes.items()}
    run.fill(results, validated, cells, (run.train, division.held))
    best = seed_grid.choose({name: results.cells[name] for name in recipes})
    # Only the chosen network meets the test file.
    chosen = f"chosen: {best}"
    run.fill(results, record.scored, {chosen: (recipes[best],)}, (run.train, test))
    print_table(seed_grid.WIDTHS, seed_grid.RATES, results.cells, best)
    print(f"On the official test file: {results.cells[chosen]['accuracy']:.4f}")


def _record(run: _Run) -> None:
    shaped = run.changed(record.SHAPED)
    freed = run.changed(record.FREED)
    keep = None
    if run.weights is not None:
        keep = run.weights, record.command(shaped, freed, run.train_path)
    _seeds(run, shaped, freed, keep)


def _fresh(run: _Run) -> None:
    _seeds(run, run.recipe())


def _seeds(
    run: _Run, recipe: Recipe, freed: Recipe | None = None, keep: tuple[Path, str] | None = None
) -> None:
    """Every seed on the test file; the first one's weights are kept."""
    test = run.test()
    stages = {"recipe": recipe} if freed is None else {"recipe": recipe, "freed": freed}
    settings = {name: stage.to_json() for name, stage in stages.items()}
    results = run.results({"test": test.digests, **settings})
    cells = {
        f"seed {seed}": (
            replace(recipe, seed=seed),
            freed and replace(freed, seed=seed),
            keep if seed == record.SEEDS[0] else None,
        )
        for seed in record.SEEDS
    }
    run.fill(results, record.scored, cells, (run.train, test))
    summary = record.summary([results.cells[name] for name in cells], test)
    results.add("summary", summary)
    low, high = summary["accuracy_interval"]
    print(
        f"accuracy  {summary['accuracy_mean']:.4f} ({summary['accuracy_min']:.4f}–"
        f"{summary['accuracy_max']:.4f} over {summary['seeds']} seeds; 95 % interval over "
        f"photographs {low:.4f}–{high:.4f})\nmacro-F1  {summary['macro_f1_mean']:.4f}"
    )


def _protocols(run: _Run) -> None:
    shaped, freed = run.changed(record.SHAPED), run.changed(record.FREED)
    results = run.results({"recipe": shaped.to_json(), "freed": freed.to_json()})
    held = {p: split(run.train, p).held for p in (Protocol.PHOTOGRAPH, Protocol.RANDOM)}
    cells = {f"by {protocol}": (mask, shaped, freed) for protocol, mask in held.items()}
    user_of_row = group(run.train).user
    cells |= {f"user {user}": (user_of_row == user, shaped, freed) for user in users(run.train)}
    run.fill(results, validated, cells, (run.train,))
    for name in cells:
        print(f"{name:14}  {results.cells[name]['accuracy']:.4f}")


def _sizes(run: _Run) -> None:
    test = run.test()
    shaped, freed = run.changed(record.SHAPED), run.changed(record.FREED)
    results = run.results(
        {"test": test.digests, "recipe": shaped.to_json(), "freed": freed.to_json()}
    )
    cells = {
        f"{plan} · {width}": (replace(shaped, convolutions=plan, hidden=(width,)), freed)
        for plan, width in SIZES
    }
    run.fill(results, record.scored, cells, (run.train, test))
    for name in cells:
        cell = results.cells[name]
        print(f"{name:16}  {cell['parameters']:9,} parameters  {cell['accuracy']:.4f}")


def _ablation(run: _Run) -> None:
    division = split(run.train, Protocol.PHOTOGRAPH)
    base = run.recipe(epochs=ABLATION_EPOCHS, hidden=ABLATION_HIDDEN)
    results = run.results({"split": division.note, "recipe": base.to_json()})
    cells = {name: (recipe,) for name, recipe in ablation.switches(base).items()}
    run.fill(results, ablation.switched, cells, (run.train, division.held))
    for name, cell in ablation.neighbours(run.train, division.held).items():
        results.add(name, cell)
    for name, cell in sorted(results.cells.items(), key=lambda item: -item[1]["accuracy"]):
        print(f"{cell['accuracy']:.4f}  {name}")


_EXPERIMENTS: dict[str, tuple[str, Callable[[_Run], None]]] = {
    "seed-grid": ("the search that the project began with", _seed_grid),
    "record": ("the record with five seeds on the test file", _record),
    "fresh": ("the default recipe, from fresh weights, with five seeds on the test file", _fresh),
    "protocols": ("the recipe by photograph, by user, and at random", _protocols),
    "sizes": ("small networks on the test file", _sizes),
    "ablation": ("the recipe with one thing changed at a time", _ablation),
}
