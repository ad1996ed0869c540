from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, QProcess, Qt, QUrl
from PySide6.QtGui import QDropEvent
from pytestqt.qtbot import QtBot

from asl_desktop import user_folders
from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings
from asl_desktop.training.hyper_parameter_texts import TEXTS
from asl_desktop.training.hyper_parameters import parsed
from asl_desktop.training.presets import PRESETS
from asl_desktop.training.training_tab import TrainingTab
from asl_desktop.widgets import file_dialogs
from tests.asl_desktop.training.conftest import PATIENCE, press, small
from tests.patience import wait_until_still
from tests.trainer.training.odd_recipe import ODD
from trainer.cli import main
from trainer.commands.recipe_arguments import (
    AUGMENTATION,
    arguments_of,
    recipe_from,
    texts_of,
)
from trainer.model import weights
from trainer.support.paths import DEFAULT_WEIGHTS, asset
from trainer.training.recipe import PARAMETERS

MANY = 100
"""Epochs. A training whose events nobody reads is held up after 30, as a pipe takes 64 KB."""


def test_a_whole_run(tab: TrainingTab, qtbot: QtBot, csv: Path) -> None:
    assert not tab.bar.start_button.isEnabled()
    small(tab, csv, 3)
    batches, epochs = [], []
    tab.process.batch_done.connect(batches.append)
    tab.process.epoch_done.connect(epochs.append)
    with qtbot.waitSignal(tab.process.ended, timeout=PATIENCE) as ended:
        press(qtbot, tab.bar.start_button)
        assert not tab.recipe.isEnabled()
    path, reason = ended.args
    assert reason == ""
    assert weights.load(path).about["recipe"]["hidden"] == [24]
    curves = tab.plots.curves
    assert curves["loss"].y == [event["loss"] for event in epochs]
    assert curves["validation_accuracy"].y == [event["validation_accuracy"] for event in epochs]
    assert curves["batch_loss"].y == [event["loss"] for event in batches]
    assert len(epochs) == 3
    assert tab.bar.progress.value() == tab.bar.progress.maximum()
    assert "Best epoch" in tab.bar.status.text()
    assert tab.bar.use_button.isEnabled()
    # The confusion matrix went with it.
    assert tab.confusion.matrix.counts.tolist() == epochs[-1]["confusion"]


def test_pause_resume_and_stop(tab: TrainingTab, qtbot: QtBot, csv: Path) -> None:
    small(tab, csv, 1_000_000)
    with qtbot.waitSignal(tab.process.epoch_done, timeout=PATIENCE):
        press(qtbot, tab.bar.start_button)
    press(qtbot, tab.bar.pause_button)
    assert tab.bar.pause_button.text() == "Resume"
    # What was on its way arrives; then nothing moves.
    wait_until_still(lambda: len(tab.plots.curves["loss"].y), lambda: qtbot.wait(300))
    with qtbot.waitSignal(tab.process.epoch_done, timeout=PATIENCE):
        press(qtbot, tab.bar.pause_button)
    with qtbot.waitSignal(tab.process.ended, timeout=PATIENCE) as ended:
        press(qtbot, tab.bar.stop_button)
    assert "Stopped after epoch" in tab.bar.status.text()
    best = max(tab.plots.curves["validation_accuracy"].y)
    kept = weights.load(ended.args[0]).about["scores"]["validation_accuracy"]
    assert kept == pytest.approx(best)


def test_closing_ends_the_run_and_keeps_its_best(tab: TrainingTab, qtbot: QtBot, csv: Path) -> None:
    small(tab, csv, 1_000_000)
    with qtbot.waitSignal(tab.process.epoch_done, timeout=PATIENCE):
        press(qtbot, tab.bar.start_button)
    tab.shut_down()
    assert not tab.process.running
    (kept,) = csv.parent.glob("runs/*/weights.safetensors")
    assert weights.load(kept).network.theta.size > 0


