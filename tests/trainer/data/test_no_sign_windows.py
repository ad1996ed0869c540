from __future__ import annotations

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.trainer.conftest import printed_letters, write_csv
from trainer.cli import main
from trainer.data.crops import read_crops
from trainer.data.no_sign_windows import OVERLAP, windows_without_sign
from trainer.letters import NO_SIGN
from trainer.support.errors import UserError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "rooms" / "kitchen").mkdir(parents=True)
    rng = np.random.default_rng(0)
    for name in ("a", "b"):
        image = rng.integers(0, 256, (90, 120, 3), dtype=np.uint8)
        cv2.imwrite(str(tmp_path / "rooms" / "kitchen" / f"{name}.png"), image)
    return tmp_path / "rooms"


def test_windows_become_a_crop_file(folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "empty.npz"
    assert main(["import", str(folder), "--no-sign", "5", "--out", str(out), "--json"]) == 0
    crops = read_crops(out)
    assert len(crops) == 10
    assert set(crops.labels.tolist()) == {NO_SIGN}
    assert set(crops.sources.tolist()) == {"kitchen"}
    again = tmp_path / "again.npz"
    main(["import", str(folder), "--no-sign", "5", "--out", str(again), "--json"])
    np.testing.assert_array_equal(read_crops(again).images, crops.images)


def test_an_archive_gives_the_same_windows(folder: Path, tmp_path: Path) -> None:
    shutil.make_archive(str(tmp_path / "zipped"), "zip", tmp_path, "rooms")
    outs = []
    for index, given in enumerate((folder, tmp_path / "zipped.zip")):
        outs.append(tmp_path / f"{index}.npz")
        assert main(["import", str(given), "--no-sign", "5", "--out", str(outs[-1])]) == 0
    one, other = map(read_crops, outs)
    np.testing.assert_array_equal(one.images, other.images)
    assert set(other.sources.tolist()) == {"kitchen"}


def test_images_without_a_sign_are_no_letters(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty, csv = tmp_path / "empty.npz", write_csv(tmp_path / "a.csv", printed_letters(1))
    main(["import", str(folder), "--no-sign", "5", "--out", str(empty)])
    out = ["--out", str(tmp_path / "w.npz")]
    np.savez(other := tmp_path / "other.npz", x=np.zeros(2))
    for words, sentence in (
        (["evaluate", "--data", str(empty)], "Name them after --no-sign"),
        (
            ["evaluate", "--data", str(csv), "--no-sign", str(csv)],
            "a table, not a crop file, as `trainer import` makes",
        ),
        (
            ["evaluate", "--data", str(csv), "--no-sign", str(other)],
            "a NumPy archive of another program, not a crop file",
        ),
        (["train", "--train", str(empty), "--no-sign", "0.1", *out], "no image of a letter"),
    ):
        capsys.readouterr()
        assert main(words) == 1
        said = capsys.readouterr().err
        assert sentence in said
        assert "damaged" not in said


def test_windows_keep_away_from_the_hand(folder: Path) -> None:
    table = "file,source,x,y,w,h\nkitchen/a.png,cook,40,30,30,40\n"
    (folder / "boxes.csv").write_text(table)
    windows = windows_without_sign(folder, 40, seed=1)
    assert {window.source for window in windows} == {"cook"}
    assert len(windows) > 20
    for window in windows:
        assert window.box is not None
        box = window.box
        w = min(70, box.x + box.w) - max(40, box.x)
        h = min(70, box.y + box.h) - max(30, box.y)
        assert max(w, 0) * max(h, 0) <= OVERLAP * 30 * 40


@pytest.mark.parametrize("row", ["none.png,cook,1,1,5,5", "kitchen/a.png,cook,1,1,wide,5"])
def test_a_wrong_row_is_named(folder: Path, row: str) -> None:
    (folder / "boxes.csv").write_text(f"file,source,x,y,w,h\n{row}\n")
    with pytest.raises(UserError, match=r"boxes\.csv, row 1"):
        windows_without_sign(folder, 1, seed=0)


def test_no_images_are_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no images"):
        windows_without_sign(tmp_path, 1, seed=0)
