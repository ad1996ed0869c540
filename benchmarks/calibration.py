r"""What ten images a letter of one's own bring: fine-tuning on signers that were left out.

    uv run python -m benchmarks.wild … --keep FOLDER        (the networks of the folds)
    uv run python -m benchmarks.calibration --wild wild.npz --networks FOLDER \
        [--replay rendered.npz] --out docs/results/calibration.json

For every source of a fold: the first k images of each letter fine-tune the network that never saw
the source, and the last half of each letter's images scores it before and after. With
`--letters AB…` only these letters are learned, and the others are scored by themselves.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.wild import FOLDS
from trainer.data.crops import read_crops
from trainer.data.dataset import Dataset
from trainer.experiments.results import Results
from trainer.letters import LETTERS
from trainer.model import weights
from trainer.model.model import Model
from trainer.training.finetune import FineTuning, finetune


def divide(source: Dataset, k: int) -> tuple[Dataset, Dataset]:
    """The first k images of each letter, and the last half of each letter's images."""
    first, last = [], []
    for letter in np.unique(source.labels):
        own = np.flatnonzero(source.labels == letter)
        half = len(own) - len(own) // 2
        first += own[: min(k, half)].tolist()
        last += own[half:].tolist()
    return source.subset(np.array(sorted(first))), source.subset(np.array(sorted(last)))


def right(model: Model, dataset: Dataset) -> np.ndarray:
    """(n,) which images are read rightly."""
    p = model.probabilities(dataset.inputs(model.preprocessing))
    return p.argmax(axis=1) == dataset.labels


def measure(
    model: Model,
    source: Dataset,
    k: int,
    letters: str,
    settings: FineTuning,
    replay: Dataset | None,
) -> dict[str, Any]:
    """Accuracy before and after, in all and on the letters that were not learned."""
    own, test = divide(source, k)
    learned = [LETTERS.index(letter) for letter in letters]
    own = own.subset(np.isin(own.labels, learned))
    start = time.perf_counter()
    *_, tuned = finetune(model, own, settings, replay)
    seconds = time.perf_counter() - start
    assert isinstance(tuned, Model)
    before, after = right(model, test), right(tuned, test)
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


def main() -> None:
    """Fine-tunes for every source that the networks never saw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--wild", type=Path, required=True)
    parser.add_argument("--networks", type=Path, required=True)
    parser.add_argument("--replay", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--k", type=int, default=10)
    parser.add_argument("--letters", default=LETTERS)
    parser.add_argument("--steps", type=int, default=FineTuning().steps)
    parser.add_argument("--learning-rate", type=float, default=FineTuning().learning_rate)
    arguments = parser.parse_args()
    settings = replace(FineTuning(), steps=arguments.steps, learning_rate=arguments.learning_rate)
    wild = read_crops(arguments.wild)
    replay = arguments.replay and read_crops(arguments.replay)
    results = Results(
        arguments.out,
        {
            "k": arguments.k,
            "letters": arguments.letters,
            "replay": replay is not None,
            "finetuning": settings.to_json(),
        },
    )
    for fold, sources in FOLDS.items():
        path = arguments.networks / f"{fold}.safetensors"
        if not path.exists():
            continue
        model = weights.load(path)
        for name in sources:
            source = wild.subset(wild.sources == name)
            if source.counts().max() < 2:
                print(f"{name:22} has one image a letter and nothing to test on", flush=True)
                continue
            r = measure(model, source, arguments.k, arguments.letters, settings, replay)
            results.add(name, r)
            print(f"{name:22} {r['before']:.3f} → {r['after']:.3f}  {r['seconds']} s", flush=True)


if __name__ == "__main__":
    main()
