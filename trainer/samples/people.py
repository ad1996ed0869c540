"""The people whose hands the program knows: a folder each, and one file that carries a person.

    DATA/mine/               the first person, whose network is DATA/weights/mine.safetensors
    DATA/people/2/           every other one, whose network.safetensors is in the same folder
        person.json          the name
        samples/             the samples of both sittings
        tuned.safetensors …  what was learned last

The first person's files stay where they were when the program knew one person only, so that
nothing has to be moved, and an earlier version of the program still finds them.
"""

from __future__ import annotations

import json
import os
import re
import secrets
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from trainer.images.files import decode_image
from trainer.letters import LETTERS
from trainer.model import weights
from trainer.support import atomic, files
from trainer.support.errors import UserError
from trainer.support.zips import open_zip, read_member

FIRST = "mine"
"""Key of the first person."""

SAMPLES = "samples"
LONGEST_NAME = 40
ENDING = ".zip"
"""Of a person's file, which is a data set of labelled images, too."""

_FIRST_NETWORK = "weights/mine.safetensors"
_FOLDER = "people"
_NETWORK = "network.safetensors"
_PERSON = "person.json"
_FORMAT = 1
_MAX_JSON = 1 << 16
_MAX_IMAGE = 1 << 20
"""Bytes of a sample; one of noise takes a tenth."""

_MAX_MEMBERS = 20_000
_SIDE = 160
_SAMPLE = re.compile(rf"{SAMPLES}/[{LETTERS}]/[0-9]{{5,7}}\.png")


@dataclass(frozen=True)
class Person:
    """Whose hand it is.

    Attributes:
        key: The folder, relative to the user's data.
        folder: Of samples and of what was learned last.
        network: Path of the weights that the person keeps; there need not be any.
        name: As the person is called, or "" for one who was not asked yet.
    """

    key: str
    folder: Path
    network: Path
    name: str

    @property
    def samples(self) -> Path:
        """Folder of the samples."""
        return self.folder / SAMPLES


