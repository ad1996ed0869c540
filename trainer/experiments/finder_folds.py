"""How well the finder finds the hands of people that it never saw, and how fast.

Whole sources are left out, as in `trainer.experiments.unseen`. Both networks are trained from fresh
weights on everything but the fold's sources and look once at each of their frames: the first
network alone, and both. They also look at parts of these frames that show no hand.
"""

from __future__ import annotations

import csv
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from trainer.data.collection import Collection
from trainer.data.dataset import Dataset
from trainer.data.file_tree import open_tree
from trainer.data.no_sign_windows import BOXES, images_with_hands
from trainer.experiments import unseen
from trainer.experiments.results import Results
from trainer.hand_finder.evidence import SignProbability, evident
from trainer.hand_finder.file import load_finder, save_finder
from trainer.hand_finder.finder import FinderModel, Found, HandFinder
from trainer.hand_finder.follow_settings import FollowSettings
from trainer.hand_finder.scenes import Scene, Scenes, hands_in, read_frames
from trainer.hand_finder.training import train_detection, train_refinement
from trainer.hand_finder.windows import Windows
from trainer.images.box import Box
from trainer.images.preprocessing import Image
from trainer.letters import LETTERS
from trainer.model import weights
from trainer.model.model import Model
from trainer.recognition.reader import Reader
from trainer.training import recipes

GOOD, ROUGH = 0.6, 0.3
"""Intersections over union from which a box is on the hand, and from which it is at the hand."""

PARTS = (0.3, 0.9)
"""Height of a part without a hand over the frame's."""

SEEN = 0.05
"""Share of a hand box that may lie in it."""

_TRIES = 20
_LEAST_SIDE = 64


class Frame(NamedTuple):
    """A whole frame as a camera gives it, and what it shows."""

    image: Image
    letter: str
    hand: Box


def run(
    folders: Sequence[Path],
    crops: Sequence[Dataset],
    folds: Sequence[str],
    out: Path,
    networks: Path | None,
) -> None:
    """Trains and measures folds; one that the result file has is not measured again.

    Args:
        folders: Of frames, with a boxes.csv or of images without a hand.
        crops: Hands that are put into frames.
        folds: Which of `unseen.FOLDS`.
        out: The result file.
        networks: Folder of the folds' networks of `trainer reproduce unseen`, which read the
            letters in the boxes, and for the folds' finders; those in it are not trained again.

    Raises:
        UserError: A file cannot be read or written.
    """
    whole: dict[str, list[Frame]] = {}
    for folder in folders:
        if (folder / BOXES).exists():
            whole |= _whole_frames(folder)
    frames = [
        replace(frame, source=unseen.OWNERS.get(frame.source, frame.source))
        for folder in folders
        for frame in read_frames(folder)
    ]
    recipe = {
        "first": recipes.FINDER_DETECTION.to_json(),
        "closer": recipes.FINDER_REFINEMENT.to_json(),
    }
    results = Results(out, {"recipe": recipe})
    for fold in folds:
        sources = unseen.FOLDS[fold]
        held = {source: whole[source] for source in sources if source in whole}
        if set(held) <= set(results.cells):
            continue
        path = networks and networks / f"{fold}.finder.safetensors"
        if path and path.is_file():
            model = load_finder(path)
        else:
            known = [frame.scene for frame in frames if frame.source not in sources]
            others = hands_in([unseen.without(dataset, sources) for dataset in crops])
            model = _trained(known, others)
            if path:
                save_finder(model, path)
        for source, found in held.items():
            reading = networks and networks / f"{unseen.fold_of(source)}.safetensors"
            reader = weights.load(reading) if reading and reading.is_file() else None
            cell = measured(model, found, reader)
            results.add(source, cell | {"fold": fold})
            print(f"  {source:22} {cell}", flush=True)
    n = sum(cell["n"] for cell in results.cells.values())
    for look in ("first", "both"):
        good = sum(cell[look]["good"] * cell["n"] for cell in results.cells.values()) / n
        print(f"{look}: overlap of at least {GOOD} on {good:.3f} of {n} frames")


