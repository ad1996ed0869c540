"""Images as a source: in the order of their numbers, and known by their content."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from trainer.capture import images
from trainer.capture.images import ImageSource
from trainer.capture.opening import is_live, open_source
from trainer.capture.source import frames
from trainer.support.errors import UserError


def encoded(level: int, ending: str = ".jpg") -> bytes:
    return cv2.imencode(ending, np.full((24, 32, 3), level, np.uint8))[1].tobytes()


def test_names_with_numbers_come_in_the_order_of_the_numbers(tmp_path: Path) -> None:
    for name in ("10.jpg", "2.jpg", "1.jpg", "b/a1.jpg", "b10/x.jpg", "b2/x.jpg"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(encoded(90))
    found = [Path(f.name).relative_to(tmp_path) for f in frames(open_source(str(tmp_path)))]
    assert [path.as_posix() for path in found] == [
        *("1.jpg", "2.jpg", "10.jpg", "b/a1.jpg", "b2/x.jpg", "b10/x.jpg")
    ]


@pytest.mark.parametrize("name", ["hand.jfif", "hand.JFIF", "hand.jpe", "hand", "hand.mp4"])
@pytest.mark.parametrize("kind", [".jpg", ".png", ".webp", ".bmp", ".tiff"])
def test_an_image_of_any_ending_stands_still(tmp_path: Path, name: str, kind: str) -> None:
    path = tmp_path / name
    path.write_bytes(encoded(120, kind))
    assert not is_live(str(path))
    source = open_source(str(path))
    assert isinstance(source, ImageSource)
    (frame,) = frames(source)
    assert frame.duration is None
    assert frame.image.shape == (24, 32, 3)


def test_images_of_a_folder_are_shown_for_a_second_each(tmp_path: Path) -> None:
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(encoded(90))
    assert [(f.seconds, f.duration) for f in frames(open_source(str(tmp_path)))] == [
        (0.0, 1.0),
        (1.0, 1.0),
    ]


@pytest.mark.parametrize(("bound", "most"), [("_MOST_ENTRIES", 1), ("_MOST_SECONDS", -1.0)])
def test_a_folder_that_is_a_whole_disk_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, bound: str, most: float
) -> None:
    for name in ("1.jpg", "2.jpg"):
        (tmp_path / name).write_bytes(encoded(90))
    monkeypatch.setattr(images, bound, most)
    with pytest.raises(UserError, match="too much to look through"):
        open_source(str(tmp_path))


def test_bad_images_of_several_are_reported(tmp_path: Path) -> None:
    for name in ("1.png", "2.png"):
        (tmp_path / name).write_bytes(b"no image")
    said: list[UserError] = []
    with pytest.raises(UserError, match=r"1\.png"):
        list(frames(open_source(str(tmp_path)), said.append))
    assert ["1.png" in str(said[0]), "2.png" in str(said[1])] == [True, True]
    cv2.imwrite(str(tmp_path / "3.png"), np.zeros((9, 9, 3), np.uint8))
    (frame,) = frames(open_source(str(tmp_path)), said.append)
    assert frame.name.endswith("3.png")
    assert len(said) == 4
    with pytest.raises(UserError, match=r"1\.png"):
        list(frames(open_source(str(tmp_path))))
