"""A folder with one person's samples, which is whole whenever the program ends.

    FOLDER/A/00001.png …   the crops, in colour, wider than the hand
    FOLDER/index.csv       what `trainer train`, `finetune` and `import` read of the folder
    FOLDER/samples.csv     the hands alone in Kaggle's layout, labels 0–24 without 9

A sample is kept as soon as its image is, which happens at once or not at all. The tables follow
from the images and are made anew where a process was ended between the two.

There are two sittings: the network learns the first and is checked with the second. A sample's
number tells which one it belongs to, so that the image's name alone does.
"""

from __future__ import annotations

import shutil
from bisect import insort
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from trainer.data.crops import MARGIN, cut_out, save_crops
from trainer.data.folders import list_photographs
from trainer.images.box import Box
from trainer.images.files import decode_image, read_image
from trainer.images.preprocessing import Image, crop_square
from trainer.letters import CLASSES, LETTERS
from trainer.samples import tables
from trainer.support import atomic
from trainer.support.errors import UserError

_SECOND = 1_000_000
"""Number from which samples belong to the second sitting."""


class Sitting(IntEnum):
    """What a sample is for."""

    LEARN = 1
    """The network learns it."""

    CHECK = 2
    """It is never learned, and tells how well the network reads afterwards."""

    @property
    def source(self) -> str:
        """What the tables call it."""
        return tables.SOURCE if self is Sitting.LEARN else tables.CHECK_SOURCE


@dataclass(frozen=True, order=True)
class Sample:
    """A kept image.

    Attributes:
        number: Its place in the order of recording, within its sitting.
        letter: What it shows.
    """

    number: int
    letter: str

    @property
    def sitting(self) -> Sitting:
        """Which sitting it is from."""
        return Sitting.CHECK if self.number >= _SECOND else Sitting.LEARN

    @property
    def name(self) -> str:
        """The image's file, relative to the folder."""
        return f"{self.letter}/{self.number:05}.png"


@dataclass(frozen=True)
class Removed:
    """A sample that was deleted: its file's content, and the image in it."""

    sample: Sample
    content: bytes
    image: Image


