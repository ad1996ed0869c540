"""Motion JPEG is split where its images start and end, in whatever pieces it comes."""

from __future__ import annotations

import struct
from itertools import pairwise

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.trainer.capture.http_camera import jpeg
from trainer.capture import mjpeg
from trainer.capture.mjpeg import JpegSplitter, MalformedError, check_jpeg, decode


def noise(seed: int, *options: int) -> bytes:
    """An image whose coded data hold every byte."""
    image = np.random.default_rng(seed).integers(0, 256, (64, 64, 3), np.uint8)
    return cv2.imencode(".jpg", image, options)[1].tobytes()


PROGRESSIVE = (cv2.IMWRITE_JPEG_PROGRESSIVE, 1)
RESTARTS = (cv2.IMWRITE_JPEG_RST_INTERVAL, 4)
PARTS = [jpeg(9), jpeg(9)[:-2], jpeg(9)[:300], jpeg(9)[300:], b"\xff\xd8\xff", b"\xff", b"\xff\xd9"]
IMAGES = [noise(1), noise(2, *PROGRESSIVE), noise(3, *RESTARTS), jpeg(9)]


@given(st.lists(st.sampled_from([*PARTS, b""]) | st.binary(max_size=9), max_size=12), st.integers())
def test_any_bytes_in_any_pieces_give_the_same_images(parts: list[bytes], seed: int) -> None:
    data = b"".join(parts)
    rng = np.random.default_rng(abs(seed))
    cuts = [0, *sorted(rng.integers(0, len(data) + 1, 5)), len(data)]
    splitter = JpegSplitter()
    pieces = [splitter.feed(data[a:b]) for a, b in pairwise(cuts)]
    assert [image for images in pieces for image in images] == split(data, len(data) + 1)


def with_segment(image: bytes, content: bytes) -> bytes:
    """An image with an application segment, as for a preview."""
    return image[:2] + b"\xff\xe1" + struct.pack(">H", len(content) + 2) + content + image[2:]


def split(data: bytes, piece: int) -> list[bytes]:
    splitter = JpegSplitter()
    found = []
    for at in range(0, len(data), piece):
        found += splitter.feed(data[at : at + piece])
    return found


@pytest.mark.parametrize("piece", [1, 7, 1000, 1 << 20])
def test_images_are_found_in_pieces_of_any_length(piece: int) -> None:
    between = [b"--edge\r\nContent-Length: 12\r\n\r\n", b"", b"\r\n\xff\xd8\r\n", b"\xff"]
    data = b"".join(text + image for text, image in zip(between, IMAGES, strict=True))
    assert split(data, piece) == IMAGES


@pytest.mark.parametrize("piece", [1, 1 << 20])
def test_an_image_in_an_image_does_not_end_it(piece: int) -> None:
    image = with_segment(noise(4), noise(5)[:8000] + b"\xff\xd9")
    assert split(image + jpeg(1), piece) == [image, jpeg(1)]


@pytest.mark.parametrize("piece", [3, 1 << 20])
def test_an_image_without_an_end_is_shown_when_the_next_one_starts(piece: int) -> None:
    cut, whole = split(jpeg(200)[:-2] + b"\r\n--edge\r\n\r\n" + jpeg(50), piece)
    assert whole == jpeg(50)
    image = decode(cut)
    assert image is not None
    assert image.mean() == pytest.approx(200, abs=3)


def test_what_is_no_image_is_said_and_takes_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mjpeg, "MAX_JPEG_BYTES", 100_000)
    splitter = JpegSplitter()
    for _ in range(100):
        splitter.feed(bytes(1000))
        assert len(splitter._buffer) < 2000
    with pytest.raises(MalformedError, match="no JPEG images"):
        splitter.feed(bytes(1000))


@pytest.mark.parametrize("start", [b"\xff\xd8\xff\xe0\x00\x00", b"\xff\xd8\xff\xda\x00\x02"])
def test_an_image_without_an_end_is_bounded(monkeypatch: pytest.MonkeyPatch, start: bytes) -> None:
    monkeypatch.setattr(mjpeg, "MAX_JPEG_BYTES", 100_000)
    splitter = JpegSplitter()
    splitter.feed(start)
    for _ in range(99):
        splitter.feed(bytes(1000))
    with pytest.raises(MalformedError, match="an image of more than"):
        splitter.feed(bytes(1000))


def test_images_of_too_many_pixels_or_scans_are_refused_before_they_are_decoded() -> None:
    image = bytearray(jpeg(9))
    frame_header = image.index(b"\xff\xc0")
    struct.pack_into(">HH", image, frame_header + 5, 65_000, 65_000)
    with pytest.raises(MalformedError, match="65000 × 65000"):
        check_jpeg(bytes(image))
    progressive = noise(2, *PROGRESSIVE)
    last_scan = progressive.rindex(b"\xff\xda")
    scans = progressive[:-2] + progressive[last_scan:-2] * 60 + b"\xff\xd9"
    with pytest.raises(MalformedError, match="scans"):
        check_jpeg(scans)
    check_jpeg(progressive)
    check_jpeg(b"no image")
