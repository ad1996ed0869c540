from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from trainer.capture import animation
from trainer.capture.opening import open_source
from trainer.capture.source import frames
from trainer.support.errors import UserError

LEVELS = (20, 90, 160, 230)


def moving(path: Path, side: int = 32) -> Path:
    """Four frames, each for a tenth of a second longer than the one before."""
    content = cv2.Animation()
    content.frames = [np.full((side, side, 3), level, np.uint8) for level in LEVELS]
    content.durations = [100, 200, 300, 400]
    assert cv2.imwriteanimation(str(path), content)
    return path


@pytest.mark.parametrize("name", ["a.webp", "a.gif", "a.png", "wrong.jpg"])
def test_moving_images_are_clips(tmp_path: Path, name: str) -> None:
    real = moving(tmp_path / name.replace("wrong.jpg", "right.webp"))
    source = open_source(str(real.rename(tmp_path / name)))
    for _ in range(2):
        shown = list(iter(source.read, None))
        assert [round(float(f.image.mean())) for f in shown] == pytest.approx(LEVELS, abs=6)
        assert [f.seconds for f in shown] == pytest.approx([0, 0.1, 0.3, 0.6], abs=0.02)
        assert source.rewind()
    source.close()


def test_frames_are_decoded_a_few_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(animation, "_HELD_BYTES", 32 * 32 * 4 * 3)
    shown = list(frames(open_source(str(moving(tmp_path / "a.webp")))))
    assert [round(float(f.image.mean())) for f in shown] == pytest.approx(LEVELS, abs=6)


def test_frames_that_are_too_large_are_refused(tmp_path: Path) -> None:
    content = bytearray(moving(tmp_path / "a.webp").read_bytes())
    content[24:30] = (16_000).to_bytes(3, "little") * 2
    (tmp_path / "a.webp").write_bytes(content)
    with pytest.raises(UserError, match=r"a\.webp: .*too large"):
        open_source(str(tmp_path / "a.webp"))


def test_one_that_is_cut_off_is_refused(tmp_path: Path) -> None:
    path = moving(tmp_path / "a.webp")
    path.write_bytes(path.read_bytes()[:60])
    with pytest.raises(UserError, match=r"a\.webp"):
        list(frames(open_source(str(path))))


def test_a_still_gif_is_an_image(tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "a.gif"), np.full((20, 30, 3), 90, np.uint8))
    (frame,) = frames(open_source(str(tmp_path / "a.gif")))
    assert frame.duration is None


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.mp4", b"\x89HDF\r\n\x1a\n", "Keras"),
        ("a.jpg", b"<!doctype html>", "web page"),
        ("a.mp4", b"version https://git-lfs.github.com/spec/v1\n", "git lfs pull"),
        ("a.mp4", b"", "empty"),
        ("a.json", b"{}", "JSON"),
        ("a.mp4", b"ffconcat version 1.0\nfile /etc/hostname\n", "a text file"),
        ("a.pdf", b"%PDF-1.4", "PDF"),
    ],
)
def test_what_is_no_source_is_named(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(UserError, match=rf"{name}: .*{said}"):
        open_source(str(tmp_path / name))
