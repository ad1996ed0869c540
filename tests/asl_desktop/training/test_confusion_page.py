from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asl_desktop.main_window import MainWindow
from asl_desktop.training.training_tab import TrainingTab
from asl_desktop.widgets import file_dialogs
from asl_desktop.widgets.scrolling import Scrolling
from tests.asl_desktop.training.conftest import PATIENCE, press, train
from tests.trainer.conftest import printed_letters, write_csv
from trainer.data.csv import read_csv
from trainer.letters import LETTERS


def an_error(tab: TrainingTab) -> tuple[int, int]:
    """The cell with the most errors."""
    wrong = tab.confusion.matrix.counts.copy()
    np.fill_diagonal(wrong, 0)
    true, read = np.unravel_index(wrong.argmax(), wrong.shape)
    return int(true), int(read)


def test_a_click_shows_the_images_behind_a_cell(tab: TrainingTab, qtbot: QtBot, csv: Path) -> None:
    train(tab, qtbot, csv, 1)
    tab.show_page(tab.confusion)
    page, matrix = tab.confusion, tab.confusion.matrix
    assert int(matrix.counts.sum()) == 38
    true, read = an_error(tab)
    where = matrix.place_of(true, read).center().toPoint()
    qtbot.mouseClick(matrix, Qt.MouseButton.LeftButton, pos=where)
    assert matrix.cell == (true, read)
    count = int(matrix.counts[true, read])
    assert page.images.count() == count > 0
    assert page.images.item(0).text().startswith(LETTERS[read])
    tip = page.images.item(0).toolTip()
    assert f"Shows {LETTERS[true]}" in tip
    # The row is the one in the file.
    row = int(tip.split("row ")[1])
    assert read_csv(csv).labels[row - 1] == true
    with qtbot.waitSignal(page.record_more) as wanted:
        press(qtbot, page.more_button)
    assert wanted.args == [LETTERS[true] + LETTERS[read]]
    # By keyboard, the cell beside.
    qtbot.keyClick(matrix, Qt.Key.Key_Left if read else Qt.Key.Key_Right)
    assert matrix.cell == (true, read - 1 if read else 1)


def test_images_are_relabelled_and_dropped_in_a_copy(
    tab: TrainingTab,
    qtbot: QtBot,
    csv: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    packed = tmp_path / "hands.csv.gz"
    packed.write_bytes(gzip.compress(csv.read_bytes()))
    csv = packed
    train(tab, qtbot, csv, 1)
    tab.show_page(tab.confusion)
    page, before = tab.confusion, csv.read_bytes()
    first, second = [tuple(map(int, cell)) for cell in np.argwhere(page.matrix.counts)[:2]]
    rows = []
    for cell in (first, second):
        page.matrix.choose(*cell)
        page.images.item(0).setSelected(True)
        rows.append(int(page.images.item(0).toolTip().split("row ")[1]) - 1)
        if cell == first:
            page.relabel_button.menu().actions()[LETTERS.index("Q")].trigger()
            assert page.images.item(0).text() == "→ Q"
        else:
            press(qtbot, page.drop_button)
            assert page.images.item(0).text() == "→ –"
    assert "(2)" in page.save_button.text()
    target = tmp_path / "corrected.csv"
    asked: list[object] = []
    monkeypatch.setattr(
        file_dialogs, "ask_where_to_save", lambda *given: asked.extend(given) or target
    )
    with qtbot.waitSignal(tab.message, timeout=PATIENCE) as told:
        press(qtbot, page.save_button)
    assert asked[3:] == ["hands-corrected.csv", "CSV (*.csv)"]
    assert "191 images" in told.args[0]
    labels = read_csv(csv).labels.copy()
    labels[rows[0]] = LETTERS.index("Q")
    np.testing.assert_array_equal(read_csv(target).labels, np.delete(labels, rows[1]))
    assert csv.read_bytes() == before
    assert not page.save_button.isEnabled()


def test_many_corrections_fit_into_the_smallest_window(
    window: MainWindow, qtbot: QtBot, csv: Path
) -> None:
    window.resize(900, 600)
    window.show_training()
    qtbot.waitUntil(lambda: window.training is not None)
    tab = window.training
    assert tab is not None
    train(tab, qtbot, csv, 1)
    tab.show_page(tab.confusion)
    page = tab.confusion
    for cell in np.argwhere(page.matrix.counts):
        page.matrix.choose(*map(int, cell))
        page.images.selectAll()
        press(qtbot, page.drop_button)
    assert "(38)" in page.save_button.text()
    area = page.parentWidget().parentWidget()
    assert isinstance(area, Scrolling)
    # A layout has another size with the next event.
    QApplication.processEvents()
    assert page.minimumSizeHint().width() <= area.viewport().width()


def test_weights_are_measured_on_a_file(
    tab: TrainingTab, qtbot: QtBot, csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    train(tab, qtbot, csv, 2)
    tab.show_page(tab.confusion)
    test = write_csv(tmp_path / "test.csv", printed_letters(3, 9))
    monkeypatch.setattr(file_dialogs, "ask_for_file", lambda *_: str(test))
    with qtbot.waitSignal(tab.inspection.changed, timeout=PATIENCE):
        press(qtbot, tab.confusion.measure_button)
    assert int(tab.confusion.matrix.counts.sum()) == 72
    assert "test.csv" in tab.confusion.where.text()
    broken = tmp_path / "broken.csv"
    broken.write_text("nothing")
    monkeypatch.setattr(file_dialogs, "ask_for_file", lambda *_: str(broken))
    with qtbot.waitSignal(tab.error, timeout=PATIENCE) as trouble:
        press(qtbot, tab.confusion.measure_button)
    assert "broken.csv" in trouble.args[0]
    assert "test.csv" in tab.confusion.where.text(), "as before: nothing is being read"


def test_a_random_image_is_read_and_explained(tab: TrainingTab, qtbot: QtBot, csv: Path) -> None:
    page = tab.understand
    assert not page.random_button.isEnabled()
    train(tab, qtbot, csv, 2)
    tab.show_page(page)
    with qtbot.waitSignal(page.explained, timeout=PATIENCE):
        press(qtbot, page.random_button)
    right = page.real.text() == page.read.text()
    assert page.verdict.text().startswith("✓" if right else "✗")
    assert page.image.image is not None
    assert page.heat.image is not None
    assert page.heat.image.ndim == 3, "in colours"
    # The first layer has 24 units.
    assert page.layer.count() == 24
    shown = tab.inspection.shown
    assert shown is not None
    page.only_errors.setChecked(True)
    for _ in range(3):
        with qtbot.waitSignal(page.explained, timeout=PATIENCE):
            press(qtbot, page.random_button)
        assert page.real.text() != page.read.text()


def test_without_validation_there_is_nothing_to_see(
    tab: TrainingTab, qtbot: QtBot, csv: Path
) -> None:
    tab.recipe.add_files([csv])
    with qtbot.waitSignal(tab.process.ended, timeout=PATIENCE):
        tab.recipe.advanced.set_values({"--hidden": "8", "--epochs": "1"})
        tab.recipe.validation.setCurrentIndex(tab.recipe.validation.findData(""))
        press(qtbot, tab.bar.start_button)
    assert "no validation images" in tab.confusion.where.text()
    assert not tab.understand.random_button.isEnabled()
    assert tab.bar.use_button.isEnabled()
    assert tab.confusion.measure_button.isEnabled()
