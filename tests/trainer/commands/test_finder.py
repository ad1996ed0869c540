from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.trainer.hand_finder.test_finder import ring_box, ring_frame
from trainer.cli import main
from trainer.data.crops import read_crops, save_crops
from trainer.data.dataset import Dataset
from trainer.hand_finder.file import load_finder


@pytest.fixture
def folders(tmp_path: Path) -> list[str]:
    rng = np.random.default_rng(0)
    frames = tmp_path / "frames"
    frames.mkdir()
    rows = ["file,source,x,y,w,h"]
    for place, source in enumerate(("me", "you")):
        cv2.imwrite(str(frames / f"{source}.png"), ring_frame(rng, (120 + 60 * place, 120), 50))
        x, y, w, h = ring_box((120 + 60 * place, 120), 50)
        rows.append(f"{source}.png,{source},{x},{y},{w},{h}")
    (frames / "boxes.csv").write_text("\n".join(rows))
    crop = ring_frame(rng, (120, 120), 56)[8:232, 8:232][::2, ::2]
    boxes = np.array([[28, 28, 56, 56]], np.float32)
    crops = Dataset(crop[None], np.zeros(1, np.int64), np.array(["rings"]), boxes)
    save_crops(crops, tmp_path / "crops.npz")
    return ["--frames", str(frames), "--crops", str(tmp_path / "crops.npz")]


def test_the_command_trains_and_writes_a_finder(
    folders: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "f.safetensors"
    steps = ["--detection-steps", "2", "--refinement-steps", "3"]
    assert main(["finder", *folders, *steps, "--out", str(out), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["loss"] > 0
    assert said["refinement_loss"] > 0
    model = load_finder(out)
    assert model.about["recipe"]["steps"] == 2
    assert model.about["refinement"]["steps"] == 3
    assert model.about["command"].startswith("trainer finder --frames")
    assert model.refinement is not None

    second = tmp_path / "second.safetensors"
    # By the earlier spellings.
    again = ["--first", str(out), "--closer-steps", "2", "--out", str(second)]
    assert main(["finder", *folders, *again, "--json"]) == 0
    assert "--first is called --detection-from now." in capsys.readouterr().err
    taken = load_finder(second)
    np.testing.assert_array_equal(taken.detection.theta, model.detection.theta)
    assert taken.about["detection_from"] == model.about["command"]
    assert taken.about["refinement"]["steps"] == 2


def test_finished_crops_show_no_hand_box_to_learn(
    folders: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = Path(folders[-1])
    save_crops(replace(read_crops(path), boxes=None), path)
    assert main(["finder", *folders, "--out", str(tmp_path / "f.safetensors")]) == 1
    assert "No crop with a hand box" in capsys.readouterr().err


def test_frames_without_a_hand_are_not_enough(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    frames = tmp_path / "empty"
    frames.mkdir()
    cv2.imwrite(str(frames / "wall.png"), np.full((90, 120), 60, np.uint8))
    assert main(["finder", "--frames", str(frames), "--out", str(tmp_path / "f.safetensors")]) == 1
    assert "boxes.csv" in capsys.readouterr().err


def test_leaving_everything_out_is_said(
    folders: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = str(tmp_path / "f.safetensors")
    assert main(["finder", *folders, "--leave-out", "me", "you", "--out", out]) == 1
    assert "No frames are left" in capsys.readouterr().err
