"""YOLO: a text file for each image, with a class, and a box or outline in shares of the image."""

from __future__ import annotations

import posixpath
import re
from contextlib import nullcontext, suppress
from pathlib import Path
from typing import Any

import yaml

from trainer.data.annotations.annotation import (
    NO_BOX,
    NO_NAME,
    SHARES,
    Annotation,
    Annotations,
    sound_box,
)
from trainer.data.file_tree import FileTree
from trainer.data.left_out import LeftOut
from trainer.support.errors import UserError
from trainer.support.kinds import IMAGE_ENDINGS

_MAX_BYTES = 1 << 18
"""Of a text file or a list of names."""

_MOST_YAML = 20
"""YAML files that are looked into for names, the ones nearest to the top."""

_MAX_YAML = 1 << 17
"""Bytes of all YAML files together: a megabyte takes ten seconds."""

_NAME_FILES = ("classes.txt", "obj.names", "labels.txt", "_darknet.labels", "class_names.txt")
_NAMES = re.compile(rb"^[ \t\"']*names[\"']?[ \t]*:", re.MULTILINE)
_LINE = re.compile(r"\s*\d{1,9}(\.0*)?(\s+-?(\d+(\.\d+)?|\.\d+)([eE][-+]?\d+)?){4,}\s*")


def read_yolo(tree: FileTree, only: str | None = None) -> Annotations:
    """The annotations of a YOLO export, whose text files stand beside the images or in labels/.

    Args:
        tree: The files.
        only: The data.yaml to read.

    Raises:
        UserError: The list of names cannot be read.
    """
    result = Annotations([], set(), set(), LeftOut(), "labels from a YOLO export")
    there = set(tree.names)
    texts = {
        image: text
        for image in tree.names
        if image.lower().endswith(IMAGE_ENDINGS)
        for text in (_text_of(image, there),)
        if text
    }
    if not texts:
        return result
    names, files = _class_names(tree, only)
    if not files and not any(_LINE.match(_first_line(tree, text)) for text in texts.values()):
        return result
    result.files |= files
    # In an export, an image without a text file is one without a hand.
    roots = {_root(image) for image in texts}
    result.covered |= {
        image
        for image in tree.names
        if image.lower().endswith(IMAGE_ENDINGS) and _root(image) in roots
    }
    for image in tree.names:
        if image in result.covered:
            _read_text(tree, image, texts.get(image), names, result)
    return result


def _text_of(image: str, there: set[str]) -> str | None:
    """The text file of an image: beside it, or in labels/ where the image is in images/."""
    stem = posixpath.splitext(image)[0]
    parts = stem.split("/")
    candidates = [f"{stem}.txt"]
    for at in reversed(range(len(parts) - 1)):
        if parts[at].lower() == "images":
            other = "Labels" if parts[at] == "Images" else "labels"
            candidates.append("/".join([*parts[:at], other, *parts[at + 1 :]]) + ".txt")
    return next((name for name in candidates if name in there), None)


def _root(image: str) -> str:
    return posixpath.dirname(image)


def _first_line(tree: FileTree, text: str) -> str:
    return tree.head(text, 1000).decode("utf-8", "replace").lstrip("\ufeff").partition("\n")[0]


def _read_text(
    tree: FileTree, image: str, text: str | None, names: dict[int, str], result: Annotations
) -> None:
    if text is None:
        result.left_out.add("without a label", image)
        return
    result.files.add(text)
    lines = tree.read(text, _MAX_BYTES).decode("utf-8", "replace").lstrip("\ufeff").splitlines()
    lines = [line for line in lines if line.strip()]
    if not lines:
        result.left_out.add("without a label", image)
    for number, line in enumerate(lines, start=1):
        annotation = _annotation(image, line, names)
        if annotation is None:
            what = f"{line[:60]!r} is no class and box"
            result.left_out.add(NO_BOX, f"{text}, line {number}: {what}")
        elif not annotation.label:
            result.left_out.add(NO_NAME, f"{text}, line {number}")
        else:
            result.found.append(annotation)


def _annotation(image: str, line: str, names: dict[int, str]) -> Annotation | None:
    """The label and box of a line: "class x y w h", or the class and the corners of an outline.

    A class is its name; "" where others have names, and its number where none has.
    """
    if not _LINE.fullmatch(line):
        return None
    first, *rest = line.split()
    index, numbers = int(float(first)), [float(number) for number in rest]
    if len(numbers) in (4, 5):
        x, y, w, h = numbers[:4]
        box = sound_box(x - w / 2, y - h / 2, w, h)
    else:
        xs, ys = numbers[0::2][: len(numbers) // 2], numbers[1::2]
        box = sound_box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    if box is None:
        return None
    return Annotation(image, names.get(index, "" if names else str(index)), box, size=SHARES)


def _class_names(tree: FileTree, only: str | None) -> tuple[dict[int, str], set[str]]:
    """The names of the classes by number, and the files that give them.

    Raises:
        UserError: There are none, and a YAML file that should hold some cannot be read.
    """
    candidates = [n for n in tree.names if n.lower().endswith((".yaml", ".yml"))]
    candidates.sort(key=lambda name: name.count("/"))
    left, unread = _MAX_YAML, None
    for name in [only] if only else candidates[:_MOST_YAML]:
        content = b""
        with nullcontext() if only else suppress(UserError):
            content = tree.read(name, left)
        left -= len(content)
        try:
            if names := _yaml_names(content, tree.where(name)):
                return names, {name}
        except UserError as error:
            # Without names, the numbers of the classes would be taken for letters.
            if only:
                raise
            if _NAMES.search(content):
                unread = unread or error
    for name in tree.names:
        if posixpath.basename(name).lower() in _NAME_FILES:
            text = tree.read(name, _MAX_BYTES).decode("utf-8", "replace").lstrip("\ufeff")
            lines = [line.strip() for line in text.splitlines()]
            if lines and not _LINE.match(lines[0]):
                return dict(enumerate(lines)), {name}
    if unread:
        raise unread
    return {}, set()


class _Loader(yaml.SafeLoader):
    """Refuses aliases, by which a kilobyte can stand for terabytes."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        """As the base class."""
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias")
        return super().compose_node(parent, index)


def _yaml_names(text: bytes, where: Path) -> dict[int, str]:
    """What stands under `names` in a YAML file; nothing where that is no list or mapping.

    Raises:
        UserError: It cannot be read.
    """
    try:
        content = yaml.load(text, _Loader)  # noqa: S506 - a loader that is safer than the safe one
        names = content.get("names") if isinstance(content, dict) else None
        if isinstance(names, list):
            return {number: str(text) for number, text in enumerate(names)}
        if isinstance(names, dict):
            return {int(key): str(text) for key, text in names.items() if str(key).isdecimal()}
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        # Also a number of thousands of digits, which cannot be shown.
        raise UserError(f"{where}: not a YAML file that can be read.") from error
    return {}
