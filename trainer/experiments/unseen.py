"""Accuracy on signers that were left out of training, of the default network's recipe.

Whole sources are left out: for each fold, all stages are trained on everything but the fold's
sources, and the network reads each of them. The first stage and its teachers know the earlier
sources only, and so serve all folds of later sources alike. For the other folds they train for
fewer epochs than those of the shipped network, in the same proportions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.evaluation.joints import joint_scores
from trainer.evaluation.metrics import score
from trainer.experiments.results import Results
from trainer.experiments.statistics import calibration
from trainer.letters import LETTERS, NO_SIGN
from trainer.model import weights
from trainer.model.model import Model, Predictor
from trainer.training import recipes
from trainer.training.augment import Augmentation, Augmenter
from trainer.training.distillation import Teacher
from trainer.training.no_sign import NoSign
from trainer.training.recipe import Recipe
from trainer.training.train import EpochDone, train

FOLDS = {
    "A": ("hawkcodesz", "meyyappan", "roboflow_asl_letters", "t32rahman"),
    "B": ("midintiakshay", "keptsecret_train", "keptsecret_test", "seeeeeeel", "vyshu150"),
    "C": ("gunsai75", "sakshamsood3", "insigh1_child"),
    "D": ("mandeep888", "longhongvo23"),
    "E": (
        *("evriel714", "faseehakr", "habul2024", "hackmit", "juanparrado_lsc", "minhquyen"),
        *("programmingwithab1", "programmingwithab1_phone", "sathwikav", "techyrushi"),
    ),
    "F": (
        *("aayushrasaily", "chiskhanhv", "fizmir", "mrunalisa", "otherwa", "sudip0789"),
        "thanakritmos12",
    ),
}
"""The parts of keptsecret, and of programmingwithab1, are one source. Nothing was chosen on C, D
and E."""

TEACHER = replace(recipes.TEACHER, epochs=32, initial_epochs=22)
TEACHERS = (TEACHER, replace(recipes.LOW_RESOLUTION_TEACHER, epochs=22))
FIRST_STAGE = replace(recipes.FIRST_STAGE, epochs=8)
DEFAULT = recipes.DEFAULT

LATER = "later"
"""Name of the first stage that serves the folds of later sources, whose schedule is that of the
shipped network's."""

OWNERS = {
    "background": "keptsecret_train",
    "arm_or_other_hand": "keptsecret_train",
    "person": "insigh1_child",
}
"""Folders of images without a sign → the source that they come from."""

THRESHOLDS = tuple(round(0.05 * step, 2) for step in range(1, 20))
"""Of the probability of "no sign"."""

_PARTIAL_HANDS = 400
"""Windows of each source that show a hand badly, as `trainer.training.no_sign` makes them."""


def fold_of(source: str) -> str:
    """The fold that leaves a source out."""
    (fold,) = (fold for fold, sources in FOLDS.items() if source in sources)
    return fold


def without(dataset: Dataset, sources: Sequence[str]) -> Dataset:
    """The images of all other sources."""
    return dataset.subset(~np.isin(dataset.sources, sources))


def by_owner(dataset: Dataset) -> Dataset:
    """The images by the source that they come from."""
    owners = [OWNERS.get(source, source) for source in dataset.sources.tolist()]
    return replace(dataset, sources=np.array(owners))


def run(
    datasets: Sequence[Dataset], folds: Sequence[str], out: Path, networks: Path | None
) -> None:
    """Trains and scores folds; one that the result file has is not trained again.

    Args:
        datasets: The images that the default network learns from.
        folds: Which of `FOLDS`.
        out: The result file.
        networks: Folder for the networks of all stages; those in it are not trained again.

    Raises:
        UserError: A file cannot be read or written.
    """
    datasets = [by_owner(dataset) for dataset in datasets]
    empty = [d.subset(d.labels == NO_SIGN) for d in datasets if (d.labels == NO_SIGN).any()]
    signs = Collection([d.subset(d.labels != NO_SIGN) for d in datasets])
    settings = {"recipe": DEFAULT.to_json(), "first_stage": recipes.FIRST_STAGE.to_json()}
    results = Results(out, settings)
    for fold in folds:
        sources = FOLDS[fold]
        if set(sources) <= set(results.cells):
            continue
        print(f"fold {fold}: without {', '.join(sources)}", flush=True)
        known = Collection([d for d in (without(d, sources) for d in datasets) if len(d)])
        first = _first_stage(datasets, fold, networks)
        model = _trained(DEFAULT, known, networks and networks / fold, start=first)
        for source in sources:
            (held,) = (d.subset(d.sources == source) for d in signs.datasets if source in d.sources)
            cell = scored(model, held, empty)
            results.add(source, cell | {"fold": fold})
            print(f"  {source:22} {cell['accuracy']:.3f}  top 3 {cell['top3']:.3f}", flush=True)
    print(f"mean over sources: {mean(results.cells, 'accuracy'):.3f}")


