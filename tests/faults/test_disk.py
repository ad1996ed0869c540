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
from PySide6.QtWidgets import QApplication

from tests.faults.writers import FRAME, IMAGES, MANY, OLD, ROOM, WRITES, plots, samples
from trainer.data import csv_cache
from trainer.data.csv import read_csv
from trainer.data.table import Table
from trainer.images.box import Box
from trainer.letters import Convention
from trainer.samples.store import SampleStore
from trainer.support.errors import UserError


@pytest.fixture(autouse=True, scope="module")
def _curves(qapp: QApplication) -> Iterator[None]:
    yield
    plots.cache_clear()
    gc.collect()


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
    table = Table(IMAGES.reshape(MANY, -1), np.zeros(MANY, np.uint16), ("A",))
    csv_cache.store("0" * 64, table)
    assert csv_cache.load("0" * 64) is None
    assert list(small_disk.iterdir()) == []


def test_a_full_disk_costs_only_the_sample_in_flight(small_disk: Path) -> None:
    store = SampleStore(small_disk)

    def go_on() -> None:
        while True:
            store.add("A", FRAME, Box(80, 40, 140, 140))

    with pytest.raises(UserError, match="cannot be written"):
        go_on()
    kept = store.samples
    assert kept
    fill(small_disk)
    store.delete(kept[:1], [])
    assert SampleStore(small_disk).samples == kept[1:]
    rows = read_csv(small_disk / "samples.csv", Convention.GAP)
    assert len(rows) == len(kept) - 1


def test_samples_in_a_read_only_folder_can_be_looked_at(small_disk: Path) -> None:
    kept = samples(small_disk).samples
    before = {path: path.read_bytes() for path in small_disk.rglob("*") if path.is_file()}
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    store = SampleStore(small_disk)
    assert store.samples == kept
    for change in (
        lambda: store.add("C", FRAME, Box(80, 40, 140, 140)),
        lambda: store.delete(kept[:1], []),
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
