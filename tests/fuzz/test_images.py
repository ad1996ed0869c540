"""Images and videos: cut off, tiny, huge, deep, moving, of many sizes, or none at all."""

from __future__ import annotations

import io
import itertools
import os
import resource
import struct
import subprocess
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.asl_desktop.helpers import constant_model
from tests.fuzz.door import damaged, fuzzed, knock
from trainer.capture.opening import open_source
from trainer.capture.source import frames
from trainer.images.files import read_image
from trainer.images.preprocessing import middle_square
from trainer.recognition.reader import Reader

ENDINGS = (".png", ".jpg", ".bmp", ".webp", ".tif", ".gif", ".avif")
MOST_BYTES_PER_PIXEL = {".gif": 16}
"""Held at the peak while an image is read; 9 of any other kind."""

READ_ONE = """
import resource, sys
from pathlib import Path
from trainer.images.files import read_image
read_image(Path(sys.argv[1]))
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
image = read_image(Path(sys.argv[2]))
grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before
print(1024 * grown / (image.size / 3))
"""
MOST_FRAMES = 200


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("images")


def scene(height: int = 40, width: int = 56) -> np.ndarray:
    rows, columns = np.mgrid[:height, :width]
    return np.stack([rows * 5 % 256, columns * 4 % 256, (rows + columns) * 2 % 256], 2).astype(
        np.uint8
    )


def encoded(ending: str) -> bytes:
    return cv2.imencode(ending, scene())[1].tobytes()


def read(path: Path) -> None:
    """As the app does: opened, and read by a network."""
    image = read_image(path)
    assert image.dtype == np.uint8
    assert image.ndim == 3
    Reader(constant_model("X")).read(image, middle_square(image))


@pytest.mark.parametrize("ending", ENDINGS)
def test_damaged_images(folder: Path, ending: str) -> None:
    path = folder / f"damaged{ending}"

    @fuzzed(0.2)
    @given(content=damaged(encoded(ending)))
    def injure(content: bytes) -> None:
        path.write_bytes(content)
        knock(lambda: read(path), path.name)

    injure()


def test_damaged_heic(folder: Path) -> None:
    pillow_heif = pytest.importorskip("pillow_heif")
    good, path = io.BytesIO(), folder / "damaged.heic"
    height, width = scene().shape[:2]
    pillow_heif.from_bytes("RGB", (width, height), scene().tobytes()).save(good)

    @fuzzed(0.5)
    @given(content=damaged(good.getvalue()))
    def injure(content: bytes) -> None:
        path.write_bytes(content)
        knock(lambda: read(path), path.name)

    injure()


@pytest.mark.parametrize(("ending", "code"), [(".avi", "MJPG"), (".mp4", "mp4v")])
def test_damaged_videos(folder: Path, ending: str, code: str) -> None:
    good = folder / f"good{ending}"
    writer = cv2.VideoWriter(str(good), cv2.VideoWriter.fourcc(*code), 25, (56, 40))
    for _ in range(6):
        writer.write(scene())
    writer.release()
    path = folder / f"damaged{ending}"

    def play() -> None:
        shown: Iterator[object] = frames(open_source(str(path)))
        assert sum(1 for _ in itertools.islice(shown, MOST_FRAMES)) < MOST_FRAMES
        shown.close()  # type: ignore[attr-defined]

    @fuzzed(0.5)
    @given(content=damaged(good.read_bytes()))
    def injure(content: bytes) -> None:
        path.write_bytes(content)
        knock(play, path.name)

    injure()


