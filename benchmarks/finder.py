r"""How well the finder finds the hands of people whom it has never seen, and how fast.

    trainer import ../shared/wild --out wild.npz
    trainer render --out rendered.npz
    uv run python -m benchmarks.finder --frames ../shared/frames --empty ../shared/negatives \\
        --crops wild.npz rendered.npz --out docs/results/finder.json

Leaves whole sources out, in the folds of benchmarks/wild.py, with C and D as one, for D has frames
of one source only: trains both looks from scratch once per fold, on everything but the fold's
sources, and looks once at each of their frames, with the first look alone and with both. The box
that follows the hand starts from that look; on a frame that stands still it is the same half a
second later. A fold that the result file already has is not measured again, and one whose finder is
kept already is not trained again.

With `--reading`, a folder of networks of `benchmarks.wild --keep`, counts the letters, too, that
the fold's network reads right in the true boxes and in the found ones.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from benchmarks import wild
from benchmarks.wild import OWNERS, without
from trainer.data.collection import Collection
from trainer.data.crops import read_crops
from trainer.data.no_sign_windows import BOXES, images_with_hands
from trainer.experiments.results import Results
from trainer.hand_finder.file import load_finder, save_finder
from trainer.hand_finder.finder import FinderModel, HandFinder
from trainer.hand_finder.frames import read_frames
from trainer.hand_finder.scenes import Scene, Scenes
from trainer.hand_finder.training import CloserRecipe, FinderRecipe, train_closer, train_finder
from trainer.hand_finder.windows import Windows
from trainer.images.box import Box
from trainer.images.files import read_image
from trainer.images.preprocessing import Image
from trainer.letters import LETTERS
from trainer.model import weights
from trainer.model.model import Model
from trainer.nn.sequential import Sequential

GOOD = 0.6
"""Intersection over union from which a box is on the hand."""

ROUGH = 0.3
"""And from which it is at the hand."""


FOLDS = {"A": wild.FOLDS["A"], "B": wild.FOLDS["B"], "CD": wild.FOLDS["C"] + wild.FOLDS["D"]}


class Frame(NamedTuple):
    """A whole frame as a camera gives it, and what it shows."""

    image: Image
    letter: str
    hand: Box


def whole_frames(folder: Path) -> dict[str, list[Frame]]:
    """The frames of a folder with a table, by source."""
    with (folder / BOXES).open(encoding="utf-8", newline="") as file:
        letters = [row["letter"] for row in csv.DictReader(file)]
    frames = defaultdict(list)
    for (path, source, box), letter in zip(images_with_hands(folder), letters, strict=True):
        if box is not None:
            frames[source].append(Frame(read_image(path), letter, box))
    return frames


def measured(model: FinderModel, frames: list[Frame], reader: Model | None) -> dict[str, Any]:
    """Shares of good and of rough boxes, letters read right, and the time of one look in ms."""
    looks = {"first": HandFinder(replace(model, closer=None)), "both": HandFinder(model)}
    boxes: dict[str, list[Box]] = {"true": [frame.hand for frame in frames]}
    cell: dict[str, Any] = {"n": len(frames)}
    for name, finder in looks.items():
        boxes[name], times = [], []
        for frame in frames:
            start = time.perf_counter()
            found = finder.find(frame.image)
            times.append((time.perf_counter() - start) * 1000)
            boxes[name].append(found.box)
        overlaps = np.array([b.overlap(f.hand) for b, f in zip(boxes[name], frames, strict=True)])
        cell[name] = {
            "good": round(float((overlaps >= GOOD).mean()), 4),
            "rough": round(float((overlaps >= ROUGH).mean()), 4),
            "overlap": round(float(overlaps.mean()), 4),
            "milliseconds": round(float(np.median(times)), 3),
        }
    if reader is not None:
        cell["letters"] = {name: letters_right(reader, frames, b) for name, b in boxes.items()}
    return cell


def reader_of(source: str, folder: Path | None) -> Model | None:
    """The network of `benchmarks.wild` that never saw a source, if it was kept."""
    (fold,) = (fold for fold, sources in wild.FOLDS.items() if source in sources)
    path = folder and folder / f"{fold}.safetensors"
    return weights.load(path) if path and path.is_file() else None


def letters_right(reader: Model, frames: list[Frame], boxes: list[Box]) -> float:
    """Share of the frames with one of the 24 letters whose letter is read right in its box."""
    known = [(f, b) for f, b in zip(frames, boxes, strict=True) if f.letter in LETTERS]
    inputs = np.stack([reader.preprocessing(frame.image, box) for frame, box in known])
    best = reader.outcome_probabilities(inputs)[:, : len(LETTERS)].argmax(axis=1)
    right = [LETTERS[i] == frame.letter for i, (frame, _) in zip(best, known, strict=True)]
    return round(float(np.mean(right)), 4)


def trained(
    first: FinderRecipe, second: CloserRecipe, scenes: list[Scene], crops: Collection
) -> FinderModel:
    """Both looks, from fresh weights."""
    for event in train_finder(first, Scenes(scenes, crops)):
        if isinstance(event, FinderModel):
            model = event
    for step in train_closer(second, Windows(scenes, crops)):
        if isinstance(step, Sequential):
            model.closer = step
    return model


def main() -> None:
    """Trains and measures the folds."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--frames", type=Path, required=True)
    parser.add_argument("--empty", type=Path, required=True)
    parser.add_argument("--crops", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--keep", type=Path, help="folder for the folds' finders")
    parser.add_argument("--reading", type=Path, help="folder of the folds' reading networks")
    parser.add_argument("--folds", nargs="+", choices=FOLDS, default=list(FOLDS))
    parser.add_argument("--steps", type=int, default=FinderRecipe().steps)
    parser.add_argument("--closer-steps", type=int, default=CloserRecipe().steps)
    arguments = parser.parse_args()
    first = replace(FinderRecipe(), steps=arguments.steps)
    second = replace(CloserRecipe(), steps=arguments.closer_steps)
    whole = whole_frames(arguments.frames)
    frames = read_frames(arguments.frames)
    empty = [replace(frame, source=OWNERS[frame.source]) for frame in read_frames(arguments.empty)]
    crops = [read_crops(path) for path in arguments.crops]
    recipe = {"first": first.to_json(), "closer": second.to_json()}
    results = Results(arguments.out, {"recipe": recipe})
    for fold in arguments.folds:
        sources = FOLDS[fold]
        held = {source: whole[source] for source in sources if source in whole}
        if set(held) <= set(results.cells):
            continue
        kept = arguments.keep and arguments.keep / f"{fold}.safetensors"
        if kept and kept.is_file():
            model = load_finder(kept)
        else:
            known = [f.scene for f in [*frames, *empty] if f.source not in sources]
            others = Collection([without(dataset, sources) for dataset in crops])
            model = trained(first, second, known, others)
            if kept:
                save_finder(model, kept)
        for source, found in held.items():
            cell = measured(model, found, reader_of(source, arguments.reading))
            results.add(source, cell | {"fold": fold})
            print(f"  {source:22} {cell}", flush=True)
    n = sum(cell["n"] for cell in results.cells.values())
    for look in ("first", "both"):
        good = sum(cell[look]["good"] * cell["n"] for cell in results.cells.values()) / n
        print(f"{look}: overlap of at least {GOOD} on {good:.3f} of {n} frames")


if __name__ == "__main__":
    main()