def _whole_frames(folder: Path) -> dict[str, list[Frame]]:
    """The frames of a folder with a table, by source."""
    with (folder / BOXES).open(encoding="utf-8", newline="") as file:
        letters = [row["letter"] for row in csv.DictReader(file)]
    frames = defaultdict(list)
    tree = open_tree(folder)
    for (name, source, box), letter in zip(images_with_hands(tree), letters, strict=True):
        if box is not None:
            frames[source].append(Frame(tree.image(name), letter, box))
    return frames


def _trained(scenes: list[Scene], crops: Collection | None) -> FinderModel:
    """Both networks, from fresh weights."""
    return FinderModel(
        train_detection(recipes.FINDER_DETECTION, Scenes(scenes, crops)),
        refinement=train_refinement(recipes.FINDER_REFINEMENT, Windows(scenes, crops)),
    )


def measured(model: FinderModel, frames: list[Frame], reader: Model | None) -> dict[str, Any]:
    """Shares of good and of rough boxes, accuracy in the boxes, and the time of one look in ms."""
    looks = {"first": HandFinder(replace(model, refinement=None)), "both": HandFinder(model)}
    boxes: dict[str, list[Box]] = {"true": [frame.hand for frame in frames]}
    cell: dict[str, Any] = {"n": len(frames)}
    found: list[tuple[Image, Found]] = []
    for name, finder in looks.items():
        found, times = [], []
        for frame in frames:
            start = time.perf_counter()
            hand = finder.find(frame.image)
            times.append((time.perf_counter() - start) * 1000)
            found.append((frame.image, hand))
        boxes[name] = [hand.box for _, hand in found]
        overlaps = np.array([b.overlap(f.hand) for b, f in zip(boxes[name], frames, strict=True)])
        cell[name] = {
            "good": round(float((overlaps >= GOOD).mean()), 4),
            "rough": round(float((overlaps >= ROUGH).mean()), 4),
            "overlap": round(float(overlaps.mean()), 4),
            "milliseconds": round(float(np.median(times)), 3),
        }
    parts = parts_without_hand(frames, np.random.default_rng(0))
    empty = [(part, looks["both"].find(part)) for part in parts]
    sign = None if reader is None else Reader(reader).sign_probability
    cell["empty"] = {"n": len(empty), **_claims(empty, sign)}
    cell["claims"] = _claims(found, sign)  # of both networks, which looked last
    if reader is not None:
        cell["letters"] = {name: _accuracy(reader, frames, b) for name, b in boxes.items()}
    return cell


def _claims(found: Sequence[tuple[Image, Found]], sign: SignProbability | None) -> dict[str, float]:
    """Share of images in which a hand is claimed: by the finder, and with the letter network."""
    sure = [(image, hand) for image, hand in found if hand.probability >= FollowSettings().sure]
    shares = {"claimed": len(sure)}
    if sign is not None:
        shares["with_letters"] = sum(bool(evident([h], None, image, sign)) for image, h in sure)
    return {name: round(n / max(len(found), 1), 4) for name, n in shares.items()}


def parts_without_hand(frames: Sequence[Frame], rng: np.random.Generator) -> Iterator[Image]:
    """A part of each frame that shows no hand, where there is one of some size."""
    for image, _, hand in frames:
        height, width = image.shape[:2]
        for _ in range(_TRIES):
            tall = height * rng.uniform(*PARTS)
            wide = min(tall * 4 / 3, width)
            x, y = rng.uniform(0, (max(width - wide, 1), max(height - tall, 1)))
            part = image[int(y) : int(y + tall), int(x) : int(x + wide)]
            hidden = hand.share_inside(Box(x, y, wide, tall)) < SEEN
            if hidden and min(part.shape[:2]) >= _LEAST_SIDE:
                yield part
                break


def _accuracy(reader: Model, frames: list[Frame], boxes: list[Box]) -> float:
    """Of the frames with one of the 24 letters, each read in its box."""
    known = [(f, b) for f, b in zip(frames, boxes, strict=True) if f.letter in LETTERS]
    inputs = np.stack([reader.preprocessing(frame.image, box) for frame, box in known])
    best = reader.outcome_probabilities(inputs)[:, : len(LETTERS)].argmax(axis=1)
    correct = [LETTERS[i] == frame.letter for i, (frame, _) in zip(best, known, strict=True)]
    return round(float(np.mean(correct)), 4)
