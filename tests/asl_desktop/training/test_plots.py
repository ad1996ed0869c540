from __future__ import annotations

import csv as csv_module
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asl_desktop.settings import Settings, Theme
from asl_desktop.training.curves_page import CurvesPage
from asl_desktop.widgets import file_dialogs
from asl_desktop.widgets.theme import ThemeSwitch
from tests.asl_desktop.training.conftest import press


def epoch(number: int, accuracy: float) -> dict[str, Any]:
    return {
        "epoch": number,
        "loss": 1 / (number + 1),
        "accuracy": accuracy - 0.1,
        "validation_loss": 0.9 / (number + 1),
        "validation_accuracy": accuracy,
    }


EPOCHS = [epoch(0, 0.5), epoch(1, 0.8), epoch(2, 0.8), epoch(3, 0.7)]


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[CurvesPage]:
    page = CurvesPage(Settings())
    qtbot.addWidget(page)
    page.resize(700, 500)
    page.show()
    return page


def test_the_best_epoch_is_marked_in_both_plots(page: CurvesPage) -> None:
    assert not page.plots.best["loss"].isVisible()
    page.plots.show_epochs(EPOCHS)
    # Of equals the last one, whose weights are kept.
    assert [line.value() for line in page.plots.best.values()] == [3, 3]
    assert all(line.isVisible() for line in page.plots.best.values())


def test_values_are_told_under_the_cursor(page: CurvesPage, qtbot: QtBot) -> None:
    page.plots.show_epochs(EPOCHS)
    qtbot.keyClick(page.plots, Qt.Key.Key_Right)
    qtbot.keyClick(page.plots, Qt.Key.Key_Right)
    values = "Epoch 2: loss 0.5000, accuracy 70.00 %; validation 0.4500, 80.00 %"
    assert page.values.text() == values
    box = page.plots.accuracy.plotItem.getViewBox()
    qtbot.waitUntil(lambda: box.viewRect().right() >= 3.9)
    page.plots.accuracy.scene().sigMouseMoved.emit(box.mapViewToScene(QPointF(3.2, 0.5)))
    assert page.values.text().startswith("Epoch 3:")
    page.plots.clear()
    assert "Point at an epoch" in page.values.text()


def test_zoom_by_keyboard_and_back(page: CurvesPage, qtbot: QtBot) -> None:
    page.plots.show_epochs(EPOCHS)
    box = page.plots.accuracy.plotItem.getViewBox()
    qtbot.waitUntil(lambda: box.viewRect().right() >= 3.9)
    height = box.viewRect().height()
    qtbot.keyClick(page.plots, Qt.Key.Key_Plus)
    assert box.viewRect().height() == pytest.approx(height / 1.25)
    press(qtbot, page.whole_button)
    assert box.viewRect().height() == pytest.approx(height)


def test_axes_count_in_ones_wherever_one_zooms(page: CurvesPage) -> None:
    axes = [plot.getAxis(side) for plot in page.plots.plots.values() for side in ("left", "bottom")]
    page.plots.show_epochs(EPOCHS)
    for _ in range(20):
        page.plots.zoom(1.25)
        assert not [axis.labelString() for axis in axes if "(x" in axis.labelString()]


