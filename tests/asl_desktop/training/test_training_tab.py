from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from asl_desktop import file_dialogs
from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings
from asl_desktop.training.presets import PRESETS
from asl_desktop.training.training_tab import TrainingTab
from tests.trainer.conftest import printed_letters, write_csv
from trainer import weights
from trainer.cli import main


@pytest.fixture
def csv(tmp_path: Path) -> Path:
    return write_csv(tmp_path / "letters.csv", printed_letters(8))


@pytest.fixture
def tab(qtbot: QtBot, tmp_path: Path) -> Iterator[TrainingTab]:
    tab = TrainingTab(Settings(), tmp_path / "runs")
    qtbot.addWidget(tab)
    tab.show()
    yield tab
    tab.shut_down()


def small(tab: TrainingTab, csv: Path, epochs: int) -> None:
    tab.recipe.add_files([csv])
    tab.recipe.hidden.setText("24")
    tab.recipe.epochs.setText(str(epochs))
    tab.recipe.batch_size.setText("32")
    tab.recipe.validation.setCurrentIndex(tab.recipe.validation.findData("random"))


def press(qtbot: QtBot, button: object) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_whole_run(tab: TrainingTab, qtbot: QtBot, csv: Path) -> None:
    assert not tab.start_button.isEnabled()
    small(tab, csv, 3)
    batches, epochs = [], []
    tab.process.batch_done.connect(batches.append)
    tab.process.epoch_done.connect(epochs.append)
    with qtbot.waitSignal(tab.process.ended, timeout=30_000) as ended:
        press(qtbot, tab.start_button)
        assert not tab.recipe.isEnabled()
    path, reason = ended.args
    assert reason == ""
    assert weights.load(path).about["recipe"]["hidden"] == [24]
    curves = tab.plots.curves
    assert curves["loss"].y == [event["loss"] for event in epochs]
    assert curves["validation_accuracy"].y == [event["validation_accuracy"] for event in epochs]
    assert curves["batch_loss"].y == [event["loss"] for event in batches]
    assert len(epochs) == 3
    assert tab.progress.value() == tab.progress.maximum()
    assert "best epoch" in tab.status.text()
    assert tab.use_button.isEnabled()


def test_pause_resume_and_stop(tab: TrainingTab, qtbot: QtBot, csv: Path) -> None:
    small(tab, csv, 1_000_000)
    with qtbot.waitSignal(tab.process.epoch_done, timeout=30_000):
        press(qtbot, tab.start_button)
    press(qtbot, tab.pause_button)
    assert tab.pause_button.text() == "&Resume"
    # What was on its way arrives; then nothing moves.
    qtbot.wait(300)
    seen = len(tab.plots.curves["loss"].y)
    qtbot.wait(300)
    assert len(tab.plots.curves["loss"].y) == seen
    with qtbot.waitSignal(tab.process.epoch_done, timeout=10_000):
        press(qtbot, tab.pause_button)
    with qtbot.waitSignal(tab.process.ended, timeout=10_000) as ended:
        press(qtbot, tab.stop_button)
    best = max(tab.plots.curves["validation_accuracy"].y)
    kept = weights.load(ended.args[0]).about["scores"]["validation_accuracy"]
    assert kept == pytest.approx(best)


def test_closing_ends_the_run_and_keeps_its_best(tab: TrainingTab, qtbot: QtBot, csv: Path) -> None:
    small(tab, csv, 1_000_000)
    with qtbot.waitSignal(tab.process.epoch_done, timeout=30_000):
        press(qtbot, tab.start_button)
    tab.shut_down()
    assert not tab.process.running
    (kept,) = csv.parent.glob("runs/*/weights.safetensors")
    assert weights.load(kept).network.theta.size > 0


