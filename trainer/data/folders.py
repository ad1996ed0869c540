"""Labelled images: what lies in a folder or archive, whatever way it is labelled in."""

from __future__ import annotations

import hashlib
import os
import posixpath
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from trainer.data.annotations.annotation import Annotation, Annotations
from trainer.data.annotations.coco import read_coco
from trainer.data.annotations.landmarks import LANDMARKS, read_landmarks
from trainer.data.annotations.names import is_name, is_number, number_of, read_names
from trainer.data.annotations.tables import HEAD, INDEX, MOST_TABLES, lists_images, read_tables
from trainer.data.annotations.voc import read_voc
from trainer.data.annotations.yolo import read_yolo
from trainer.data.file_tree import FileTree, open_tree
from trainer.data.labels import map_labels
from trainer.data.left_out import LeftOut
from trainer.images.box import Box
from trainer.images.files import IMAGE_ENDINGS, read_image
from trainer.images.preprocessing import Image
from trainer.letters import ALPHABET, CLASSES, Convention
from trainer.support import files
from trainer.support.errors import UserError, printable
from trainer.support.kinds import TABLE_ENDINGS, Use, kind_of, what_is

_READERS: tuple[tuple[tuple[str, ...], Callable[[FileTree, str | None], Annotations]], ...] = (
    ((".csv", ".tsv"), read_tables),
    ((".json",), read_coco),
    ((".xml",), read_voc),
    ((".yaml", ".yml"), read_yolo),
)
"""By the ending of the file that a user may name; the first that speaks of an image is believed."""

_SPLITS = frozenset(
    [
        "train",
        "training",
        "valid",
        "validation",
        "val",
        "test",
        "testing",
        "images",
        "image",
        "img",
        "imgs",
        "labels",
        "data",
        "dataset",
        "annotations",
        "jpegimages",
        "export",
        "obj_train_data",
    ]
)
"""Names of folders that say nothing about whose hand is in them."""

_HEAD = 512
_MOST_SNIFFED = 2000
"""Files without the ending of an image that are opened to see whether they are one."""


@dataclass(frozen=True)
class Photograph:
    """One labelled image file.

    Attributes:
        path: The file; of one in an archive, for messages only.
        label: Class index 0–23.
        source: Whose hand, as far as is known.
        box: The hand box in the image's pixels; None: not known.
        size: Width and height of the image that the box was drawn in; None: as the image is.
        tree: What the file is read from; None: from `path`.
        name: Its name in the tree.
        joints: (21, 2) in the image's pixels; None: not known.
    """

    path: Path
    label: int
    source: str
    box: Box | None
    size: tuple[float, float] | None = None
    tree: FileTree | None = field(default=None, compare=False, repr=False)
    name: str = ""
    joints: NDArray[np.float32] | None = field(default=None, compare=False, repr=False)

    def image(self) -> Image:
        """The image, (h, w, 3) BGR.

        Raises:
            UserError: It cannot be read.
        """
        return read_image(self.path) if self.tree is None else self.tree.image(self.name)


@dataclass(frozen=True)
class Listing:
    """The labelled images of a folder or archive.

    Attributes:
        photographs: In a fixed order: 2.jpg before 10.jpg.
        left_out: What was seen and is not among them, by reason.
        how: How the labels were read, as a phrase.
    """

    photographs: tuple[Photograph, ...]
    left_out: LeftOut
    how: str

    @property
    def digest(self) -> str:
        """SHA-256 over what the listing says; not over the images themselves."""
        text = "\n".join(f"{p.path.name} {p.label} {p.source} {p.box}" for p in self.photographs)
        return hashlib.sha256(text.encode("utf-8", "backslashreplace")).hexdigest()


def holds_images(path: Path) -> bool:
    """Whether `list_photographs` reads this: labelled images in a folder or archive, or their list.

    Where tables of pixels lie beside images, as in Kaggle's archive, the images have to lie in
    folders by letter.

    Raises:
        UserError: It cannot be looked through.
    """
    kind = what_is(path)
    if kind.use is Use.TABLE and path.suffix.lower() in (".csv", ".tsv"):
        return lists_images(files.head(path, HEAD))
    if kind.use is Use.ANNOTATIONS:
        return path.suffix.lower() in (".json", ".xml", ".yaml", ".yml")
    if kind.use not in (Use.FOLDER, Use.ARCHIVE):
        return False
    tree = open_tree(path)
    if not any(name.lower().endswith(IMAGE_ENDINGS) for name in tree.found):
        return False
    tables = [name for name in tree.found if name.lower().endswith(TABLE_ENDINGS)]
    lists = [name for name in tables if name.lower().endswith((".csv", ".tsv"))]
    if not tables or any(lists_images(tree.head(name, HEAD)) for name in lists[:MOST_TABLES]):
        return True
    try:
        return any("/" in photograph.name for photograph in list_photographs(path).photographs)
    except UserError:
        return False


