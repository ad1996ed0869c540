"""Weight files and everything else that is arrays on disk, with every injury."""

from __future__ import annotations

import io
import json
import os
import pickle
import struct
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.numpy
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.door import damaged, fuzzed, knock
from tests.fuzz.wild import places, replaced, values
from tests.nightly import NIGHTLY, cases
from tests.patience import PATIENCE_SECONDS
from trainer.data.crops import read_crops, save_crops
from trainer.data.dataset import Dataset
from trainer.evaluation.predictions import HeldOut, Outcomes
from trainer.hand_finder.file import load_finder
from trainer.images.preprocessing import Preprocessing
from trainer.model import weights
from trainer.model.model import Model
from trainer.nn.plan import build_network
from trainer.training import checkpoint
from trainer.training.checkpoint import Checkpoint


def _model() -> Model:
    network = build_network(8, "", [6], np.random.default_rng(0), dropout=0.1)
    return Model(network, Preprocessing(size=8), about={"command": "é"})


def _written(write: Callable[[Path], None], folder: Path, name: str) -> bytes:
    path = folder / name
    write(path)
    return path.read_bytes()


def _crops() -> Dataset:
    rng = np.random.default_rng(0)
    return Dataset(
        rng.integers(0, 256, (3, 12, 12), np.uint8),
        np.array([0, 5, 23]),
        np.array(["a", "b", "b"]),
        np.tile(np.array([2, 2, 8, 8], np.float32), (3, 1)),
        masks=np.zeros((3, 12, 12), np.uint8),
    )


def _held_out() -> HeldOut:
    zeros = np.zeros(3, np.int64)
    return HeldOut(np.zeros((3, 8, 8), np.uint8), zeros, ("x.csv",), zeros, np.arange(3))


def _outcomes() -> Outcomes:
    return Outcomes(2, np.zeros(3, np.int64), *np.ones((2, 3), np.float32))


Door = tuple[str, Callable[[Path], None], Callable[[Path], object]]
DOORS: list[Door] = [
    ("w.safetensors", lambda path: weights.save(_model(), path), weights.load),
    ("w.npz", lambda path: weights.save(_model(), path), weights.load),
    ("crops.npz", lambda path: save_crops(_crops(), path), read_crops),
    (
        "run.checkpoint",
        lambda path: checkpoint.save(Checkpoint({"a": np.ones(4)}, [{"epoch": 0}], 0.5), path, "x"),
        lambda path: checkpoint.load(path, "x"),
    ),
    ("held-out.npz", lambda path: _held_out().save(path), HeldOut.load),
    ("kept.npz", lambda path: _outcomes().save(path), Outcomes.load),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("binary")


@pytest.mark.parametrize("door", DOORS, ids=[door[0] for door in DOORS])
def test_every_injury_is_told_or_harmless(folder: Path, door: Door) -> None:
    name, write, read = door
    good = _written(write, folder, name)
    path = folder / f"damaged-{name}"

    @fuzzed(1.0)
    @given(content=damaged(good))
    def injure(content: bytes) -> None:
        path.write_bytes(content)
        knock(lambda: read(path), path.name)

    injure()


def test_every_byte_of_the_header_flipped(folder: Path) -> None:
    good = _written(lambda path: weights.save(_model(), path), folder, "flip.safetensors")
    end = 8 + int.from_bytes(good[:8], "little")
    masks = range(1, 256) if NIGHTLY else (255, 1)
    places = range(end) if NIGHTLY else range(0, end, max(1, 2 * end // cases(500, 10_000)))
    path = folder / "flipped.safetensors"
    for mask in masks:
        for place in places:
            content = bytearray(good)
            content[place] ^= mask
            path.write_bytes(content)
            knock(lambda: weights.load(path), path.name)


_GOOD = weights.to_bytes(_model())
_OUTER = json.loads(_GOOD[8 : 8 + int.from_bytes(_GOOD[:8], "little")])
_INNER = json.loads(_OUTER["__metadata__"][weights.METADATA_KEY])
_STATE = safetensors.numpy.load(_GOOD)


@fuzzed()
@given(place=st.sampled_from(places(_INNER)), value=values)
def test_any_value_in_the_description(folder: Path, place: tuple[Any, ...], value: Any) -> None:
    text = json.dumps(replaced(_INNER, place, value))
    path = folder / "described.safetensors"
    path.write_bytes(safetensors.numpy.save(_STATE, metadata={weights.METADATA_KEY: text}))
    knock(lambda: weights.load(path), path.name)


@fuzzed()
@given(place=st.sampled_from(places(_OUTER)), value=values)
def test_any_value_in_the_table_of_arrays(folder: Path, place: tuple[Any, ...], value: Any) -> None:
    """Offsets that overlap, shapes that lie, kinds that are unknown."""
    table = json.dumps(replaced(_OUTER, place, value)).encode()
    size = int.from_bytes(_GOOD[:8], "little")
    path = folder / "table.safetensors"
    path.write_bytes(struct.pack("<Q", len(table)) + table + _GOOD[8 + size :])
    knock(lambda: weights.load(path), path.name)


class _Opens:
    """What a pickle can do: here, leave a mark."""

    def __init__(self, mark: str) -> None:
        self._mark = mark

    def __reduce__(self) -> tuple[Any, ...]:
        return open, (self._mark, "w")


@pytest.mark.parametrize("door", DOORS, ids=[door[0] for door in DOORS])
def test_nothing_is_unpickled(tmp_path: Path, door: Door) -> None:
    mark = tmp_path / "mark"
    payload = _Opens(str(mark))
    buffer = io.BytesIO()
    names = ("asl_desktop", "about", "images", "labels", "epoch", "files", "read")
    np.savez(buffer, **{name: np.array([payload], object) for name in names})  # type: ignore[arg-type]
    single = io.BytesIO()
    np.save(single, np.array([payload], object), allow_pickle=True)
    for content in (pickle.dumps(payload), buffer.getvalue(), single.getvalue()):
        path = tmp_path / door[0]
        path.write_bytes(content)
        assert knock(lambda path=path: door[2](path), path.name)
        assert not mark.exists()


@pytest.mark.parametrize("read", [d[2] for d in DOORS] + [load_finder], ids=lambda r: r.__name__)
def test_devices_pipes_and_links_that_lead_nowhere(
    tmp_path: Path, read: Callable[[Path], object]
) -> None:
    zeros, pipe, circle = (tmp_path / name for name in ("zeros.npz", "pipe.npz", "circle.npz"))
    zeros.symlink_to("/dev/zero")
    circle.symlink_to(circle)
    os.mkfifo(pipe)
    # Whoever opens the pipe all the same meets an empty one, and does not wait for ever.
    writer = threading.Thread(target=lambda: pipe.open("wb").close(), daemon=True)
    writer.start()
    for path in (zeros, circle, tmp_path):
        assert knock(lambda path=path: read(path), path.name)
    assert "pipe" in knock(lambda: read(pipe), pipe.name)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    writer.join(PATIENCE_SECONDS)
    os.close(reader)


def test_a_link_to_a_good_file_is_good(tmp_path: Path) -> None:
    weights.save(_model(), tmp_path / "w.safetensors")
    (tmp_path / "link").symlink_to("w.safetensors")
    assert weights.load(tmp_path / "link").letters == _model().letters
