from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)
from pytestqt.qtbot import QtBot

from asl_desktop.settings import Theme
from asl_desktop.training import runs
from asl_desktop.training.runs_page import RunsPage
from asl_desktop.training.training_tab import TrainingTab
from asl_desktop.widgets import question
from asl_desktop.widgets.theme import ThemeSwitch
from tests.asl_desktop.training.conftest import PATIENCE, press, small, train
from trainer.cli import main
from trainer.training import run_folder


def test_runs_are_listed_shown_compared_renamed_and_deleted(
    tab: TrainingTab,
    qtbot: QtBot,
    csv: Path,
    make_tab: Callable[[], TrainingTab],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    train(tab, qtbot, csv, 2)
    losses = list(tab.plots.curves["loss"].y)
    train(tab, qtbot, csv, 3)

    # After a restart, they are there.
    again = make_tab()
    again.show_page(again.runs)
    page = again.runs
    assert page.tree.topLevelItemCount() == 2
    older = page.tree.topLevelItem(1)
    assert older.text(2) == "2 / 2"
    assert older.text(3) == "letters.csv"
    page.tree.setCurrentItem(older)
    press(qtbot, page.show_button)
    assert again.plots.curves["loss"].y == losses
    assert again.page is again.curves
    assert again.bar.use_button.isEnabled()
    qtbot.waitUntil(lambda: again.inspection.shown is not None, timeout=PATIENCE)

    page.tree.topLevelItem(0).setCheckState(0, Qt.CheckState.Checked)
    ((name, curves),) = again.plots.overlays
    assert curves["loss"].y == tab.plots.curves["validation_loss"].y

    again.show_page(page)
    press(qtbot, page.rename_button)
    editor = page.tree.findChild(QLineEdit)
    row = page.tree.visualItemRect(page.tree.currentItem())
    assert editor.height() <= row.height()
    assert editor.height() >= editor.fontMetrics().height(), "the name is not cut off"
    editor.setText("first try")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.tree.topLevelItem(1).text(0) == "first try")
    folder = page.selected.folder if page.selected else None
    assert folder is not None
    assert runs.read(folder).name == "first try"
    # The tick is kept.
    assert [run.name for run in page.ticked] == [name]

    answers = [False, True]
    monkeypatch.setattr(question, "confirm", lambda *_: answers.pop(0))
    press(qtbot, page.delete_button)
    assert folder.exists()
    press(qtbot, page.delete_button)
    assert not folder.exists()
    assert page.tree.topLevelItemCount() == 1
    # It was the one that was shown.
    assert not again.bar.use_button.isEnabled()
    assert again.plots.curves["loss"].y == []


def test_runs_of_the_command_line_turn_up(
    tab: TrainingTab, qtbot: QtBot, csv: Path, tmp_path: Path
) -> None:
    folder = run_folder.make(tmp_path / "runs", ["--train", str(csv)], [csv], tmp_path / "w.npz")
    arguments = ["--train", str(csv), "--validate", "random", "--hidden", "8", "--epochs", "1"]
    out = ["--out", str(tmp_path / "w.npz"), "--record", str(folder)]
    assert main(["train", *arguments, *out]) == 0
    # The list is read anew when it is shown.
    tab.show_page(tab.runs)
    run = tab.runs.selected
    assert run is not None
    assert not tab.runs.resume_button.isEnabled()
    press(qtbot, tab.runs.show_button)
    with qtbot.waitSignal(tab.use_live) as used:
        press(qtbot, tab.bar.use_button)
    assert used.args == [tmp_path / "w.npz"]


def test_a_stopped_run_goes_on_unless_its_file_changed(
    tab: TrainingTab, qtbot: QtBot, csv: Path
) -> None:
    small(tab, csv, 1_000_000)
    with qtbot.waitSignal(tab.process.epoch_done, timeout=PATIENCE):
        press(qtbot, tab.bar.start_button)
    assert not tab.runs.delete_button.isEnabled()
    with qtbot.waitSignal(tab.process.ended, timeout=PATIENCE):
        press(qtbot, tab.bar.stop_button)
    assert tab.runs.resume_button.isEnabled()
    assert tab.bar.resume_button.isVisible()
    csv.write_text(csv.read_text() + "\n")
    tab.runs.refresh()
    assert not tab.runs.resume_button.isEnabled()
    assert "has changed" in tab.runs.about.text()


def test_names_are_shown_as_a_whole(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> None:
    theme = ThemeSwitch(qapp, Theme.LIGHT)
    folder = tmp_path / "2026-03-01 12.30.00.000000"
    folder.mkdir()
    (folder / "run.json").write_text(json.dumps({"arguments": []}))
    page = RunsPage(tmp_path)
    qtbot.addWidget(page)
    page.show()
    tree, option = page.tree, QStyleOptionViewItem()
    # With none, it is the heading that fits.
    empty = RunsPage(tmp_path / "none")
    qtbot.addWidget(empty)
    header = empty.tree.header()
    assert header.sectionSize(0) >= header.sectionSizeHint(0) > 0
    index, delegate = tree.model().index(0, 0), tree.itemDelegate()
    tree.initViewItemOption(option)
    option.rect = tree.visualRect(index)
    assert isinstance(delegate, QStyledItemDelegate)
    delegate.initStyleOption(option, index)
    style = tree.style()
    room = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, option, tree).width()
    margin = style.pixelMetric(QStyle.PixelMetric.PM_FocusFrameHMargin, option, tree) + 1
    assert room >= option.fontMetrics.horizontalAdvance(option.text) + 2 * margin
    theme.deleteLater()
