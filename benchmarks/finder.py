r"""How well the finder finds the hands of people whom it has never seen, and how fast.

    trainer import ../shared/wild --out wild.npz
    trainer render --out rendered.npz
    uv run python -m benchmarks.finder --frames ../shared/frames --empty ../shared/negatives \\
        --crops wild.npz rendered.npz --out docs/results/finder.json

Leaves whole sources out, in the folds of benchmarks/wild.py: trains from scratch once per fold on
everything but the fold's sources, and looks once at each of their frames. The box that follows the
hand starts from that look; on a frame that stands still it is the same half a second later. A fold
that the result file already has is not trained again.
"""

from __future__ import annotations

import argparse
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.wild import FOLDS, OWNERS, without
from trainer.data.collection import Collection
from trainer.data.crops import read_crops
from trainer.experiments.results import Results
from trainer.finder.file import save_finder
from trainer.finder.finder import FinderModel, HandFinder
from trainer.finder.frames import SourcedScene, read_frames
from trainer.finder.scenes import Scenes
from trainer.finder.training import FinderRecipe, train_finder

GOOD = 0.6
"""Intersection over union from which a box is on the hand."""


def measured(model: FinderModel, frames: list[SourcedScene]) -> dict[str, Any]:
    """Shares of good and of rough boxes, and the time of one look in milliseconds."""
    finder = HandFinder(model)
    overlaps, times = [], []
    for frame in frames:
        start = time.perf_counter()
        found = finder.find(frame.scene.picture)
        times.append((time.perf_counter() - start) * 1000)
        overlaps.append(found.box.overlap(frame.scene.hands[0]))
    values = np.array(overlaps)
    return {
        "n": len(values),
        "good": round(float((values >= GOOD).mean()), 4),
        "rough": round(float((values >= 0.3).mean()), 4),
        "overlap": round(float(values.mean()), 4),
        "milliseconds": round(float(np.median(times)), 3),
    }


def main() -> None:
    """Trains and measures the folds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=Path, required=True)
    parser.add_argument("--empty", type=Path, required=True)
    parser.add_argument("--crops", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--keep", type=Path, help="folder for the folds' finders")
    parser.add_argument("--folds", nargs="+", choices=FOLDS, default=list(FOLDS))
    parser.add_argument("--steps", type=int, default=FinderRecipe().steps)
    arguments = parser.parse_args()
    recipe = replace(FinderRecipe(), steps=arguments.steps)
    frames = read_frames(arguments.frames)
    empty = [replace(frame, source=OWNERS[frame.source]) for frame in read_frames(arguments.empty)]
    crops = [read_crops(path) for path in arguments.crops]
    results = Results(arguments.out, {"recipe": recipe.to_json()})
    for fold in arguments.folds:
        sources = FOLDS[fold]
        held = {s: [f for f in frames if f.source == s] for s in sources}
        held = {source: found for source, found in held.items() if found}
        if set(held) <= set(results.cells):
            continue
        known = [f.scene for f in [*frames, *empty] if f.source not in sources]
        scenes = Scenes(known, Collection([without(dataset, sources) for dataset in crops]))
        for event in train_finder(recipe, scenes):
            if isinstance(event, FinderModel):
                model = event
        if arguments.keep:
            save_finder(model, arguments.keep / f"{fold}.safetensors")
        for source, found in held.items():
            cell = measured(model, found)
            results.add(source, cell | {"fold": fold})
            print(f"  {source:22} good {cell['good']:.3f}  rough {cell['rough']:.3f}", flush=True)
    n = sum(cell["n"] for cell in results.cells.values())
    good = sum(cell["good"] * cell["n"] for cell in results.cells.values()) / n
    print(f"overlap of at least {GOOD} on {good:.3f} of {n} frames")


if __name__ == "__main__":
    main()
