"""Which network reads: shown, chosen and described."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from asl_desktop import user_folders
from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings
from asl_desktop.weights_dialog import WeightsDialog
from tests.asl_desktop.helpers import constant_model
from trainer.model import weights
from trainer.model.card import card
from trainer.samples.people import People
from trainer.support.paths import DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS, asset


def entries(window: MainWindow) -> dict[str, bool]:
    """The networks in the menu, and whether each one reads."""
    menu = window.live.network.menu()
    menu.aboutToShow.emit()
    return {a.text(): a.isChecked() for a in menu.actions() if a.isCheckable()}


def choose(window: MainWindow, name: str) -> None:
    entries(window)
    next(a for a in window.live.network.menu().actions() if a.text() == name).trigger()


def make_run(name: str = "") -> Path:
    folder = user_folders.runs() / "2026-03-01 12.30.00.000000"
    folder.mkdir(parents=True)
    (folder / "run.json").write_text(json.dumps({"name": name, "arguments": []}))
    weights.save(constant_model("Y"), folder / "weights.safetensors")
    return folder / "weights.safetensors"


@pytest.fixture
def own() -> Path:
    path = People(user_folders.data()).listed()[0].network
    path.parent.mkdir(parents=True)
    weights.save(constant_model("M"), path)
    return path


def open_and_wait(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    window.weights.open(path)
    qtbot.waitUntil(lambda: window.weights.path == path)


def test_the_network_that_reads_is_shown_and_switched(
    qtbot: QtBot, window: MainWindow, weights_x: Path, own: Path
) -> None:
    window.weights.start(None)
    qtbot.waitUntil(lambda: window.live.camera._model is not None)
    assert window.live.network.isVisible()
    assert window.live.network.text() == "Shipped"
    assert entries(window) == {"Shipped": True, "My hand": False, "Sign Language MNIST": False}
    choose(window, "My hand")
    qtbot.waitUntil(lambda: window.live.network.text() == "My hand")
    assert window.banner.text == "My hand reads now instead of Shipped."
    open_and_wait(qtbot, window, weights_x)
    assert window.live.network.text() == "x.safetensors"
    assert list(entries(window)) == ["Shipped", "My hand", "x.safetensors", "Sign Language MNIST"]
    weights_x.unlink()
    assert "x.safetensors" not in entries(window), "a file that is gone"


@pytest.mark.parametrize(("given", "shown"), [("big one", "big one"), ("", "01 Mar 12:30:00")])
def test_a_run_reads_under_its_name_and_as_the_default_under_another(
    qtbot: QtBot, window: MainWindow, weights_x: Path, given: str, shown: str
) -> None:
    run = make_run(given)
    open_and_wait(qtbot, window, weights_x)
    open_and_wait(qtbot, window, run)
    assert window.live.network.text() == shown
    first = window.banner.text
    assert first == f"{shown} reads now instead of x.safetensors, until the program is closed."
    window.weights.set_default(run)
    default = user_folders.default_weights()
    qtbot.waitUntil(lambda: window.weights.path == default)
    assert window.live.network.text() == f"{shown} (default)"
    second = window.banner.text
    assert second == f"{shown} is the default now: it reads now and after every start."
    window.weights.use_shipped()
    qtbot.waitUntil(lambda: window.weights.path == asset(DEFAULT_WEIGHTS))
    assert window.banner.text == "The shipped network reads again, now and after every start."
    assert Settings().weights is None
    assert f"{shown} (default)" in entries(window), "the earlier default is found again"


def test_bad_files_do_not_become_names(window: MainWindow) -> None:
    run = make_run()
    for content in (b"", b"[1]", b'{"name": 5}', b"[" * 100_000):
        (run.parent / "run.json").write_bytes(content)
        assert window.weights.name_of(run) == "01 Mar 12:30:00"


@pytest.mark.parametrize("name", [DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS])
def test_the_shipped_networks_are_described_for_people(
    qtbot: QtBot, window: MainWindow, name: str
) -> None:
    model = weights.load(asset(name))
    description = card(model) | {"layers": model.network.spec()}
    dialog = WeightsDialog("N", asset(name), description, window)
    dialog.show()
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    kind = "convolutional" if name == DEFAULT_WEIGHTS else "fully-connected"
    assert f"A {kind} network" in words
    assert ("keptsecret" if name == DEFAULT_WEIGHTS else "Sign Language MNIST") in words
    first = card(model)["accuracy"][0]
    assert f"{first['accuracy'] * 100:.1f} % on {first['on']}" in words
    assert "MB" in words or "MiB" in words
    assert not dialog.tree.isVisible()
    dialog.details.click()
    assert dialog.tree.isVisible()
    dialog.close()


@pytest.mark.usefixtures("spanish")
def test_a_network_is_described_with_decimal_points_in_every_language(window: MainWindow) -> None:
    model = weights.load(asset(DEFAULT_WEIGHTS))
    description = card(model) | {"layers": model.network.spec()}
    dialog = WeightsDialog("N", asset(DEFAULT_WEIGHTS), description, window)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    first = card(model)["accuracy"][0]
    assert f"{first['accuracy'] * 100:.1f} %" in words
    assert f"{description['parameters']:,} parámetros" in words
    assert re.search(r"\d\.\d+ [kM]i?B", words)
    dialog.close()


def test_the_accuracy_is_that_of_the_file(window: MainWindow, weights_x: Path) -> None:
    about = {"scores": {"validation_accuracy": 0.9876}, "data": {"own.csv": "ab"}}
    model = replace(weights.load(weights_x), about=about)
    description = card(model) | {"layers": model.network.spec()}
    dialog = WeightsDialog("N", weights_x, description, window)
    words = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "98.8 % on the validation images" in words
    assert "own.csv" in words
    dialog.close()
