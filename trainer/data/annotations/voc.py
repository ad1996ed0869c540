"""Pascal VOC: an XML file for each image. Entities and document types are refused, not expanded."""

from __future__ import annotations

import posixpath
from xml.etree import ElementTree
from xml.parsers import expat

from trainer.data.annotations.annotation import (
    NO_BOX,
    NOT_THERE,
    Annotation,
    Annotations,
    sound_box,
)
from trainer.data.file_tree import FileTree
from trainer.data.left_out import LeftOut
from trainer.support.errors import UserError
from trainer.support.kinds import IMAGE_ENDINGS

_MAX_BYTES = 1 << 20
_HEAD = 2000


def read_voc(tree: FileTree, only: str | None = None) -> Annotations:
    """The annotations of the Pascal VOC files in a tree.

    Args:
        tree: The files.
        only: The one file to read.
    """
    result = Annotations([], set(), set(), LeftOut(), "labels from Pascal VOC annotations")
    for name in [only] if only else tree.names:
        if name.lower().endswith(".xml") and b"<annotation" in tree.head(name, _HEAD):
            try:
                _read_file(tree, name, result)
            except (expat.ExpatError, UserError, ValueError, LookupError) as error:
                result.left_out.add("annotation files that cannot be read", f"{name}: {error}")
            result.files.add(name)
    return result


def _read_file(tree: FileTree, name: str, result: Annotations) -> None:
    """Adds what a file says.

    Raises:
        UserError: It declares a document type, or is too large.
        expat.ExpatError, ValueError, LookupError: It is damaged.
    """
    root = _parsed(tree.read(name, _MAX_BYTES))
    image = _image_of(tree, name, root.findtext("filename") or "")
    if image is None:
        result.left_out.add(NOT_THERE, f"{name}: its image is not in the folder")
        return
    result.covered.add(image)
    width, height = (_number(root.findtext(f"size/{side}")) for side in ("width", "height"))
    size = (width, height) if width > 0 and height > 0 else None
    objects = root.findall("object")
    if not objects:
        result.left_out.add("without a label", image)
    for item in objects:
        label = (item.findtext("name") or "").strip()
        corners = [_number(item.findtext(f"bndbox/{c}")) for c in ("xmin", "ymin", "xmax", "ymax")]
        left, top, right, bottom = corners
        box = sound_box(left, top, right - left, bottom - top)
        if item.find("bndbox") is not None and box is None:
            result.left_out.add(NO_BOX, f"{name}: {label!r}")
        elif not label:
            result.left_out.add("without a label", name)
        else:
            result.found.append(Annotation(image, label, box, size=size))


def _image_of(tree: FileTree, name: str, listed: str) -> str | None:
    """The image of an annotation: of the name that it gives, or of its own name."""
    stem = posixpath.splitext(posixpath.basename(name))[0]
    endings = (posixpath.splitext(listed)[1], *IMAGE_ENDINGS)
    for path in (listed, *(f"{stem}{ending}" for ending in endings if ending)):
        if path.strip() and (found := tree.find(path, name)):
            return found
    return None


def _parsed(content: bytes) -> ElementTree.Element:
    """The tree of an XML text.

    Raises:
        UserError: It declares a document type, whose entities could grow without bounds or read
            other files.
        expat.ExpatError, ValueError, LookupError: It is damaged.
    """
    builder = ElementTree.TreeBuilder()
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise UserError("it declares a document type, which is not read")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: builder.start(tag, attributes)
    parser.EndElementHandler = builder.end
    parser.CharacterDataHandler = builder.data
    parser.Parse(content, True)
    return builder.close()


def _number(text: str | None) -> float:
    """The number in an element; NaN where there is none."""
    try:
        return float(text or "nan")
    except ValueError:
        return float("nan")
