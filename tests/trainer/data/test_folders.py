from __future__ import annotations

import csv
import os
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from trainer.data import file_tree, folders
from trainer.data.folders import Listing, holds_images, list_photographs
from trainer.images.box import Box
from trainer.letters import ALPHABET, LETTERS, Convention
from trainer.support.errors import UserError
from trainer.support.kinds import what_is


def image(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.zeros((20, 30, 3), np.uint8))
    return path


def letters(listing: Listing) -> str:
    return "".join(LETTERS[p.label] for p in listing.photographs)


def zipped(folder: Path, top: str = "") -> Path:
    path = folder.with_name(f"{folder.name}.zip")
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted(folder.rglob("*")):
            archive.write(file, f"{top}{file.relative_to(folder).as_posix()}")
    return path


def test_folders_by_letter(tmp_path: Path) -> None:
    image(tmp_path / "anna" / "A" / "1.png")
    image(tmp_path / "anna" / "y" / "2.jpg")
    image(tmp_path / "ben" / "J" / "3.png")
    (tmp_path / "anna" / "A" / "notes.txt").write_text("not an image")
    listing = list_photographs(tmp_path)
    found = [(LETTERS[p.label], p.source, p.box) for p in listing.photographs]
    assert found == [("A", "anna", None), ("Y", "anna", None)]
    assert listing.left_out.counts == {"of type .txt": 1, "of J": 1}


@pytest.mark.parametrize("pattern", ["{}", "sign{}", "Letter{}", "letra {}", "{}_train", "1-{}"])
def test_folders_of_letters_in_one_that_is_named_alike(tmp_path: Path, pattern: str) -> None:
    for letter in "ABY":
        image(tmp_path / pattern.format("A") / pattern.format(letter) / "0.jpg")
    listing = list_photographs(tmp_path / pattern.format("A"))
    assert letters(listing) == "ABY"
    assert "folders named by letter" in listing.how


@pytest.mark.parametrize("pattern", ["{}", "{:02}", "class_{}", "Label {}"])
def test_folders_of_the_whole_alphabet_by_number(tmp_path: Path, pattern: str) -> None:
    for number in range(26):
        image(tmp_path / "data" / pattern.format(number) / "0.jpg")
    listing = list_photographs(tmp_path / "data")
    assert letters(listing) == LETTERS
    assert listing.left_out.counts == {"of J": 1, "of Z": 1}
    assert "0–25" in listing.how
    assert {p.source for p in listing.photographs} == {"data"}


def test_folders_that_fit_two_numberings_need_a_word(tmp_path: Path) -> None:
    for number in range(24):
        image(tmp_path / str(number) / "0.jpg")
    with pytest.raises(UserError, match="--labels no-gap"):
        list_photographs(tmp_path)
    assert letters(list_photographs(tmp_path, Convention.NO_GAP)) == LETTERS


def test_letters_come_before_numbers_of_sittings(tmp_path: Path) -> None:
    image(tmp_path / "A" / "1" / "0.jpg")
    image(tmp_path / "B" / "2" / "0.jpg")
    assert letters(list_photographs(tmp_path)) == "AB"


@pytest.mark.parametrize("split", ["train", "valid", "test"])
def test_parts_of_a_data_set_are_no_sources(tmp_path: Path, split: str) -> None:
    image(tmp_path / "signs" / split / "A" / "0.jpg")
    image(tmp_path / "signs" / split / "images" / "B" / "0.jpg")
    listing = list_photographs(tmp_path / "signs")
    assert {p.source for p in listing.photographs} == {"signs"}


@pytest.mark.parametrize("pattern", ["{}_test.jpg", "{}1.png", "hand1_{}_bot_seg_1.jpeg", "{}.jpg"])
def test_names_by_letter(tmp_path: Path, pattern: str) -> None:
    for letter in ALPHABET:
        image(tmp_path / pattern.format(letter.lower()))
    for other in ("nothing_test.jpg", "space_test.jpg"):
        image(tmp_path / other)
    listing = list_photographs(tmp_path)
    assert letters(listing) == LETTERS
    assert listing.left_out.total == 4


def test_names_without_letters_are_refused_and_counted(tmp_path: Path) -> None:
    for name in ("IMG_1.jpg", "IMG_2.jpg"):
        image(tmp_path / name)
    with pytest.raises(UserError, match=r"2 whose folder and name tell no letter.*IMG_1\.jpg"):
        list_photographs(tmp_path)


def test_a_folder_of_one_letter_is_labelled_by_its_own_name(tmp_path: Path) -> None:
    image(tmp_path / "L" / "10.jpg")
    image(tmp_path / "L" / "2.jpg")
    listing = list_photographs(tmp_path / "L")
    assert [(p.label, p.path.name) for p in listing.photographs] == [(10, "2.jpg"), (10, "10.jpg")]


