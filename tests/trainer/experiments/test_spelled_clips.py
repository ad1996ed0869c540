from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from trainer.capture.opening import open_source
from trainer.capture.source import frames
from trainer.data.folders import Photograph
from trainer.experiments.spelled_clips import (
    AWAY_FRAMES,
    FRAMES_PER_SECOND,
    HOLD_FRAMES,
    main,
    write_clip,
)
from trainer.images.box import Box
from trainer.recognition.spelling_score import read_clip


def test_a_clip_holds_each_letter_and_the_hand_leaves_between_equal_ones(tmp_path: Path) -> None:
    folder = tmp_path / "frames"
    rows = ["file,source,letter,x,y,w,h"]
    for n, letter in enumerate("FLY"):
        for take in range(2):
            image = np.full((48, 64, 3), 40, np.uint8)
            image[10:30, 10 * n + 5 : 10 * n + 25] = 200
            (folder / letter).mkdir(parents=True, exist_ok=True)
            cv2.imwrite(str(folder / letter / f"{take}.png"), image)
            rows.append(f"{letter}/{take}.png,anna,{letter},{10 * n + 5},10,20,20")
    (folder / "boxes.csv").write_text("\n".join([*rows, ""]))
    main(["--frames", str(folder), "--out", str(tmp_path / "clips")])
    clip = read_clip(tmp_path / "clips" / "anna_fly.json")
    assert clip.text == "FLY"
    assert [sign.letter for sign in clip.signs] == ["F", "L", "Y"]
    assert clip.box(1.3).x == 15
    shown = list(frames(open_source(str(clip.video))))
    assert len(shown) == 3 * HOLD_FRAMES


def test_between_equal_letters_the_frame_moves_away(tmp_path: Path) -> None:
    image = np.zeros((48, 64, 3), np.uint8)
    image[:20] = 250
    cv2.imwrite(str(tmp_path / "l.png"), image)
    letters = {"L": [Photograph(tmp_path / "l.png", 10, "anna", Box(0, 0, 20, 20))]}
    write_clip(tmp_path / "anna_ll", "LL", "anna", letters)
    shown = [frame.image for frame in frames(open_source(str(tmp_path / "anna_ll.mp4")))]
    assert len(shown) == 2 * HOLD_FRAMES + AWAY_FRAMES
    gap = read_clip(tmp_path / "anna_ll.json").signs
    assert round((gap[1].start - gap[0].end) * FRAMES_PER_SECOND) == AWAY_FRAMES
    # In the middle of it, the bright part has left downwards, and its edge is repeated.
    assert shown[HOLD_FRAMES - 1][40].mean() < 60
    assert shown[HOLD_FRAMES + AWAY_FRAMES // 2][40].mean() > 200
