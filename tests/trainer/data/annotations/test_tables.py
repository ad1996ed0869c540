from __future__ import annotations

from pathlib import Path

import pytest

from tests.trainer.data.drawn import BOX, SHOWN, write_frames
from trainer.data.annotations import tables
from trainer.data.folders import holds_images, list_photographs
from trainer.data.hands import PhotographReader
from trainer.images.box import Box
from trainer.letters import LETTERS
from trainer.support.errors import UserError

CORNERS = "180,40,308,168"
SIDES = "180,40,128,128"


def read(path: Path) -> tuple[str, set[Box | None]]:
    """The letters, and the boxes as they are used."""
    found = list(PhotographReader().read(list_photographs(path).photographs))
    return "".join(LETTERS[f.photograph.label] for f in found), {f.box for f in found}


def table(path: Path, header: str, row: str, encoding: str = "utf-8", end: str = "\n") -> Path:
    """A row for each letter; {} stands for it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [header, *(row.replace("{}", letter) for letter in SHOWN), ""]
    path.write_bytes(end.join(lines).encode(encoding))
    return path


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("file,letter,x,y,w,h", f"photos/{{}}3.jpg,{{}},{SIDES}"),
        ("file,letter,source,xmin,ymin,xmax,ymax", f"photos/{{}}3.jpg,{{}},me,{CORNERS}"),
        ("Image_Path,Class Name,X1,Y1,X2,Y2", f"photos\\{{}}3.jpg,{{}},{CORNERS}"),
        ("filename;label;left;top;width;height", "photos/{}3.jpg;{};180,0;40,0;128,0;128,0"),
        ("FILE\tLETTER\tbbox_x\tbbox_y\tbbox_w\tbbox_h", "photos/{}3.jpg\t{}\t180\t40\t128\t128"),
        ("file,letter,x_center,y_center,width,height", "photos/{}3.jpg,{},244,104,128,128"),
        ("file,letter,x,y,w,h", "photos/{}3.jpg,{},0.5625,0.1666667,0.4,0.5333333"),
        (
            "file,letter,xmin,ymin,xmax,ymax,width,height",
            f"C:\\Users\\me\\set\\photos\\{{}}3.jpg,{{}},{CORNERS},320,240",
        ),
        (
            "file,letter,xmin,ymin,xmax,ymax,width,height",
            "photos/{}3.jpg,letter_{},360,80,616,336,640,480",
        ),
    ],
)
def test_boxes_of_any_spelling_are_used(tmp_path: Path, header: str, row: str) -> None:
    write_frames(tmp_path / "photos")
    table(tmp_path / "index.csv", header, row)
    letters, boxes = read(tmp_path)
    assert letters == SHOWN
    for box in boxes:
        assert box == pytest.approx(BOX, abs=0.01)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("first", ["", "sep=;\r\n"])
def test_tables_as_spreadsheets_save_them(tmp_path: Path, encoding: str, first: str) -> None:
    write_frames(tmp_path / "photos")
    header, row = f"{first}File;Letter;Source", "photos/{}3.jpg;{};Zoë"
    table(tmp_path / "index.csv", header, row, encoding, "\r\n")
    listing = list_photographs(tmp_path)
    assert [p.source for p in listing.photographs] == ["Zoë"] * len(SHOWN)
    assert {p.box for p in listing.photographs} == {None}


@pytest.mark.parametrize("splits", [("train",), ("train", "valid", "test")])
def test_a_roboflow_csv_in_each_part(tmp_path: Path, splits: tuple[str, ...]) -> None:
    for split in splits:
        write_frames(tmp_path / split, name="{}3_jpg.rf.0a.jpg")
        header = "filename,width,height,class,xmin,ymin,xmax,ymax"
        row = f"{{}}3_jpg.rf.0a.jpg,320,240,{{}},{CORNERS}"
        table(tmp_path / split / "_annotations.csv", header, row)
    letters, boxes = read(tmp_path)
    assert sorted(letters) == sorted(SHOWN * len(splits))
    assert boxes == {BOX}
    only = tmp_path / "train" / "_annotations.csv"
    assert holds_images(only)
    assert read(only) == (SHOWN, {BOX})


def test_roboflow_classes_with_a_column_for_each_letter(tmp_path: Path) -> None:
    write_frames(tmp_path / "train")
    lines = [f"filename, {', '.join(SHOWN)}"]
    lines += [f"{a}3.jpg, {', '.join(str(int(a == b)) for b in SHOWN)}" for a in SHOWN]
    (tmp_path / "train" / "_classes.csv").write_text("\n".join(lines))
    assert read(tmp_path)[0] == SHOWN


def test_tables_without_images_are_not_taken_for_indexes(tmp_path: Path) -> None:
    write_frames(tmp_path / "A", "A")
    (tmp_path / "pixels.csv").write_text("label,pixel1,pixel2\n0,1,2\n")
    listing = list_photographs(tmp_path)
    assert len(listing.photographs) == 1
    assert listing.left_out.counts == {"of type .csv": 1}
    assert not holds_images(tmp_path / "pixels.csv")


def test_what_a_table_lists_is_used_or_counted(tmp_path: Path) -> None:
    write_frames(tmp_path)
    (tmp_path / "index.csv").write_text(
        "file,letter,x,y,w,h\n"
        "A3.jpg,A,180,40,128,128\n"
        "A3.jpg,A,180,40,128,128\n"
        "B3.jpg,B,180,40,-1,128\n"
        "C3.jpg,,180,40,128,128\n"
        "gone.jpg,D,1,1,9,9\n"
        "K3.jpg,K,1000,1000,9,9\n"
        "L3.jpg,L,1,1,90000,90000\n"
    )
    listing = list_photographs(tmp_path)
    assert listing.left_out.counts == {
        "listed, but not there": 1,
        "with a box that is none": 1,
        "without a label": 1,
        "not in the annotations": 1,
        "listed twice": 1,
    }
    reader = PhotographReader()
    assert [f.photograph.path.name for f in reader.read(listing.photographs)] == ["A3.jpg"]
    assert reader.left_out.counts == {"with a box outside the image or for another": 2}
    assert "1 images" in reader.notes(tmp_path, listing)[0]


def test_a_box_of_an_image_of_another_shape_is_not_used(tmp_path: Path) -> None:
    write_frames(tmp_path, "A")
    header = "file,letter,xmin,ymin,xmax,ymax,width,height\n"
    (tmp_path / "index.csv").write_text(f"{header}A3.jpg,A,{CORNERS},240,320\n")
    reader = PhotographReader()
    assert not list(reader.read(list_photographs(tmp_path).photographs))
    assert reader.left_out.total == 1


def test_a_cell_of_many_numbers_is_looked_at_once(tmp_path: Path) -> None:
    write_frames(tmp_path, "A")
    (tmp_path / "index.csv").write_text(f"file;letter;words\nA3.jpg;A;{'1,' * 500}x\n")
    assert read(tmp_path) == ("A", {None})


def test_a_table_that_is_too_large_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tables, "MAX_BYTES", 1 << 20)
    write_frames(tmp_path, "A")
    (tmp_path / "index.csv").write_text("file,letter\n" + "A3.jpg,A\n" * (1 << 17))
    with pytest.raises(UserError, match=r"index\.csv: larger than 1 MB"):
        list_photographs(tmp_path)
