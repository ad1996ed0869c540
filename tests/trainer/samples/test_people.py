from __future__ import annotations

import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest

from tests.asl_desktop.helpers import constant_model
from trainer.data.load import load
from trainer.images.box import Box
from trainer.letters import LETTERS
from trainer.model import weights
from trainer.samples.people import LONGEST_NAME, People, Person, checked_name
from trainer.samples.store import SampleStore, Sitting
from trainer.support.errors import UserError

BOX = Box(60, 40, 100, 100)


def frame(seed: int) -> np.ndarray:
    return np.full((240, 320, 3), 40 + 7 * seed, np.uint8)


def fill(person: Person, letters: str = "AAB", sitting: Sitting = Sitting.LEARN) -> SampleStore:
    store = SampleStore(person.samples)
    for seed, letter in enumerate(letters):
        store.add(letter, frame(seed), BOX, sitting)
    return store


def everything(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@pytest.fixture
def people(tmp_path: Path) -> People:
    return People(tmp_path)


@pytest.fixture
def full(people: People) -> Person:
    """A person with both sittings and a network."""
    person = people.add("Ana")
    fill(person)
    fill(person, "AB", Sitting.CHECK)
    weights.save(constant_model("A"), person.network)
    return person


def test_there_is_always_somebody(people: People, tmp_path: Path) -> None:
    (person,) = people.listed()
    assert (person.key, person.name) == ("mine", "")
    assert not list(tmp_path.iterdir())


def test_what_an_earlier_version_kept_is_the_first_person_s(tmp_path: Path) -> None:
    """Nothing is moved, so there is nothing that an interruption could leave half done."""
    old = SampleStore(tmp_path / "mine" / "samples")
    old.add("A", frame(0), BOX)
    (tmp_path / "mine" / "tuned.json").write_text('{"base": "/w", "kept": true}')
    (tmp_path / "weights").mkdir()
    weights.save(constant_model("C"), tmp_path / "weights" / "mine.safetensors")
    before = everything(tmp_path)
    people = People(tmp_path)
    people.sweep()
    (person,) = people.listed()
    assert len(SampleStore(person.samples).of("A", Sitting.LEARN)) == 1
    assert weights.load(person.network).network is not None
    assert everything(tmp_path) == before
    # With a second person, too.
    people.add("Ben")
    assert [each.name for each in people.listed()] == ["", "Ben"]
    assert {name: before[name] for name in before} == {
        name: content for name, content in everything(tmp_path).items() if name in before
    }
    assert people.listed()[0] == person


def test_people_have_their_own_samples(people: People) -> None:
    fill(people.listed()[0], "A")
    ana, ben = people.add("Ana"), people.add("Ben")
    fill(ana, "BB")
    fill(ben, "CCC")
    counts = [len(SampleStore(person.samples).samples) for person in people.listed()]
    assert counts == [1, 2, 3]
    assert len({person.network for person in people.listed()}) == 3


def test_a_name_can_be_changed(people: People) -> None:
    people.rename(people.listed()[0], "  Zoë \n手 ")
    assert people.listed()[0].name == "Zoë 手"
    people.listed()[0].folder.joinpath("person.json").write_bytes(b"\xff{")
    assert people.listed()[0].name == ""
    people.rename(people.listed()[0], "Zoë")
    assert people.listed()[0].name == "Zoë"
    assert (people.listed()[0].folder / "person.unreadable-1.json").read_bytes() == b"\xff{"


@pytest.mark.parametrize("name", ["", " \n ", "\0"])
def test_no_name_is_refused(people: People, name: str) -> None:
    with pytest.raises(UserError, match="needs a name"):
        people.add(name)
    assert len(people.listed()) == 1


def test_a_long_name_is_cut() -> None:
    assert len(checked_name("x" * 1000)) == LONGEST_NAME


def test_deleted_means_gone(people: People, full: Person, tmp_path: Path) -> None:
    first = Person("mine", tmp_path / "mine", tmp_path / "weights" / "mine.safetensors", "")
    fill(first)
    assert people.listed() == [first, full]
    first.network.parent.mkdir()
    weights.save(constant_model("C"), first.network)
    people.delete(first)
    assert [person.name for person in people.listed()] == ["Ana"]
    people.delete(full)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]
    assert people.listed()[0].key == "mine"


