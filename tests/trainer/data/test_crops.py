from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.trainer.conftest import letter_image
from trainer.data import crops
from trainer.data.collection import Collection
from trainer.data.crops import cut_out, read_crops, save_crops
from trainer.data.folders import Photograph
from trainer.images.box import Box
from trainer.images.files import read_image
from trainer.images.preprocessing import Preprocessing
from trainer.support.errors import UserError


@pytest.fixture
def photographs(tmp_path: Path) -> list[Photograph]:
    rng = np.random.default_rng(0)
    found = []
    for i, letter in enumerate("ABC"):
        image = np.full((240, 320), 60, np.uint8)
        image[40:152, 100:212] = letter_image(letter, rng, 112)
        cv2.imwrite(str(tmp_path / f"{letter}.png"), image)
        box = Box(110, 50, 90, 80) if i else None
        found.append(Photograph(tmp_path / f"{letter}.png", i, f"signer {i}", box))
    return found


def test_a_crop_reads_like_its_photograph(photographs: list[Photograph]) -> None:
    preprocessing = Preprocessing(margin=1.2)
    dataset = cut_out(photographs)
    assert dataset.images.shape == (3, crops.SIDE, crops.SIDE)
    from_crops = dataset.inputs(preprocessing)
    for photograph, row in zip(photographs, from_crops, strict=True):
        direct = preprocessing(read_image(photograph.path), photograph.box)
        assert np.corrcoef(direct, row)[0, 1] > 0.98


def test_a_photograph_without_a_box_stays_a_finished_crop(
    photographs: list[Photograph], tmp_path: Path
) -> None:
    save_crops(cut_out(photographs, masks=True), tmp_path / "c.npz")
    read = read_crops(tmp_path / "c.npz")
    assert read.boxed.tolist() == [False, True, True]
    assert read.box(0) is None
    centres, sides = Collection([read]).squares(1.2)
    np.testing.assert_array_equal(centres[0], [(crops.SIDE - 1) / 2] * 2)
    assert sides[0] == crops.SIDE
    assert sides[1] == pytest.approx(crops.SIDE / crops.MARGIN * 1.2, rel=1e-5)
    assert read.masks is not None
    assert not read.masks[0].any()


def test_a_crop_file_may_hold_finished_crops_only(
    photographs: list[Photograph], tmp_path: Path
) -> None:
    save_crops(cut_out(photographs[:1]), tmp_path / "c.npz")
    assert read_crops(tmp_path / "c.npz").boxes is None


def test_a_crop_file_survives(
    photographs: list[Photograph], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crops, "SHARD", 2)
    dataset = cut_out(photographs)
    save_crops(dataset, tmp_path / "c.npz")
    read = read_crops(tmp_path / "c.npz")
    np.testing.assert_array_equal(read.images, dataset.images)
    np.testing.assert_array_equal(read.labels, [0, 1, 2])
    np.testing.assert_array_equal(read.sources, ["signer 0", "signer 1", "signer 2"])
    assert read.boxes is not None
    np.testing.assert_array_equal(read.boxes, dataset.boxes)
    assert "3 crops from 3 sources" in read.notes[0]


def test_masks_survive(photographs: list[Photograph], tmp_path: Path) -> None:
    dataset = cut_out(photographs, masks=True)
    assert dataset.masks is not None
    masks = np.random.default_rng(0).integers(0, 2, dataset.images.shape, np.uint8) * np.uint8(255)
    save_crops(replace(dataset, masks=masks), tmp_path / "c.npz")
    read = read_crops(tmp_path / "c.npz").masks
    assert read is not None
    np.testing.assert_array_equal(read, masks)


@pytest.mark.parametrize("damage", ["cut", "text", "labels", "boxes", "missing", "version"])
def test_damaged_crop_files_are_refused(
    photographs: list[Photograph], tmp_path: Path, damage: str
) -> None:
    path = tmp_path / "c.npz"
    save_crops(cut_out(photographs), path)
    with np.load(path) as arrays:
        held = dict(arrays)
    if damage == "labels":
        held["labels"] = np.array([0, 1, 25], np.uint8)
    if damage == "boxes":
        held["boxes"][1, 0] = np.nan
    if damage == "missing":
        del held["pictures-0000"]
    if damage == "version":
        held["about"] = np.frombuffer(b'{"format_version":9,"shards":1}', np.uint8)
    np.savez(path, **held)
    if damage == "cut":
        path.write_bytes(path.read_bytes()[:-40])
    if damage == "text":
        path.write_text("no archive")
    with pytest.raises(UserError, match="version is 9" if damage == "version" else "damaged"):
        read_crops(path)


@pytest.mark.parametrize(
    "box", [(0, 0, 1e5, 1e5), (0, 0, 0, 9), (0, 0, 9, -9), (5000, 0, 9, 9), (0, -50, 9, 9)], ids=str
)
def test_a_box_that_is_none_or_far_outside_is_told_by_its_image(
    photographs: list[Photograph], tmp_path: Path, box: tuple[float, ...]
) -> None:
    dataset = cut_out(photographs)
    assert dataset.boxes is not None
    dataset.boxes[1] = box
    save_crops(dataset, tmp_path / "c.npz")
    with pytest.raises(UserError, match="the hand box of image 2 is none, or lies outside"):
        read_crops(tmp_path / "c.npz")


def test_nothing_to_cut_out_is_said() -> None:
    with pytest.raises(UserError, match="no photographs"):
        cut_out([])
