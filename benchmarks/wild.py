r"""How well the recipe of the default weights reads signers that it has never seen.

    trainer import ../shared/wild --out wild.npz
    trainer render --out rendered.npz
    uv run python -m benchmarks.wild --wild wild.npz --rendered rendered.npz \\
        --sign-mnist ../shared/data/sign_mnist_train.csv --out docs/results/wild.json

Leaves whole sources out: trains from scratch once per fold, on everything but the fold's sources,
and scores each of them. keptsecret_train and keptsecret_test are one source and stay together. A
fold that the result file already has is not trained again.
"""

from __future__ import annotations

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from trainer import weights
from trainer.augment import Augmentation
from trainer.combine import combine
from trainer.data.collection import Collection
from trainer.data.crops import read_crops
from trainer.data.csv import read_csv
from trainer.data.dataset import Dataset
from trainer.experiments.calibration import calibration
from trainer.experiments.results import Results
from trainer.inference import Inference
from trainer.letters import LETTERS
from trainer.metrics import score
from trainer.model import Model
from trainer.preprocess import Preprocessing
from trainer.recipe import Recipe
from trainer.train import EpochDone, train

FOLDS = {
    "A": ("hawkcodesz", "meyyappan", "roboflow_asl_letters", "t32rahman"),
    "B": ("midintiakshay", "keptsecret_train", "keptsecret_test", "seeeeeeel", "vyshu150"),
    "C": ("gunsai75", "sakshamsood3", "insigh1_child"),
    "D": ("mandeep888", "longhongvo23"),
}
"""C and D took no part in choosing the recipe."""

RECIPE = Recipe(
    convolutions="o 32 p 64 p 128 p 128",
    hidden=(),
    epochs=40,
    epoch_pictures=8000,
    balance=0.5,
    batch_size=128,
    learning_rate=3e-3,
    weight_decay=0.05,
    dropout=0.2,
    label_smoothing=0.1,
    average=0.998,
    augmentation=Augmentation.room(),
    preprocessing=Preprocessing(size=48, margin=1.2),
    inference=Inference(mirror=True),
)


def without(dataset: Dataset, sources: tuple[str, ...]) -> Dataset:
    """The pictures of all other sources."""
    return dataset.subset(~np.isin(dataset.sources, sources))


def trained(recipe: Recipe, collection: Collection) -> Model:
    """The model after the last epoch, with the averaged weights in it."""
    for event in train(recipe, collection):
        if isinstance(event, EpochDone):
            print(f"  epoch {event.epoch + 1}: right {event.accuracy:.3f}", flush=True)
            if event.epoch == recipe.epochs - 1:
                kept = event.model.network.theta.copy()
                model = event.model
    model.network.theta[...] = kept
    return model


def score_fold(model: Model, wild: Dataset, sources: tuple[str, ...]) -> dict[str, Any]:
    """Accuracy, top 3, number and confusion by source, of one fold."""
    result = {}
    for source in sources:
        held = wild.subset(wild.sources == source)
        p = model.probabilities(held.inputs(model.preprocessing))
        scores = score(p, held.labels)
        result[source] = {
            "accuracy": scores.accuracy,
            "top3": scores.top3,
            "n": scores.n,
            "confusion": scores.confusion.tolist(),
            "calibration": calibration(p, held.labels),
        }
    return result


def mean(cells: dict[str, Any], quantity: str) -> float:
    """Mean of a quantity over sources; the two parts of keptsecret are one source."""
    by_source: dict[str, list[tuple[float, int]]] = {}
    for name, cell in cells.items():
        by_source.setdefault(name.split("_")[0], []).append((cell[quantity], cell["n"]))
    values = [
        sum(value * n for value, n in parts) / sum(n for _, n in parts)
        for parts in by_source.values()
    ]
    return sum(values) / len(values)


def main() -> None:
    """Trains and scores the folds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wild", type=Path, required=True)
    parser.add_argument("--rendered", type=Path, required=True)
    parser.add_argument("--sign-mnist", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--keep", type=Path, help="folder for the folds' networks")
    parser.add_argument(
        "--combine", type=Path, nargs="+", help="train nothing; combine kept networks of folders"
    )
    parser.add_argument("--folds", nargs="+", choices=FOLDS, default=list(FOLDS))
    parser.add_argument("--epochs", type=int, default=RECIPE.epochs)
    parser.add_argument("--convolutions", default=RECIPE.convolutions, metavar="PLAN")
    arguments = parser.parse_args()
    recipe = replace(RECIPE, epochs=arguments.epochs, convolutions=arguments.convolutions)
    wild, rendered = read_crops(arguments.wild), read_crops(arguments.rendered)
    mnist = read_csv(arguments.sign_mnist)
    # Its T is not the T of ASL.
    mnist = mnist.subset(mnist.labels != LETTERS.index("T"))

    results = Results(arguments.out, {"recipe": recipe.to_json()})
    for fold in arguments.folds:
        sources = FOLDS[fold]
        if set(sources) <= set(results.cells):
            continue
        print(f"fold {fold}: without {', '.join(sources)}", flush=True)
        if arguments.combine:
            paths = [folder / f"{fold}.safetensors" for folder in arguments.combine]
            model = combine([weights.load(path) for path in paths])
        else:
            model = trained(recipe, Collection([without(wild, sources), mnist, rendered]))
        if arguments.keep:
            weights.save(model, arguments.keep / f"{fold}.safetensors")
        for source, cell in score_fold(model, wild, sources).items():
            results.add(source, cell | {"fold": fold})
            print(f"  {source:22} {cell['accuracy']:.3f}  top 3 {cell['top3']:.3f}", flush=True)
    print(f"mean over sources: {mean(results.cells, 'accuracy'):.3f}")


if __name__ == "__main__":
    main()
