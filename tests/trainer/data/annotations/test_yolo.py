from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from tests.trainer.data.annotations.test_tables import read
from tests.trainer.data.drawn import BOX, SHOWN, write_frames
from trainer.data.folders import holds_images, list_photographs
from trainer.support.errors import UserError

SHARES = "0.762500 0.433333 0.400000 0.533333"
LIST = f"nc: 6\nnames: [{', '.join(map(repr, SHOWN))}]\n"
BLOCK = "names:\n" + "".join(f"  - {letter}\n" for letter in SHOWN)
NUMBERED = "names:\n" + "".join(f"  {i}: letter_{a}\n" for i, a in enumerate(SHOWN))


def texts(folder: Path, line: str = f"{{}} {SHARES}\n") -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for number, letter in enumerate(SHOWN):
        (folder / f"{letter}3.txt").write_text(line.replace("{}", str(number)))


@pytest.mark.parametrize("names", [LIST, BLOCK, NUMBERED])
@pytest.mark.parametrize(
    ("images", "labels"),
    [("train/images", "train/labels"), ("images/train", "labels/train"), ("train", "train")],
)
def test_an_export(tmp_path: Path, names: str, images: str, labels: str) -> None:
    write_frames(tmp_path / images)
    texts(tmp_path / labels)
    (tmp_path / "data.yaml").write_text(f"train: ../{images}\n{names}")
    letters, boxes = read(tmp_path)
    assert letters == SHOWN
    for box in boxes:
        assert box == pytest.approx(BOX, abs=0.01)
    assert not list_photographs(tmp_path).left_out.total
    assert holds_images(tmp_path / "data.yaml")
    assert read(tmp_path / "data.yaml")[0] == SHOWN


def test_names_in_a_text_file(tmp_path: Path) -> None:
    write_frames(tmp_path)
    texts(tmp_path)
    (tmp_path / "classes.txt").write_text("\n".join(SHOWN))
    assert read(tmp_path)[0] == SHOWN


def test_outlines_become_boxes(tmp_path: Path) -> None:
    write_frames(tmp_path)
    corners = "0.5625 0.166667 0.9625 0.166667 0.9625 0.7 0.5625 0.7"
    texts(tmp_path, f"{{}} {corners}\n")
    (tmp_path / "classes.txt").write_text("\n".join(SHOWN))
    for box in read(tmp_path)[1]:
        assert box == pytest.approx(BOX, abs=0.01)


def test_numbers_without_names_are_read_by_rule(tmp_path: Path) -> None:
    write_frames(tmp_path / "images", "AB")
    texts(tmp_path / "labels")
    assert read(tmp_path)[0] == "AB"


def test_a_class_beyond_the_names_is_no_letter(tmp_path: Path) -> None:
    write_frames(tmp_path)
    texts(tmp_path)
    (tmp_path / "classes.txt").write_text("A\nB\n\nK\n")
    assert read(tmp_path)[0] == "ABK"
    assert list_photographs(tmp_path).left_out.counts == {
        "of a class without a name": len(SHOWN) - 3
    }


def test_images_without_a_hand_and_damaged_lines_are_counted(tmp_path: Path) -> None:
    write_frames(tmp_path / "images")
    texts(tmp_path / "labels")
    (tmp_path / "labels" / "B3.txt").write_text("")
    (tmp_path / "labels" / "C3.txt").unlink()
    (tmp_path / "labels" / "K3.txt").write_text(f"3 {SHARES}\n3 wide 1 1\n3 0.5 0.5 0 0.2\n")
    (tmp_path / "labels" / "L3.txt").write_text(f"4 {SHARES}\n{'9' * 400} {SHARES}\n")
    # Numbers that can be divided in many ways, were each of them tried.
    (tmp_path / "labels" / "Y3.txt").write_text(f"5 {SHARES}\n5 {'123 ' * 200}x\n")
    (tmp_path / "classes.txt").write_text("\n".join(SHOWN))
    listing = list_photographs(tmp_path)
    assert len(listing.photographs) == 4
    assert listing.left_out.counts == {"without a label": 2, "with a box that is none": 4}


def test_a_damaged_list_of_names_is_refused(tmp_path: Path) -> None:
    write_frames(tmp_path)
    texts(tmp_path)
    huge = f"0x{'F' * 5000}"
    for content in ("names: [A, B\n", "names: " + "[" * 5000, f"names: [{huge}]\n"):
        (tmp_path / "data.yaml").write_text(content)
        for path in (tmp_path / "data.yaml", tmp_path):
            with pytest.raises(UserError, match=r"data\.yaml"):
                list_photographs(path)
    (tmp_path / "data.yaml").write_text("services: [a\n")
    assert read(tmp_path)[0] == "ABCDEF"


@pytest.mark.parametrize("more", ["", "<<: "])
def test_aliases_are_refused(tmp_path: Path, more: str) -> None:
    """Ten lines of them stand for gigabytes."""
    write_frames(tmp_path)
    texts(tmp_path)
    (tmp_path / "classes.txt").write_text("\n".join(SHOWN))
    first = {"": "a: &a [x, y]\n", "<<: ": "a: &a {x: 1}\n"}[more]
    rest = [f"{b}: &{b} {{{more or 'k: '}[{f'*{a}, ' * 40}]}}\n" for a, b in pairwise("abcdefgh")]
    (tmp_path / "data.yaml").write_text(first + "".join(rest) + "names: *h\n")
    # Other names are found where it is one file of several.
    assert read(tmp_path)[0] == SHOWN
    with pytest.raises(UserError, match="not a YAML file that can be read"):
        read(tmp_path / "data.yaml")


def test_large_files_in_yaml_are_passed_over(tmp_path: Path) -> None:
    write_frames(tmp_path / "images")
    texts(tmp_path / "labels")
    (tmp_path / "a.yaml").write_text("a: 1\n" * 100_000)
    (tmp_path / "data.yaml").write_text(LIST)
    assert read(tmp_path)[0] == SHOWN
    with pytest.raises(UserError, match="larger than 128 kB"):
        read(tmp_path / "a.yaml")