def test_a_deletion_that_was_interrupted_is_finished(
    people: People, full: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", interrupted)
        with pytest.raises(KeyboardInterrupt):
            people.delete(full)
    assert [person.key for person in people.listed()] == ["mine"]
    people.sweep()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_person_travels_as_one_file(people: People, full: Person, tmp_path: Path) -> None:
    file = tmp_path / "Ana.zip"
    people.export(full, True, file)
    elsewhere = People(tmp_path / "elsewhere")
    person, left = elsewhere.add_from(file)
    assert (person.name, left) == ("Ana", True)
    assert person in elsewhere.listed()
    old, new = SampleStore(full.samples), SampleStore(person.samples)
    assert new.samples == old.samples
    assert all((new.image(each) == old.image(each)).all() for each in new.samples)
    assert new.counts(Sitting.CHECK).sum() == 2
    assert person.network.read_bytes() == full.network.read_bytes()
    # It is a data set, too.
    assert sorted(LETTERS[label] for label in load(file).labels) == list("AAABB")


def test_a_person_without_network_travels_too(people: People, tmp_path: Path) -> None:
    fill(people.listed()[0])
    people.export(people.listed()[0], None, tmp_path / "Me.zip")
    person, left = people.add_from(tmp_path / "Me.zip")
    assert (person.name, left) == ("Me", None)
    assert not person.network.exists()


def _without(name: str) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.pop(name) and None


def _with(name: str, content: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda members: members.update({name: content})


PICTURE = cv2.imencode(".png", np.zeros((9, 9, 3), np.uint8))[1].tobytes()


@pytest.mark.parametrize(
    ("harm", "word"),
    [
        (_without("person.json"), "not a person's file"),
        (_with("person.json", b"[]"), "description"),
        (_with("person.json", b'{"format": 2, "name": "A", "left_handed": null}'), "later version"),
        (_with("person.json", b'{"format": 1, "name": [7], "left_handed": null}'), "description"),
        (_with("person.json", b" " * (1 << 17)), "more than"),
        (_with("../evil.png", PICTURE), "no person's file does"),
        (_with("samples/A/../../../evil.png", PICTURE), "no person's file does"),
        (_with("samples/J/00001.png", PICTURE), "no person's file does"),
        (_with("/evil", b""), "no person's file does"),
        (_with("samples/A/00001.png", b"no image"), "not an image"),
        (_with("samples/A/00001.png", PICTURE), "another size"),
        (_with("samples/A/00001.png", bytes(2 << 20)), "more than 1 MB"),
        (_with("network.safetensors", b"\x80\x04N."), "network.safetensors"),
        (_with("network.safetensors", b"\x80\x02c__builtin__\nexec\n"), "network.safetensors"),
    ],
)
def test_a_file_that_is_not_whole_leaves_nothing(
    people: People,
    full: Person,
    tmp_path: Path,
    harm: Callable[[dict[str, bytes]], None],
    word: str,
) -> None:
    file = tmp_path / "Ana.zip"
    people.export(full, None, file)
    with zipfile.ZipFile(file) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    harm(members)
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    before = everything(tmp_path)
    with pytest.raises(UserError, match=word):
        people.add_from(file)
    assert everything(tmp_path) == before
    assert people.listed() == [full]
    assert not list((tmp_path / "people").glob(".*"))


@pytest.mark.parametrize("content", [b"", b"PK", b"no archive at all"])
def test_another_file_is_refused(people: People, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.zip").write_bytes(content)
    with pytest.raises(UserError, match="not a person's file"):
        people.add_from(tmp_path / "x.zip")
    with pytest.raises(UserError):
        people.add_from(tmp_path / "missing.zip")
    with pytest.raises(UserError):
        people.add_from(tmp_path)


def test_a_file_of_too_many_files_is_refused(
    people: People, full: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.export(full, None, tmp_path / "Ana.zip")
    monkeypatch.setattr("trainer.samples.people._MAX_MEMBERS", 3)
    with pytest.raises(UserError, match="more files"):
        people.add_from(tmp_path / "Ana.zip")


def test_an_opening_that_was_interrupted_leaves_nobody(
    people: People, full: Person, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people.export(full, None, tmp_path / "Ana.zip")
    with monkeypatch.context() as patch:
        patch.setattr("shutil.rmtree", lambda *_, **__: None)
        patch.setattr(
            "trainer.samples.people.weights.load",
            lambda _: (_ for _ in ()).throw(KeyboardInterrupt),
        )
        with pytest.raises(KeyboardInterrupt):
            people.add_from(tmp_path / "Ana.zip")
    assert list((tmp_path / "people").glob(".new-*"))
    assert people.listed() == [full]
    people.sweep()
    assert not list((tmp_path / "people").glob(".new-*"))


def test_two_windows_that_add_a_person_get_two(people: People, tmp_path: Path) -> None:
    other = People(tmp_path)
    assert people.add("Ana").key != other.add("Ben").key
    assert [person.name for person in people.listed()] == ["Ana", "Ben"]
    (tmp_path / "people" / "x").mkdir()
    (tmp_path / "people" / "9").write_text("a file")
    assert len(people.listed()) == 2
    assert json.loads((people.listed()[0].folder / "person.json").read_text()) == {"name": "Ana"}