def _png(width: int, height: int, depth: int = 8) -> bytes:
    """A gray PNG of zeros, which a few kilobytes can claim to be enormous."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    packed = zlib.compressobj(9)
    line = bytes(1 + width * depth // 8)
    data = b"".join(packed.compress(line) for _ in range(height)) + packed.flush()
    head = struct.pack(">IIBBBBB", width, height, depth, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def test_an_image_of_sixteen_thousand_by_sixteen_thousand_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    path.write_bytes(_png(16_384, 16_384))
    assert "too large" in knock(lambda: read(path), path.name)


def test_a_part_that_is_longer_than_the_file_takes_no_memory(tmp_path: Path) -> None:
    content = bytearray(encoded(".png"))
    content[33] = 70  # the highest byte of the length of the pixels
    path = tmp_path / "claims.png"
    path.write_bytes(content)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert "damaged" in knock(lambda: read(path), path.name)
    # Kilobytes; OpenCV would fill more than a million of them.
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 500_000


@pytest.mark.parametrize("ending", ENDINGS)
def test_the_peak_of_memory_is_bounded_by_the_pixels(tmp_path: Path, ending: str) -> None:
    """So `MAX_IMAGE_PIXELS`, half of it for GIF, bounds the memory."""
    small, large = tmp_path / f"small{ending}", tmp_path / f"large{ending}"
    cv2.imwrite(str(small), scene())
    side = 2000 if ending == ".avif" else 4000
    options = [cv2.IMWRITE_JPEG_PROGRESSIVE, 1] if ending == ".jpg" else []
    cv2.imwrite(str(large), cv2.resize(scene(), (side, side)), options)
    command = [sys.executable, "-c", READ_ONE, str(small), str(large)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    most = MOST_BYTES_PER_PIXEL.get(ending, 9)
    assert float(done.stdout) - large.stat().st_size / side**2 < most


def test_thousands_of_scans_are_refused_soon(tmp_path: Path) -> None:
    content = cv2.imencode(
        ".jpg", cv2.resize(scene(), (4000, 4000)), [cv2.IMWRITE_JPEG_PROGRESSIVE, 1]
    )[1].tobytes()
    last = content.rindex(b"\xff\xda")
    path = tmp_path / "scans.jpg"
    path.write_bytes(content[:-2] + content[last:-2] * 200 + b"\xff\xd9")
    assert "scans" in knock(lambda: read(path), path.name)


def test_what_follows_the_end_of_an_image_does_not_matter(tmp_path: Path) -> None:
    path = tmp_path / "more.png"
    path.write_bytes(encoded(".png") + b"\xff" * 40)
    assert knock(lambda: read(path), path.name) == ""


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 1), (2, 2)])
def test_tiny_and_thin_images_are_read(tmp_path: Path, size: tuple[int, int]) -> None:
    path = tmp_path / "thin.png"
    cv2.imwrite(str(path), scene(*size))
    assert knock(lambda: read(path), path.name) == ""


def test_deep_gray_and_transparent_images_are_read(tmp_path: Path) -> None:
    deep = scene().astype(np.uint16) * 257
    clear = np.dstack([scene(), np.zeros((40, 56), np.uint8)])
    for name, image in (("deep.png", deep), ("gray.png", scene()[..., 0]), ("clear.png", clear)):
        path = tmp_path / name
        cv2.imwrite(str(path), image)
        assert knock(lambda path=path: read(path), path.name) == ""
        assert read_image(path).shape == (40, 56, 3)


def test_of_a_moving_image_the_first_frame_is_read(tmp_path: Path) -> None:
    path = tmp_path / "moving.webp"
    animation = cv2.Animation()
    animation.frames = [scene(), 255 - scene()]
    animation.durations = [100, 100]
    cv2.imwriteanimation(str(path), animation)
    assert abs(read_image(path).astype(int) - scene()).mean() < 20


def test_a_folder_of_images_of_many_sizes_plays(tmp_path: Path) -> None:
    sizes = [(1, 1), (40, 56), (56, 40), (3, 900)]
    for index, size in enumerate(sizes):
        cv2.imwrite(str(tmp_path / f"{index}.png"), scene(*size))
    shown = [frame.image.shape[:2] for frame in frames(open_source(str(tmp_path)))]
    assert shown == sizes


@fuzzed()
@given(text=st.text(max_size=40))
def test_any_text_as_a_source(text: str) -> None:
    if "://" not in text:
        knock(lambda: open_source(text).close(), "")


def test_pipes_are_no_sources(tmp_path: Path) -> None:
    for name in ("pipe.mp4", "pipe.png", "pipe"):
        path = tmp_path / name
        os.mkfifo(path)
        assert knock(lambda path=path: next(frames(open_source(str(path)))), path.name)
