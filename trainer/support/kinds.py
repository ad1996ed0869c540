"""What a file is, by its content: names lie, and a wrong ending should not turn a file away."""

from __future__ import annotations

import bz2
import codecs
import gzip
import lzma
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path, PurePosixPath
from typing import IO, cast

from trainer.support.errors import UserError
from trainer.support.zips import open_zip

IMAGE_ENDINGS = (
    *(".png", ".jpg", ".jpeg", ".jfif", ".jpe", ".bmp", ".webp", ".tif", ".tiff", ".gif"),
    *(".heic", ".heif", ".avif"),
)
TABLE_ENDINGS = (".csv", ".tsv", ".txt", ".tab", ".dat", ".data", ".gz", ".bz2", ".xz")

MOVING = ("a moving WebP image", "a moving PNG image")
"""Names of kinds that are clips and yet no video files."""

_HEAD = 1 << 12
"""Bytes that tell almost every kind."""

_FAR = 1 << 18
"""Bytes within which a PNG or WebP says that it moves."""


class Use(Enum):
    """What the program can do with a file."""

    IMAGE = auto()
    """A still image: a source, and a part of a data set."""
    VIDEO = auto()
    """A clip or a moving image: a source."""
    TABLE = auto()
    """Text in columns, plain or compressed: labelled images, or an index of them."""
    CROPS = auto()
    """A crop file of `trainer import`."""
    ARCHIVE = auto()
    """A zip archive that holds images or tables."""
    FOLDER = auto()
    """A folder: images, a data set, or both."""
    ANNOTATIONS = auto()
    """JSON, XML or YAML: what stands beside images or clips."""
    WEIGHTS = auto()
    """A weight file that this program may read: safetensors, or its own .npz."""
    FOREIGN_WEIGHTS = auto()
    """A network of another program."""
    WRAPPER = auto()
    """A pointer or page in place of the file that was meant."""
    TEXT = auto()
    """Text that is no table at first sight."""
    OTHER = auto()
    """Known, and of no use here."""
    UNKNOWN = auto()
    """Nothing that is known."""
    MISSING = auto()
    """Not there, or not to be read."""


_ADVICE = {
    Use.IMAGE: "Open it as a source; to train on images, put them in folders named by letter.",
    Use.VIDEO: "Open it as a source.",
    Use.TABLE: "It can be trained on, measured on, or played as a source.",
    Use.CROPS: "It can be trained on, measured on, or played as a source.",
    Use.ARCHIVE: "It can be trained or measured on.",
    Use.FOLDER: "It can be played as a source, or trained and measured on if its images are "
    "labelled.",
    Use.ANNOTATIONS: "Choose the folder with the images that it describes.",
    Use.WEIGHTS: "Open it with Open weights, or name it after --weights.",
    Use.FOREIGN_WEIGHTS: "Only this program's .safetensors and .npz weights can be used: train "
    "them with `trainer train` on the images that the other network learned from.",
    Use.WRAPPER: "Download the file itself.",
    Use.TEXT: "Choose an image, a video, a data set or weights.",
    Use.OTHER: "Choose an image, a video, a data set or weights.",
    Use.UNKNOWN: "Choose an image, a video, a data set or weights.",
    Use.MISSING: "Choose another.",
}


@dataclass(frozen=True)
class Kind:
    """What a file is.

    Attributes:
        use: What the program can do with it.
        name: With its article, such as "a JPEG image".
        advice: A sentence on what the user can do with it; "": the usual one for its use.
    """

    use: Use
    name: str
    advice: str = ""

    def refusal(self, path: Path | str, wanted: str = "") -> str:
        """A sentence on why the file is no good here, and where it belongs.

        Args:
            path: The file.
            wanted: What was expected, such as "a weight file".
        """
        but = f", not {wanted}" if wanted and self.use is not Use.FOREIGN_WEIGHTS else ""
        return f"{path}: {self.name}{but}. {self.advice or _ADVICE[self.use]}"


