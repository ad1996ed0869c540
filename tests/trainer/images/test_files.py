from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from trainer import MAX_IMAGE_PIXELS
from trainer.images import files
from trainer.images.files import read_image
from trainer.support.errors import UserError

SCENE = np.mgrid[:40, :56].sum(0).astype(np.uint8)[..., None] * np.array([1, 2, 3], np.uint8)


def written(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path


def jpeg(*options: int) -> bytes:
    return cv2.imencode(".jpg", SCENE, options)[1].tobytes()


@pytest.mark.parametrize("ending", [".png", ".jpg", ".bmp", ".webp", ".tif", ".gif", ".avif"])
def test_images_are_read_whatever_they_are_called(tmp_path: Path, ending: str) -> None:
    path = written(tmp_path / "photo.heic", cv2.imencode(ending, SCENE)[1].tobytes())
    assert read_image(path).shape == (40, 56, 3)


def heic(width: int = 512, height: int = 256) -> bytes:
    """A photograph as phones store it, with its left half dark and its right half bright."""
    pillow_heif = pytest.importorskip("pillow_heif")
    import io

    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, width // 2 :] = (250, 20, 20)
    file = io.BytesIO()
    pillow_heif.from_bytes("RGB", (width, height), pixels.tobytes()).save(file, quality=90)
    return file.getvalue()


def test_heic_is_read_whole_and_in_the_right_colours(tmp_path: Path) -> None:
    image = read_image(written(tmp_path / "IMG_1.jpg", heic()))
    assert image.shape == (256, 512, 3)
    assert image[:, :200].max() < 40
    blue, _, red = image[128, 400]
    assert (blue < 80, red > 200) == (True, True)


def test_heic_without_its_package_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pillow_heif", None)
    path = written(tmp_path / "a.heic", b"\0\0\0\x18ftypheic" + bytes(8) + b"mif1")
    with pytest.raises(UserError, match=r"a\.heic: a HEIC image, .*save the image as JPEG"):
        read_image(path)


def test_heic_of_too_many_pixels_is_refused_unread(tmp_path: Path) -> None:
    size = (30_000).to_bytes(4, "big")
    content = b"\0\0\0\x18ftypheic" + bytes(12) + b"ispe\0\0\0\0" + size + size
    with pytest.raises(UserError, match="too large"):
        read_image(written(tmp_path / "a.heic", content))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
@pytest.mark.parametrize("progressive", [0, 1])
def test_a_jpeg_that_is_cut_off_is_refused(tmp_path: Path, share: float, progressive: int) -> None:
    content = jpeg(cv2.IMWRITE_JPEG_PROGRESSIVE, progressive)
    path = written(tmp_path / "a.jpg", content[: int(len(content) * share)])
    with pytest.raises(UserError, match=r"a\.jpg: .*cut off"):
        read_image(path)


def with_scans(content: bytes, count: int) -> bytes:
    """A progressive JPEG whose last scan is repeated."""
    last = content.rindex(b"\xff\xda")
    return content[:-2] + content[last:-2] * count + b"\xff\xd9"


def test_thousands_of_scans_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    content = jpeg(cv2.IMWRITE_JPEG_PROGRESSIVE, 1)
    assert read_image(written(tmp_path / "a.jpg", with_scans(content, 10))).shape == (40, 56, 3)
    monkeypatch.setattr(files, "MAX_SCAN_PIXELS", SCENE.shape[0] * SCENE.shape[1] * 1000)
    with pytest.raises(UserError, match=r"a\.jpg: .*scans"):
        read_image(written(tmp_path / "a.jpg", with_scans(content, 1000)))


def test_a_thumbnail_within_a_jpeg_is_no_scan(tmp_path: Path) -> None:
    content, inside = jpeg(), jpeg()
    segment = b"\xff\xe1" + (len(inside) + 2).to_bytes(2, "big") + inside
    path = written(tmp_path / "a.jpg", content[:2] + segment + content[2:] + b"\xff\xd8 more")
    assert read_image(path).shape == (40, 56, 3)
    assert files._jpeg_work(path.read_bytes()) == (40 * 56, 1, True)


def test_what_claims_too_many_pixels_is_refused_before_it_is_decoded(tmp_path: Path) -> None:
    side = int(MAX_IMAGE_PIXELS**0.5) + 100
    frame = bytearray(jpeg())
    at = frame.index(b"\xff\xc0") + 5
    frame[at : at + 4] = side.to_bytes(2, "big") * 2
    gif = bytearray(cv2.imencode(".gif", SCENE)[1].tobytes())
    gif[6:10] = side.to_bytes(2, "little") * 2
    for name, content in (("a.jpg", frame), ("a.gif", gif)):
        with pytest.raises(UserError, match=f"{name}: too large"):
            read_image(written(tmp_path / name, bytes(content)))


def test_a_file_larger_than_any_image_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "MAX_IMAGE_BYTES", 1 << 20)
    path = written(tmp_path / "a.jpg", b"\xff\xd8\xff")
    with path.open("ab") as file:
        file.truncate((1 << 20) + 1)
    with pytest.raises(UserError, match=r"a\.jpg: larger than 1 MB"):
        read_image(path)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"\x89HDF\r\n\x1a\n", "Keras"),
        (b"<!doctype html>", "web page"),
        (b"version https://git-lfs.github.com/spec/v1\n", "Git LFS"),
        (b"\0\0\0\x20ftypisom", "a video"),
        (b"%PDF-1.4", "PDF"),
    ],
)
def test_other_files_are_named(tmp_path: Path, content: bytes, named: str) -> None:
    with pytest.raises(UserError, match=rf"a\.jpg: .*{named}"):
        read_image(written(tmp_path / "a.jpg", content))