def list_photographs(path: Path, convention: Convention | None = None) -> Listing:
    """The labelled images of a folder, of a zip archive, or of an annotation file's folder.

    Labels come from a table (index.csv, Roboflow), COCO, Pascal VOC or YOLO annotations where there
    are any, else from names of folders, else from names of files; see docs/data-formats.md.

    Args:
        path: A folder, a zip archive, or one annotation file in a folder.
        convention: How numbers stand for letters; None: decided by rule.

    Raises:
        UserError: Nothing is there, an annotation file is damaged, numbers fit two conventions, or
            there is no image of the 24 letters.
    """
    only = None
    if os.path.isfile(path) and any(path.suffix.lower() in endings for endings, _ in _READERS):
        path, only = path.parent, path.name
    tree = open_tree(path)
    left_out = LeftOut()
    annotations, how = _read(tree, only, left_out)
    if not annotations:
        raise _nothing(path, left_out)
    counts = Counter(annotation.label for annotation in annotations)
    labels = map_labels(counts, printable(str(path)), convention)
    joints = read_landmarks(tree)
    photographs = []
    for a in annotations:
        index = labels.classes[a.label]
        if index is None or index >= CLASSES:
            left_out.add(f"of {_shown(a.label, labels.number_of_a)}")
            continue
        source = a.source or _source(tree, a.image)
        photographs.append(
            Photograph(
                *(tree.where(a.image), index, source, a.box, a.size, tree, a.image),
                joints=joints.get(a.image),
            )
        )
    if not photographs:
        raise _nothing(path, left_out)
    note = "" if labels.note == "labels are letters" else f"; {labels.note}"
    return Listing(tuple(photographs), left_out, f"{how}{note}")


def _shown(label: str, number_of_a: int | None) -> str:
    """A label for messages: its letter where it is a number."""
    number = number_of(label)
    if number_of_a is not None and number is not None:
        at = number - number_of_a
        return ALPHABET[at] if 0 <= at < len(ALPHABET) else f"class {label}"
    return printable(label)[:40]


def _nothing(path: Path, left_out: LeftOut) -> UserError:
    first = f" {left_out.sentence()}" if left_out.total else ""
    return UserError(
        f"{path}: no photographs of the letters A–Y.{first} Expected are images whose folders or "
        "names begin with a letter, or an index.csv (file, letter), or YOLO, COCO or Pascal VOC "
        "annotations."
    )


def _read(tree: FileTree, only: str | None, left_out: LeftOut) -> tuple[list[Annotation], str]:
    """All annotations, in the order of the images, and what they are; counts what has none.

    Raises:
        UserError: An annotation file is damaged.
    """
    found: list[Annotation] = []
    used: set[str] = set()
    covered: set[str] = set()
    how = []
    for endings, reader in _READERS:
        if only and not only.lower().endswith(endings):
            continue
        said = reader(tree, only)
        if not said.files:
            continue
        # What another kind has said already is believed.
        fresh = [a for a in said.found if a.image not in covered]
        left_out.update(said.left_out)
        used |= said.files
        covered |= said.covered
        if fresh:
            found += fresh
            how.append(said.how)
    images = _images(tree, covered | used)
    if found:
        for name in images:
            left_out.add("not in the annotations", name)
    elif not only and INDEX not in {name.lower() for name in used}:
        named = read_names(tree, images)
        found, covered = named.found, named.covered
        how.append(named.how)
        left_out.update(named.left_out)
    for name in sorted(tree.found - covered - used - set(images) - {LANDMARKS}):
        left_out.add(_other_file(name))
    left_out.update(tree.left_out)
    unique = list(dict.fromkeys(found))
    if len(unique) < len(found):
        left_out.add("listed twice", count=len(found) - len(unique))
    return unique, " and ".join(how)


def _images(tree: FileTree, known: set[str]) -> list[str]:
    """The images of a tree but for those that are known, by their endings or their content."""
    images = []
    sniffed = 0
    for name in tree.names:
        if name in known:
            continue
        if name.lower().endswith(IMAGE_ENDINGS):
            images.append(name)
        elif sniffed < _MOST_SNIFFED:
            # What a page or a program saved without an ending may still be an image.
            sniffed += 1
            if kind_of(tree.head(name, _HEAD)).use is Use.IMAGE:
                images.append(name)
    return images


def _other_file(name: str) -> str:
    ending = posixpath.splitext(name)[1].lower()
    return f"of type {printable(ending)[:12]}" if ending else "that are no images"


def _source(tree: FileTree, image: str) -> str:
    """The folder that may say whose hand is in an image: the one above the letter's."""
    folders = [tree.path.resolve().name.removesuffix(".zip"), *image.split("/")[:-1]]
    if len(folders) > 1 and (is_name(folders[-1]) or is_number(folders[-1])):
        folders.pop()
    for name in reversed(folders[1:]):
        if name.lower() not in _SPLITS and name != "..":
            return name
    return folders[0]