def what_is(path: Path) -> Kind:
    """What a file or folder is; looks at a few kilobytes, and raises nothing."""
    try:
        if path.is_dir():
            if (path / "saved_model.pb").is_file():
                return _foreign("a TensorFlow SavedModel")
            return Kind(Use.FOLDER, "a folder")
        if not path.exists():
            return Kind(Use.MISSING, "missing: there is no such file")
        if not path.is_file():
            return Kind(Use.OTHER, "a device or a pipe", "Choose a file.")
        with path.open("rb") as file:
            head = file.read(_HEAD)
            if not head:
                return Kind(Use.OTHER, "an empty file", "Download or save it again.")
            return _zip(path) if head.startswith(b"PK\x03\x04") else _of(head, file, path)
    except OSError as error:
        return Kind(Use.MISSING, f"cannot be read ({error.strerror or error})")
    except UserError as error:
        return Kind(Use.OTHER, str(error).removeprefix(f"{path}: ").rstrip("."))


def kind_of(head: bytes) -> Kind:
    """The kind that the first bytes of a file tell, as far as they do."""
    # First: the length of a header may happen to look like the mark of another format.
    if head[5:9] == b"\0\0\0{" and head[9:10] in b'" }\n':
        return Kind(Use.WEIGHTS, "a safetensors file")
    for start, kind in _STARTS:
        if head.startswith(start):
            return kind
    return _by_structure(head) or _text(head) or Kind(Use.UNKNOWN, "no file of a known kind")


def _of(head: bytes, file: IO[bytes], path: Path) -> Kind:
    if head.startswith((b"\x89PNG", b"GIF8", b"RIFF")):
        head += file.read(_FAR)
        if _moves(head):
            return Kind(Use.VIDEO, f"a moving {_name(head)} image")
    for start, unpack in _PACKED.items():
        if head.startswith(start):
            return _unpacked(unpack, file, path)
    if any(file.seek(at) == at and file.read(8) == _HDF5 for at in (512, 1024, 2048)):
        return _foreign("a Keras (HDF5) file")
    return kind_of(head)


def _foreign(name: str) -> Kind:
    return Kind(Use.FOREIGN_WEIGHTS, name)


def _image(name: str) -> Kind:
    return Kind(Use.IMAGE, f"a {name} image")


