"""Crop files: photographs cut out wider than the hand box, so that augmentation has surroundings.

An image that came as a finished crop has no box, and is kept as it is: what was around it is not
known. A crop file is an .npz without pickles. The images stand in shards of at most `SHARD`, so
that neither writing nor reading holds all of them twice.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.data.dataset import Dataset
from trainer.data.folders import Photograph
from trainer.data.hand_mask import hand_mask
from trainer.data.hands import PhotographReader
from trainer.images.box import Box
from trainer.images.preprocessing import crop_square, middle_square, resample, to_gray
from trainer.joints import JOINTS
from trainer.letters import NO_SIGN
from trainer.support import atomic
from trainer.support.errors import UserError
from trainer.support.files import check_regular, file_sha256
from trainer.support.kinds import Use, what_is
from trainer.support.zips import check_unpacked

SHARD = 2000
SIDE = 160
"""Side of a stored crop in pixels."""

MARGIN = 1.8
"""Side of a stored crop over the longer side of its hand box."""

FORMAT_VERSION = 1
MAX_IMAGES = 5_000_000
_MOST_BYTES = 16 << 30
_MOST_PACKED = 20
"""Bytes that a crop file may unpack to, over those that it has: it is written without packing."""

_LARGEST_BOX = 4.0
"""Sides of a hand box over the side of its crop."""


def cut_out(
    photographs: Iterable[Photograph],
    side: int = SIDE,
    margin: float = MARGIN,
    *,
    masks: bool = False,
    reader: PhotographReader | None = None,
) -> Dataset:
    """Wide gray crops of photographs, with the hand box within each crop.

    With `masks`, the hand is told from its background where that works; training then exchanges
    the background. A photograph in which neither a box nor the reader shows the hand is a finished
    crop, and stays one. What cannot be read is passed over.

    Raises:
        UserError: No image can be read.
    """
    reader = reader or PhotographReader()
    images, labels, sources, boxes, hands, joints = [], [], [], [], [], []
    for photograph, image, known, points in reader.read(photographs):
        square = known.square(margin) if known else middle_square(image)
        crop = crop_square(image, square)
        scale = side / square.w
        inner = None
        if known:
            w, h = known.w * scale, known.h * scale
            inner = Box((side - w) / 2, (side - h) / 2, w, h)
        images.append(resample(to_gray(crop), side))
        boxes.append(inner or (np.nan,) * 4)
        labels.append(photograph.label)
        sources.append(photograph.source)
        if points is None:
            joints.append(np.full((JOINTS, 2), np.nan, np.float32))
        else:
            joints.append((points - np.array(square[:2], np.float32)) * np.float32(scale))
        if masks:
            colour = cv2.resize(crop, (side, side), interpolation=cv2.INTER_AREA)
            # Without surroundings, nothing is known to be background.
            mask = hand_mask(colour, inner) if inner else None
            hands.append(np.zeros((side, side), np.uint8) if mask is None else mask)
    if not images:
        raise UserError(f"There are no photographs to cut out. {reader.left_out.sentence()}")
    return Dataset(
        np.stack(images),
        np.array(labels, np.int64),
        np.array(sources),
        _known(np.array(boxes, np.float32)),
        masks=np.stack(hands) if masks else None,
        joints=_known(np.stack(joints)),
    )


def _known(values: NDArray[np.float32]) -> NDArray[np.float32] | None:
    """None where all is NaN."""
    return None if np.isnan(values).all() else values


def save_crops(dataset: Dataset, path: Path) -> None:
    """Writes a crop file.

    Raises:
        UserError: The file cannot be written.
    """
    shards = -(-len(dataset) // SHARD)
    about = {"format_version": FORMAT_VERSION, "shards": shards}
    arrays: dict[str, NDArray[Any]] = {
        "about": np.frombuffer(json.dumps(about, sort_keys=True).encode(), np.uint8),
        "labels": dataset.labels.astype(np.uint8),
        "boxes": dataset.all_boxes,
        "sources": dataset.sources,
    }
    if dataset.joints is not None:
        arrays["joints"] = dataset.joints
    for shard in range(shards):
        part = slice(shard * SHARD, (shard + 1) * SHARD)
        arrays[f"pictures-{shard:04}"] = dataset.images[part]
        if dataset.masks is not None:
            # A bit a pixel: masks have no half-tones that matter.
            arrays[f"masks-{shard:04}"] = np.packbits(dataset.masks[part] > 127, axis=-1)
    with atomic.replacing(path) as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]


def read_crops(path: Path) -> Dataset:
    """Reads a crop file.

    Raises:
        UserError: The file is missing, damaged, or no crop file.
    """
    try:
        check_regular(path)
        kind = what_is(path)
        # Reading tells more of what is damaged.
        if kind.use is not Use.CROPS and "damaged" not in kind.name:
            raise UserError(f"{path}: {kind.name}, not a crop file, as `trainer import` makes.")
        digest = file_sha256(path)
        # numpy would leave the file open when it turns out to be no archive.
        check_unpacked(path, min(_MOST_BYTES, _MOST_PACKED * path.stat().st_size + (1 << 20)))
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            about = json.loads(bytes(arrays["about"]))
            if (version := about["format_version"]) != FORMAT_VERSION:
                raise UserError(
                    f"{path}: its format version is {version!r}, and this program "
                    f"reads version {FORMAT_VERSION}. Import the photographs anew."
                )
            labels = arrays["labels"]
            if not 0 < len(labels) <= MAX_IMAGES or labels.dtype != np.uint8:
                raise ValueError("labels")
            images = _joined([arrays[f"pictures-{i:04}"] for i in range(about["shards"])])
            boxes, sources = arrays["boxes"], arrays["sources"]
            joints = arrays.get("joints")
            masks = None
            if "masks-0000" in arrays:
                bits = _joined([arrays[f"masks-{i:04}"] for i in range(about["shards"])])
                masks = np.unpackbits(bits, axis=-1, count=images.shape[2]) * np.uint8(255)
        if labels.max() > NO_SIGN or boxes.dtype != np.float32 or np.isinf(boxes).any():
            raise ValueError("labels or boxes")
        if sources.dtype.kind != "U" or boxes.shape != (len(labels), 4):
            raise ValueError("boxes or sources")
        finished = np.isnan(boxes)
        if (finished.any(axis=1) != finished.all(axis=1)).any():
            raise ValueError("boxes")
        if joints is not None and (joints.dtype != np.float32 or np.isinf(joints).any()):
            raise ValueError("joints")
        if (row := _first_bad_box(boxes, *images.shape[1:])) is not None:
            raise UserError(
                f"{path}: the hand box of image {row + 1} is none, or lies outside of its crop. "
                "Make the file anew with `trainer import`."
            )
        count = len(np.unique(sources))
        note = f"{path.name}: {len(labels):,} crops from {count} source{'s' if count > 1 else ''}."
        return Dataset(
            images,
            labels.astype(np.int64),
            sources,
            _known(boxes),
            {path.name: digest},
            (note,),
            masks,
            joints,
        )
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror or error}).") from error
    except UserError:
        raise
    except Exception as error:
        # zipfile, zlib, json and numpy raise a dozen kinds of exception on damaged archives.
        raise UserError(
            f"{path}: damaged, or no crop file. Make it anew with `trainer import`."
        ) from error


def _first_bad_box(boxes: NDArray[np.float32], height: int, width: int) -> int | None:
    """Index of the first box without a size, far larger than its crop, or outside of it."""
    x, y, w, h = boxes.T
    good = (w > 0) & (h > 0) & (np.maximum(w, h) <= _LARGEST_BOX * max(height, width))
    good &= (x < width) & (y < height) & (x + w > 0) & (y + h > 0)
    good |= np.isnan(x)
    return None if good.all() else int(np.argmin(good))


def _joined(shards: Sequence[NDArray[Any]]) -> NDArray[np.uint8]:
    if any(shard.dtype != np.uint8 or shard.ndim != 3 for shard in shards):
        raise ValueError("images")
    return np.concatenate(shards)
