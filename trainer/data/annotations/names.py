"""Labels from the names of folders, or of the files themselves."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache

from trainer.data.annotations.annotation import Annotation, Annotations
from trainer.data.file_tree import FileTree
from trainer.data.labels import letter_of, map_labels
from trainer.data.left_out import LeftOut
from trainer.letters import ALPHABET
from trainer.support.errors import UserError

_HIGHEST = 28
"""Number of the last of the 29 classes of ASL Alphabet."""

_NUMBER = re.compile(
    r"(?:(?:class|label|letter|sign)[\s_-]*)?([0-9]{1,3})", re.ASCII | re.IGNORECASE
)
_WORDS = re.compile(r"[^\W\d_]+|\d+")


def read_names(tree: FileTree, images: Sequence[str]) -> Annotations:
    """The labels of images by the nearest folder that is named by one, or by their own names.

    Folders named by letter or class (`A`, `letter_a`, `space`) come before names of files
    (`A_test.jpg`), these before folders that are numbered, and the top folder's own name last.

    Args:
        tree: The files.
        images: Names of those to label.
    """
    root = tree.path.name
    folders = {image: _label(_folders(image), is_name) for image in images}
    if any(is_letter(label) for label in folders.values() if label):
        return _annotations(folders, "folders named by letter", "in folders that are no letter")
    files = {image: name_label(image) for image in images}
    letters = {label for label in files.values() if label}
    if all(files.values()) and len(letters) > 1:
        return _annotations(files, "file names that begin with a letter", "")
    numbers = {image: _label(_folders(image), is_number) for image in images}
    if any(numbers.values()):
        return _annotations(numbers, "numbered folders", "in folders that are no number")
    labelled = sum(label is not None for label in files.values())
    if (images and labelled == len(images)) or (len(letters) > 1 and labelled >= len(images) / 2):
        return _annotations(files, "file names", "whose name tells no letter")
    if is_name(root) or is_number(root):
        return _annotations(dict.fromkeys(images, root), "the folder's name", "")
    return _annotations(dict.fromkeys(images), "", "whose folder and name tell no letter")


def _annotations(labels: dict[str, str | None], how: str, reason: str) -> Annotations:
    left_out = LeftOut()
    for image, label in labels.items():
        if not label:
            left_out.add(reason, image)
    found = [Annotation(image, label) for image, label in labels.items() if label]
    return Annotations(found, set(), set(labels), left_out, f"labels from {how}" if how else "")


def _folders(image: str) -> list[str]:
    """The folders of an image, the nearest first."""
    return list(reversed(image.split("/")[:-1]))


def _label(folders: Iterable[str], fits: Callable[[str], bool]) -> str | None:
    return next((name for name in folders if fits(name)), None)


@cache
def is_name(text: str) -> bool:
    """Whether a text is a letter or the name of a class, such as A, letter_a or space."""
    if is_number(text) or not re.search(r"[^\W\d_]", text):
        return False
    try:
        return text not in map_labels([text], "").unknown
    except UserError:
        return False


def is_letter(text: str) -> bool:
    """Whether a label names a letter, not another class."""
    return letter_of(text) is not None


def is_number(text: str) -> bool:
    """Whether a text is the number of a class."""
    number = number_of(text)
    return number is not None and number <= _HIGHEST


def number_of(text: str) -> int | None:
    """The number in a text such as 3, 03 or class_3."""
    found = _NUMBER.fullmatch(text)
    return int(found[1]) if found else None


def name_label(image: str) -> str | None:
    """The label that a file's name begins with, or the only single letter in it.

    `A_test.jpg` and `A12.png` begin with one, `hand1_a_bot.png` has one in it.
    """
    stem = posixpath.basename(image).split(".")[0]
    words: list[str] = _WORDS.findall(stem)
    if not words:
        return None
    if words[0].upper() in ALPHABET or is_name(words[0]):
        return words[0]
    single = [word for word in words if len(word) == 1 and word.upper() in ALPHABET]
    return single[0] if len(single) == 1 else None