def test_a_killed_run_is_resumed_after_a_restart(
    tab: TrainingTab, qtbot: QtBot, csv: Path, make_tab: Callable[[], TrainingTab]
) -> None:
    assert not tab.bar.resume_button.isVisible()
    small(tab, csv, MANY)
    epochs: list[dict[str, float]] = []
    tab.process.epoch_done.connect(epochs.append)

    def kill_at_the_first(_: object) -> None:
        if len(epochs) == 1:
            tab.process.findChild(QProcess).kill()

    tab.process.epoch_done.connect(kill_at_the_first)
    with qtbot.waitSignal(tab.process.ended, timeout=PATIENCE) as ended:
        press(qtbot, tab.bar.start_button)
    assert "unexpectedly" in ended.args[1]
    assert 0 < len(epochs) < MANY

    # What was learned can be used at once.
    assert tab.bar.use_button.isEnabled()
    assert "you can resume" in tab.bar.status.text()

    again = make_tab()
    resumed: list[dict[str, float]] = []
    again.process.epoch_done.connect(resumed.append)
    with qtbot.waitSignal(again.process.ended, timeout=PATIENCE) as ended:
        press(qtbot, again.bar.resume_button)
        assert not again.bar.resume_button.isVisible()
    assert ended.args[1] == ""
    # Epochs from before are drawn again.
    for before, after in zip(epochs, resumed, strict=False):
        assert before.items() >= after.items()
    assert [event["epoch"] for event in resumed] == list(range(MANY))
    assert len(again.plots.curves["loss"].y) == MANY
    assert not again.bar.resume_button.isVisible()
    assert "Done. Best epoch" in again.bar.status.text()
    # The recipe is the one that the run was started with.
    assert again.recipe.advanced.values()["--hidden"] == "24"
    assert again.recipe.paths == [csv]
    assert again.recipe.validation.currentData() == "random"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("--hidden", "many", "whole numbers from 1"),
        ("--epochs", "0", "epochs"),
        ("--epochs", "²", "epochs"),
    ],
)
def test_why_a_run_fails_is_said(
    tab: TrainingTab, qtbot: QtBot, csv: Path, field: str, text: str, said: str
) -> None:
    small(tab, csv, 1)
    tab.recipe.advanced.set_values({field: text})
    with qtbot.waitSignal(tab.error, timeout=PATIENCE) as trouble:
        press(qtbot, tab.bar.start_button)
    assert said in trouble.args[0]
    assert "Traceback" not in trouble.args[0]
    assert tab.bar.start_button.isEnabled()
    assert not tab.bar.use_button.isEnabled()


def test_a_missing_file_is_named(tab: TrainingTab, qtbot: QtBot, tmp_path: Path) -> None:
    tab.recipe.add_files([tmp_path / "none.csv"])
    with qtbot.waitSignal(tab.error, timeout=PATIENCE) as trouble:
        press(qtbot, tab.bar.start_button)
    assert "none.csv: cannot be read" in trouble.args[0]


@pytest.mark.parametrize("preset", range(len(PRESETS)), ids=[p.name for p in PRESETS])
def test_every_preset_is_a_recipe(tab: TrainingTab, csv: Path, preset: int, tmp_path: Path) -> None:
    tab.recipe.add_files([csv])
    tab.recipe.preset.setCurrentIndex(preset)
    tab.recipe.validation.setCurrentIndex(tab.recipe.validation.findData(""))
    changes = {"--epochs": "1"}
    if not PRESETS[preset].from_loaded:
        changes["--hidden"] = "8,8,8"
    tab.recipe.advanced.set_values(changes)
    assert f"({len(changes)} changed)" in tab.recipe.advanced_button.text()
    arguments = ["train", *tab.recipe.arguments(), "--out", str(tmp_path / "w.npz"), "--json"]
    assert main([*arguments, "--no-record"]) == 0
    assert tab.recipe.purpose.text().startswith(PRESETS[preset].purpose)
    fields = tab.recipe.advanced.fields
    assert fields["--hidden"].isEnabled() is not PRESETS[preset].from_loaded


