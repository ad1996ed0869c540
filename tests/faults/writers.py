"""Everything that the program writes, with content that does not fit on a small disk."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

import numpy as np

from asl_desktop.compose.composer import Draft
from asl_desktop.my_hand.tuning import Tuning
from asl_desktop.own_file import OwnFile
from asl_desktop.practice import learner_progress as practice
from asl_desktop.training.curves_page import export
from asl_desktop.training.plots import Plots
from trainer.data.crops import save_crops
from trainer.data.csv import write_csv
from trainer.data.dataset import Dataset
from trainer.evaluation.evaluate import Evaluation
from trainer.evaluation.metrics import score
from trainer.evaluation.predictions import HeldOut, Outcomes
from trainer.evaluation.report import write_report
from trainer.experiments.results import Results
from trainer.hand_finder.file import save_finder
from trainer.hand_finder.finder import FinderModel
from trainer.hand_renderer.alphabet import write_alphabet
from trainer.images.box import Box
from trainer.images.preprocessing import Preprocessing
from trainer.letters import Convention
from trainer.model import weights
from trainer.model.model import Model
from trainer.model.onnx_export import save_onnx
from trainer.nn.plan import build_network
from trainer.samples.people import Person
from trainer.samples.store import SampleStore
from trainer.support import atomic
from trainer.support.errors import UserError
from trainer.training import checkpoint, run_folder
from trainer.training.checkpoint import Checkpoint
from trainer.training.run_folder import RunFolder

ROOM = 256 << 10
MANY = 2000
"""Images, which do not fit into that room."""

_RNG = np.random.default_rng(0)
_NETWORK = build_network(28, "", [400], _RNG)
_MODEL = Model(_NETWORK, Preprocessing())
FRAME = _RNG.integers(0, 256, (240, 320, 3), np.uint8)
IMAGES = _RNG.integers(0, 256, (MANY, 28, 28), np.uint8)
_ZEROS = np.zeros(MANY, np.int64)
_DATA = Dataset(
    IMAGES,
    _ZEROS,
    np.full(MANY, "s"),
    np.ones((MANY, 4), np.float32),
)


def _outcomes() -> Outcomes:
    shares = np.random.default_rng(1).random((2, MANY * 100), np.float32)
    return Outcomes(0, np.zeros(MANY * 100, np.int64), *shares)


def _evaluation() -> Evaluation:
    scores = score(np.eye(24), np.arange(24))
    return Evaluation(scores, {"me": scores}, ())


def samples(folder: Path) -> SampleStore:
    """A store with two samples."""
    store = SampleStore(folder)
    if not store.samples:
        for letter in "AB":
            store.add(letter, FRAME, Box(80, 40, 140, 140))
    return store


@lru_cache(maxsize=1)
def plots() -> Plots:
    """Learning curves; a `QApplication` must live, and for longer than these."""
    shown = Plots()
    shown.resize(600, 400)
    shown.show_epochs(
        [
            {"epoch": n, "loss": 1.0, "accuracy": n / 500}
            | {"validation_loss": 1.0, "validation_accuracy": n / 500}
            for n in range(500)
        ]
    )
    return shown


def _keep(path: Path) -> None:
    folder = path.parents[1] / "tuning"
    folder.mkdir(exist_ok=True)
    weights.save(_MODEL, folder / "tuned.safetensors")
    (folder / "tuned.json").write_text(json.dumps({"base": "/w", "kept": False, "letters": {}}))
    Tuning(Person("mine", folder, path, ""), lambda: path).keep()


def _add_epoch(path: Path) -> None:
    record_of_run = RunFolder(path.parent, {}, [], None)
    path.write_bytes(OLD)
    record_of_run.add({"epoch": 0, "note": "x" * 2 * ROOM}, None, saved=False)


def _fail(reason: str) -> None:
    raise UserError(reason)


WRITES: dict[str, Callable[[Path], object]] = {
    "weights.safetensors": lambda path: weights.save(_MODEL, path),
    "weights.npz": lambda path: weights.save(_MODEL, path),
    "run.checkpoint": lambda path: checkpoint.save(
        Checkpoint({"a": np.ones(ROOM)}, [], 0.0), path, "run"
    ),
    "crops.npz": lambda path: save_crops(_DATA, path),
    "images.csv": lambda path: write_csv(_DATA, path, Convention.GAP),
    "held-out.npz": lambda path: HeldOut(IMAGES, _ZEROS, ("x",), _ZEROS, _ZEROS).save(path),
    "kept.npz": lambda path: _outcomes().save(path),
    "run.json": lambda path: run_folder.write_json(path, "x" * 2 * ROOM),
    "epochs.jsonl": _add_epoch,
    "bytes": lambda path: atomic.write_bytes(path, bytes(2 * ROOM)),
    "w.onnx": lambda path: save_onnx(_MODEL, path),
    "finder.safetensors": lambda path: save_finder(FinderModel(_NETWORK), path),
    "report.json": lambda path: write_report(_evaluation(), path.parent, "title"),
    "results.json": lambda path: Results(path, {}).add("cell", "x" * 2 * ROOM),
    "practice.json": lambda path: OwnFile(path, "the practice progress").write(
        practice.content(practice.Progress())
    ),
    "text.txt": lambda path: Draft(path).save("x" * 2 * ROOM, _fail),
    "own.csv": lambda path: samples(path.parents[1] / "own").export(path),
    "own.npz": lambda path: samples(path.parents[1] / "own").export(path),
    "curves.png": lambda path: export(plots(), path),
    "curves.svg": lambda path: export(plots(), path),
    "curves.csv": lambda path: export(plots(), path),
    "my_hand.safetensors": _keep,
    "A.webp": lambda path: write_alphabet(path.parent),
}
OLD = b'{"settings": {}, "cells": {}, "what": "was there before"}'
"""What stood there; results may be added to it."""