_HDF5 = b"\x89HDF\r\n\x1a\n"
_CONVERT = "Save it as JPEG or PNG, and open that."
_UNPACK = "Unpack it, and choose the folder, or pack it as a zip archive."
_VIDEO = Kind(Use.VIDEO, "a video")
_STARTS: tuple[tuple[bytes, Kind], ...] = (
    (b"version https://git-lfs", Kind(
        Use.WRAPPER,
        "a pointer of Git LFS in place of the file",
        "Run `git lfs pull` where it comes from, or download the file itself.",
    )),
    (b"\xff\xd8\xff", _image("JPEG")),
    (b"\x89PNG\r\n\x1a\n", _image("PNG")),
    (b"GIF8", _image("GIF")),
    (b"II*\0", _image("TIFF")),
    (b"MM\0*", _image("TIFF")),
    (b"II+\0", _image("TIFF")),
    (b"MM\0+", _image("TIFF")),
    (b"\0\0\0\x0cjP  ", Kind(Use.OTHER, "a JPEG 2000 image", _CONVERT)),
    (b"\0\0\0\x0cJXL ", Kind(Use.OTHER, "a JPEG XL image", _CONVERT)),
    (b"\xff\x0a", Kind(Use.OTHER, "a JPEG XL image", _CONVERT)),
    (b"8BPS", Kind(Use.OTHER, "a Photoshop image", _CONVERT)),
    (b"\0\0\1\0", Kind(Use.OTHER, "an icon", _CONVERT)),
    (b"%PDF", Kind(Use.OTHER, "a PDF document", "Save its images as JPEG or PNG.")),
    (b"\x1a\x45\xdf\xa3", _VIDEO),
    (b"FLV\1", _VIDEO),
    (b"\0\0\1\xba", _VIDEO),
    (b"\0\0\1\xb3", _VIDEO),
    (b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", _VIDEO),
    (b"OggS", _VIDEO),
    (b"ID3", Kind(Use.OTHER, "a sound file")),
    (b"fLaC", Kind(Use.OTHER, "a sound file")),
    (_HDF5, _foreign("a Keras (HDF5) file")),
    (b"\x93NUMPY", Kind(
        Use.OTHER, "a NumPy array without labels", "Save images and labels as a CSV file."
    )),
    (b"PAR1", Kind(Use.OTHER, "a Parquet file", "Save it as a CSV file.")),
    (b"SQLite format 3", Kind(Use.OTHER, "an SQLite database", "Save its table as a CSV file.")),
    (b"\xd0\xcf\x11\xe0", Kind(Use.OTHER, "an old Office document", "Save it as a CSV file.")),
    (b"Rar!", Kind(Use.OTHER, "a RAR archive", _UNPACK)),
    (b"7z\xbc\xaf\x27\x1c", Kind(Use.OTHER, "a 7-Zip archive", _UNPACK)),
    (b"\x28\xb5\x2f\xfd", Kind(Use.OTHER, "a Zstandard archive", _UNPACK)),
    (b"\x7fELF", Kind(Use.OTHER, "a program")),
    (b"MZ", Kind(Use.OTHER, "a program")),
)  # fmt: skip
"""First bytes, and what they begin."""

_HEIF = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
_AVIF = {b"avif", b"avis"}


def _by_structure(head: bytes) -> Kind | None:
    """Kinds that fields at fixed places tell."""
    inside = head[8:12]
    if head[4:8] == b"ftyp":
        # Which coding a "mif1" has is told by the other brands.
        brands = {inside, *(head[at : at + 4] for at in range(16, _box_size(head), 4))}
        if inside in _AVIF or (inside in _HEIF and brands & _AVIF):
            return Kind(Use.IMAGE, "an AVIF image")
        return _image("HEIC") if inside in _HEIF else _VIDEO
    if head[4:8] in (b"moov", b"mdat", b"wide", b"free", b"skip"):
        return _VIDEO
    if head.startswith(b"RIFF"):
        if inside == b"WEBP":
            return _image("WebP")
        return _VIDEO if inside == b"AVI " else Kind(Use.OTHER, "a sound file")
    if head.startswith(b"BM") and head[6:10] == bytes(4):
        return _image("BMP")
    if head[4:8] == b"TFL3":
        return _foreign("a TensorFlow Lite network")
    if head[:1] == b"\x47" and head[188:189] == b"\x47" and head[376:377] == b"\x47":
        return _VIDEO
    if head[257:262] == b"ustar":
        return Kind(Use.OTHER, "a tar archive", _UNPACK)
    if head[:1] == b"\x80" and head[1:2] in b"\2\3\4\5":
        torch = b"\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19" in head[:32]
        return _foreign(
            "a PyTorch file"
            if torch
            else "a Python pickle, which could run any program when opened"
        )
    if (
        head[:1] == b"\x08"
        and b"\x12" in head[2:4]
        and re.search(rb"pytorch|onnx|asl-desktop", head)
    ):
        return _foreign("an ONNX network")
    return None


def _box_size(head: bytes) -> int:
    return min(int.from_bytes(head[:4], "big"), 256, len(head))


_WEB = re.compile(rb"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)?<(!doctype html|html|head|body|script)")
_DELIMITED = re.compile(r"[^,;\t|]*[,;\t|]")


def _text(head: bytes) -> Kind | None:
    """What text is: a saved web page, annotations, or a table; None where it is no text."""
    text = _decoded(head)
    if text is None:
        return None
    plain = text.lstrip("\ufeff \t\r\n")
    if _WEB.match(plain[:1000].lower().encode()):
        return Kind(
            Use.WRAPPER,
            "a saved web page in place of the file",
            "Download the file itself: the link leads to a page that shows it.",
        )
    if "<svg" in plain[:1000]:
        return Kind(Use.OTHER, "an SVG drawing", _CONVERT)
    if plain.startswith(("{", "[")):
        return Kind(Use.ANNOTATIONS, "a JSON file")
    if plain.startswith("<"):
        return Kind(Use.ANNOTATIONS, "an XML file")
    # Blanks of one line only: over empty lines, the search would be quadratic.
    if re.search(r"^[ \t]*[\"']?names[\"']?[ \t]*:", text, re.MULTILINE):
        return Kind(Use.ANNOTATIONS, "a YAML file")
    if _DELIMITED.match(plain):
        return Kind(Use.TABLE, "a table")
    return Kind(Use.TEXT, "a text file")


def _decoded(head: bytes) -> str | None:
    """Text in UTF-8, UTF-16 or Windows' Western code page; None for what is no text."""
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return head.decode("utf-16", "replace")
    if b"\0" in head:
        for odd, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
            # In Western text, every other byte is zero.
            if not head[odd::2].strip(b"\0") and head[1 - odd :: 2].count(0) == 0:
                return head.decode(encoding, "replace")
        return None
    if len(re.findall(rb"[\x01-\x08\x0e-\x1f\x7f]", head)) > len(head) // 100:
        return None
    return head.decode("utf-8", "replace")


def _moves(head: bytes) -> bool:
    """Whether a PNG, GIF or WebP has more than one frame, as far as its first bytes tell."""
    if head.startswith(b"\x89PNG"):
        return b"acTL" in head.split(b"IDAT", 1)[0]
    if head.startswith(b"GIF8"):
        # A frame begins with a graphic control and an image descriptor.
        return len(re.findall(rb"\x21\xf9\x04.{4}\x00[\x21\x2c]", head, re.DOTALL)) > 1
    return head[8:16] == b"WEBPVP8X" and bool(head[20] & 2)


def _name(head: bytes) -> str:
    return "PNG" if head.startswith(b"\x89PNG") else "GIF" if head.startswith(b"GIF") else "WebP"


_PACKED: dict[bytes, Callable[[IO[bytes]], IO[bytes]]] = {
    b"\x1f\x8b": lambda file: cast(IO[bytes], gzip.GzipFile(fileobj=file)),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ\0": lzma.LZMAFile,
}


def _unpacked(unpack: Callable[[IO[bytes]], IO[bytes]], file: IO[bytes], path: Path) -> Kind:
    """What is compressed in a file."""
    file.seek(0)
    try:
        with unpack(file) as inside:
            kind = kind_of(inside.read(_HEAD))
    except Exception:
        # The unpacking libraries raise many kinds.
        return Kind(Use.OTHER, "a damaged compressed file", "Download it again.")
    if kind.use is Use.TABLE:
        return Kind(Use.TABLE, "a compressed table")
    if "archive" in kind.name or path.name.lower().endswith((".tar.gz", ".tgz")):
        return Kind(Use.OTHER, "a compressed tar archive", _UNPACK)
    return Kind(Use.OTHER, f"compressed: {kind.name}", "Unpack it first.")


def _zip(path: Path) -> Kind:
    """What the members of a zip archive make it."""
    try:
        with open_zip(path) as archive:
            names = archive.namelist()
    except UserError:
        # Cut off: the first member still tells what was to come.
        kind = kind_of_members(_first_member(path))
        if kind.use is not Use.FOREIGN_WEIGHTS:
            raise
        return kind
    return kind_of_members(names)


def _first_member(path: Path) -> list[str]:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    length = int.from_bytes(head[26:28], "little")
    return [head[30 : 30 + length].decode("utf-8", "replace")]


def kind_of_members(names: list[str]) -> Kind:
    """The kind of a zip archive with these members."""
    paths = [PurePosixPath(name.replace("\\", "/")) for name in names]
    files = {path.name for path in paths}
    endings = {path.suffix.lower() for path in paths if "__MACOSX" not in path.parts}
    if ".npy" in endings:
        if "asl_desktop.npy" in files:
            return Kind(Use.WEIGHTS, "weights in a NumPy archive")
        if {"about.npy", "labels.npy"} <= files:
            return Kind(Use.CROPS, "a crop file")
        return Kind(
            Use.OTHER, "a NumPy archive of another program", "Save images and labels as a CSV file."
        )
    if "data.pkl" in files or "constants.pkl" in files:
        return _foreign("a PyTorch file")
    if {"model.json", "metadata.json"} <= files and any(n.endswith("weights.bin") for n in files):
        return _foreign("a Teachable Machine network for TensorFlow.js")
    if "labels.txt" in files and (files & {"keras_model.h5"} or ".tflite" in endings):
        return _foreign("a Teachable Machine network")
    if "model.weights.h5" in files or {"metadata.json", "config.json"} <= files:
        return _foreign("a Keras file")
    if "saved_model.pb" in files or ".tflite" in endings or ".h5" in endings:
        return _foreign("a TensorFlow network in a zip archive")
    if any(path.parts[:1] == ("xl",) for path in paths):
        return Kind(Use.OTHER, "an Excel workbook", "Save it as a CSV file.")
    if "content.xml" in files or any(path.parts[:1] in (("word",), ("ppt",)) for path in paths):
        return Kind(Use.OTHER, "an office document", "Save tables as CSV, images as JPEG or PNG.")
    if endings & {*IMAGE_ENDINGS, *TABLE_ENDINGS}:
        return Kind(Use.ARCHIVE, "a zip archive")
    return Kind(Use.OTHER, "a zip archive without images or tables", "Choose another.")
