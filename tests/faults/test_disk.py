"""A full disk and a read-only folder at every write: a clear sentence, and the old file whole."""

from __future__ import annotations

import gc
import os
import resource
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from asl_desktop.compose.composer import Draft
from asl_desktop.own_file import OwnFile
from asl_desktop.practice import learner_progress as practice
from trainer.data import csv_cache
from trainer.data.crops import save_crops
from trainer.data.csv import read_csv, write_csv
from trainer.data.dataset import Dataset
from trainer.data.table import Table
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
_FRAME = _RNG.integers(0, 256, (240, 320, 3), np.uint8)
_IMAGES = _RNG.integers(0, 256, (MANY, 28, 28), np.uint8)
_ZEROS = np.zeros(MANY, np.int64)
_DATA = Dataset(
    _IMAGES,
    _ZEROS,
    np.full(MANY, "s"),
    np.ones((MANY, 4), np.float32),
)


def _outcomes() -> Outcomes:
    shares = _RNG.random((2, MANY * 100), np.float32)
    return Outcomes(0, np.zeros(MANY * 100, np.int64), *shares)


def _evaluation() -> Evaluation:
    scores = score(np.eye(24), np.arange(24))
    return Evaluation(scores, {"me": scores}, ())


def _samples(folder: Path) -> SampleStore:
    store = SampleStore(folder)
    for letter in "AB":
        store.add(letter, _FRAME, Box(80, 40, 140, 140))
    return store


def _add_epoch(path: Path) -> None:
    record_of_run = RunFolder(path.parent, {}, [], None)
    path.write_bytes(OLD)
    record_of_run.add({"epoch": 0, "note": "x" * 2 * ROOM}, None, saved=False)


WRITES: dict[str, Callable[[Path], object]] = {
    "weights.safetensors": lambda path: weights.save(_MODEL, path),
    "weights.npz": lambda path: weights.save_npz(_MODEL, path),
    "run.checkpoint": lambda path: checkpoint.save(
        Checkpoint({"a": np.ones(ROOM)}, [], 0.0), path, "run"
    ),
    "crops.npz": lambda path: save_crops(_DATA, path),
    "images.csv": lambda path: write_csv(_DATA, path, Convention.GAP),
    "held-out.npz": lambda path: HeldOut(_IMAGES, _ZEROS, ("x",), _ZEROS, _ZEROS).save(path),
    "kept.npz": lambda path: _outcomes().save(path),
    "run.json": lambda path: run_folder.write_json(path, "x" * 2 * ROOM),
    "epochs.jsonl": _add_epoch,
    "bytes": lambda path: atomic.write_bytes(path, bytes(2 * ROOM)),
    "w.onnx": lambda path: save_onnx(_MODEL, path),
    "finder.safetensors": lambda path: save_finder(FinderModel(_NETWORK), path),
    "report.json": lambda path: write_report(_evaluation(), path.parent, "title"),
    "results.json": lambda path: Results(path, {}).add("cell", "x" * 2 * ROOM),
    "practice.json": lambda path: practice.save(
        practice.Progress(), OwnFile(path, "the practice progress")
    ),
    "text.txt": lambda path: Draft(path).write("x" * 2 * ROOM),
    "own.csv": lambda path: _samples(path.parents[1] / "own").export(path),
    "own.npz": lambda path: _samples(path.parents[1] / "own").export(path),
    "A.webp": lambda path: write_alphabet(path.parent),
}
OLD = b'{"settings": {}, "cells": {}, "what": "was there before"}'


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system with little room."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("only an administrator may mount a small disk")
    yield folder
    # A run folder's lock, kept open by the traceback of what failed, would keep the disk busy.
    gc.collect()
    subprocess.run(["umount", str(folder)], check=True)


def fill(folder: Path) -> Path:
    """Takes all room that is left."""
    filler = folder / "filler"
    with filler.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(1024))
    return filler


def expect_sentence(write: Callable[[Path], object], path: Path) -> None:
    with pytest.raises(UserError, match="cannot be written") as raised:
        write(path)
    assert str(path) in str(raised.value)
    assert path.read_bytes() == OLD
    assert [entry.name for entry in path.parent.iterdir() if entry.name.endswith("~")] == []


@pytest.mark.parametrize("name", WRITES)
def test_a_full_disk_leaves_the_old_file(small_disk: Path, name: str) -> None:
    path = small_disk / name
    path.write_bytes(OLD)
    if name != "epochs.jsonl":  # a run's folder has other files as well, which must fit
        fill(small_disk)
    expect_sentence(WRITES[name], path)


@pytest.mark.parametrize("name", sorted(set(WRITES) - {"epochs.jsonl"}))
def test_a_read_only_folder_leaves_the_old_file(small_disk: Path, name: str) -> None:
    path = small_disk / name
    path.write_bytes(OLD)
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    expect_sentence(WRITES[name], path)


def test_a_full_disk_costs_only_the_cache(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(csv_cache, "_folder", lambda: small_disk)
    table = Table(_IMAGES.reshape(MANY, -1), np.zeros(MANY, np.uint16), ("A",))
    csv_cache.store("0" * 64, table)
    assert csv_cache.load("0" * 64) is None
    assert list(small_disk.iterdir()) == []


def test_a_full_disk_costs_only_the_sample_in_flight(small_disk: Path) -> None:
    store = SampleStore(small_disk)

    def go_on() -> None:
        while True:
            store.add("A", _FRAME, Box(80, 40, 140, 140))

    with pytest.raises(UserError, match="cannot be written"):
        go_on()
    kept = store.samples
    assert kept
    fill(small_disk)
    store.delete(kept[:1])
    assert SampleStore(small_disk).samples == kept[1:]
    rows = read_csv(small_disk / "samples.csv", Convention.GAP)
    assert len(rows) == len(kept) - 1


def test_samples_in_a_read_only_folder_can_be_looked_at(small_disk: Path) -> None:
    kept = _samples(small_disk).samples
    before = {path: path.read_bytes() for path in small_disk.rglob("*") if path.is_file()}
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    store = SampleStore(small_disk)
    assert store.samples == kept
    for change in (
        lambda: store.add("C", _FRAME, Box(80, 40, 140, 140)),
        lambda: store.delete(kept[:1]),
    ):
        with pytest.raises(UserError, match="cannot be"):
            change()
    assert SampleStore(small_disk).samples == kept
    assert {path: path.read_bytes() for path in small_disk.rglob("*") if path.is_file()} == before


_LIMITED = """
import resource, sys
from pathlib import Path
import numpy as np
from trainer.model import weights
from trainer.support.errors import UserError
from trainer.model.model import Model
from trainer.nn.plan import build_network
from trainer.images.preprocessing import Preprocessing
model = Model(build_network(28, "", [400], np.random.default_rng(0)), Preprocessing())
resource.setrlimit(resource.RLIMIT_FSIZE, (65536, 65536))
try:
    weights.save(model, Path(sys.argv[1]))
except UserError as error:
    print(error)
"""


def test_a_write_that_ends_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    """As on a full disk, but without one: the system refuses files above a size."""
    assert resource.RLIMIT_FSIZE is not None
    path = tmp_path / "w.safetensors"
    path.write_bytes(OLD)
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, str(path)], capture_output=True, text=True, check=True
    )
    assert "cannot be written" in done.stdout
    assert path.read_bytes() == OLD
    assert len(list(tmp_path.iterdir())) == 1