class People:
    """The people in a folder of data. It holds no state: another window may add one.

    Args:
        data: The user's data.
    """

    def __init__(self, data: Path) -> None:
        self._data = data
        self._folder = data / _FOLDER

    def listed(self) -> list[Person]:
        """The people in the order in which they came; never none.

        The first one, who needs no name, is left out as long as others but not this one have data.
        """
        with suppress(OSError):
            numbers = [
                int(path.name)
                for path in self._folder.iterdir()
                if path.name.isdecimal() and path.name.isascii() and path.is_dir()
            ]
            found = [self._person(f"{_FOLDER}/{number}") for number in sorted(numbers)]
            first = self._person(FIRST)
            if found and not (first.folder.exists() or first.network.exists()):
                return found
            return [first, *found]
        return [self._person(FIRST)]

    def add(self, name: str) -> Person:
        """A new person without samples.

        Raises:
            UserError: The name is none, or there is no place for the person.
        """
        called = checked_name(name)
        with self._new_folder() as folder:
            _write(folder, called)
            return self._settle(folder)

    def rename(self, person: Person, name: str) -> Person:
        """Calls a person by another name.

        Raises:
            UserError: The name is none, or cannot be kept.
        """
        called = checked_name(name)
        atomic.make_folder(person.folder, ", so the name is not kept")
        path = person.folder / _PERSON
        if path.exists() and not _readable(path):
            with suppress(OSError):
                atomic.put_aside(path)
        _write(person.folder, called)
        return replace(person, name=called)

    def delete(self, person: Person) -> None:
        """Deletes a person's samples and networks for good.

        Raises:
            UserError: They cannot be deleted; the person is still there then.
        """
        gone = self._folder / f".gone-{secrets.token_hex(4)}~"
        try:
            person.network.unlink(missing_ok=True)
            if person.folder.exists():
                self._folder.mkdir(parents=True, exist_ok=True)
                # At once, so that no half of a person is left to be read.
                os.rename(person.folder, gone)
                shutil.rmtree(gone)
        except OSError as error:
            raise UserError(
                f"{error.filename}: cannot be deleted ({error.strerror or error})."
            ) from error

    def sweep(self) -> None:
        """Removes what was left where the program ended while it deleted or opened a person."""
        for path in self._folder.glob(".*~"):
            shutil.rmtree(path, ignore_errors=True)

    def export(self, person: Person, left_handed: bool | None, path: Path) -> None:
        """Writes a person with samples and network as one file.

        Raises:
            UserError: A file cannot be read, or the file not be written.
        """
        described = {"format": _FORMAT, "name": person.name, "left_handed": left_handed}
        with (
            atomic.replacing(path) as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as archive,
        ):
            archive.writestr(_PERSON, json.dumps(described))
            for image in sorted(person.samples.glob("?/*.png")):
                name = image.relative_to(person.folder).as_posix()
                if _SAMPLE.fullmatch(name):
                    archive.writestr(name, files.content(image, _MAX_IMAGE))
            if person.network.exists():
                archive.writestr(_NETWORK, files.content(person.network, weights.MAX_BYTES))

    def add_from(self, path: Path) -> tuple[Person, bool | None]:
        """Adds the person of a file; gives also whether the hand is the left one, if known.

        Nothing of the file is kept unless all of it is as `export` writes it.

        Raises:
            UserError: The file is missing, no such file, damaged or too large.
        """
        try:
            files.check_regular(path)
            with _opened(path) as archive, self._new_folder() as folder:
                described = self._unpack(archive, folder, path)
                return self._settle(folder), described["left_handed"]
        except OSError as error:
            raise UserError(f"{path}: cannot be read ({error.strerror or error}).") from error

    def _unpack(self, archive: zipfile.ZipFile, folder: Path, path: Path) -> dict[str, Any]:
        members = {member.filename: member for member in archive.infolist()}
        if _PERSON not in members:
            raise UserError(f"{path}: not a person's file. Choose one that My hand saved.")
        if len(archive.infolist()) > _MAX_MEMBERS or len(members) != len(archive.infolist()):
            raise UserError(f"{path}: holds more files than any person's file, or one twice.")
        described = _described(read_member(archive, members.pop(_PERSON), _MAX_JSON), path)
        network = members.pop(_NETWORK, None)
        for name, member in members.items():
            if not _SAMPLE.fullmatch(name):
                raise UserError(f"{path}: holds {name[:60]!r}, which no person's file does.")
            content = read_member(archive, member, _MAX_IMAGE)
            if decode_image(content, f"{path}, {name}").shape != (_SIDE, _SIDE, 3):
                raise UserError(f"{path}: {name} is no sample: it has another size.")
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        if network is not None:
            target = folder / _NETWORK
            target.write_bytes(read_member(archive, network, weights.MAX_BYTES))
            try:
                weights.load(target)
            except UserError as error:
                raise UserError(str(error).replace(str(target), f"{path}, {_NETWORK}")) from error
        _write(folder, described["name"])
        return described

    def _person(self, key: str) -> Person:
        folder = self._data / key
        network = self._data / _FIRST_NETWORK if key == FIRST else folder / _NETWORK
        return Person(key, folder, network, _name(folder / _PERSON))

    @contextmanager
    def _new_folder(self) -> Iterator[Path]:
        """A folder that is no person yet, and is gone if the `with` fails."""
        folder = self._folder / f".new-{secrets.token_hex(4)}~"
        atomic.make_folder(folder, ", so there is no place for another person")
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _settle(self, folder: Path) -> Person:
        """Makes a folder the next person's."""
        number = 2
        while True:
            target = self._folder / str(number)
            # A rename replaces an empty folder: it is nobody's.
            if not target.exists():
                with suppress(FileExistsError):
                    os.rename(folder, target)
                    return self._person(f"{_FOLDER}/{number}")
            number += 1


def _opened(path: Path) -> zipfile.ZipFile:
    try:
        return open_zip(path)
    except UserError as error:
        # It may be anything: "a damaged archive" is true of few of the files that are no archive.
        raise UserError(
            f"{path}: not a person's file, or a damaged one. Choose one that My hand saved."
        ) from error


def checked_name(text: str) -> str:
    """A person's name in one line.

    Raises:
        UserError: There is nothing to read in it.
    """
    name = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if not name:
        raise UserError("A person needs a name. Type one.")
    return name[:LONGEST_NAME].strip()


def _write(folder: Path, name: str) -> None:
    atomic.write_bytes(folder / _PERSON, json.dumps({"name": name}).encode())


def _name(path: Path) -> str:
    """The name in a file; "" where there is none that can be read."""
    try:
        return checked_name(json.loads(files.content(path, _MAX_JSON))["name"])
    except (UserError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return ""


def _readable(path: Path) -> bool:
    return _name(path) != ""


def _described(content: bytes, path: Path) -> dict[str, Any]:
    try:
        described = json.loads(content)
        left_handed = described["left_handed"]
        known = described["format"] == _FORMAT and (
            left_handed is None or left_handed is bool(left_handed)
        )
        # The first person may be without a name.
        described["name"] = checked_name(described["name"] or path.stem)
    except (UserError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        known = False
    if not known:
        raise UserError(
            f"{path}: its description is damaged, or from a later version of this program."
        )
    return dict(described)