def test_files_are_dropped_listed_once_and_removed(
    tab: TrainingTab, qtbot: QtBot, csv: Path
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(csv)), QUrl.fromLocalFile(str(csv.parent / "x.txt"))])
    drop = QDropEvent(
        QPointF(1, 1),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    tab.dropEvent(drop)
    tab.recipe.add_files([csv, csv.parent / "more.csv"])
    assert tab.recipe.paths == [csv, csv.parent / "more.csv"]
    tab.recipe.files.list.setCurrentRow(1)
    press(qtbot, tab.recipe.files.remove_button)
    assert tab.recipe.paths == [csv]
    assert tab.bar.start_button.isEnabled()
    # Validation files are wanted where they are chosen.
    assert not tab.recipe.validation_files.isVisible()
    tab.recipe.validation.setCurrentIndex(tab.recipe.validation.findData("files"))
    assert tab.recipe.validation_files.isVisible()
    assert not tab.bar.start_button.isEnabled()
    tab.recipe.validation_files.dropEvent(drop)
    assert tab.bar.start_button.isEnabled()
    arguments = tab.recipe.arguments()
    assert arguments[: arguments.index("--validation") + 2] == [
        *("--train", str(csv)),
        *("--validation", str(csv)),
    ]


def test_a_recipe_is_shown_again(tab: TrainingTab, csv: Path) -> None:
    tab.recipe.add_files([csv])
    tab.recipe.preset.setCurrentIndex(1)
    changes = {"--seed": "7", "--no-sign-bias": "-3", "--mirror-inference": "on"}
    tab.recipe.advanced.set_values(changes)
    tab.recipe.labels.setCurrentIndex(1)
    arguments = tab.recipe.arguments()
    tab.recipe.preset.setCurrentIndex(0)
    tab.recipe.labels.setCurrentIndex(0)
    tab.recipe.take(arguments)
    assert tab.recipe.arguments() == arguments
    assert tab.recipe.preset.currentIndex() == 1
    assert "(3 changed)" in tab.recipe.advanced_button.text()


def test_nothing_of_a_loaded_run_is_lost(tab: TrainingTab, csv: Path) -> None:
    arguments = ["--train", str(csv), "--validate", "random", "--labels", "gap"]
    arguments += ["--leave-out", "one:AB", "other", "--teacher", "teacher.safetensors"]
    arguments += arguments_of(texts_of(ODD))
    before, start_from = parsed([*arguments, "--out", "x"]), "mine.safetensors"
    tab.recipe.take(arguments)
    shown = tab.recipe.arguments()
    assert vars(parsed([*shown, "--out", "x"])) == vars(before)
    assert recipe_from(parsed([*shown, "--out", "x"])) == ODD
    assert "--teacher teacher.safetensors" in tab.recipe.purpose.text()
    # Likewise of one that starts from weights, where the network's own settings are fixed.
    tab.recipe.take([*arguments, "--start-from", start_from])
    after = parsed([*tab.recipe.arguments(), "--out", "x"])
    assert vars(after) == vars(before) | {"start_from": Path(start_from)}
    # Another preset is another recipe.
    tab.recipe.preset.setCurrentIndex(0)
    assert recipe_from(parsed([*tab.recipe.arguments(), "--out", "x"])) == PRESETS[0].recipe
    assert "--teacher" not in tab.recipe.arguments()


def test_a_run_with_earlier_names_is_understood(tab: TrainingTab, csv: Path) -> None:
    tab.recipe.take(["--train", str(csv), "--average", "0.5", "--normalise", "fixed"])
    values = tab.recipe.advanced.values()
    assert (values["--ema"], values["--normalise"]) == ("0.5", "dataset")


def test_every_hyper_parameter_is_in_the_form_and_can_be_translated(tab: TrainingTab) -> None:
    flags = [parameter.flag for _, parameter in PARAMETERS]
    assert sorted(tab.recipe.advanced.fields) == sorted([AUGMENTATION, *flags])
    # In the order of the declarations, so that this prints what the list should hold.
    assert list(TEXTS) == [*dict.fromkeys(t for _, p in PARAMETERS for t in (p.name, p.help))]


def test_what_was_trained_is_used_live_and_saved(
    window: MainWindow, qtbot: QtBot, csv: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.start(str(tmp_path / "none.mp4"))
    window.show_training()
    qtbot.waitUntil(lambda: window.training is not None)
    tab = window.training
    assert tab is not None
    small(tab, csv, 2)
    with qtbot.waitSignal(tab.process.ended, timeout=PATIENCE) as ended:
        press(qtbot, tab.bar.start_button)
    saved = tmp_path / "mine.safetensors"
    monkeypatch.setattr(file_dialogs, "ask_where_to_save", lambda *_: saved)
    tab.bar.save_action.trigger()
    assert saved.read_bytes() == ended.args[0].read_bytes()
    press(qtbot, tab.bar.use_button)
    assert window.live.isVisible()
    qtbot.waitUntil(lambda: window.weights.path == ended.args[0], timeout=PATIENCE)
    # Tried out, and not more; until it is the default.
    assert Settings().weights is None
    tab.bar.default_action.trigger()
    qtbot.waitUntil(lambda: Settings().weights == user_folders.default_weights(), timeout=PATIENCE)
    assert user_folders.default_weights().read_bytes() == saved.read_bytes()
    tab.bar.shipped_action.trigger()
    qtbot.waitUntil(lambda: window.weights.path == asset(DEFAULT_WEIGHTS), timeout=PATIENCE)
    assert Settings().weights is None


def test_why_a_run_failed_early_stays_in_the_banner(
    window: MainWindow, qtbot: QtBot, csv: Path
) -> None:
    window.show_training()
    qtbot.waitUntil(lambda: window.training is not None)
    tab = window.training
    assert tab is not None
    small(tab, csv, 2)
    tab.recipe.advanced.set_values({"--learning-rate": "1e39"})
    with qtbot.waitSignal(tab.process.ended, timeout=PATIENCE):
        press(qtbot, tab.bar.start_button)
    qtbot.waitUntil(lambda: not tab.inspection.background.busy, timeout=PATIENCE)
    assert "diverged" in window.banner.text


def test_a_run_whose_folder_is_deleted_meanwhile_ends_with_a_sentence(
    tab: TrainingTab, qtbot: QtBot, csv: Path
) -> None:
    small(tab, csv, 1_000_000)
    with qtbot.waitSignal(tab.process.epoch_done, timeout=PATIENCE):
        press(qtbot, tab.bar.start_button)
    (folder,) = csv.parent.glob("runs/*")
    # Out of the training's sight first: what it adds meanwhile would keep the folder.
    shutil.rmtree(folder.rename(csv.parent / "gone"))
    # It is still learning.
    with qtbot.waitSignal(tab.process.epoch_done, timeout=PATIENCE):
        pass
    with qtbot.waitSignal(tab.process.ended, timeout=PATIENCE) as ended:
        press(qtbot, tab.bar.stop_button)
    assert ended.args[1] == ""
    assert "moved or deleted" in tab.bar.status.text()
    assert tab.bar.start_button.isEnabled()
