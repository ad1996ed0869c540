from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import pytest

from trainer.capture import opening
from trainer.capture.camera_list import Camera
from trainer.capture.faults import CameraError
from trainer.capture.opening import open_first_camera, open_source, title
from trainer.capture.source import frames
from trainer.images.files import read_image
from trainer.support.errors import UserError


def save(path: Path, level: int) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), np.full((24, 32, 3), level, np.uint8))
    return path


@pytest.fixture
def video(tmp_path: Path) -> Path:
    path = tmp_path / "clip.avi"
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), 15, (64, 48))
    for level in (20, 120, 220):
        writer.write(np.full((48, 64, 3), level, np.uint8))
    writer.release()
    return path


def test_a_video_gives_its_frames_and_can_start_again(video: Path) -> None:
    source = open_source(str(video))
    assert not source.live
    levels = [round(float(f.image.mean())) for f in iter(source.read, None)]
    assert levels == pytest.approx([20, 120, 220], abs=4)
    assert source.rewind()
    again = source.read()
    assert again is not None
    assert float(again.image.mean()) == pytest.approx(20, abs=4)
    source.close()
    source.close()


def test_a_folder_gives_its_images_by_name(tmp_path: Path) -> None:
    save(tmp_path / "b.png", 2)
    save(tmp_path / "a" / "z.png", 1)
    (tmp_path / "readme.txt").write_text("no image")
    found = list(frames(open_source(str(tmp_path))))
    assert [(Path(f.name).name, int(f.image[0, 0, 0])) for f in found] == [
        ("z.png", 1),
        ("b.png", 2),
    ]


def test_no_name_is_no_folder() -> None:
    with pytest.raises(UserError, match="No source is named"):
        open_source("")


def test_a_single_image(tmp_path: Path) -> None:
    source = open_source(str(save(tmp_path / "é.png", 9)))
    (frame,) = frames(source)
    assert frame.duration is None


@pytest.mark.parametrize("content", [b"", b"no image", b"\x89PNG\r\n\x1a\n" + bytes(30)])
def test_damaged_images_are_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "p.png"
    path.write_bytes(content)
    with pytest.raises(UserError, match=r"p\.png: not an image"):
        read_image(path)


def test_damaged_videos_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "v.mp4"
    path.write_bytes(b"no video" * 100)
    with pytest.raises(UserError, match=r"v\.mp4"):
        open_source(str(path))


def test_what_is_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no such file"):
        open_source(str(tmp_path / "none.mp4"))
    with pytest.raises(UserError, match="no such file"):
        open_source(str(tmp_path / "none.png"))
    with pytest.raises(UserError, match="no images"):
        open_source(str(tmp_path))


def test_cameras_are_chosen_by_name_or_number(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[Camera] = []
    monkeypatch.setattr(
        opening, "cameras", lambda: [Camera(0, 200, "Front"), Camera(2, 200, "Desk")]
    )
    monkeypatch.setattr(opening, "open_camera", opened.append)
    open_source("Desk")
    open_source("0")
    open_first_camera()
    assert [c.name for c in opened] == ["Desk", "Front", "Front"]
    with pytest.raises(UserError, match="0: Front, 2: Desk"):
        open_source("Attic")


def test_no_camera_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "cameras", list)
    with pytest.raises(UserError, match="No camera"):
        open_first_camera()


def test_a_camera_that_does_not_open_is_said() -> None:
    with pytest.raises(CameraError, match="Ghost"):
        opening.open_camera(Camera(97, cv2.CAP_V4L2, "Ghost"))


def test_titles_hide_passwords_and_paths() -> None:
    assert title("rtsp://admin:secret@10.0.0.2/x") == "rtsp://admin:…@10.0.0.2/x"
    assert title("C920 @ /dev/v4l/by-path/usb-2") == "C920"
    assert title("clips/me @ home.mp4") == "clips/me @ home.mp4"


def test_an_address_of_another_kind_is_refused_without_its_password() -> None:
    with pytest.raises(UserError) as raised:
        open_source("rtmp://admin:secret@10.0.0.2/x")
    assert "secret" not in str(raised.value)
