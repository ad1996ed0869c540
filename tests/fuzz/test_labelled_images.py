"""Folders and archives of labelled images, and what stands beside them: damaged, wild, enormous."""

from __future__ import annotations

import json
import os
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz.door import count_case, damaged, fuzzed, knock
from tests.fuzz.wild import places, replaced, values
from tests.trainer.data.annotations.test_coco import annotations
from tests.trainer.data.annotations.test_voc import FILE
from tests.trainer.data.drawn import write_frames
from trainer.data.annotations.names import read_names
from trainer.data.file_tree import open_tree
from trainer.data.load import chosen, load
from trainer.data.no_sign_windows import windows_without_sign
from trainer.support.kinds import what_is

INDEX = "file,letter,source,xmin,ymin,xmax,ymax\nA3.jpg,A,me,180,40,308,168\nB3.jpg,B,,,,,\n"
BOXES = "file,source,x,y,w,h\nA3.jpg,me,180,40,128,128\nB3.jpg,me,180,40,128,128\n"
YAML = "train: .\nnc: 2\nnames:\n  0: A\n  1: 'B'\n"
TEXT = "0 0.7625 0.4333 0.4 0.5333\n1 0.5625 0.1666 0.9625 0.1666 0.9625 0.7\n"


def coco() -> dict[str, Any]:
    """Annotations of two images."""
    content = annotations()
    return {key: items[:3] for key, items in content.items()}


FILES: dict[str, tuple[str, str]] = {
    "index": ("index.csv", INDEX),
    "roboflow": ("_annotations.csv", INDEX.replace("file", "filename")),
    "yaml": ("data.yaml", YAML),
    "yolo": ("A3.txt", TEXT),
    "classes": ("classes.txt", "A\nB\n"),
    "coco": ("_annotations.coco.json", json.dumps(coco())),
    "voc": ("A3.xml", FILE.replace("{file}", "A3.jpg").replace("{letter}", "A")),
}
"""A valid file of each kind, by name and content."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two images, and all that a YOLO export needs."""
    folder = tmp_path / "set"
    write_frames(folder, "AB")
    (folder / "A3.txt").write_text(TEXT)
    return folder


def enter(folder: Path) -> Callable[[], object]:
    return lambda: load(chosen(folder))


@pytest.mark.parametrize("kind", list(FILES))
def test_damaged_annotations(folder: Path, kind: str) -> None:
    name, text = FILES[kind]

    @fuzzed(0.2)
    @given(content=damaged(text.encode()))
    def injure(content: bytes) -> None:
        (folder / name).write_bytes(content)
        knock(enter(folder), folder.name)

    injure()


@fuzzed(0.5)
@given(place=st.sampled_from(places(coco())), value=values)
def test_any_value_in_coco_annotations(
    tmp_path_factory: pytest.TempPathFactory, place: tuple[Any, ...], value: Any
) -> None:
    folder = tmp_path_factory.getbasetemp() / "coco"
    if not folder.exists():
        write_frames(folder, "ABC")
    path = folder / "_annotations.coco.json"
    path.write_text(json.dumps(replaced(coco(), place, value)))
    knock(enter(folder), folder.name)


CELL = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["A3.jpg", "../A3.jpg", "C:\\A3.jpg", "/etc/hostname", "A", "k", "9", "24"]),
    st.sampled_from(["-1", "0", "0.5", "1e9", "1e400", "nan", "inf", "12,5", "=1+1"]),
)


NAMES = (
    *("file", "letter", "class", "x", "y", "w", "h", "xmin", "ymin", "xmax", "ymax"),
    *("width", "height", "cx", "bbox", "A", "B", "C", "zz"),
)


@fuzzed(0.5)
@given(
    header=st.lists(st.sampled_from(NAMES), min_size=1, max_size=9),
    row=st.lists(CELL, max_size=9),
    delimiter=st.sampled_from(",;\t|"),
)
def test_any_table_as_an_index(
    tmp_path_factory: pytest.TempPathFactory, header: list[str], row: list[str], delimiter: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "table"
    if not folder.exists():
        write_frames(folder, "AB")
    text = "\n".join(delimiter.join(cells) for cells in (header, row, row))
    (folder / "index.csv").write_bytes(text.encode("utf-8", "surrogatepass"))
    knock(enter(folder), folder.name)


@fuzzed(0.5)
@given(content=damaged(BOXES.encode()))
def test_damaged_boxes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    folder = tmp_path_factory.getbasetemp() / "boxes"
    if not folder.exists():
        write_frames(folder, "AB")
    (folder / "boxes.csv").write_bytes(content)
    knock(lambda: windows_without_sign(folder, 1, seed=0), folder.name)


def test_damaged_archives(folder: Path) -> None:
    whole = folder.with_name("whole.zip")
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.write(path, f"set/{path.name}")
    path = folder.with_name("damaged.zip")

    @fuzzed(0.5)
    @given(content=damaged(whole.read_bytes()))
    def injure(content: bytes) -> None:
        path.write_bytes(content)
        knock(enter(path), path.name)

    injure()


def test_any_names(tmp_path: Path) -> None:
    parts = st.text(st.characters(exclude_characters="/\0", exclude_categories=()), max_size=8)

    @fuzzed()
    @given(names=st.lists(st.lists(parts, min_size=1, max_size=4), max_size=4))
    def label(names: list[list[str]]) -> None:
        count_case()
        images = ["/".join(name) for name in names]
        found = read_names(open_tree(tmp_path), images)
        assert len(found.found) + found.left_out.total == len(set(images))

    label()


@fuzzed()
@given(content=st.binary(max_size=600))
def test_any_bytes_have_a_kind(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "anything"
    path.write_bytes(content)
    count_case()
    assert path.name in what_is(path).refusal(path)


def test_pipes_and_links_in_a_folder_are_passed_over(folder: Path) -> None:
    for name, text in FILES.values():
        (folder / "part").mkdir(exist_ok=True)
        (folder / "part" / name).write_text(text)
    for name in ("C3.jpg", "C3.txt", "C3.xml", "more.csv", "more.json", "more.yaml"):
        os.mkfifo(folder / name)
        (folder / f"circle_{name}").symlink_to(folder / f"circle_{name}")
    assert knock(enter(folder), folder.name) == ""
    shutil.rmtree(folder / "part")
    for name in ("index.csv", "boxes.csv", "data.yaml"):
        os.mkfifo(folder / name)
    assert knock(enter(folder), folder.name) == ""


def test_a_member_that_unpacks_to_gigabytes_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.zip"
    with (
        zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive,
        archive.open("A/1.jpg", "w") as member,
    ):
        for _ in range(400):
            member.write(bytes(1 << 20))
    assert "unpacks to more" in knock(enter(path), path.name)
