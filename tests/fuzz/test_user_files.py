"""What the app keeps for its user, after others have been at it: runs, practice, text, outcomes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from asl_desktop.compose.composer import Draft
from asl_desktop.my_hand.tuning import Tuning
from asl_desktop.own_file import OwnFile
from asl_desktop.practice import learner_progress as practice
from asl_desktop.practice.learner_progress import Skill
from asl_desktop.training import runs
from asl_desktop.training.plots import Plots
from asl_desktop.training.runs_page import RunsPage
from tests.fuzz.door import count_case, damaged, fuzzed
from tests.fuzz.wild import places, replaced, values
from trainer.samples.people import Person
from trainer.training import run_folder
from trainer.training.recipe import Recipe

EPOCH = {
    "event": "epoch",
    "epoch": 0,
    "loss": 1.5,
    "accuracy": 0.5,
    "validation_loss": 1.25,
    "validation_accuracy": 0.75,
    "learning_rate": 0.1,
}
FILES: dict[str, Any] = {
    run_folder.RUN: {
        "arguments": ["--train", "x.csv", "--epochs", "3"],
        "files": [{"path": "/x.csv", "size": -1, "changed": 0}],
        "name": "mine",
    },
    run_folder.ABOUT: {"recipe": json.loads(json.dumps(Recipe().to_json()))},
    run_folder.EPOCHS: EPOCH,
}


class Shown:
    """A page of runs and plots that show one folder."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.folder = folder / "2026-11-24 10.00.00.000000"
        self.folder.mkdir()
        self._page = RunsPage(folder)
        self._plots = Plots()
        for widget in (self._page, self._plots):
            qtbot.addWidget(widget)

    def write(self, name: str = "", content: bytes = b"") -> None:
        """A good run, but for one file."""
        for other, value in FILES.items():
            (self.folder / other).write_text(json.dumps(value) + "\n")
        if name:
            (self.folder / name).write_bytes(content)

    def look(self) -> int:
        """Lists, ticks and shows what there is; the number of runs."""
        count_case()
        self._page.refresh()
        for run in runs.read_all(self.folder.parent):
            self._page.select(run.folder)
            self._plots.show_epochs(run.epochs)
            self._plots.set_overlays([(run.name, run.epochs)])
        return self._page.tree.topLevelItemCount()


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Shown:
    shown = Shown(qtbot, tmp_path)
    shown.write()
    assert shown.look() == 1
    return shown


def test_a_run_with_any_value_in_its_files_is_shown_or_left_out(shown: Shown) -> None:
    choices = [(name, place) for name, value in FILES.items() for place in places(value)]

    @fuzzed(0.5)
    @given(choice=st.sampled_from(choices), value=values)
    def change(choice: tuple[str, Any], value: Any) -> None:
        name, place = choice
        shown.write(name, json.dumps(replaced(FILES[name], place, value)).encode() + b"\n")
        shown.look()

    change()


@pytest.mark.parametrize("name", list(FILES))
def test_a_run_with_a_damaged_file_is_shown_or_left_out(shown: Shown, name: str) -> None:
    @fuzzed(0.2)
    @given(content=damaged(json.dumps(FILES[name]).encode()))
    def injure(content: bytes) -> None:
        shown.write(name, content)
        shown.look()

    injure()


@pytest.mark.parametrize("name", list(FILES))
def test_a_run_of_brackets_only_is_shown_or_left_out(shown: Shown, name: str) -> None:
    for content in (b"[" * 100_000, b'{"a":' * 100_000 + b"}", b"\xff\xfe", b"null\n"):
        shown.write(name, content)
        assert shown.look() in (0, 1)


def test_a_run_whose_file_is_a_circle_of_links_is_shown_or_left_out(shown: Shown) -> None:
    (shown.folder / "circle").symlink_to(shown.folder / "circle")
    mark = {"path": str(shown.folder / "circle"), "size": 1, "changed": 1}
    shown.write(run_folder.RUN, json.dumps(FILES[run_folder.RUN] | {"files": [mark]}).encode())
    assert shown.look() in (0, 1)


def _practised() -> dict[str, Any]:
    kept = practice.Progress()
    kept.note(Skill.SIGNING, "A", True, 1.5)
    kept.note(Skill.READING, "Z", False, 2.0, "AB")
    return kept.to_json()


@fuzzed(0.5)
@example(place=("reading", "Z", "seconds"), value=10**400)
@given(place=st.sampled_from(places(_practised())), value=values)
def test_any_value_in_the_record_of_practice(
    tmp_path_factory: pytest.TempPathFactory, place: tuple[Any, ...], value: Any
) -> None:
    _practise(tmp_path_factory, json.dumps(replaced(_practised(), place, value)).encode())


@fuzzed(0.5)
@given(content=damaged(json.dumps(_practised()).encode()))
def test_a_damaged_record_of_practice(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    _practise(tmp_path_factory, content)


def _practise(factory: pytest.TempPathFactory, content: bytes) -> None:
    """It is read, used and written; what is damaged is put aside."""
    count_case()
    path = factory.getbasetemp() / "practice.json"
    aside = path.with_name("practice.unreadable-1.json")
    aside.unlink(missing_ok=True)
    path.write_bytes(content)
    file = OwnFile(path, "the practice record")
    kept, said = practice.load(file), file.notice
    assert bool(said) == aside.exists()
    if said:
        assert path.name in said
        assert aside.read_bytes() == content
    for letter in practice.ALPHABET:
        tally = kept.tally(Skill.SIGNING, letter)
        assert tally.share is None or 0 <= tally.share <= 1
        assert tally.pace is None or tally.pace >= 0
    kept.note(Skill.READING, "Q", True, 1.0)
    file.write(practice.content(kept))
    file.close()
    again = OwnFile(path, "the practice record")
    assert practice.load(again).to_json() == kept.to_json()
    assert again.notice == ""


@fuzzed()
@given(content=st.binary(max_size=100) | damaged("Zoë\r\n".encode() * 5))
def test_any_bytes_as_the_text_of_the_last_time(
    tmp_path_factory: pytest.TempPathFactory, content: bytes
) -> None:
    count_case()
    path = tmp_path_factory.getbasetemp() / "text.txt"
    aside = path.with_name("text.unreadable-1.txt")
    aside.unlink(missing_ok=True)
    path.write_bytes(content)
    draft = Draft(path)
    text = draft.read()
    assert bool(draft.notice) == aside.exists()
    assert not draft.notice or aside.read_bytes() == content
    assert draft.save(text, pytest.fail)
    assert draft.read() == text


def test_any_value_in_the_outcome_of_fine_tuning(qtbot: QtBot, tmp_path: Path) -> None:
    letters = {"A": {"n": 5, "before": 2, "after": 4, "instead": "S"}}
    good = {"base": "/w", "kept": False, "letters": letters}
    person = Person("mine", tmp_path, tmp_path / "mine", "")
    (tmp_path / "tuned.safetensors").write_bytes(b"")

    @fuzzed()
    @given(place=st.sampled_from(places(good)), value=values)
    def change(place: tuple[Any, ...], value: Any) -> None:
        count_case()
        (tmp_path / "tuned.json").write_text(json.dumps(replaced(good, place, value)))
        tuning = Tuning(person, lambda: Path("/w"))
        outcome = tuning.outcome
        assert isinstance(tuning.base, Path)
        assert outcome is None or 0 <= outcome.before <= 1 >= outcome.after
        assert outcome is None or set(outcome.confused) <= {"A"}
        tuning.deleteLater()

    change()