def _first_stage(datasets: Sequence[Dataset], fold: str, networks: Path | None) -> Model:
    """The model that a fold's network is initialised from."""
    later = set(FOLDS[fold]) <= set(recipes.LATER_SOURCES)
    name = LATER if later else fold
    path = networks and networks / f"{name}.first_stage"
    if path and _file(path).exists():
        return weights.load(_file(path))
    left_out = (*recipes.LATER_SOURCES, *FOLDS[fold])
    known = Collection([d for d in (without(d, left_out) for d in datasets) if len(d)])
    teachers = [
        _trained(recipe, known, networks and networks / f"{name}.teacher{i}")
        for i, recipe in enumerate(recipes.TEACHERS if later else TEACHERS)
    ]
    return _trained(recipes.FIRST_STAGE if later else FIRST_STAGE, known, path, teachers)


def _file(name: Path) -> Path:
    return name.with_name(f"{name.name}.safetensors")


def _trained(
    recipe: Recipe,
    data: Collection,
    name: Path | None,
    teachers: Sequence[Model] = (),
    start: Model | None = None,
) -> Model:
    """The model in a file; without one, it is trained, and saved where a name is given."""
    path = name and _file(name)
    if path and path.exists():
        return replace(weights.load(path), inference=recipe.inference)
    teacher = Teacher(teachers, recipe) if teachers else None
    for event in train(recipe, data, start=start, teacher=teacher):
        if isinstance(event, EpochDone):
            print(f"  epoch {event.epoch + 1}: accuracy {event.accuracy:.3f}", flush=True)
            if event.epoch == recipe.epochs - 1:
                # The averaged weights are in the network only until training goes on.
                averaged = event.model.network.theta.copy()
                model = event.model
    model.network.theta[...] = averaged
    if path:
        weights.save(model, path)
    return model


def scored(model: Model, held: Dataset, empty: Sequence[Dataset]) -> dict[str, Any]:
    """Scores on the images of one source, as JSON values."""
    outcomes, joints = Predictor(model).predict(held.inputs(model.preprocessing))
    p = outcomes[:, : len(LETTERS)]
    scores = score(p, held.labels)
    exact = None if joints is None else joint_scores(joints, held, model.preprocessing)
    return {
        "accuracy": scores.accuracy,
        "top3": scores.top3,
        "n": scores.n,
        "confusion": scores.confusion.tolist(),
        "calibration": calibration(p, held.labels),
        "no_sign": _sign_curves(model, outcomes, held, empty),
        "joints": exact and exact.to_json(),
    }


def _sign_curves(
    model: Model, outcomes: NDArray[np.float32], held: Dataset, empty: Sequence[Dataset]
) -> dict[str, Any]:
    """Shares that are taken for a sign, by threshold: of letters, empty images, partial hands."""
    source = str(held.sources[0])
    of_source = [d.subset(d.sources == source) for d in empty if (d.sources == source).any()]
    inputs = [d.inputs(model.preprocessing) for d in of_source]
    signs = Collection([held])
    maker = NoSign(
        signs, Augmenter(signs, model.preprocessing, Augmentation.none()), signs.weights(0)
    )
    partial = maker.batch(_PARTIAL_HANDS, np.random.default_rng(0))
    curves: dict[str, Any] = {"thresholds": list(THRESHOLDS)}
    for name, p in (
        ("letters", outcomes),
        ("empty", model.outcome_probabilities(np.concatenate(inputs)) if inputs else None),
        ("halves", model.outcome_probabilities(partial)),
    ):
        curves[f"{name}_n"] = 0 if p is None else len(p)
        curves[name] = (
            [] if p is None else [float((p[:, NO_SIGN] < t).mean().round(6)) for t in THRESHOLDS]
        )
    return curves


def mean(cells: dict[str, Any], quantity: str) -> float:
    """Mean of a quantity over sources; two parts of one, such as keptsecret's, count once."""
    by_source: dict[str, list[tuple[float, int]]] = {}
    for name, cell in cells.items():
        by_source.setdefault(name.split("_")[0], []).append((cell[quantity], cell["n"]))
    values = [
        sum(value * n for value, n in parts) / sum(n for _, n in parts)
        for parts in by_source.values()
    ]
    return sum(values) / len(values)