class SampleStore:
    """The samples in a folder, which is made with the first one.

    Args:
        folder: Of this store alone.

    Raises:
        UserError: The folder cannot be read, or its tables not be put right.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            tables.sweep(folder)
        except OSError as error:
            raise _unreadable(folder, error) from error
        self._samples = _found(folder)
        names = [sample.name for sample in self._samples]
        rows = tables.read(folder)
        self._rows: dict[str, tables.Row] = rows or {}
        self._whole = rows is not None and list(rows) == names
        if not self._whole and names:
            self._repair()

    def refresh(self) -> None:
        """Takes in what another window has recorded since, and forgets what it has deleted.

        Raises:
            UserError: The folder cannot be read, or its tables not be written.
        """
        found, known = _found(self.folder), set(self._samples)
        now = [sample for sample in found if sample in known or self._take_in(sample)]
        if now != self._samples:
            for gone in known.difference(now):
                self._rows.pop(gone.name, None)
            self._samples = now
            self._write_tables()

    @property
    def samples(self) -> tuple[Sample, ...]:
        """In the order of recording."""
        return tuple(self._samples)

    def of(self, letter: str, sitting: Sitting | None = None) -> list[Sample]:
        """The samples of one letter, of one sitting or of both."""
        return [
            sample
            for sample in self._samples
            if sample.letter == letter and sitting in (None, sample.sitting)
        ]

    def counts(self, sitting: Sitting | None = None) -> NDArray[np.int64]:
        """Samples per letter, (24,), of one sitting or of both."""
        labels = [
            LETTERS.index(sample.letter)
            for sample in self._samples
            if sitting in (None, sample.sitting)
        ]
        return np.bincount(np.array(labels, np.int64), minlength=CLASSES).astype(np.int64)

    def image(self, sample: Sample) -> Image:
        """The kept crop, (160, 160, 3) BGR.

        Raises:
            UserError: It is gone or damaged.
        """
        return read_image(self.folder / sample.name)

    def add(
        self, letter: str, image: NDArray[Any], box: Box, sitting: Sitting = Sitting.LEARN
    ) -> Sample:
        """Keeps the hand in the box of an unmirrored BGR frame.

        Raises:
            UserError: It cannot be written; nothing of it is left.
        """
        crop = crop_square(image, box.square(MARGIN))
        method = cv2.INTER_AREA if crop.shape[0] > tables.SIDE else cv2.INTER_LINEAR
        kept = np.asarray(
            cv2.resize(crop, (tables.SIDE, tables.SIDE), interpolation=method), np.uint8
        )
        return self._keep_new(letter, sitting, kept, cv2.imencode(".png", kept)[1].tobytes())

    def delete(self, samples: Iterable[Sample], removed: list[Removed]) -> None:
        """Deletes samples; what is gone or damaged already stays so.

        Args:
            samples: What is deleted.
            removed: Takes what `restore` needs, also of what is deleted before an error.

        Raises:
            UserError: A file cannot be deleted, or the tables not be written.
        """
        # Or the tables, which are written anew, would lack what another window recorded.
        self.refresh()
        try:
            for sample in samples:
                path = self.folder / sample.name
                with suppress(FileNotFoundError):
                    content = path.read_bytes()
                    path.unlink()
                    with suppress(UserError):
                        removed.append(Removed(sample, content, decode_image(content, path)))
                if sample in self._samples:
                    self._samples.remove(sample)
                    del self._rows[sample.name]
        except OSError as error:
            raise UserError(
                f"{error.filename}: cannot be deleted ({error.strerror or error})."
            ) from error
        finally:
            self._write_tables()

    def restore(self, removed: list[Removed]) -> None:
        """Brings back what was deleted, in its place unless that was taken since.

        Args:
            removed: As `delete` gave it. What is back is no longer in it, also after an error.

        Raises:
            UserError: A file cannot be written.
        """
        while removed:
            each = removed[0]
            try:
                self._keep(each.sample, each.image, each.content)
            except FileExistsError:
                self._keep_new(each.sample.letter, each.sample.sitting, each.image, each.content)
            del removed[0]
        self._write_tables()

    def export(self, path: Path) -> None:
        """Writes all samples as a CSV in Kaggle's layout, or as a crop file (.npz).

        Raises:
            UserError: There are none, or the file cannot be written.
        """
        self.refresh()
        if not self._samples:
            raise UserError("There are no samples yet. Record some first.")
        names = [sample.name for sample in self._samples]
        if not self._whole or list(tables.read(self.folder) or ()) != names:
            self._write_tables()
        if path.suffix.lower() == ".npz":
            save_crops(cut_out(list_photographs(self.folder).photographs), path)
            return
        with atomic.replacing(path) as file, (self.folder / tables.PIXELS_CSV).open("rb") as source:
            shutil.copyfileobj(source, file)

    def _next_number(self, letter: str, sitting: Sitting) -> int:
        before = [each.number for each in self._samples if each.sitting is sitting]
        first = 1 if sitting is Sitting.LEARN else _SECOND + 1
        number = max(before) + 1 if before else first
        # Another window may record into the same folder.
        while (self.folder / Sample(number, letter).name).exists():
            number += 1
        return number

    def _keep_new(self, letter: str, sitting: Sitting, image: Image, content: bytes) -> Sample:
        """Keeps an image under the first number that no other window takes in the meantime."""
        while True:
            sample = Sample(self._next_number(letter, sitting), letter)
            with suppress(FileExistsError):
                self._keep(sample, image, content)
                return sample

    def _keep(self, sample: Sample, image: Image, content: bytes) -> None:
        path = self.folder / sample.name
        row = _row(sample, image)
        atomic.make_folder(path.parent, ", so that the sample is not kept")
        atomic.write_new(path, content)
        try:
            if not self._whole:
                self._write_tables()
            tables.append(self.folder, row)
        except (OSError, UserError) as error:
            self._whole = False
            with suppress(OSError):
                path.unlink(missing_ok=True)
            if isinstance(error, UserError):
                raise
            raise UserError(
                f"{path}: cannot be written ({error.strerror or error}). Make room, or choose "
                "another place for your data."
            ) from error
        insort(self._samples, sample)
        self._rows[sample.name] = row

    def _repair(self) -> None:
        """Makes the tables from the images; one that is damaged is passed over."""
        self._samples = [
            sample for sample in self._samples if sample.name in self._rows or self._take_in(sample)
        ]
        self._write_tables()

    def _take_in(self, sample: Sample) -> bool:
        """Makes the lines of an image that is there already; False where it is damaged."""
        try:
            image = self.image(sample)
        except UserError:
            return False
        self._rows[sample.name] = _row(sample, image)
        return True

    def _write_tables(self) -> None:
        self._whole = False
        tables.write(self.folder, [self._rows[sample.name] for sample in self._samples])
        self._whole = True


def _row(sample: Sample, image: Image) -> tables.Row:
    return tables.row(sample.name, sample.letter, image, sample.sitting.source)


def _found(folder: Path) -> list[Sample]:
    """The samples in a folder, in the order of recording."""
    try:
        return sorted(
            Sample(int(path.stem), path.parent.name)
            for path in folder.glob("?/*.png")
            # `is_file`: a pipe would never be read to its end.
            if path.parent.name in tuple(LETTERS) and path.stem.isdecimal() and path.is_file()
        )
    except OSError as error:
        raise _unreadable(folder, error) from error


def _unreadable(folder: Path, error: OSError) -> UserError:
    return UserError(f"{folder}: cannot be read ({error.strerror or error}).")


def last_of_each_letter(labels: NDArray[np.int64], share: float) -> NDArray[np.bool_]:
    """(n,): whether an image is among the last of its letter, in the order of the data.

    The last ones, since images of one burst are nearly alike: any others would be neighbours in
    time of some that are learned. A letter with two images or more keeps one aside at least, and
    one of a single image none.
    """
    aside = np.zeros(len(labels), bool)
    for letter in np.unique(labels):
        places = np.flatnonzero(labels == letter)
        count = max(round(len(places) * share), 1) if share > 0 and len(places) > 1 else 0
        aside[places[len(places) - count :]] = True
    return aside
