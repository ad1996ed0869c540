from __future__ import annotations

from pathlib import Path

import pytest

from tests.trainer.data.annotations.test_tables import read
from tests.trainer.data.drawn import BOX, SHOWN, write_frames
from trainer.data.folders import list_photographs
from trainer.support.errors import UserError

FILE = """<?xml version="1.0"?>
<annotation>
  <filename>{file}</filename>
  <size><width>320</width><height>240</height><depth>3</depth></size>
  <object>
    <name>{letter}</name>
    <bndbox><xmin>180</xmin><ymin>40</ymin><xmax>308</xmax><ymax>168</ymax></bndbox>
  </object>
</annotation>
"""


def texts(folder: Path, file: str = "{}3.jpg", text: str = FILE) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for letter in SHOWN:
        content = text.replace("{file}", file.replace("{}", letter)).replace("{letter}", letter)
        (folder / f"{letter}3.xml").write_text(content)


@pytest.mark.parametrize(("images", "labels"), [("train", "train"), ("JPEGImages", "Annotations")])
@pytest.mark.parametrize("file", ["{}3.jpg", "{}3.JPEG", "", r"C:\set\train\{}3.jpg"])
def test_files_beside_and_in_their_own_folder(
    tmp_path: Path, images: str, labels: str, file: str
) -> None:
    write_frames(tmp_path / images)
    texts(tmp_path / labels, file)
    assert read(tmp_path) == (SHOWN, {BOX})
    assert not list_photographs(tmp_path).left_out.total


BOMB = '<!DOCTYPE a [<!ENTITY b "B"><!ENTITY c "&b;&b;&b;">]>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_document_types_are_refused(tmp_path: Path, encoding: str) -> None:
    write_frames(tmp_path)
    texts(tmp_path)
    content = FILE.replace('<?xml version="1.0"?>', BOMB).replace("{letter}", "&c;")
    (tmp_path / "B3.xml").write_bytes(content.replace("{file}", "B3.jpg").encode(encoding))
    listing = list_photographs(tmp_path)
    assert "B3.jpg" not in {p.path.name for p in listing.photographs}
    assert len(listing.photographs) == 5


def test_damaged_files_are_counted(tmp_path: Path) -> None:
    write_frames(tmp_path)
    texts(tmp_path)
    for letter, content in {
        "A": FILE[:90],
        "B": FILE.replace("{file}", "B3.jpg").replace("308", "18"),
        "C": "<annotation><filename>C3.jpg</filename></annotation>",
        "K": "<annotation>" + "<a>" * 100_000,
    }.items():
        (tmp_path / f"{letter}3.xml").write_text(content)
    listing = list_photographs(tmp_path)
    assert len(listing.photographs) == 2
    assert listing.left_out.counts == {
        "annotation files that cannot be read": 2,
        "with a box that is none": 1,
        "without a label": 1,
        "not in the annotations": 2,
    }


def test_no_images_are_said(tmp_path: Path) -> None:
    texts(tmp_path)
    with pytest.raises(UserError, match="6 listed, but not there"):
        list_photographs(tmp_path)