def test_a_killed_run_is_resumed_after_a_restart(
    tab: TrainingTab, qtbot: QtBot, csv: Path, tmp_path: Path
) -> None:
    assert not tab.go_on_button.isVisible()
    small(tab, csv, 40)
    epochs: list[dict[str, float]] = []
    tab.process.epoch_done.connect(epochs.append)
    with qtbot.waitSignal(tab.process.epoch_done, timeout=30_000):
        press(qtbot, tab.start_button)
    assert tab.process._process is not None
    with qtbot.waitSignal(tab.process.ended, timeout=10_000) as ended:
        os.kill(tab.process._process.processId(), signal.SIGKILL)
    assert "unexpectedly" in ended.args[1]
    assert len(epochs) < 40

    again = TrainingTab(Settings(), tmp_path / "runs")
    qtbot.addWidget(again)
    again.show()
    resumed: list[dict[str, float]] = []
    again.process.epoch_done.connect(resumed.append)
    with qtbot.waitSignal(again.process.ended, timeout=30_000) as ended:
        press(qtbot, again.go_on_button)
        assert not again.go_on_button.isVisible()
    assert ended.args[1] == ""
    # Epochs from before are drawn again.
    assert resumed[: len(epochs)] == epochs
    assert [event["epoch"] for event in resumed] == list(range(40))
    assert len(again.plots.curves["loss"].y) == 40
    assert not again.go_on_button.isVisible()
    assert "best epoch" in again.status.text()


@pytest.mark.parametrize(
    ("field", "text", "said"), [("hidden", "many", "widths"), ("epochs", "0", "epochs")]
)
def test_why_a_run_fails_is_said(
    tab: TrainingTab, qtbot: QtBot, csv: Path, field: str, text: str, said: str
) -> None:
    small(tab, csv, 1)
    getattr(tab.recipe, field).setText(text)
    with qtbot.waitSignal(tab.trouble, timeout=30_000) as trouble:
        press(qtbot, tab.start_button)
    assert said in trouble.args[0]
    assert "Traceback" not in trouble.args[0]
    assert tab.start_button.isEnabled()
    assert not tab.use_button.isEnabled()


def test_a_missing_file_is_named(tab: TrainingTab, qtbot: QtBot, tmp_path: Path) -> None:
    tab.recipe.add_files([tmp_path / "none.csv"])
    with qtbot.waitSignal(tab.trouble, timeout=30_000) as trouble:
        press(qtbot, tab.start_button)
    assert "none.csv: cannot be read" in trouble.args[0]


@pytest.mark.parametrize("preset", range(len(PRESETS)), ids=[p.name for p in PRESETS])
def test_every_preset_is_a_recipe(tab: TrainingTab, csv: Path, preset: int, tmp_path: Path) -> None:
    tab.recipe.add_files([csv])
    tab.recipe.preset.setCurrentIndex(preset)
    tab.recipe.validation.setCurrentIndex(tab.recipe.validation.findData(""))
    tab.recipe.epochs.setText("1")
    tab.recipe.hidden.setText("8")
    arguments = ["train", *tab.recipe.arguments(), "--out", str(tmp_path / "w.npz"), "--json"]
    assert main(arguments) == 0
    assert PRESETS[preset].purpose == tab.recipe.purpose.text()


def test_files_are_dropped_listed_once_and_removed(tab: TrainingTab, csv: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(csv)), QUrl.fromLocalFile(str(csv.parent / "x.txt"))])
    drop = QDropEvent(
        QPointF(1, 1),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tab.recipe.dropEvent(drop)
    tab.recipe.add_files([csv, csv.parent / "more.csv"])
    assert tab.recipe.paths == [csv, csv.parent / "more.csv"]
    assert not tab.recipe.validation.isEnabled()
    tab.recipe.files.setCurrentRow(1)
    tab.recipe.remove_button.click()
    assert tab.recipe.paths == [csv]
    assert tab.recipe.validation.isEnabled()
    assert tab.start_button.isEnabled()


def test_what_was_trained_is_used_live_and_saved(
    window: MainWindow, qtbot: QtBot, csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.start(str(tmp_path / "none.mp4"))
    window.tabs.setCurrentIndex(1)
    tab = window.training
    assert tab is not None
    small(tab, csv, 2)
    with qtbot.waitSignal(tab.process.ended, timeout=30_000) as ended:
        press(qtbot, tab.start_button)
    target = tmp_path / "mine"
    monkeypatch.setattr(file_dialogs, "ask_where_to_save", lambda *_: str(target))
    press(qtbot, tab.save_button)
    saved = target.with_suffix(".safetensors")
    assert saved.read_bytes() == ended.args[0].read_bytes()
    press(qtbot, tab.use_button)
    assert window.tabs.currentWidget() is window.live
    qtbot.waitUntil(lambda: window._weights == ended.args[0], timeout=5000)
