from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from asl_desktop.widgets import file_dialogs

KINDS = "Crop file (*.npz);;CSV in Kaggle's layout (*.csv)"
CSV = KINDS.split(";;")[1]


@pytest.fixture
def ask(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., tuple[Path | None, list[str]]]:
    """Asks where to save, with what is typed each time the dialog opens, and the answers."""

    def ask(
        typed: Sequence[str], kind: str = CSV, replaces: Sequence[bool] = ()
    ) -> tuple[Path | None, list[str]]:
        parent = QWidget()
        qtbot.addWidget(parent)
        names, answers, questions = list(typed), list(replaces), list[str]()

        def dialog(*_: Any) -> tuple[str, str]:
            name = names.pop(0)
            return (str(tmp_path / name) if name else ""), kind

        def confirm(_: QWidget, title: str, text: str, *buttons: str) -> bool:
            questions.append(text)
            return answers.pop(0)

        monkeypatch.setattr(QFileDialog, "getSaveFileName", dialog)
        monkeypatch.setattr(file_dialogs, "confirm", confirm)
        path = file_dialogs.ask_where_to_save(parent, "Save", str(tmp_path), "own.csv", KINDS)
        assert (names, answers) == ([], [])
        return path, questions

    return ask


@pytest.mark.parametrize(
    ("typed", "kind", "expected"),
    [
        ("own.csv", CSV, "own.csv"),
        ("own.NPZ", CSV, "own.NPZ"),
        ("own", CSV, "own.csv"),
        ("own", "", "own.npz"),
        ("adam 0.002", CSV, "adam 0.002.csv"),
    ],
)
def test_a_name_gets_the_ending_that_it_lacks(
    ask: Callable[..., Any], tmp_path: Path, typed: str, kind: str, expected: str
) -> None:
    assert ask([typed], kind) == (tmp_path / expected, [])


def test_nothing_is_saved_where_the_user_cancelled(ask: Callable[..., Any]) -> None:
    assert ask([""]) == (None, [])


def test_a_file_that_is_there_is_replaced_only_where_the_user_says_so(
    ask: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "own.csv").touch()
    path, questions = ask(["own"], replaces=[True])
    assert path == tmp_path / "own.csv"
    assert questions == ["own.csv is there already. Replace it?"]
    assert ask(["own", "other"], replaces=[False])[0] == tmp_path / "other.csv"
    assert ask(["own", ""], replaces=[False])[0] is None
    # The dialog itself asks about a name that is typed in full.
    assert ask(["own.csv"]) == (tmp_path / "own.csv", [])
