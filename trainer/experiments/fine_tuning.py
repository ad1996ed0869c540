"""What ten images a letter of one's own gain: fine-tuning on sources that were left out.

For every source, the first k images of each letter fine-tune the network that never saw the source,
and the last half of each letter's images scores it before and after.
"""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.data.dataset import Dataset
from trainer.experiments.results import Results
from trainer.experiments.unseen import FOLDS
from trainer.letters import LETTERS
from trainer.model import weights
from trainer.model.model import Model
from trainer.nn.spec import copied
from trainer.support.errors import UserError
from trainer.training.finetune import FineTuning
from trainer.training.recipes import FINE_TUNING
from trainer.training.train import EpochDone, train

K = 10


def run(wild: Dataset, replay: Dataset | None, networks: Path, letters: str, out: Path) -> None:
    """Fine-tunes for every source that a network never saw.

    Args:
        wild: The sources' images.
        replay: Earlier images that each mini-batch takes some of.
        networks: Folder of the folds' networks.
        letters: Those that are learned; the others are scored by themselves.
        out: The result file.

    Raises:
        UserError: A file cannot be read or written, or there are no networks.
    """
    settings = FineTuning()
    results = Results(
        out,
        {
            "k": K,
            "letters": letters,
            "replay": replay is not None,
            "finetuning": settings.to_json() | {"recipe": FINE_TUNING.to_json()},
        },
    )
    paths = {fold: networks / f"{fold}.safetensors" for fold in FOLDS}
    if not any(path.exists() for path in paths.values()):
        raise UserError(f"{networks}: no networks of `trainer reproduce unseen` in there.")
    for fold, path in paths.items():
        if not path.exists():
            continue
        model = weights.load(path)
        for name in FOLDS[fold]:
            source = wild.subset(wild.sources == name)
            if not len(source) or source.counts().max() < 2:
                print(f"{name:22} has one image a letter and nothing to test on", flush=True)
                continue
            r = measured(model, source, letters, settings, replay)
            results.add(name, r)
            print(f"{name:22} {r['before']:.3f} → {r['after']:.3f}  {r['seconds']} s", flush=True)


def measured(
    model: Model, source: Dataset, letters: str, settings: FineTuning, replay: Dataset | None
) -> dict[str, Any]:
    """Accuracy before and after, in all and on the letters that were not learned."""
    own, test = divided(source, K)
    learned = [LETTERS.index(letter) for letter in letters]
    own = own.subset(np.isin(own.labels, learned))
    start = time.perf_counter()
    earlier = [] if replay is None else [replay]
    for event in train(FINE_TUNING, own, start=model, tuning=settings, replay=earlier):
        if isinstance(event, EpochDone):
            tuned = replace(event.model, network=copied(event.model.network))
    seconds = time.perf_counter() - start
    before, after = _correct(model, test), _correct(tuned, test)
    result: dict[str, Any] = {
        "before": float(before.mean()),
        "after": float(after.mean()),
        "learned_from": len(own),
        "n": len(test),
        "seconds": round(seconds, 1),
    }
    others = ~np.isin(test.labels, learned)
    if others.any():
        result["others_before"] = float(before[others].mean())
        result["others_after"] = float(after[others].mean())
    return result


def divided(source: Dataset, k: int) -> tuple[Dataset, Dataset]:
    """The first k images of each letter, and the last half of each letter's images."""
    first: list[int] = []
    last: list[int] = []
    for letter in np.unique(source.labels):
        own = np.flatnonzero(source.labels == letter)
        half = len(own) - len(own) // 2
        first += own[: min(k, half)].tolist()
        last += own[half:].tolist()
    return source.subset(np.array(sorted(first))), source.subset(np.array(sorted(last)))


def _correct(model: Model, dataset: Dataset) -> NDArray[np.bool_]:
    """(n,) which images are read correctly."""
    p = model.probabilities(dataset.inputs(model.preprocessing))
    return np.asarray(p.argmax(axis=1) == dataset.labels)
