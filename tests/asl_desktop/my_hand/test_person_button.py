"""People: each has samples, a hand and a network; they are chosen here and in Live."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot

from asl_desktop import user_folders
from asl_desktop.hand_box import HandBox
from asl_desktop.main_window import MainWindow
from asl_desktop.my_hand.my_hand_tab import MyHandTab
from asl_desktop.settings import Settings
from asl_desktop.widgets import file_dialogs
from tests.asl_desktop.helpers import constant_model
from tests.asl_desktop.my_hand.printed import printed_frame
from tests.asl_desktop.my_hand.test_my_hand_tab import mine_of
from trainer.model import weights
from trainer.support.paths import DEFAULT_WEIGHTS, asset


def record(mine: MyHandTab, letter: str) -> None:
    mine.store.add(letter, printed_frame(letter), HandBox().pixels(640, 480))


def add(qtbot: QtBot, window: MainWindow, name: str) -> None:
    """As a person does it: the menu, a name, Return."""
    assert window.my_hand is not None
    window.my_hand.person.new.trigger()
    dialog = window.findChild(QInputDialog)
    qtbot.waitUntil(dialog.isVisible)
    dialog.setTextValue(name)
    dialog.accept()
    qtbot.waitUntil(lambda: not window.findChildren(QInputDialog))


def listed(mine: MyHandTab) -> list[str]:
    mine.person.listing.aboutToShow.emit()
    return [action.text() for action in mine.person.listing.actions() if action.isCheckable()]


def choose(mine: MyHandTab, name: str) -> None:
    mine.person.listing.aboutToShow.emit()
    next(a for a in mine.person.listing.actions() if a.text() == name).trigger()


def keep_network(window: MainWindow, letter: str) -> Path:
    """A network of the one who signs now, which reads from now on."""
    path = window.people.current.network
    path.parent.mkdir(parents=True, exist_ok=True)
    weights.save(constant_model(letter), path)
    window.weights.open(path)
    return path


def test_each_person_has_samples_and_a_hand(window: MainWindow, qtbot: QtBot) -> None:
    mine = mine_of(window)
    qtbot.mouseClick(mine.left_button, Qt.MouseButton.LeftButton)
    record(mine, "A")
    assert mine.person.text() == "My hand"
    add(qtbot, window, "Ana & Zoë")
    assert mine.person.text() == "Ana && Zoë"
    assert not mine.store.samples
    # Whose hand is another is asked again.
    assert mine.question.isVisible()
    qtbot.mouseClick(mine.right_button, Qt.MouseButton.LeftButton)
    record(mine, "B")
    record(mine, "B")
    assert listed(mine) == ["My hand", "Ana && Zoë"]
    choose(mine, "My hand")
    assert mine.left_handed.isChecked()
    assert [sample.letter for sample in mine.store.samples] == ["A"]
    assert not mine.question.isVisible()
    choose(mine, "Ana && Zoë")
    assert not mine.left_handed.isChecked()
    mine.show_page(mine.samples)
    mine.samples.show_letter("B")
    assert mine.samples.images.count() == 2


def test_the_network_follows_the_person_and_the_person_the_network(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.start("/no/such/source", asset(DEFAULT_WEIGHTS))
    mine = mine_of(window)
    record(mine, "A")
    first = keep_network(window, "A")
    qtbot.waitUntil(lambda: window.weights.path == first)
    add(qtbot, window, "Ana")
    # She has no network: nobody else's reads her hand.
    qtbot.waitUntil(lambda: window.weights.path == asset(DEFAULT_WEIGHTS))
    second = keep_network(window, "B")
    qtbot.waitUntil(lambda: window.weights.path == second)
    # In Live, a person is chosen by the network.
    menu = window.live.network.menu()
    menu.aboutToShow.emit()
    entries = {action.text(): action for action in menu.actions()}
    assert entries["Ana"].isChecked()
    entries["My hand"].trigger()
    qtbot.waitUntil(lambda: window.weights.path == first)
    assert mine.person.text() == "My hand"
    assert window.people.current.key == "mine"
    choose(mine, "Ana")
    qtbot.waitUntil(lambda: window.weights.path == second)
    assert "Ana" in window.live.network.text()


def test_deleting_asks_and_then_everything_is_gone(window: MainWindow, qtbot: QtBot) -> None:
    mine = mine_of(window)
    record(mine, "A")
    add(qtbot, window, "Ana")
    record(mine, "B")
    network = keep_network(window, "B")
    qtbot.waitUntil(lambda: window.weights.path == network)
    folder = window.people.current.folder

    def answer(role: QMessageBox.ButtonRole) -> None:
        mine.person.delete.trigger()
        box = window.findChild(QMessageBox)
        qtbot.waitUntil(box.isVisible)
        assert "Ana" in box.text()
        assert box.buttonRole(box.defaultButton()) is QMessageBox.ButtonRole.RejectRole
        button = next(each for each in box.buttons() if box.buttonRole(each) is role)
        assert isinstance(button, QAbstractButton)
        button.click()
        qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))

    answer(QMessageBox.ButtonRole.RejectRole)
    assert network.is_file()
    answer(QMessageBox.ButtonRole.DestructiveRole)
    assert not folder.exists()
    assert not list((user_folders.data() / "people").iterdir())
    qtbot.waitUntil(lambda: window.weights.path == asset(DEFAULT_WEIGHTS))
    assert mine.person.text() == "My hand"
    assert [sample.letter for sample in mine.store.samples] == ["A"]


def test_a_person_is_saved_to_a_file_and_opened_again(
    window: MainWindow, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mine = mine_of(window)
    add(qtbot, window, "Ana")
    qtbot.mouseClick(mine.left_button, Qt.MouseButton.LeftButton)
    record(mine, "B")
    chosen = tmp_path / "Ana.zip"
    monkeypatch.setattr(file_dialogs, "ask_where_to_save", lambda *_: chosen)
    mine.person.save.trigger()
    assert str(tmp_path / "Ana.zip") in window.banner.text
    window.people.delete()
    monkeypatch.setattr(file_dialogs, "ask_for_file", lambda *_: str(tmp_path / "Ana.zip"))
    mine.person.add.trigger()
    assert mine.person.text() == "Ana"
    assert mine.left_handed.isChecked()
    assert [sample.letter for sample in mine.store.samples] == ["B"]
    (tmp_path / "Ana.zip").write_bytes(b"PK but no more")
    mine.person.add.trigger()
    assert "Ana.zip" in window.banner.text
    assert listed(mine) == ["Ana"]


def test_a_name_that_is_none_is_said_and_a_new_one_shown(window: MainWindow, qtbot: QtBot) -> None:
    mine = mine_of(window)
    add(qtbot, window, "  ")
    assert "needs a name" in window.banner.text
    mine.person.call.trigger()
    dialog = window.findChild(QInputDialog)
    dialog.setTextValue("Zoë")
    dialog.accept()
    assert mine.person.text() == "Zoë"


def test_who_signs_is_remembered(window: MainWindow, qtbot: QtBot) -> None:
    mine_of(window)
    add(qtbot, window, "Ana")
    assert Settings().person == window.people.current.key == "people/2"
    QApplication.processEvents()


def test_a_folder_that_cannot_be_read_shows_nobody_else_s_samples(
    window: MainWindow, qtbot: QtBot
) -> None:
    mine = mine_of(window)
    record(mine, "A")
    add(qtbot, window, "Ana")
    samples = window.people.current.samples
    choose(mine, "My hand")
    samples.write_text("no folder")
    (samples.parent / "samples").chmod(0o600)
    choose(mine, "Ana")
    assert not mine.store.samples or not mine.record.isEnabled()
    choose(mine, "My hand")
    assert mine.record.isEnabled()
    assert [sample.letter for sample in mine.store.samples] == ["A"]