@pytest.mark.parametrize("ending", [".png", ".svg", ".csv"])
def test_curves_are_exported(
    page: CurvesPage, qtbot: QtBot, tmp_path: Path, ending: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page.plots.show_epochs(EPOCHS)
    page.plots.set_overlays([("before", EPOCHS[:2])])
    target = tmp_path / f"curves{ending}"
    monkeypatch.setattr(file_dialogs, "ask_where_to_save", lambda *_: target)
    press(qtbot, page.export_button)
    if ending == ".png":
        assert QImage(str(target)).size().width() >= page.plots.width()
    elif ending == ".svg":
        text = target.read_text()
        assert "Mini-batch" in text
        assert "before" in text
        assert text.count("<polyline") + text.count("<path") > 10
    else:
        rows = list(csv_module.reader(target.read_text().splitlines()))
        assert ["", "validation_accuracy", "2", "0.8"] in rows
        assert ["before", "loss", "1", "0.9"] in rows


def test_a_file_that_cannot_be_written_is_told_of(
    page: CurvesPage, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, said in (("x.gif", "must end in"), ("none/x.png", "cannot be written")):
        target = tmp_path / name
        monkeypatch.setattr(file_dialogs, "ask_where_to_save", lambda *_, t=target: t)
        with qtbot.waitSignal(page.error) as trouble:
            press(qtbot, page.export_button)
        assert said in trouble.args[0]


def test_the_legend_follows_the_theme(page: CurvesPage, qapp: QApplication) -> None:
    theme = ThemeSwitch(qapp, Theme.DARK)
    page.plots.set_overlays([("before", EPOCHS)])
    for choice in (Theme.DARK, Theme.LIGHT):
        theme.choose(choice)
        qapp.processEvents()
        text = page.palette().color(QPalette.ColorRole.WindowText).name()
        labels = page.plots._legend.items
        assert len(labels) == 4
        for _, label in labels:
            assert text in label.item.toHtml()
    theme.deleteLater()
    page.plots.set_overlays([])
    assert len(page.plots._legend.items) == 3


def batch(number: int, epoch: int = 0) -> dict[str, Any]:
    return {"epoch": epoch, "batch": number, "batches": 10, "loss": 1.0, "accuracy": 0.5}


def drawn(page: CurvesPage, name: str) -> int:
    x, _ = page.plots.curves[name].item.getData()
    return 0 if x is None else len(x)


def epochs_shown(page: CurvesPage, quantity: str) -> tuple[int, int]:
    """Whole epochs at the left and the right end."""
    view = page.plots.plots[quantity].plotItem.getViewBox().viewRect()
    return round(view.left()), round(view.right())


def test_points_are_drawn_together_a_plot_at_a_time(page: CurvesPage, qtbot: QtBot) -> None:
    seen = [(0, 0)]

    def look() -> None:
        seen.append((drawn(page, "batch_loss"), drawn(page, "batch_accuracy")))

    # Behind the drawing, each time.
    page.plots._drawing.timeout.connect(look)
    for number in range(3):
        page.plots.add_batch(batch(number))
    assert drawn(page, "batch_loss") == 0
    qtbot.waitUntil(lambda: drawn(page, "batch_accuracy") == 3)
    assert seen[:3] == [(0, 0), (3, 0), (3, 3)]


def test_what_nobody_looks_at_is_drawn_when_it_is_shown(page: CurvesPage, qtbot: QtBot) -> None:
    page.hide()
    page.plots.add_batch(batch(0))
    page.plots.add_epoch(EPOCHS[0])
    qtbot.wait(400)
    assert drawn(page, "batch_loss") == drawn(page, "loss") == 0
    page.show()
    names = ("batch_loss", "loss", "batch_accuracy", "validation_accuracy")
    assert [drawn(page, name) for name in names] == [1, 1, 1, 1]


def test_whole_epochs_are_shown_until_somebody_zooms(page: CurvesPage, qtbot: QtBot) -> None:
    for epoch in range(2):
        page.plots.add_batch(batch(0, epoch))
        for quantity in ("loss", "accuracy"):
            qtbot.waitUntil(lambda q=quantity, e=epoch: epochs_shown(page, q) == (0, e + 1))
    qtbot.keyClick(page.plots, Qt.Key.Key_Plus)
    left, right = epochs_shown(page, "loss")
    page.plots.add_batch(batch(0, 7))
    qtbot.waitUntil(lambda: drawn(page, "batch_accuracy") == 3)
    assert epochs_shown(page, "loss") == (left, right)
    press(qtbot, page.whole_button)
    assert epochs_shown(page, "loss") == epochs_shown(page, "accuracy") == (0, 8)
    page.plots.show_epochs(EPOCHS)
    assert epochs_shown(page, "loss") == epochs_shown(page, "accuracy") == (1, 4)
