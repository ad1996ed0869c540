r"""How well the recipe of the default weights reads signers that it has never seen.

    trainer import ../shared/wild --out wild.npz
    trainer render --out rendered.npz
    trainer import ../shared/negatives --no-sign 12 --out negatives.npz
    trainer import ../shared/frames --no-sign 8 --out around.npz
    uv run python -m benchmarks.wild --wild wild.npz --rendered rendered.npz \\
        --no-sign negatives.npz around.npz \\
        --sign-mnist ../shared/data/sign_mnist_train.csv --out docs/results/wild.json

Leaves whole sources out: trains from scratch once per fold, teacher and network, on everything but
the fold's sources, and scores each of them. keptsecret_train and keptsecret_test are one source and
stay together. A fold that the result file already has is not trained again.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.data.collection import Collection
from trainer.data.crops import read_crops
from trainer.data.csv import read_csv
from trainer.data.dataset import Dataset
from trainer.evaluation.metrics import score
from trainer.experiments.results import Results
from trainer.experiments.statistics import calibration
from trainer.images.preprocessing import Preprocessing
from trainer.letters import LETTERS, NO_SIGN
from trainer.model import weights
from trainer.model.inference import Inference
from trainer.model.model import Model
from trainer.training.augment import Augmentation, Augmenter
from trainer.training.distillation import Teacher
from trainer.training.loop import EpochDone, train
from trainer.training.no_sign import NoSign
from trainer.training.recipe import Recipe

FOLDS = {
    "A": ("hawkcodesz", "meyyappan", "roboflow_asl_letters", "t32rahman"),
    "B": ("midintiakshay", "keptsecret_train", "keptsecret_test", "seeeeeeel", "vyshu150"),
    "C": ("gunsai75", "sakshamsood3", "insigh1_child"),
    "D": ("mandeep888", "longhongvo23"),
}
"""C and D took no part in choosing anything."""

HALVES = 400
"""Windows of each source that show a hand badly, as `trainer.training.no_sign` makes them."""

TEACHER = Recipe(
    convolutions="o 32 p 64 p 128 p 192 192",
    hidden=(),
    epochs=32,
    small_size=64,
    small_epochs=22,
    small_margin=1.05,
    epoch_images=8000,
    balance=0.65,
    emphasis=(("sign_mnist_train", 0.4),),
    batch_size=128,
    optimiser="muon",
    learning_rate=3e-3,
    weight_decay=0.15,
    dropout=0.2,
    label_smoothing=0.1,
    average=0.998,
    no_sign=0.1,
    augmentation=Augmentation.room(),
    preprocessing=Preprocessing(size=96, margin=1.2),
    reading_margin=1.15,
    inference=Inference(mirror=True, temperature=0.6, no_sign_bias=2.2),
)
"""Of two networks that read together, and teach the one that is shipped."""

RECIPE = replace(
    TEACHER,
    epochs=8,
    small_size=0,
    small_epochs=0,
    small_margin=0.0,
    learning_rate=2e-3,
    label_smoothing=0.0,
    taught=0.7,
    reading_margin=1.1,
    seed=1,
)
"""Of the one that is shipped. It begins as the larger one of its teacher."""

OWNERS = {
    "background": "keptsecret_train",
    "arm_or_other_hand": "keptsecret_train",
    "person": "insigh1_child",
}
"""Folders of images without a sign → the source that they come from."""

THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(1, 20))
"""Of the probability of "no sign"."""


def without(dataset: Dataset, sources: tuple[str, ...]) -> Dataset:
    """The images of all other sources."""
    return dataset.subset(~np.isin(dataset.sources, sources))


def trained(
    recipe: Recipe, collection: Collection, kept: Path | None, teacher: Model | None = None
) -> Model:
    """The model that is kept in a file; without one, it is trained and kept.

    Args:
        recipe: How.
        collection: The images to learn from.
        kept: The file; None keeps nothing.
        teacher: From whom to learn.
    """
    if kept and kept.exists():
        return replace(weights.load(kept), inference=recipe.inference)
    teaching = None if teacher is None else Teacher(teacher, recipe)
    for event in train(recipe, collection, teacher=teaching):
        if isinstance(event, EpochDone):
            print(f"  epoch {event.epoch + 1}: right {event.accuracy:.3f}", flush=True)
            if event.epoch == recipe.epochs - 1:
                # The averaged weights are in the network only until training goes on.
                averaged = event.model.network.theta.copy()
                model = event.model
    model.network.theta[...] = averaged
    if kept:
        weights.save(model, kept)
    return model


def owned(empty: Dataset) -> Dataset:
    """The images without a sign, by the source that they come from."""
    return replace(empty, sources=np.array([OWNERS.get(s, s) for s in empty.sources.tolist()]))


def score_fold(
    model: Model, wild: Dataset, empty: Sequence[Dataset], sources: tuple[str, ...]
) -> dict[str, Any]:
    """Accuracy, top 3, number, confusion, calibration and "no sign" by source, of one fold."""
    result = {}
    for source in sources:
        held = wild.subset(wild.sources == source)
        outcomes = model.outcome_probabilities(held.inputs(model.preprocessing))
        p = outcomes[:, : len(LETTERS)]
        scores = score(p, held.labels)
        result[source] = {
            "accuracy": scores.accuracy,
            "top3": scores.top3,
            "n": scores.n,
            "confusion": scores.confusion.tolist(),
            "calibration": calibration(p, held.labels),
            "no_sign": no_sign_curves(model, outcomes, held, empty),
        }
    return result


def no_sign_curves(
    model: Model, outcomes: NDArray[np.float32], held: Dataset, empty: Sequence[Dataset]
) -> dict[str, Any]:
    """Shares taken for a sign, by threshold: of letters, of empty images, of halves of hands."""
    source = str(held.sources[0])
    apart = [d.subset(d.sources == source) for d in empty if (d.sources == source).any()]
    inputs = [d.inputs(model.preprocessing) for d in apart]
    letters = Collection([held])
    maker = NoSign(
        letters,
        Augmenter(letters, model.preprocessing, Augmentation.none()),
        letters.weights(0),
    )
    halves = maker.batch(HALVES, np.random.default_rng(0))
    curves: dict[str, Any] = {"thresholds": list(THRESHOLDS)}
    for name, shown in (
        ("letters", outcomes),
        ("empty", model.outcome_probabilities(np.concatenate(inputs)) if inputs else None),
        ("halves", model.outcome_probabilities(halves)),
    ):
        curves[f"{name}_n"] = 0 if shown is None else len(shown)
        curves[name] = (
            []
            if shown is None
            else [float((shown[:, NO_SIGN] < t).mean().round(6)) for t in THRESHOLDS]
        )
    return curves


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
    parser.add_argument("--no-sign", type=Path, required=True, nargs="+")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument(
        "--keep",
        type=Path,
        help="folder of the folds' networks and their teachers; those in it are not trained again",
    )
    parser.add_argument("--folds", nargs="+", choices=FOLDS, default=list(FOLDS))
    arguments = parser.parse_args()
    empty = [owned(read_crops(path)) for path in arguments.no_sign]
    wild, rendered = read_crops(arguments.wild), read_crops(arguments.rendered)
    mnist = read_csv(arguments.sign_mnist)
    # Its T is not the T of ASL.
    mnist = mnist.subset(mnist.labels != LETTERS.index("T"))

    letters = (wild, mnist, rendered)
    settings = {"recipe": RECIPE.to_json(), "teacher": TEACHER.to_json()}
    results = Results(arguments.out, settings)
    for fold in arguments.folds:
        sources = FOLDS[fold]
        if set(sources) <= set(results.cells):
            continue
        print(f"fold {fold}: without {', '.join(sources)}", flush=True)
        collection = Collection([without(each, sources) for each in (*letters, *empty)])
        files = (f"{fold}.teacher.safetensors", f"{fold}.safetensors")
        of_teacher, of_model = (arguments.keep and arguments.keep / file for file in files)
        teacher = trained(TEACHER, collection, of_teacher)
        model = trained(RECIPE, collection, of_model, teacher)
        for source, cell in score_fold(model, wild, empty, sources).items():
            results.add(source, cell | {"fold": fold})
            print(f"  {source:22} {cell['accuracy']:.3f}  top 3 {cell['top3']:.3f}", flush=True)
    print(f"mean over sources: {mean(results.cells, 'accuracy'):.3f}")


if __name__ == "__main__":
    main()
