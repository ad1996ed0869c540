from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QProcess
from pytestqt.qtbot import QtBot

from asl_desktop.main_window import MainWindow
from asl_desktop.training.training_tab import TrainingTab
from asl_desktop.widgets import file_dialogs
from tests.asl_desktop.training.conftest import PATIENCE, press
from trainer.data.csv import read_csv, write_csv
from trainer.letters import Convention
from trainer.model import weights

pytestmark = pytest.mark.slow


@pytest.fixture
def hands(shared: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Every 15th row of the training file, and of the test file."""
    result = []
    for name in ("train", "test"):
        whole = read_csv(shared / f"data/sign_mnist_{name}.csv")
        path = tmp_path / f"{name}.csv"
        write_csv(whole.subset(np.arange(0, len(whole), 15)), path, Convention.GAP)
        result.append(path)
    return result[0], result[1]


MANY = 60
"""Epochs, of which the run is stopped long before the last."""


def test_a_network_is_trained_on_hands_from_start_to_use(
    window: MainWindow,
    qtbot: QtBot,
    hands: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window.start(str(tmp_path / "none.mp4"))
    window.show_training()
    qtbot.waitUntil(lambda: window.training is not None)
    tab = window.training
    assert isinstance(tab, TrainingTab)
    train, test = hands
    with qtbot.waitSignal(tab.data.summarised, timeout=PATIENCE):
        tab.recipe.add_files([train])
    assert "1,831 images" in tab.data.shape.text()
    tab.recipe.advanced.set_values({"--hidden": "64", "--epochs": str(MANY), "--batch-size": "64"})
    told: list[float] = []
    tab.process.batch_done.connect(lambda event: told.append(event["loss"]))

    # Start, pause, resume, and a crash in the middle of an epoch.
    with qtbot.waitSignal(tab.process.epoch_done, timeout=PATIENCE):
        press(qtbot, tab.bar.start_button)
    press(qtbot, tab.bar.pause_button)
    assert tab.bar.pause_button.text() == "Resume"
    with qtbot.waitSignal(tab.process.batch_done, timeout=PATIENCE):
        press(qtbot, tab.bar.pause_button)
    assert tab.plots.curves["batch_loss"].y == told
    with qtbot.waitSignal(tab.process.ended, timeout=PATIENCE):
        tab.process.findChild(QProcess).kill()
    over = len(tab.plots.curves["loss"].y)
    assert 0 < over < MANY
    assert tab.bar.use_button.isEnabled()

    # It goes on after the last whole epoch, and is stopped.
    epochs: list[int] = []
    tab.process.epoch_done.connect(lambda event: epochs.append(event["epoch"]))
    press(qtbot, tab.bar.resume_button)
    qtbot.waitUntil(lambda: len(epochs) > over, timeout=PATIENCE)
    assert epochs[: over + 1] == list(range(over + 1))
    with qtbot.waitSignal(tab.process.ended, timeout=PATIENCE) as ended:
        press(qtbot, tab.bar.stop_button)
    best = max(tab.plots.curves["validation_accuracy"].y)
    scores = weights.load(ended.args[0]).about["scores"]
    assert scores["validation_accuracy"] == pytest.approx(best)

    # Measured on other photographs, and used.
    monkeypatch.setattr(file_dialogs, "ask_for_file", lambda *_: str(test))
    tab.show_page(tab.confusion)
    qtbot.waitUntil(lambda: not tab.inspection.background.busy, timeout=PATIENCE)
    with qtbot.waitSignal(tab.inspection.changed, timeout=PATIENCE):
        press(qtbot, tab.confusion.measure_button)
    counts = tab.confusion.matrix.counts
    assert counts.sum() == 479
    assert np.trace(counts) / counts.sum() > 0.15
    press(qtbot, tab.bar.use_button)
    qtbot.waitUntil(lambda: window.weights.path == ended.args[0], timeout=PATIENCE)
