from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from trainer.data.crops import cut_out, read_crops, save_crops
from trainer.data.folders import list_photographs
from trainer.joints import JOINTS
from trainer.support.errors import UserError

HEADER = "file,hand," + ",".join(f"x{j},y{j},z{j}" for j in range(JOINTS))


def folder(tmp_path: Path, rows: list[str], header: str = HEADER) -> Path:
    """Two images of 100 × 80 pixels, an index with hand boxes, and these landmarks."""
    for name in ("a.png", "b.png"):
        cv2.imwrite(str(tmp_path / name), np.zeros((80, 100, 3), np.uint8))
    (tmp_path / "index.csv").write_text(
        "file,source,letter,x,y,w,h\na.png,anna,A,20,10,40,40\nb.png,anna,B,20,10,40,40\n"
    )
    (tmp_path / "landmarks.csv").write_text("\n".join([header, *rows, ""]))
    return tmp_path


def row(file: str) -> str:
    return f"{file},left," + ",".join(f"{20 + j},{30 + j},0.5" for j in range(JOINTS))


def test_joints_come_with_their_image_and_only_with_it(tmp_path: Path) -> None:
    listing = list_photographs(folder(tmp_path, [row("a.png"), row("missing.png")]))
    first, second = listing.photographs
    assert first.joints is not None
    np.testing.assert_array_equal(first.joints[2], [22, 32])
    assert second.joints is None
    assert not listing.left_out.total


def test_joints_are_cut_out_with_their_hand_and_saved(tmp_path: Path) -> None:
    listing = list_photographs(folder(tmp_path, [row("a.png")]))
    crops = cut_out(listing.photographs, side=144, margin=1.8)
    assert crops.joints is not None
    # The box's corner is 0.4 box sides from the crop's, and a box side is 80 of its pixels.
    np.testing.assert_allclose(crops.joints[0, 0], [32, 32 + 40], atol=0.01)
    assert np.isnan(crops.joints[1]).all()
    save_crops(crops, tmp_path / "crops.npz")
    again = read_crops(tmp_path / "crops.npz")
    np.testing.assert_array_equal(again.joints, crops.joints)
    np.testing.assert_array_equal(again.subset(np.array([1])).joints, crops.joints[1:])


@pytest.mark.parametrize(
    ("rows", "header", "said"),
    [
        ([row("a.png").replace(",22,", ",nan,")], HEADER, "row 1"),
        ([row("a.png"), "b.png,left,1,2,3"], HEADER, "row 2"),
        ([row("a.png").replace(",22,", ",1e30,")], HEADER, "row 1"),
        ([row("a.png")], HEADER.replace("y7", "why"), "a column is missing"),
    ],
)
def test_damaged_landmarks_are_refused(
    tmp_path: Path, rows: list[str], header: str, said: str
) -> None:
    with pytest.raises(UserError, match=said):
        list_photographs(folder(tmp_path, rows, header))