def test_every_file_is_used_or_counted(tmp_path: Path) -> None:
    used = [image(tmp_path / letter / f"0.{e}") for letter in "AL" for e in ("jpg", "png", "gif")]
    for name, end in (("jpg", "jfif"), ("jpg", "jpe"), ("jpg", "download")):
        # What pages and programs save under other endings is told by its content.
        used.append(image(tmp_path / "A" / f"1.{name}").rename(tmp_path / "A" / f"x.{end}"))
    for name in ("space", "nothing", "del", "1", "mixed"):
        image(tmp_path / name / "0.jpg")
    (tmp_path / "README.md").write_text("words")
    (tmp_path / "A" / "clip.mp4").write_bytes(b"\0\0\0\x20ftypisom")
    hidden = [tmp_path / ".git" / "A" / "0.jpg", tmp_path / "A" / "._0.jpg"]
    for path in hidden:
        image(path)
    (tmp_path / "A" / "Thumbs.db").write_bytes(b"\0")
    os.mkfifo(tmp_path / "A" / "pipe.jpg")
    (tmp_path / "A" / "gone.jpg").symlink_to(tmp_path / "nowhere")
    listing = list_photographs(tmp_path)
    assert {p.path for p in listing.photographs} == set(used)
    assert listing.left_out.counts == {
        "in folders that are no letter": 2,
        "of type .md": 1,
        "of type .mp4": 1,
        "pipes, devices or broken links": 2,
        "of del": 1,
        "of nothing": 1,
        "of space": 1,
    }


def test_linked_folders_are_counted_and_not_followed(tmp_path: Path) -> None:
    image(tmp_path / "A" / "0.jpg")
    (tmp_path / "A" / "round").symlink_to(tmp_path)
    listing = list_photographs(tmp_path)
    assert len(listing.photographs) == 1
    assert listing.left_out.counts == {"linked folders": 1}


def test_a_whole_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(file_tree, "MOST_FILES", 10)
    for number in range(11):
        image(tmp_path / "A" / f"{number}.png")
    with pytest.raises(UserError, match="more than 10 files"):
        list_photographs(tmp_path)


@pytest.mark.parametrize("top", ["", "signs/"])
def test_an_archive_reads_like_its_folder(tmp_path: Path, top: str) -> None:
    for name in ("A/1.png", "A/10.png", "A/2.png", "B/1.png", "Z/1.png"):
        image(tmp_path / "signs" / name)
    path = zipped(tmp_path / "signs", top)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("__MACOSX/A/._1.png", b"\0")
    assert holds_images(path)
    listing = list_photographs(path)
    assert [p.name.removeprefix(top) for p in listing.photographs] == [
        "A/1.png",
        "A/2.png",
        "A/10.png",
        "B/1.png",
    ]
    assert listing.left_out.counts == {"of Z": 1}
    assert listing.photographs[0].image().shape == (20, 30, 3)
    assert {p.source for p in listing.photographs} == {"signs"}


def test_a_member_whose_name_is_empty_is_passed_over(tmp_path: Path) -> None:
    image(tmp_path / "signs" / "A" / "1.png")
    path = zipped(tmp_path / "signs")
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("unnamed", b"x")
    # Names end at a zero byte.
    path.write_bytes(path.read_bytes().replace(b"unnamed", bytes(7)))
    assert [p.name for p in list_photographs(path).photographs] == ["A/1.png"]


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
    assert listing.left_out.counts == {"of Z": 1}


def test_an_index_may_list_what_lies_beside_its_folder(tmp_path: Path) -> None:
    image(tmp_path / "photos" / "1.png")
    (tmp_path / "lists").mkdir()
    (tmp_path / "lists" / "index.csv").write_text("file,letter\nphotos/1.png,A\n")
    (photograph,) = list_photographs(tmp_path / "lists").photographs
    assert photograph.image().shape == (20, 30, 3)


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
        ("file,letter,bx0,by0,bx1,by1\na.png,A,1,2,3,4\n", "bx0, by0, bx1, by1 may be a hand box"),
        ("file,letter,x,y\na.png,A,1,2\n", "x, y may be a hand box"),
        ('file,letter,bbox\na.png,A,"[1, 2, 3, 4]"\n', "bbox may be a hand box"),
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
    (tmp_path / "a.bin").write_bytes(bytes(100))
    with pytest.raises(UserError, match="no file of a known kind"):
        list_photographs(tmp_path / "a.bin")


@pytest.mark.parametrize("name", ["wild/index.csv", "frames/boxes.csv"])
def test_the_real_photographs(shared: Path, name: str) -> None:
    with (shared / name).open(newline="") as file:
        rows = list(csv.DictReader(file))
    listing = list_photographs((shared / name).parent)
    j_and_z = sum(row["letter"] in "JZ" for row in rows)
    assert len(listing.photographs) == len(rows) - j_and_z
    assert listing.left_out.counts["of J"] + listing.left_out.counts["of Z"] == j_and_z
    assert {p.source for p in listing.photographs} == {row["source"] for row in rows}
    assert all(p.box is not None for p in listing.photographs)


def test_a_sentence_names_the_most_common_reasons(tmp_path: Path) -> None:
    image(tmp_path / "A" / "0.png")
    for number in range(12):
        (tmp_path / f"a.t{number}").write_text("words")
    (tmp_path / "b.t0").write_text("words")
    sentence = list_photographs(tmp_path).left_out.sentence()
    assert sentence.startswith("Left out: 2 of type .t0, 1 of type .t1")
    assert sentence.endswith("4 for other reasons.")


def test_a_table_that_goes_while_it_is_looked_at_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "letters.csv"
    table.write_text("label,pixel1\n")
    kind = what_is(table)
    table.unlink()
    monkeypatch.setattr(folders, "what_is", lambda path: kind)
    with pytest.raises(UserError, match="letters"):
        holds_images(table)
