from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from trainer.data.folders import list_photographs
from trainer.images.box import Box
from trainer.letters import LETTERS
from trainer.support.errors import UserError


def image(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.zeros((20, 30, 3), np.uint8))
    return path


def test_folders_by_letter(tmp_path: Path) -> None:
    image(tmp_path / "anna" / "A" / "1.png")
    image(tmp_path / "anna" / "y" / "2.jpg")
    image(tmp_path / "ben" / "J" / "3.png")
    (tmp_path / "anna" / "A" / "notes.txt").write_text("not an image")
    listing = list_photographs(tmp_path)
    found = [(LETTERS[p.label], p.source, p.box) for p in listing.photographs]
    assert found == [("A", "anna", None), ("Y", "anna", None)]
    assert listing.left_out == 1


@pytest.mark.parametrize("prefix", ["", "wild/"])
def test_an_index_gives_source_and_box(tmp_path: Path, prefix: str) -> None:
    folder = tmp_path / "wild"
    image(folder / "s1" / "B" / "1.png")
    image(folder / "s1" / "Z" / "2.png")
    (folder / "index.csv").write_text(
        "file,source,letter,x,y,w,h\n"
        f"{prefix}s1/B/1.png,signer,B,2,3.5,10,12\n"
        f"{prefix}s1/Z/2.png,signer,Z,2,3.5,10,12\n"
        f"{prefix}s1/B/1.png,signer,b,,,,\n"
    )
    listing = list_photographs(folder)
    assert [p.box for p in listing.photographs] == [Box(2, 3.5, 10, 12), None]
    assert {p.source for p in listing.photographs} == {"signer"}
    assert listing.left_out == 1


@pytest.mark.parametrize(
    ("index", "said"),
    [
        ("file,source\n", "column letter is missing"),
        ("file,letter\nnone.png,A\n", r"row 1 \(line 2\).*none\.png"),
        ("file,letter\n../../../etc/hostname,A\n", "is not in"),
        ("file,letter,x,y,w,h\na.png,A,1,2,0,5\n", "no hand box"),
        ("file,letter,x,y,w,h\na.png,A,1,2,nan,5\n", "no hand box"),
        ("file,letter,x,y,w,h\na.png,A,1,2,wide,5\n", "no hand box"),
        ("file,letter\na.png,J\n", "no photographs of the letters"),
        ('file,letter\n"a.png,A\n', "CSV"),
    ],
)
def test_a_damaged_index_is_refused(tmp_path: Path, index: str, said: str) -> None:
    image(tmp_path / "a.png")
    (tmp_path / "index.csv").write_text(index)
    with pytest.raises(UserError, match=said):
        list_photographs(tmp_path)


def test_a_folder_without_photographs_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no photographs"):
        list_photographs(tmp_path)
    with pytest.raises(UserError, match="no such folder"):
        list_photographs(tmp_path / "missing")


def test_the_real_photographs(shared: Path) -> None:
    listing = list_photographs(shared / "wild")
    assert len(listing.photographs) + listing.left_out == 13_844
    assert len({p.source for p in listing.photographs}) == 14
    assert all(p.box is not None for p in listing.photographs)
