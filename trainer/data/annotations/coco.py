"""COCO: one JSON file with images, annotations (boxes in pixels) and categories."""

from __future__ import annotations

import json
import posixpath
from typing import Any

from trainer.data.annotations.annotation import (
    NO_BOX,
    NO_NAME,
    NOT_THERE,
    Annotation,
    Annotations,
    sound_box,
)
from trainer.data.file_tree import FileTree
from trainer.data.left_out import LeftOut
from trainer.support.errors import UserError

MAX_BYTES = 128 << 20
MAX_MEMORY = 1 << 29
"""Bytes that the values of a file may take, by the estimate of `_memory`."""

_MOST_FILES = 20
_HEAD = 1 << 16


def read_coco(tree: FileTree, only: str | None = None) -> Annotations:
    """The annotations of the COCO files in a tree.

    Args:
        tree: The files.
        only: The one file to read.

    Raises:
        UserError: A COCO file is damaged or too large.
    """
    result = Annotations([], set(), set(), LeftOut(), "labels from COCO annotations")
    names = [name for name in tree.names if name.lower().endswith(".json")]
    for name in [only] if only else names[: 10 * _MOST_FILES]:
        head = tree.head(name, _HEAD)
        named = "coco" in posixpath.basename(name).lower()
        if name == only or named or b'"images"' in head or b'"annotations"' in head:
            _read_file(tree, name, result, must=named or name == only)
    return result


def _read_file(tree: FileTree, name: str, result: Annotations, *, must: bool) -> None:
    where = tree.where(name)
    content = tree.read(name, MAX_BYTES)
    if _memory(content) > MAX_MEMORY:
        raise UserError(f"{where}: too many annotations for one file. Divide it into several.")
    try:
        whole = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UserError(f"{where}: a damaged or incomplete JSON file.") from error
    lists = [_dicts(whole, key) for key in ("images", "annotations", "categories")]
    images, annotations, categories = lists
    if not images or not isinstance(whole.get("annotations"), list):
        if must:
            raise UserError(
                f'{where}: not COCO annotations, which hold "images", "annotations" and '
                '"categories".'
            )
        return
    result.files.add(name)
    labels = {_id(c.get("id")): str(c.get("name", "")) for c in categories}
    found: dict[Any, tuple[str, tuple[float, float] | None]] = {}
    missing: set[Any] = set()
    for image in images:
        listed, key = str(image.get("file_name", "")), _id(image.get("id"))
        path = tree.find(listed, name) if listed else None
        if path is None:
            missing.add(key)
            result.left_out.add(NOT_THERE, f"{name}: {listed!r} is not in the folder")
        else:
            found[key] = path, _size(image)
            result.covered.add(path)
    seen = set()
    for annotation in annotations:
        key = _id(annotation.get("image_id"))
        if key is None or key not in found:
            if key not in missing:
                result.left_out.add("of an image that is not listed", name)
            continue
        seen.add(key)
        path, size = found[key]
        numbers = annotation.get("bbox")
        good = isinstance(numbers, list) and len(numbers) == 4 and all(map(_is_number, numbers))
        box = sound_box(*map(float, numbers)) if good else None  # type: ignore[arg-type]
        if numbers and box is None:
            result.left_out.add(NO_BOX, f"{name}: an annotation of {path!r}")
            continue
        category = _id(annotation.get("category_id"))
        label = labels.get(category) if labels else category
        if not label:
            result.left_out.add(NO_NAME, f"{name}: an annotation of {path!r}")
            continue
        result.found.append(Annotation(path, label, box, size=size))
    for key in found.keys() - seen:
        result.left_out.add("without a label", found[key][0])


def _dicts(whole: object, key: str) -> list[dict[str, Any]]:
    values = whole.get(key) if isinstance(whole, dict) else None
    return [v for v in values if isinstance(v, dict)] if isinstance(values, list) else []


def _size(image: dict[str, Any]) -> tuple[float, float] | None:
    sides = image.get("width"), image.get("height")
    if not all(_is_number(side) and side > 0 for side in sides):  # type: ignore[operator]
        return None
    width, height = map(float, sides)  # type: ignore[arg-type]
    return width, height


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and abs(value) < 1e9


def _id(value: object) -> str | None:
    """An id that can be looked up; some programs write 1 as "1" or as 1.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return str(value) if isinstance(value, int | str) else None


def _memory(content: bytes) -> int:
    """Bytes that the values of a JSON text take in memory, at most about."""
    return (
        len(content)
        + 64 * content.count(b"[")
        + 240 * content.count(b"{")
        + 60 * content.count(b",")
    )
