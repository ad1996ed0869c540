"""What comes from files is shown as text, and never read as HTML or as a formula."""

from __future__ import annotations

import html
import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6 import QtGui
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QApplication, QLabel, QListWidget, QTreeWidget, QWidget
from pytestqt.qtbot import QtBot

from asl_desktop.main_window import MainWindow
from asl_desktop.training.training_tab import TrainingTab
from asl_desktop.widgets.parts import plain_tip
from trainer.support.spreadsheet import cell
from trainer.training import run_folder

HTML = "<img src='file:///etc/passwd'><b>bold</b> & <script>"


def shown(tip: str) -> str:
    """What a tool tip shows, which Qt reads as HTML where it looks like it."""
    if not QtGui.Qt.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def test_a_tool_tip_shows_what_it_was_given() -> None:
    for text in (HTML, "plain", "a & b", "1 < 2", html.escape(HTML)):
        assert shown(plain_tip(text)) == text


def hostile_labels(widget: QWidget) -> list[QLabel]:
    return [
        label
        for label in widget.findChildren(QLabel)
        if "<" in label.text() and label.textFormat() is not Qt.TextFormat.PlainText
    ]


def test_names_of_runs_and_files_stay_text(tab: TrainingTab, csv: Path, qtbot: QtBot) -> None:
    folder = csv.parent / "runs" / datetime(2026, 1, 2).strftime("%Y-%m-%d %H.%M.%S.%f")
    folder.mkdir(parents=True)
    run = {"arguments": ["--train", HTML], "files": [], "name": HTML}
    (folder / run_folder.RUN).write_text(json.dumps(run))
    epoch = {"epoch": 0, "loss": 1.0, "accuracy": 0.5, "seconds": 1.0}
    epoch |= {"validation_loss": 1.0, "validation_accuracy": 0.5}
    (folder / run_folder.EPOCHS).write_text(json.dumps(epoch) + "\n")
    tab.recipe.add_files([csv.parent / "<b>bold.csv"])
    tab.runs.refresh()
    tab.runs.select(folder)
    tab._show_run(tab.runs.selected)  # type: ignore[arg-type]
    assert HTML in tab.bar.status.text()
    assert not hostile_labels(tab)
    for tree in tab.findChildren(QTreeWidget):
        for row in range(tree.topLevelItemCount()):
            item = tree.topLevelItem(row)
            assert item is not None
            for column in range(tree.columnCount()):
                assert "<b>" not in item.toolTip(column)
    for listed in tab.findChildren(QListWidget):
        for row in range(listed.count()):
            assert "<b>" not in listed.item(row).toolTip()


def test_the_name_of_a_source_stays_text(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, make_window: Callable[[], MainWindow]
) -> None:
    window.play(str(tmp_path / "<b>none.mp4"))
    qtbot.waitUntil(lambda: "none" in window.live._bar.button.toolTip())
    assert "<b>" not in window.live._bar.button.toolTip()
    QApplication.processEvents()
    assert not hostile_labels(window)


def test_a_name_in_a_csv_is_no_formula() -> None:
    for name in ("=1+1", "+1", "-1", "@x", "\t=1", "\r=1"):
        assert cell(name) == f"'{name}"
    assert cell("run 1") == "run 1"
