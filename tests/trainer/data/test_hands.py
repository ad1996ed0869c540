from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from tests.trainer.data.drawn import BOX, frame, hand, write
from trainer.data.crops import cut_out
from trainer.data.folders import Photograph, list_photographs
from trainer.data.hands import HandFinding, PhotographReader
from trainer.data.load import load
from trainer.hand_finder.shipped import shipped_finder
from trainer.images.box import Box
from trainer.images.preprocessing import Image
from trainer.support.errors import UserError


class Finder:
    """Finds the hand where it is told that one is, and counts how often it is asked."""

    def __init__(self, probability: float = 0.9) -> None:
        self.asked = 0
        self.probability = probability

    def __call__(self, image: Image) -> tuple[Box, float]:
        self.asked += 1
        return BOX, self.probability


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A finished crop, a whole frame, and one that is cut off."""
    write(tmp_path / "data" / "A" / "1.png", hand("A"))
    write(tmp_path / "data" / "B" / "2.png", frame("B"))
    bad = write(tmp_path / "data" / "C" / "3.jpg", frame("C"))
    bad.write_bytes(bad.read_bytes()[:2000])
    return tmp_path / "data"


def read(folder: Path, reader: PhotographReader) -> list[Box | None]:
    return [found.box for found in reader.read(list_photographs(folder).photographs)]


def test_hands_are_searched_in_whole_frames_only(folder: Path) -> None:
    finder = Finder()
    reader = PhotographReader(HandFinding(finder))
    assert read(folder, reader) == [None, BOX]
    assert (finder.asked, reader.found, reader.unsure, reader.middle) == (1, 1, 0, 0)


def test_hands_are_searched_always_if_asked_for(folder: Path) -> None:
    reader = PhotographReader(HandFinding(Finder(0.3), always=True))
    assert read(folder, reader) == [BOX, BOX]
    assert (reader.found, reader.unsure) == (2, 2)


def test_without_a_finder_whole_frames_are_said(folder: Path) -> None:
    data = load(folder)
    assert any("1 images without a hand box are no square" in note for note in data.notes)
    assert len(data) == 2


def test_a_bad_image_is_named_and_counted(folder: Path) -> None:
    reader = PhotographReader()
    read(folder, reader)
    listing = list_photographs(folder)
    notes = reader.notes(folder, listing)
    assert "2 images" in notes[0]
    assert "1 that could not be read" in notes[1]
    assert "3.jpg" in notes[1]
    counts = reader.to_json(listing)
    assert (counts["n"], counts["left_out"]) == (2, 1)
    assert counts["left_out_by_reason"] == {"that could not be read": 1}


def test_nothing_but_bad_images_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "A" / "1.jpg"
    path.parent.mkdir()
    path.write_bytes(b"\xff\xd8\xff nothing")
    with pytest.raises(UserError, match=r"1 that could not be read .*1\.jpg"):
        load(tmp_path)


def test_a_box_larger_than_any_crop_is_cut_small(tmp_path: Path) -> None:
    path = write(tmp_path / "a.png", np.zeros((6000, 20, 3), np.uint8))
    photograph = Photograph(path, 0, "me", Box(0, 0, 20, 6000))
    ((_, image, box, _),) = PhotographReader().read([photograph])
    assert box is not None
    assert max(box.w, box.h) <= 4096
    assert image.shape[0] == 4096
    assert len(cut_out([photograph])) == 1


def test_the_shipped_finder_finds_a_drawn_hand(tmp_path: Path) -> None:
    write(tmp_path / "B" / "1.png", frame("B"))
    (box,) = read(tmp_path, PhotographReader(shipped_finder()))
    assert box is not None
    assert box.share_inside(BOX) > 0.9
