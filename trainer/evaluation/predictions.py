"""How every validation image was read, on disk, so that errors can be looked at one by one."""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trainer.data.dataset import Dataset
from trainer.evaluation.metrics import confusion
from trainer.images.preprocessing import Image, Preprocessing
from trainer.letters import CLASSES
from trainer.support import atomic
from trainer.support.errors import UserError
from trainer.support.files import check_regular
from trainer.support.zips import check_unpacked

_MOST_BYTES = 512 << 20
"""Of an unpacked file: 55,000 images of 96 × 96 pixels."""


@dataclass(frozen=True)
class HeldOut:
    """Labelled images as a network sees them, and where they stand.

    Attributes:
        images: (n, size, size) uint8.
        labels: (n,) int64 class indices 0–23.
        files: The files that they are from.
        file: (n,) int64 indices into `files`.
        row: (n,) int64 indices of rows in that file.
    """

    images: Image
    labels: NDArray[np.int64]
    files: tuple[str, ...]
    file: NDArray[np.int64]
    row: NDArray[np.int64]

    def __len__(self) -> int:
        return len(self.labels)

    @classmethod
    def of(
        cls,
        parts: Sequence[tuple[Path, Dataset, NDArray[np.int64]]],
        preprocessing: Preprocessing,
    ) -> HeldOut:
        """The letters among some rows of some files.

        Args:
            parts: Path, whole data set, and the indices of the rows in question.
            preprocessing: Of the network.

        Raises:
            UserError: There is no image of a letter among them.
        """
        size = preprocessing.size
        shown, labels, file, rows = [], [], [], []
        for place, (_, dataset, chosen) in enumerate(parts):
            letters = chosen[dataset.labels[chosen] < CLASSES]
            seen = np.empty((len(letters), size, size), np.uint8)
            for to, index in enumerate(letters.tolist()):
                seen[to] = preprocessing.image(dataset.images[index], dataset.box(index))
            shown.append(seen)
            labels.append(dataset.labels[letters])
            file.append(np.full(len(letters), place, np.int64))
            rows.append(letters)
        if not sum(map(len, labels)):
            raise UserError("There is no image of a letter to measure on.")
        return cls(
            np.concatenate(shown),
            np.concatenate(labels),
            tuple(os.path.realpath(path) for path, _, _ in parts),
            np.concatenate(file),
            np.concatenate(rows),
        )

    def dataset(self, digests: dict[str, str]) -> Dataset:
        """The images as a data set; `digests` are those of the files."""
        sources = np.array([Path(name).stem for name in self.files])[self.file]
        return Dataset(self.images, self.labels, sources, digests=digests)

    def save(self, path: Path) -> None:
        """Writes an .npz.

        Raises:
            UserError: The file cannot be written.
        """
        _write(
            path,
            pictures=self.images,
            labels=self.labels,
            files=np.array(self.files),
            file_of=self.file,
            row=self.row,
        )

    @classmethod
    def load(cls, path: Path) -> HeldOut:
        """Reads what `save` wrote.

        Raises:
            UserError: The file is missing or damaged.
        """
        arrays = _read(path, ("pictures", "labels", "files", "file_of", "row"))
        files = tuple(map(str, np.atleast_1d(arrays["files"])))
        images, labels = arrays["pictures"], arrays["labels"]
        numbers = [labels, arrays["file_of"], arrays["row"]]
        if not (
            images.ndim == 3
            and images.dtype == np.uint8
            and all(n.shape == (len(images),) and n.dtype == np.int64 for n in numbers)
            and all(n.size == 0 or n.min() >= 0 for n in numbers)
            and (not len(labels) or (labels.max() < CLASSES and numbers[1].max() < len(files)))
        ):
            raise UserError(f"{path}: damaged. Train anew.")
        return cls(images, labels, files, arrays["file_of"], arrays["row"])


@dataclass(frozen=True)
class Outcomes:
    """How the images of a `HeldOut` were read after one epoch.

    Attributes:
        epoch: From 0.
        read: (n,) int64 class indices of the most probable letters.
        confidence: (n,) float32 probabilities of these.
        true: (n,) float32 probabilities of the letters that are shown.
    """

    epoch: int
    read: NDArray[np.int64]
    confidence: NDArray[np.float32]
    true: NDArray[np.float32]

    @classmethod
    def of(
        cls, probabilities: NDArray[np.float32], labels: NDArray[np.int64], epoch: int
    ) -> Outcomes:
        """From probabilities (n, 24) and class indices (n,)."""
        each = np.arange(len(labels))
        read = probabilities.argmax(axis=1)
        return cls(epoch, read, probabilities[each, read], probabilities[each, labels])

    def confusion(self, labels: NDArray[np.int64]) -> NDArray[np.int64]:
        """(24, 24) counts: row the true letter, column the letter that was read."""
        return confusion(labels, self.read)

    def save(self, path: Path) -> None:
        """Writes an .npz.

        Raises:
            UserError: The file cannot be written.
        """
        _write(
            path,
            epoch=np.array(self.epoch),
            read=self.read,
            confidence=self.confidence,
            true=self.true,
        )

    @classmethod
    def load(cls, path: Path) -> Outcomes:
        """Reads what `save` wrote.

        Raises:
            UserError: The file is missing or damaged.
        """
        arrays = _read(path, ("epoch", "read", "confidence", "true"))
        epoch, read = arrays["epoch"], arrays["read"]
        shares = (arrays["confidence"], arrays["true"])
        if not (
            epoch.shape == ()
            and epoch.dtype.kind == read.dtype.kind == "i"
            and read.ndim == 1
            and (not len(read) or 0 <= read.min() <= read.max() < CLASSES)
            and all(s.shape == read.shape and s.dtype == np.float32 for s in shares)
        ):
            raise UserError(f"{path}: damaged. Train anew.")
        return cls(int(epoch), read, *shares)


def _write(path: Path, **arrays: NDArray[Any]) -> None:
    buffer = io.BytesIO()
    np.savez_compressed(buffer, **arrays)  # type: ignore[arg-type]
    atomic.write_bytes(path, buffer.getvalue())


def _read(path: Path, names: Sequence[str]) -> dict[str, NDArray[Any]]:
    try:
        check_regular(path)
        check_unpacked(path, _MOST_BYTES)
        # numpy would leave the file open when it turns out to be no archive.
        with path.open("rb") as file, np.load(file, allow_pickle=False) as arrays:
            found = {name: arrays[name] for name in names}
        # What lacks the head of an array comes as mere bytes.
        if not all(isinstance(array, np.ndarray) for array in found.values()):
            raise ValueError("not an array")
        return found
    except OSError as error:
        raise UserError(f"{path}: cannot be read ({error.strerror or error}).") from error
    except UserError:
        raise
    except Exception as error:
        # zipfile, zlib and numpy raise a dozen kinds of exception on damaged archives.
        raise UserError(f"{path}: damaged. Train anew.") from error
