from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.trainer.data.annotations.test_tables import read
from tests.trainer.data.drawn import BOX, SHOWN, write_frames
from trainer.data.annotations import coco
from trainer.data.folders import holds_images, list_photographs
from trainer.support.errors import UserError


def annotations(prefix: str = "", scale: int = 1) -> dict[str, Any]:
    size = {"width": 320 * scale, "height": 240 * scale}
    return {
        "images": [{"id": i, "file_name": f"{prefix}{a}3.jpg"} | size for i, a in enumerate(SHOWN)],
        "annotations": [
            {"id": i, "image_id": i, "category_id": i + 1, "bbox": [n * scale for n in BOX]}
            for i in range(len(SHOWN))
        ],
        "categories": [
            {"id": 0, "name": "letters", "supercategory": "none"},
            *({"id": i + 1, "name": a, "supercategory": "letters"} for i, a in enumerate(SHOWN)),
        ],
    }


@pytest.mark.parametrize(
    ("images", "file", "prefix"),
    [
        ("train", "train/_annotations.coco.json", ""),
        ("images", "annotations/instances.json", ""),
        ("images/train", "annotations/instances_train.json", "images\\train\\"),
    ],
)
@pytest.mark.parametrize("scale", [1, 2])
def test_annotations(tmp_path: Path, images: str, file: str, prefix: str, scale: int) -> None:
    write_frames(tmp_path / images)
    path = tmp_path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(annotations(prefix, scale)))
    assert read(tmp_path) == (SHOWN, {BOX})
    assert not list_photographs(tmp_path).left_out.total
    assert holds_images(path)


def test_parts_with_images_of_the_same_names(tmp_path: Path) -> None:
    for split in ("train2017", "val2017"):
        write_frames(tmp_path / split)
        path = tmp_path / "annotations" / f"instances_{split}.json"
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(annotations()))
    found = list_photographs(tmp_path).photographs
    assert [p.path.parent.name for p in found] == ["train2017"] * 6 + ["val2017"] * 6


def test_what_cannot_be_used_is_counted(tmp_path: Path) -> None:
    write_frames(tmp_path)
    content = annotations()
    content["images"][1]["file_name"] = "gone.jpg"
    content["annotations"][2]["bbox"] = [1, 2, "wide", None]
    del content["annotations"][3]
    (tmp_path / "_annotations.coco.json").write_text(json.dumps(content))
    listing = list_photographs(tmp_path)
    assert len(listing.photographs) == 3
    assert listing.left_out.counts == {
        "listed, but not there": 1,
        "with a box that is none": 1,
        "without a label": 1,
        "not in the annotations": 1,
    }


def test_ids_are_numbers_in_any_spelling(tmp_path: Path) -> None:
    write_frames(tmp_path)
    content = annotations()
    for one in content["annotations"]:
        one["category_id"], one["image_id"] = float(one["category_id"]), str(one["image_id"])
    (tmp_path / "_annotations.coco.json").write_text(json.dumps(content))
    assert read(tmp_path) == (SHOWN, {BOX})


def test_what_has_no_id_or_no_class_belongs_to_nothing(tmp_path: Path) -> None:
    write_frames(tmp_path)
    content = annotations()
    content["annotations"][0]["category_id"] = 99
    del content["annotations"][1]["category_id"]
    del content["annotations"][2]["image_id"]
    del content["images"][2]["id"]
    (tmp_path / "_annotations.coco.json").write_text(json.dumps(content))
    listing = list_photographs(tmp_path)
    assert len(listing.photographs) == 3
    assert listing.left_out.counts["of a class without a name"] == 2
    assert listing.left_out.counts["of an image that is not listed"] == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ('{"images": [', "damaged"),
        ("[" * 100_000, "damaged"),
        ('{"images": 5, "annotations": {}}', "not COCO"),
        ('{"images": [' + "[]," * 10_000 + "[]]}", "too many"),
    ],
)
def test_damaged_files_are_refused(
    tmp_path: Path, content: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(coco, "MAX_MEMORY", 1 << 20 if said == "too many" else 1 << 30)
    write_frames(tmp_path)
    (tmp_path / "_annotations.coco.json").write_text(content)
    with pytest.raises(UserError, match=rf"_annotations\.coco\.json: .*{said}"):
        list_photographs(tmp_path)


def test_other_json_files_are_passed_over(tmp_path: Path) -> None:
    write_frames(tmp_path / "A", "A")
    (tmp_path / "notes.json").write_text("{")
    (tmp_path / "more.json").write_text('{"images": []}')
    listing = list_photographs(tmp_path)
    assert len(listing.photographs) == 1
    assert listing.left_out.counts == {"of type .json": 2}
