"""Whole frames through every command that reads photographs, and what `trainer read` says."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from tests.trainer.data.drawn import BOX, SHOWN, frame, hand, write, write_frames
from trainer.cli import main
from trainer.data.crops import read_crops
from trainer.images.box import Box
from trainer.letters import LETTERS


@pytest.fixture
def frames(tmp_path: Path) -> Path:
    """Whole frames in folders by letter, and one that is cut off."""
    for letter in SHOWN:
        write(tmp_path / "frames" / letter / "0.jpg", frame(letter))
    bad = tmp_path / "frames" / "B" / "1.jpg"
    bad.write_bytes((tmp_path / "frames" / "B" / "0.jpg").read_bytes()[:2000])
    return tmp_path / "frames"


def run(capsys: pytest.CaptureFixture[str], *words: str | Path) -> list[dict[str, Any]]:
    """The JSON lines that a command prints."""
    assert main([*map(str, words), "--json"]) == 0
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_evaluate_finds_hands_unless_told_not_to(
    frames: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (found,) = run(capsys, "evaluate", "--data", frames)
    assert (found["n"], found["boxes_found"], found["left_out"]) == (6, 6, 1)
    assert found["left_out_by_reason"] == {"that could not be read": 1}
    assert found["accuracy"] >= 5 / 6
    (whole,) = run(capsys, "evaluate", "--data", frames, "--find-hands", "never")
    assert (whole["n"], whole["boxes_found"], whole["middle_taken"]) == (6, 0, 6)
    assert whole["accuracy"] < found["accuracy"]
    assert any("--find-hands auto" in note for note in whole["notes"])


@pytest.mark.parametrize("ending", [".csv", ".npz"])
def test_import_finds_hands_and_says_so(
    frames: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    out = tmp_path / f"hands{ending}"
    (said,) = run(capsys, "import", frames, "--out", out)
    assert (said["n"], said["left_out"], said["boxes_found"]) == (6, 1, 6)
    (read,) = run(capsys, "evaluate", "--data", out, "--labels", "gap")
    assert read["n"] == 6
    assert read["accuracy"] >= 5 / 6


def test_finished_crops_are_read_alike_before_and_after_import(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for letter in LETTERS:
        write(tmp_path / "crops" / letter / "0.png", hand(letter))
    (direct,) = run(capsys, "evaluate", "--data", tmp_path / "crops")
    out = tmp_path / "hands.npz"
    run(capsys, "import", tmp_path / "crops", "--out", out)
    (imported,) = run(capsys, "evaluate", "--data", out)
    assert direct["n"] == imported["n"] == 24
    # Of a crop whose edges were repeated around it, fewer were read.
    assert abs(direct["accuracy"] - imported["accuracy"]) < 0.05
    assert direct["accuracy"] > 0.9


def test_import_keeps_the_boxes_of_annotations(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_frames(tmp_path / "export")
    rows = "".join(f"{letter}3.jpg,{letter},180,40,308,168\n" for letter in SHOWN)
    (tmp_path / "export" / "index.csv").write_text(f"file,letter,xmin,ymin,xmax,ymax\n{rows}")
    (said,) = run(capsys, "import", tmp_path / "export", "--out", tmp_path / "hands.npz")
    assert (said["n"], said["boxes_found"]) == (6, 0)
    assert read_crops(tmp_path / "hands.npz").boxes is not None
    (read,) = run(capsys, "evaluate", "--data", tmp_path / "export")
    assert read["accuracy"] == 1.0


def test_train_and_finetune_find_hands(
    frames: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "w.safetensors"
    quick = ["--epochs", "1", "--hidden", "8", "--no-record", "--out", str(out)]
    assert main(["train", "--train", str(frames), *quick]) == 0
    assert "hand finder gave the box in 6 images" in capsys.readouterr().err
    tuned = str(tmp_path / "t.safetensors")
    assert main(["finetune", "--data", str(frames), "--steps", "1", "--out", tuned]) == 0
    assert "hand finder gave the box in 6 images" in capsys.readouterr().err


def test_read_finds_the_hand_and_skips_what_is_damaged(
    frames: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = run(capsys, "read", frames)
    bad = [line for line in said if "error" in line]
    good = [line for line in said if "error" not in line]
    assert len(bad) == 1
    assert "1.jpg" in bad[0]["error"]
    assert sum(line["letter"] == Path(line["file"]).parent.name for line in good) >= 5
    for line in good:
        assert Box(*line["box"]).share_inside(BOX) > 0.9
        assert line["no_sign"] < 0.5
        assert line["mirrored"] is False


def test_read_of_nothing_but_damage_fails(frames: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["read", str(frames / "B" / "1.jpg")]) == 1
    assert "cut off" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_name_stays_in_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder := tmp_path / "me\nyou" / "A").mkdir(parents=True)
    path = write(folder / "a\n\x1b[31mb.png", np.full((200, 200, 3), 128, np.uint8))
    assert main(["read", str(path)]) == 0
    assert main(["evaluate", "--data", str(tmp_path), "--by-source"]) == 0
    said = capsys.readouterr().out
    assert "a\\n\\x1b[31mb.png  (no sign)" in said
    assert said.endswith("  me\\nyou\n")


@pytest.mark.parametrize("size", [(200, 200), (240, 320)])
def test_read_says_that_there_is_no_sign(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], size: tuple[int, int]
) -> None:
    path = write(tmp_path / "gray.png", np.full((*size, 3), 128, np.uint8))
    (said,) = run(capsys, "read", path)
    assert said["letter"] is None
    assert said["no_sign"] > 0.9
    assert main(["read", str(path)]) == 0
    line = capsys.readouterr().out
    assert line.startswith("–")
    assert "no sign" in line


def test_a_mirrored_image_is_turned_round(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = write(tmp_path / "right.png", frame("L"))
    left = write(tmp_path / "left.png", np.ascontiguousarray(frame("L")[:, ::-1]))
    box = ["--box", "180,40,128,128"]
    (straight,) = run(capsys, "read", right, *box)
    (turned,) = run(capsys, "read", left, "--mirrored", "--box", "12,40,128,128")
    assert turned["candidates"] == straight["candidates"]
    assert (turned["mirrored"], turned["box"]) == (True, [12.0, 40.0, 128.0, 128.0])


def test_the_rows_of_a_table_are_read_in_their_box(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for letter in SHOWN:
        write(tmp_path / "hands" / letter / "0.png", hand(letter))
    run(capsys, "import", tmp_path / "hands", "--out", tmp_path / "hands.csv")
    said = run(capsys, "read", tmp_path / "hands.csv")
    assert [line["letter"] for line in said] == list(SHOWN)


def test_a_video_is_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 10, (320, 240))
    for letter in "LB":
        for _ in range(5):
            writer.write(frame(letter))
    writer.release()
    said = run(capsys, "read", path)
    assert [line["letter"] for line in said if line["letter"]][-1] == "B"
    assert "L" in [line["letter"] for line in said]
