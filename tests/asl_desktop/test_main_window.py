"""Menus, dialogs and the keyboard."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QLabel, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from asl_desktop.actions import keys
from asl_desktop.dialogs import AboutDialog, ShortcutsDialog, StreamDialog
from asl_desktop.live import source_menu
from asl_desktop.live.source_menu import SourceMenu
from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings, Theme
from asl_desktop.training.confusion_page import Corrections
from asl_desktop.weights_dialog import WeightsDialog
from asl_desktop.widgets import file_dialogs, question
from tests.asl_desktop.helpers import ListSource, plain
from trainer.capture import opening
from trainer.capture.camera_list import Camera
from trainer.support.paths import DEFAULT_WEIGHTS, SIGN_MNIST_WEIGHTS, asset


def source_names(window: MainWindow) -> list[str]:
    menu = window.findChild(SourceMenu)
    assert menu is not None
    menu.aboutToShow.emit()
    return [action.text() for action in menu.actions() if not action.isSeparator()]


def test_the_menu_lists_the_cameras_that_are_there_when_it_opens(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert source_names(window)[0] == "No camera is plugged in"
    both = [Camera(0, 0, "Front & back"), Camera(2, 0, "Webcam")]
    monkeypatch.setattr(source_menu, "cameras", lambda: both)
    assert source_names(window)[:2] == ["Front && back", "Webcam"]
    monkeypatch.setattr(source_menu, "cameras", lambda: both[:1])
    assert source_names(window)[:2] == ["Front && back", "Use the &camera"]


def test_a_camera_chosen_by_name_is_opened_and_remembered(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    both = [Camera(0, 0, "Front"), Camera(2, 0, "Webcam")]
    opened: list[Camera] = []

    def open_camera(camera: Camera) -> ListSource:
        opened.append(camera)
        return ListSource([plain(5)], live=True)

    monkeypatch.setattr(source_menu, "cameras", lambda: both)
    monkeypatch.setattr(opening, "cameras", lambda: both)
    monkeypatch.setattr(opening, "open_camera", open_camera)
    source_names(window)
    menu = window.findChild(SourceMenu)
    assert menu is not None
    menu.actions()[1].trigger()
    qtbot.waitUntil(lambda: window.live.preview.frame is not None)
    assert opened == [both[1]]
    assert Settings().camera == "Webcam"
    window.user_actions.first_camera.trigger()
    qtbot.waitUntil(lambda: len(opened) == 2)
    assert opened[1] == both[1], "the camera that was used last"


def test_every_shortcut_is_there_once_and_listed(window: MainWindow, qtbot: QtBot) -> None:
    listed = window.user_actions.with_shortcuts
    used = [action.shortcut() for action in window.findChildren(QAction) if keys(action)]
    assert len(used) == len({shortcut.toString() for shortcut in used})
    assert {s.toString() for s in used} == {a.shortcut().toString() for a in listed}
    window.user_actions.shortcuts.trigger()
    dialog = window.findChild(ShortcutsDialog)
    assert dialog is not None
    texts = {label.text() for label in dialog.findChildren(QLabel)}
    assert {keys(action) for action in listed} <= texts
    dialog.close()


def test_every_action_is_in_a_menu_and_has_a_hint(window: MainWindow) -> None:
    reachable: set[QAction] = set()
    waiting = list(window.menuBar().actions())
    while waiting:
        action = waiting.pop()
        reachable.add(action)
        if action.menu():
            waiting += action.menu().actions()
    for action in window.user_actions.with_shortcuts:
        assert action in reachable, action.text()
        assert keys(action) in action.toolTip()


def test_everything_that_takes_focus_has_an_accessible_name(window: MainWindow) -> None:
    for widget in window.live.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible():
            named = widget.accessibleName() or (isinstance(widget, QToolButton) and widget.text())
            assert named, widget


def test_the_tab_key_reaches_the_image_and_the_buttons(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    cv2.imwrite(str(tmp_path / "a.png"), plain(50))
    window.start(str(tmp_path / "a.png"))
    qtbot.waitUntil(lambda: window.live.preview.frame is not None)
    window.activateWindow()
    window.live.preview.setFocus()
    qtbot.waitUntil(window.live.preview.hasFocus)
    seen: list[QWidget] = []
    for _ in range(12):
        widget = QApplication.focusWidget()
        assert widget is not None
        seen.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    texts = [widget.text() for widget in seen if isinstance(widget, QToolButton)]
    assert window.live.preview in seen
    assert {"Freeze", "Mirror", "Reset box"} <= set(texts)


def test_a_folder_steps_through_its_images(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, gray in (("a", 10), ("b", 200)):
        cv2.imwrite(str(tmp_path / f"{name}.png"), plain(gray))
    monkeypatch.setattr(file_dialogs, "ask_for_folder", lambda *_: str(tmp_path))
    window.user_actions.open_folder.trigger()
    qtbot.waitUntil(lambda: window.live.preview.frame is not None)
    first = window.live.preview.frame
    assert first is not None
    assert first.name.endswith("a.png")
    qtbot.waitUntil(lambda: window.live.preview.frame.name.endswith("b.png"))


def test_a_dialog_that_is_cancelled_changes_nothing(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[str] = []
    monkeypatch.setattr(window, "play", played.append)
    monkeypatch.setattr(file_dialogs, "ask_for_file", lambda *_: "")
    monkeypatch.setattr(file_dialogs, "ask_for_folder", lambda *_: "")
    actions = window.user_actions
    for action in (actions.open_file, actions.open_folder):
        action.trigger()
    assert not played


def test_only_a_streams_address_can_be_opened(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    played: list[str] = []
    monkeypatch.setattr(window, "play", played.append)
    window.user_actions.open_stream.trigger()
    dialog = window.findChild(StreamDialog)
    assert dialog is not None
    button = dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Open)
    for text in ("", "webcam", "ftp://host/x", "http://", "http://a b"):
        dialog.address.setText(text)
        assert not button.isEnabled(), text
    dialog.address.setText(" RTSP://10.0.0.2/live ")
    assert button.isEnabled()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert played == ["RTSP://10.0.0.2/live"]


def test_the_weights_are_described(qtbot: QtBot, window: MainWindow, weights_x: Path) -> None:
    window.weights.open(weights_x)
    qtbot.waitUntil(lambda: Settings().weights == weights_x)
    window.user_actions.weights_info.trigger()
    dialog = window.findChild(WeightsDialog)
    assert dialog is not None
    items = dialog.tree.findItems("parameters", Qt.MatchFlag.MatchExactly)
    assert [item.text(1) for item in items] == ["18,840"]
    dialog.close()


def test_layers_are_lines_and_teachers_open_up(qtbot: QtBot) -> None:
    layers = [{"kind": "relu"}, {"kind": "linear", "inputs": 4, "outputs": 24}]
    teachers = [{"command": "trainer train", "recipe": {"epochs": n}} for n in (8, 9)]
    parent = QWidget()
    qtbot.addWidget(parent)
    description = {"layers": layers, "about": {"teacher": teachers}}
    dialog = WeightsDialog("w", Path("w.safetensors"), description, parent)
    dialog.details.click()
    (item,) = dialog.tree.findItems("layers", Qt.MatchFlag.MatchExactly)
    assert item.child(1).text(1) == "linear, inputs 4, outputs 24"
    (about,) = dialog.tree.findItems("about", Qt.MatchFlag.MatchExactly)
    second = about.child(0).child(1)
    assert [second.child(i).text(0) for i in range(2)] == ["command", "recipe"]
    assert second.child(1).child(0).text(1) == "9"
    dialog.show()
    before = dialog.tree.columnWidth(0)
    dialog.tree.expandAll()
    second.setExpanded(False)
    second.setExpanded(True)
    assert dialog.tree.columnWidth(0) > before


def test_about_names_the_version(window: MainWindow) -> None:
    window.user_actions.about.trigger()
    dialog = window.findChild(AboutDialog)
    assert dialog is not None
    assert any("Version 0." in label.text() for label in dialog.findChildren(QLabel))
    dialog.close()


def test_full_screen_and_back(window: MainWindow) -> None:
    window.user_actions.full_screen.trigger()
    assert window.isFullScreen()
    window.user_actions.full_screen.trigger()
    assert not window.isFullScreen()


def test_the_theme_is_switched_and_remembered(window: MainWindow) -> None:
    light = window.palette().window().color()
    window.user_actions.themes[Theme.DARK].trigger()
    assert window.palette().window().color().lightness() < light.lightness() / 2
    assert Settings().theme is Theme.DARK


def test_nothing_is_cut_off_at_the_smallest_size(window: MainWindow) -> None:
    window.resize(1, 1)
    QApplication.processEvents()
    assert window.width() <= 900
    assert window.height() <= 600
    for widget in window.live.findChildren(QWidget):
        if widget.isVisible() and isinstance(widget, QLabel | QToolButton):
            needed = widget.minimumSizeHint()
            assert widget.width() >= needed.width(), widget
            assert widget.height() >= needed.height(), widget


def test_quitting_by_key_closes_the_window(window: MainWindow) -> None:
    assert window.user_actions.quit.shortcut() == QKeySequence("Ctrl+Q")
    window.user_actions.quit.trigger()
    assert not window.isVisible()


@pytest.fixture
def asked(window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """What quitting asks while the Training tab is there; the first answer is no, then yes."""
    window.show_training()
    qtbot.waitUntil(lambda: window.training is not None)
    questions: list[list[str]] = []

    def confirm(_: QWidget, *texts: str) -> bool:
        questions.append(list(texts))
        return len(questions) > 1

    monkeypatch.setattr(question, "confirm", confirm)
    return questions


def test_quitting_asks_while_a_training_goes_on(
    window: MainWindow, asked: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(window.training), "busy", property(lambda _: True))
    window.user_actions.quit.trigger()
    assert asked[0][2:] == ["&Stop and quit", "&Keep training"]
    assert window.isVisible()
    window.user_actions.quit.trigger()
    assert len(asked) == 2
    assert not window.isVisible()
    monkeypatch.setattr(type(window.training), "busy", property(lambda _: False))


def test_quitting_asks_before_corrections_are_lost(
    window: MainWindow, asked: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Corrections, "count", 10)
    window.user_actions.quit.trigger()
    assert "10 corrected images are in no file yet" in asked[0][1]
    assert window.isVisible()
    window.user_actions.quit.trigger()
    assert len(asked) == 2
    assert not window.isVisible()
    monkeypatch.setattr(Corrections, "count", 0)


def test_a_source_that_fails_is_told_of_on_every_tab(
    window: MainWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    window.show_training()
    qtbot.waitUntil(lambda: not window.live.isVisible())
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(b"no film")
    window.play(str(broken))
    qtbot.waitUntil(lambda: str(broken) in window.banner.text)


def test_the_network_for_sign_mnist_can_be_chosen(window: MainWindow, qtbot: QtBot) -> None:
    window.user_actions.sign_mnist_weights.trigger()
    qtbot.waitUntil(lambda: window.weights.path == asset(SIGN_MNIST_WEIGHTS))
    window.user_actions.shipped_weights.trigger()
    qtbot.waitUntil(lambda: window.weights.path == asset(DEFAULT_WEIGHTS))


def test_the_demo_clip_plays_from_the_menu(qtbot: QtBot, window: MainWindow) -> None:
    window.user_actions.demo.trigger()
    qtbot.waitUntil(lambda: window.live.preview.frame is not None)
    frame = window.live.preview.frame
    assert frame is not None
    assert frame.name == "Demo clip"
    assert window.user_actions.demo in window.user_actions.sources
