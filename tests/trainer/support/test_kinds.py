from __future__ import annotations

import gzip
import io
import os
import pickle
import tarfile
import zipfile
from pathlib import Path

import cv2
import numpy as np
import pytest

from trainer.support.kinds import Kind, Use, what_is
from trainer.support.paths import DEFAULT_WEIGHTS, DEMO_CLIP, FINDER_WEIGHTS, asset

GRAY = np.full((8, 8, 3), 90, np.uint8)


def written(path: Path, content: bytes) -> Kind:
    path.write_bytes(content)
    return what_is(path)


def zipped(*names: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name in names:
            archive.writestr(name, b"x")
    return buffer.getvalue()


def moving(ending: str) -> bytes:
    animation = cv2.Animation()
    animation.frames = [GRAY, 255 - GRAY]
    animation.durations = [100, 100]
    return cv2.imencodeanimation(ending, animation)[1].tobytes()


@pytest.mark.parametrize("ending", [".png", ".jpg", ".bmp", ".webp", ".tif", ".gif", ".avif"])
def test_images_are_known_whatever_they_are_called(tmp_path: Path, ending: str) -> None:
    kind = written(tmp_path / "weights.safetensors", cv2.imencode(ending, GRAY)[1].tobytes())
    assert kind.use is Use.IMAGE


@pytest.mark.parametrize("ending", [".gif", ".webp", ".png"])
def test_what_moves_is_a_video(tmp_path: Path, ending: str) -> None:
    assert written(tmp_path / f"a{ending}", moving(ending)).use is Use.VIDEO


def test_heic_is_an_image_and_no_video(tmp_path: Path) -> None:
    for brand in (b"heic", b"heix", b"mif1"):
        kind = written(tmp_path / "IMG_1.MOV", b"\0\0\0\x18ftyp" + brand + bytes(4) + b"mif1heic")
        assert (kind.use, kind.name) == (Use.IMAGE, "a HEIC image")
    kind = written(tmp_path / "a", b"\0\0\0\x1cftypmif1" + bytes(4) + b"mif1avifmiaf")
    assert kind.name == "an AVIF image"


@pytest.mark.parametrize(
    ("content", "use", "named"),
    [
        (b"\0\0\0\x20ftypisom", Use.VIDEO, "video"),
        (b"RIFF\0\0\0\0AVI LIST", Use.VIDEO, "video"),
        (b"\x1a\x45\xdf\xa3\x01", Use.VIDEO, "video"),
        (b"RIFF\0\0\0\0WAVEfmt ", Use.OTHER, "sound"),
        (b"\x89HDF\r\n\x1a\n" + bytes(40), Use.FOREIGN_WEIGHTS, "Keras"),
        (bytes(512) + b"\x89HDF\r\n\x1a\n", Use.FOREIGN_WEIGHTS, "Keras"),
        (b"\x1c\0\0\0TFL3" + bytes(40), Use.FOREIGN_WEIGHTS, "TensorFlow Lite"),
        (b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.", Use.FOREIGN_WEIGHTS, "PyTorch"),
        (pickle.dumps([1, 2]), Use.FOREIGN_WEIGHTS, "pickle"),
        (b"\x08\x07\x12\x07pytorch\x1a\x05", Use.FOREIGN_WEIGHTS, "ONNX"),
        (b"\x08\x08\x12\x0basl-desktop:", Use.FOREIGN_WEIGHTS, "ONNX"),
        (zipped("model/data.pkl", "model/data/0"), Use.FOREIGN_WEIGHTS, "PyTorch"),
        (zipped("config.json", "metadata.json"), Use.FOREIGN_WEIGHTS, "Keras"),
        (zipped("keras_model.h5", "labels.txt"), Use.FOREIGN_WEIGHTS, "Teachable Machine"),
        (zipped("model_unquant.tflite", "labels.txt"), Use.FOREIGN_WEIGHTS, "Teachable"),
        (zipped("model.json", "weights.bin", "metadata.json"), Use.FOREIGN_WEIGHTS, "Teachable"),
        (zipped("m/data.pkl", "m/data/0")[:60], Use.FOREIGN_WEIGHTS, "PyTorch"),
        (zipped("xl/workbook.xml"), Use.OTHER, "Excel"),
        (zipped("x_train.npy"), Use.OTHER, "NumPy"),
        (zipped("train/A/1.jpg"), Use.ARCHIVE, "zip"),
        (zipped("train.csv", "__MACOSX/._train.csv"), Use.ARCHIVE, "zip"),
        (zipped("train.tab"), Use.ARCHIVE, "zip"),
        (zipped("notes.md"), Use.OTHER, "without images or tables"),
        (b"PK\x03\x04 and no more", Use.OTHER, "damaged"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:1\n", Use.WRAPPER, "Git LFS"),
        (b"\n<!DOCTYPE html><html>", Use.WRAPPER, "web page"),
        (b"\xef\xbb\xbf<html lang=en>", Use.WRAPPER, "web page"),
        (b"<?xml version='1.0'?>\n<annotation>", Use.ANNOTATIONS, "XML"),
        (b'{"images": []}', Use.ANNOTATIONS, "JSON"),
        (b"train: a\nnc: 1\nnames: ['A']\n", Use.ANNOTATIONS, "YAML"),
        (b"<svg xmlns=''>", Use.OTHER, "SVG"),
        (b"%PDF-1.7", Use.OTHER, "PDF"),
        (b"label,pixel1\n1,2\n", Use.TABLE, "table"),
        (b"\xef\xbb\xbflabel;pixel1\r\n", Use.TABLE, "table"),
        ("label,pixel1\n1,2\n".encode("utf-16"), Use.TABLE, "table"),
        ("label\tpixel1\n1\t2\n".encode("utf-16-le"), Use.TABLE, "table"),
        (gzip.compress(b"label,pixel1\n1,2\n"), Use.TABLE, "compressed table"),
        (gzip.compress(b"\x93NUMPY" + bytes(40)), Use.OTHER, "NumPy"),
        (b"\x1f\x8b no more", Use.OTHER, "damaged"),
        (b"hello", Use.TEXT, "text"),
        (b"", Use.OTHER, "empty"),
        (bytes(1000), Use.UNKNOWN, "known"),
    ],
)
def test_kinds(tmp_path: Path, content: bytes, use: Use, named: str) -> None:
    kind = written(tmp_path / "photo.jpg", content)
    assert (kind.use, named in kind.name) == (use, True), kind
    said = kind.refusal(tmp_path / "photo.jpg", "a weight file")
    assert "photo.jpg" in said
    assert said.endswith(".")


def test_what_the_program_writes_is_known() -> None:
    assert what_is(asset(DEFAULT_WEIGHTS)).use is Use.WEIGHTS
    assert what_is(asset(FINDER_WEIGHTS)).use is Use.WEIGHTS
    assert what_is(asset(DEMO_CLIP)).use is Use.VIDEO


@pytest.mark.parametrize("length", [0x0AFF, 0x5A4D, 0x4D42, 0x80])
def test_a_safetensors_header_of_any_length_is_one(tmp_path: Path, length: int) -> None:
    content = length.to_bytes(8, "little") + b'{"' + b" " * length
    assert written(tmp_path / "w", content).use is Use.WEIGHTS


def test_a_compressed_tar_archive_is_named(tmp_path: Path) -> None:
    with tarfile.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        archive.addfile(tarfile.TarInfo("A/1.jpg"), io.BytesIO())
    assert "tar" in what_is(tmp_path / "a.tar.gz").name


def test_folders_pipes_and_what_is_missing(tmp_path: Path) -> None:
    assert what_is(tmp_path).use is Use.FOLDER
    assert what_is(tmp_path / "none").use is Use.MISSING
    os.mkfifo(tmp_path / "pipe.jpg")
    assert "pipe" in what_is(tmp_path / "pipe.jpg").name
    (tmp_path / "circle").symlink_to(tmp_path / "circle")
    assert what_is(tmp_path / "circle").use is Use.MISSING
    (tmp_path / "saved_model.pb").write_bytes(b"\x08\x01")
    assert what_is(tmp_path).use is Use.FOREIGN_WEIGHTS


def test_a_directory_of_too_many_members_is_refused(tmp_path: Path) -> None:
    end = b"PK\x05\x06" + bytes(8) + (200_000_000).to_bytes(4, "little") + bytes(6)
    path = tmp_path / "many.zip"
    with path.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(200_000_100)
        file.seek(0, 2)
        file.write(end)
    assert "more than 500,000 files" in what_is(path).name
