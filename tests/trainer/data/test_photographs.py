"""Every line of the table of photographs in docs/data-formats.md is run."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.trainer.data.annotations.test_coco import annotations
from tests.trainer.data.annotations.test_tables import CORNERS, SIDES, table
from tests.trainer.data.annotations.test_voc import texts as voc
from tests.trainer.data.annotations.test_yolo import LIST
from tests.trainer.data.annotations.test_yolo import texts as yolo
from tests.trainer.data.drawn import BOX, SHOWN, frame, hand, write, write_frames
from tests.trainer.data.test_folders import zipped
from tests.trainer.data.test_tables import lines_of_the_document
from trainer.data.folders import list_photographs
from trainer.data.hands import PhotographReader
from trainer.images.box import Box
from trainer.letters import ALPHABET, LETTERS
from trainer.support.errors import UserError


@dataclass(frozen=True)
class Expected:
    """What a folder is read as.

    Attributes:
        letters: Of the images, in their order.
        box: Of all images; None: of none.
        left_out: How many files are counted as not used.
        refused: What the sentence says, where the folder is refused.
        name: Of what is opened in the folder.
    """

    letters: str = SHOWN
    box: Box | None = None
    left_out: int = 0
    refused: str = ""
    name: str = ""


Build = Callable[[Path], Expected]
LINES: list[tuple[str, Build]] = []


def line(text: str) -> Callable[[Build], Build]:
    """Says which line of the document a function makes a folder of."""

    def register(build: Build) -> Build:
        LINES.append((text, build))
        return build

    return register


def hands(folder: Path, letters: str = SHOWN, name: str = "{}/0.jpg") -> None:
    for letter in letters:
        write(folder / name.format(letter), hand(letter))


@line("folders by letter, `SOURCE/LETTER/*.jpg`, at any depth")
def by_letter(folder: Path) -> Expected:
    hands(folder, name="me/day/{}/0.jpg")
    return Expected()


@line("folders by class, `letter_a`, `space`, `nothing`")
def by_class(folder: Path) -> Expected:
    hands(folder, name="letter_{}/0.jpg")
    hands(folder / "space", "A", "{}.jpg")
    hands(folder / "nothing", "A", "{}.jpg")
    return Expected(left_out=2)


@line("folders 0–25 or 0–28")
def numbered(folder: Path) -> Expected:
    for number in range(29):
        write(folder / str(number) / "0.jpg", hand("A"))
    return Expected(LETTERS, left_out=5)


@line("folders 0–23")
def ambiguous(folder: Path) -> Expected:
    for number in range(24):
        write(folder / str(number) / "0.jpg", hand("A"))
    return Expected(refused="--labels gap")


@line("`train`, `valid` and `test` folders")
def parts(folder: Path) -> Expected:
    hands(folder / "train", "AB")
    hands(folder / "valid", "CK")
    hands(folder / "test", "LY")
    return Expected("LYABCK")


@line("a flat folder, `A_test.jpg`, `b12.png`, `hand1_c_2.jpg`")
def flat(folder: Path) -> Expected:
    for name in ("A_test.jpg", "b12.png", "hand1_c_2.jpg"):
        write(folder / name, hand("A"))
    return Expected("ABC")


@line("a folder that is itself named by a letter")
def itself(folder: Path) -> Expected:
    for name in ("10.jpg", "2.jpg"):
        write(folder / "L" / name, hand("L"))
    return Expected("LL", name="L")


@line("`index.csv` at the top with `file`, `letter`, and optionally `source` and a box")
def index(folder: Path) -> Expected:
    write_frames(folder / "photos")
    write_frames(folder / "other", "A")
    table(folder / "index.csv", "file,letter,source,x,y,w,h", f"photos/{{}}3.jpg,{{}},me,{SIDES}")
    return Expected(box=BOX, left_out=1)


@line("another table with a column of files and one of labels (Roboflow's `_annotations.csv`)")
def roboflow(folder: Path) -> Expected:
    write_frames(folder / "train")
    header = "filename,width,height,class,xmin,ymin,xmax,ymax"
    table(folder / "train" / "_annotations.csv", header, f"{{}}3.jpg,320,240,{{}},{CORNERS}")
    return Expected(box=BOX)


@line("a table with a column for each letter (Roboflow's `_classes.csv`)")
def classes(folder: Path) -> Expected:
    write_frames(folder)
    rows = [f"{a}3.jpg,{','.join(str(int(a == b)) for b in SHOWN)}" for a in SHOWN]
    (folder / "_classes.csv").write_text("\n".join([f"filename,{','.join(SHOWN)}", *rows]))
    return Expected()


@line("header names in any case: `filename`, `Image_Path`, `Class Name` …")
def any_header(folder: Path) -> Expected:
    write_frames(folder)
    table(folder / "index.csv", "Image_Path,Class Name", "{}3.jpg,{}")
    return Expected()


@line("tables with commas, semicolons, tabs, a line `sep=;`, UTF-16, decimal commas")
def spreadsheet(folder: Path) -> Expected:
    write_frames(folder)
    row = "{}3.jpg;{};180,0;40,0;128,0;128,0"
    table(folder / "index.csv", "sep=;\r\nfile;letter;x;y;w;h", row, "utf-16", "\r\n")
    return Expected(box=BOX)


@line(
    "paths with backslashes, of another computer, relative to the table, the folder or the one "
    "above"
)
def other_paths(folder: Path) -> Expected:
    write_frames(folder / "photos")
    table(folder / "index.csv", "file,letter", "C:\\Users\\me\\set\\photos\\{}3.jpg,{}")
    return Expected()


def boxed(header: str, row: str) -> Build:
    def build(folder: Path) -> Expected:
        write_frames(folder)
        table(folder / "index.csv", f"file,letter,{header}", f"{{}}3.jpg,{{}},{row}")
        return Expected(box=BOX)

    return build


for text, header, row in (
    ("a box as `x, y, w, h` or `left, top, width, height`", "left,top,width,height", SIDES),
    ("a box as `xmin, ymin, xmax, ymax` or `x1, y1, x2, y2`", "x1,y1,x2,y2", CORNERS),
    (
        "a box as `x_center, y_center, width, height`",
        "x_center,y_center,width,height",
        "244,104,128,128",
    ),
    ("a box from 0 to 1", "x,y,w,h", "0.5625,0.16666667,0.4,0.53333333"),
    (
        "`width` and `height` beside corners",
        "xmin,ymin,xmax,ymax,width,height",
        "360,80,616,336,640,480",
    ),
):
    LINES.append((text, boxed(header, row)))


@line("columns that may be a box under other names")
def unknown_box(folder: Path) -> Expected:
    boxed("bx0,by0,bx1,by1", CORNERS)(folder)
    return Expected(refused="bx0, by0, bx1, by1 may be a hand box")


@line("YOLO: `data.yaml`, `images/`, `labels/*.txt`")
def yolo_export(folder: Path) -> Expected:
    write_frames(folder / "train" / "images")
    yolo(folder / "train" / "labels")
    (folder / "data.yaml").write_text(LIST)
    return Expected(box=BOX)


@line("YOLO: text files beside the images, names in `classes.txt`")
def yolo_beside(folder: Path) -> Expected:
    write_frames(folder)
    yolo(folder)
    (folder / "classes.txt").write_text("\n".join(SHOWN))
    return Expected(box=BOX)


@line("COCO: `_annotations.coco.json`, `annotations/*.json`")
def coco(folder: Path) -> Expected:
    write_frames(folder)
    (folder / "_annotations.coco.json").write_text(json.dumps(annotations()))
    return Expected(box=BOX)


@line("Pascal VOC: `*.xml` beside the images or in `Annotations/`")
def pascal(folder: Path) -> Expected:
    write_frames(folder / "JPEGImages")
    voc(folder / "Annotations")
    return Expected(box=BOX)


@line("`.zip` of any of these")
def archive(folder: Path) -> Expected:
    yolo_export(folder / "set")
    zipped(folder / "set")
    return Expected(box=BOX, name="set.zip")


@line("JPEG, PNG, BMP, WebP, TIFF, GIF, AVIF under any name")
def any_image(folder: Path) -> Expected:
    for number, ending in enumerate(("jpg", "png", "bmp", "webp", "tif", "gif", "avif")):
        write(folder / "A" / f"{number}.{ending}", hand("A")).rename(folder / "A" / f"{number}.jpe")
    return Expected("A" * 7)


@line("HEIC")
def heic(folder: Path) -> Expected:
    pillow_heif = pytest.importorskip("pillow_heif")
    (folder / "A").mkdir(parents=True)
    pixels = cv2.cvtColor(hand("A"), cv2.COLOR_BGR2RGB)
    pillow_heif.from_bytes("RGB", (128, 128), pixels.tobytes()).save(folder / "A" / "0.heic")
    return Expected("A")


@line("a moving GIF, WebP or PNG in a data set")
def moving(folder: Path) -> Expected:
    animation = cv2.Animation()
    animation.frames = [hand("A"), 255 - hand("A")]
    animation.durations = [100, 100]
    (folder / "A").mkdir(parents=True)
    for ending in ("gif", "webp", "png"):
        assert cv2.imwriteanimation(str(folder / "A" / f"0.{ending}"), animation)
    return Expected("AAA")


@line("hidden files, `._*`, `__MACOSX`, `Thumbs.db`")
def hidden(folder: Path) -> Expected:
    hands(folder)
    for name in ("A/._0.jpg", ".git/A/0.jpg", "__MACOSX/A/0.jpg", "Thumbs.db"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(b"\0")
    return Expected()


@line("an image that is damaged, cut off or too large")
def damaged(folder: Path) -> Expected:
    hands(folder)
    content = (folder / "A" / "0.jpg").read_bytes()
    (folder / "A" / "1.jpg").write_bytes(content[: len(content) // 2])
    (folder / "A" / "2.jpg").write_bytes(b"no image")
    return Expected(left_out=2)


@line("a box outside of its image, or more than four times as large")
def far_box(folder: Path) -> Expected:
    write_frames(folder)
    rows = [f"{letter}3.jpg,{letter},{SIDES}" for letter in SHOWN[2:]]
    rows += ["A3.jpg,A,1000,1000,50,50", "B3.jpg,B,0,0,9999,9999"]
    (folder / "index.csv").write_text("\n".join(["file,letter,x,y,w,h", *rows]))
    return Expected(SHOWN[2:], BOX, left_out=2)


@pytest.mark.parametrize(("text", "build"), LINES, ids=[build.__name__ for _, build in LINES])
def test_a_line(tmp_path: Path, text: str, build: Build) -> None:
    folder = tmp_path / "set"
    expected = build(folder)
    if expected.refused:
        with pytest.raises(UserError, match=re.escape(expected.refused)):
            list_photographs(folder)
        return
    listing = list_photographs(folder / expected.name)
    reader = PhotographReader()
    found = list(reader.read(listing.photographs))
    assert "".join(LETTERS[f.photograph.label] for f in found) == expected.letters
    assert reader.to_json(listing)["left_out"] == expected.left_out
    for f in found:
        assert f.box == (expected.box and pytest.approx(expected.box, abs=0.01))


def test_every_line_of_the_document_is_run() -> None:
    assert lines_of_the_document("Photographs") == [text for text, _ in LINES]


def test_drawn_hands_are_what_they_are_said_to_be() -> None:
    """The whole of these tests rests on them."""
    assert set(SHOWN) <= set(ALPHABET)
    x, y, w, h = map(int, BOX)
    np.testing.assert_array_equal(frame("A")[y : y + h, x : x + w], hand("A"))
