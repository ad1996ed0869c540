from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from asl_desktop.settings import Settings
from asl_desktop.training.training_tab import TrainingTab
from tests.trainer.conftest import cache_of_the_session as cache_of_the_session
from tests.trainer.conftest import printed_letters, write_csv
from tests.trainer.conftest import shared as shared
from trainer.support.paths import DEFAULT_WEIGHTS, asset

PATIENCE = 600_000
"""Milliseconds for a small run on a busy machine, where it gives way to everything else."""


@pytest.fixture(autouse=True)
def _no_old_widgets() -> Iterator[None]:
    """What a test leaves is destroyed here and not later, in some thread of another test."""
    yield
    gc.collect()


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "letters.csv", printed_letters(8))


@pytest.fixture
def make_tab(qtbot: QtBot, tmp_path: Path) -> Iterator[Callable[[], TrainingTab]]:
    """Makes shown tabs that share a folder of runs."""
    tabs: list[TrainingTab] = []

    def make() -> TrainingTab:
        tab = TrainingTab(Settings(), tmp_path / "runs", lambda: asset(DEFAULT_WEIGHTS))
        tabs.append(tab)
        qtbot.addWidget(tab)
        tab.resize(1280, 740)
        tab.show()
        return tab

    yield make
    for tab in tabs:
        tab.shut_down()


@pytest.fixture
def tab(make_tab: Callable[[], TrainingTab]) -> TrainingTab:
    return make_tab()


def small(tab: TrainingTab, csv: Path, epochs: int) -> None:
    tab.recipe.add_files([csv])
    settings = {"--hidden": "24", "--epochs": str(epochs), "--batch-size": "32"}
    tab.recipe.advanced.set_values(settings)
    tab.recipe.validation.setCurrentIndex(tab.recipe.validation.findData("random"))


def press(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def train(tab: TrainingTab, qtbot: QtBot, csv: Path, epochs: int) -> Path:
    """A whole run; returns its weights."""
    small(tab, csv, epochs)
    with qtbot.waitSignal(tab.process.ended, timeout=PATIENCE) as ended:
        press(qtbot, tab.bar.start_button)
    assert ended.args[1] == ""
    if tab.recipe.validation.currentData():
        qtbot.waitUntil(lambda: not tab.inspection.background.busy)
    return Path(ended.args[0])
