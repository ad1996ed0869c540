"""Writing by signing, as a person does it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from asl_desktop import user_folders
from asl_desktop.compose import composer as composer_module
from asl_desktop.compose.composer import Composer, Draft
from asl_desktop.hand_box import HandBox
from asl_desktop.main_window import MainWindow
from asl_desktop.own_file import OwnFile
from asl_desktop.settings import Settings
from asl_desktop.widgets import file_dialogs
from tests.asl_desktop.compose.signing import NONE, Signer, reading
from tests.asl_desktop.full_disk import NO_SPACE, no_space
from trainer.recognition.decoder import Decoder

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def signer(qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Signer:
    window.activateWindow()
    window.live.preview.setFocus()
    qtbot.waitUntil(window.live.preview.hasFocus)
    return Signer(window, monkeypatch)


@pytest.fixture
def composer(window: MainWindow, english: Decoder) -> Composer:
    window.composer.words.use(english)
    return window.composer


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)


def test_hello_world_is_typed_by_signing(signer: Signer, composer: Composer) -> None:
    signer.spell("HELLO WORLD")
    assert composer.field.text == "HELLO WORLD"


def test_text_that_a_full_disk_refused_is_told_and_saved_at_the_end(
    composer: Composer, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[str] = []
    composer.error.connect(told.append)
    with monkeypatch.context() as patch:
        patch.setattr(OwnFile, "write", no_space)
        composer.field.type("ABC")
        composer.save_draft()
    assert told == [NO_SPACE]
    composer.shut_down()
    assert user_folders.draft().read_text() == "ABC"


def test_without_a_hand_nothing_is_typed(signer: Signer, composer: Composer) -> None:
    signer.show(NONE, 4)
    signer.show("ABCDEFGHIKLMNOPQRSTUVWXY", 3)
    signer.show("MN", 3)
    assert composer.field.text == ""


def test_a_still_image_is_read_but_not_typed(
    signer: Signer, composer: Composer, window: MainWindow
) -> None:
    for _ in range(50):
        signer.show_once(reading("A"), 0.0)
    assert window.live.panel.letter.letter == "A"
    assert window.live.panel.letter.dwell is None
    assert composer.field.text == ""


def test_typing_is_switched_off_and_on_by_key_and_remembered(
    signer: Signer, composer: Composer
) -> None:
    assert composer.typing.isChecked()
    press(Qt.Key.Key_T, CTRL)
    assert not composer.typing.isChecked()
    assert not Settings().typing
    signer.show("A", 1)
    assert composer.field.text == ""
    QTest.mouseClick(
        composer.typing, Qt.MouseButton.LeftButton, pos=composer.typing.rect().center() / 2
    )
    assert Settings().typing
    signer.show("B", 1)
    assert composer.field.text == "B"


def test_nothing_is_typed_and_no_key_works_while_another_tab_is_shown(
    signer: Signer, composer: Composer, window: MainWindow
) -> None:
    signer.show("A", 1)
    window.tabs.setCurrentIndex(window.tabs.count() - 1)
    signer.show("B", 1)
    assert composer.field.text == "A"
    assert not any(action.isEnabled() for action in window.user_actions.text.all)
    window.tabs.setCurrentIndex(0)
    signer.show("C", 1)
    assert composer.field.text == "AC"
    assert window.user_actions.edit.undo.isEnabled()


@pytest.mark.parametrize(("following", "typed"), [(True, "LL"), (False, "L")])
def test_a_hand_that_moves_aside_types_its_letter_again(
    signer: Signer,
    composer: Composer,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    following: bool,
    typed: str,
) -> None:
    # The frames are made, so nothing has to be found in them.
    monkeypatch.setattr("trainer.hand_finder.file.load_finder", lambda _: None)
    window.user_actions.follow.setChecked(following)
    signer.show("L", 1)
    signer.box = HandBox(x=0.9)
    signer.show("L", 1)
    assert composer.field.text == typed, "a box moved by hand is no hand that moves"


def test_undo_takes_back_one_letter_at_a_time(signer: Signer, composer: Composer) -> None:
    signer.spell("ABC")
    press(Qt.Key.Key_Z, CTRL)
    assert composer.field.text == "AB"
    press(Qt.Key.Key_Z, CTRL)
    assert composer.field.text == "A"


def test_words_are_suggested_and_taken_by_key(signer: Signer, composer: Composer) -> None:
    signer.spell("HEL")
    words = list(composer.bar.words)
    assert len(words) == 3
    assert all(word.startswith("HEL") and word.isupper() for word in words)
    assert [button.text().split()[-1] for button in composer.bar.buttons] == words
    press(Qt.Key.Key_2, ALT)
    assert composer.field.text == words[1] + " "
    assert not any(button.isEnabled() for button in composer.bar.buttons)
    signer.show(NONE, 1.5)
    assert composer.field.text == words[1] + " ", "no second space"
    press(Qt.Key.Key_Z, CTRL)
    assert composer.field.text == "HEL"


def test_a_suggestion_is_taken_by_click_and_follows_the_case(
    signer: Signer, composer: Composer
) -> None:
    composer.field.setFocus()
    QTest.keyClicks(composer.field, "I nee")
    assert composer.bar.words[0] == "need"
    QTest.mouseClick(composer.bar.buttons[0], Qt.MouseButton.LeftButton)
    assert composer.field.text == "I need "


def test_space_delete_and_clear_by_key(signer: Signer, composer: Composer) -> None:
    signer.show("A", 1)
    press(Qt.Key.Key_Space, SHIFT)
    press(Qt.Key.Key_Space, SHIFT)
    assert composer.field.text == "A "
    press(Qt.Key.Key_Backspace, SHIFT)
    press(Qt.Key.Key_Backspace, SHIFT)
    assert composer.field.text == ""
    signer.spell("BC")
    press(Qt.Key.Key_Backspace, SHIFT | CTRL)
    assert composer.field.text == ""
    press(Qt.Key.Key_Z, CTRL)
    assert composer.field.text == "BC"


def test_the_keyboard_edits_and_signs_go_to_the_cursor(signer: Signer, composer: Composer) -> None:
    signer.spell("AC")
    press(Qt.Key.Key_J, CTRL)
    assert QApplication.focusWidget() is composer.field
    press(Qt.Key.Key_Left)
    signer.show("B", 1)
    assert composer.field.text == "ABC"
    QTest.keyClicks(composer.field, "x Y")
    assert composer.field.text == "ABx YC"
    press(Qt.Key.Key_Tab)
    assert QApplication.focusWidget() is not composer.field


def test_the_buttons_do_what_the_keys_do(signer: Signer, composer: Composer) -> None:
    signer.spell("AB")
    buttons = {button.text(): button for button in composer.findChildren(QToolButton)}
    QTest.mouseClick(buttons["Copy all"], Qt.MouseButton.LeftButton)
    assert QGuiApplication.clipboard().text() == "AB"
    for name, left in (("Delete", "A"), ("Space", "A "), ("Clear", ""), ("Undo", "A ")):
        QTest.mouseClick(buttons[name], Qt.MouseButton.LeftButton)
        assert composer.field.text == left


def test_the_text_is_saved(
    signer: Signer,
    composer: Composer,
    window: MainWindow,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signer.spell("AB")
    monkeypatch.setattr(file_dialogs, "ask_where_to_save", lambda *_: tmp_path / "note.txt")
    press(Qt.Key.Key_S, CTRL)
    assert (tmp_path / "note.txt").read_text() == "AB"
    assert Settings().folder("text") == str(tmp_path)
    missing = tmp_path / "missing" / "note.txt"
    monkeypatch.setattr(file_dialogs, "ask_where_to_save", lambda *_: missing)
    press(Qt.Key.Key_S, CTRL)
    assert str(missing) in window.banner.text
    monkeypatch.setattr(file_dialogs, "ask_where_to_save", lambda *_: None)
    press(Qt.Key.Key_S, CTRL)
    assert sorted(path.name for path in tmp_path.glob("*.txt")) == ["note.txt"]


def test_the_strip_folds_to_one_line(signer: Signer, composer: Composer) -> None:
    signer.spell("AB")
    press(Qt.Key.Key_T, CTRL | SHIFT)
    assert not composer.field.isVisible()
    assert composer.typing.isVisible()
    signer.show("C", 1)
    assert composer.field.text == "ABC", "typing goes on"
    assert not Settings().text_shown
    QTest.mouseClick(composer.fold, Qt.MouseButton.LeftButton)
    assert composer.field.isVisible()
    press(Qt.Key.Key_T, CTRL | SHIFT)
    press(Qt.Key.Key_J, CTRL)
    assert composer.field.isVisible(), "going to the text opens it"


def test_without_an_image_the_strip_is_one_line(
    qtbot: QtBot, composer: Composer, window: MainWindow
) -> None:
    window.start("")
    qtbot.waitUntil(window.live.page.isVisible)
    assert composer.isVisible()
    assert not composer.field.isVisible()


def test_the_text_comes_back_at_the_next_start(
    signer: Signer, window: MainWindow, make_window: Callable[[], MainWindow]
) -> None:
    signer.spell("AB")
    window.close()
    second = make_window()
    assert second.composer.field.text == "AB"
    assert second.user_actions.text.copy.isEnabled()
    assert not second.user_actions.edit.undo.isEnabled()


def test_a_damaged_draft_is_shown_as_far_as_it_goes(make_window: Callable[[], MainWindow]) -> None:
    user_folders.draft().parent.mkdir(parents=True)
    user_folders.draft().write_bytes(b"AB\xff\x00C")
    assert make_window().composer.field.text.startswith("AB")


def test_a_draft_that_cannot_be_read_is_put_aside_and_told_once(
    qtbot: QtBot, make_window: Callable[[], MainWindow], monkeypatch: pytest.MonkeyPatch
) -> None:
    user_folders.draft().mkdir(parents=True)
    (user_folders.draft() / "inside").touch()
    window = make_window()
    qtbot.waitUntil(lambda: "text.unreadable-1.txt" in window.banner.text)
    told: list[str] = []
    window.composer.error.connect(told.append)
    Signer(window, monkeypatch).spell("AB")
    qtbot.waitUntil(
        lambda: user_folders.draft().is_file() and user_folders.draft().read_text() == "AB"
    )
    assert (user_folders.draft().with_name("text.unreadable-1.txt") / "inside").exists()
    assert not told


def test_a_second_window_says_that_it_does_not_save_the_text(
    qtbot: QtBot,
    signer: Signer,
    make_window: Callable[[], MainWindow],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    signer.spell("AB")
    qtbot.waitUntil(
        lambda: user_folders.draft().is_file() and user_folders.draft().read_text() == "AB"
    )
    second = make_window()
    qtbot.waitUntil(lambda: "not saved" in second.banner.text)
    assert second.composer.field.text == "AB"
    second.composer.field.type("C")
    second.close()
    assert user_folders.draft().read_text() == "AB"


def test_typed_letters_are_announced(
    signer: Signer, composer: Composer, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(composer_module, "announce", lambda _, message: heard.append(message))
    signer.spell("AB ")
    assert heard == ["A", "B", "Space"]


def test_every_control_has_a_name_for_screen_readers(signer: Signer, composer: Composer) -> None:
    signer.spell("AB")
    named = [composer.field, composer.typing, composer.fold, *composer.bar.buttons]
    assert all(widget.accessibleName() for widget in named)
    assert composer.fold.accessibleName() == "Hide the text"
    composer.fold.click()
    assert composer.fold.accessibleName() == "Show the text"


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r", "\r\r\n"])
def test_lines_end_in_one_way_however_often_they_are_kept(tmp_path: Path, ending: str) -> None:
    path = tmp_path / "text.txt"
    path.write_bytes(f"HELLO{ending}ZOE".encode())
    draft = Draft(path)
    text = draft.read()
    assert "\r" not in text
    assert text.split() == ["HELLO", "ZOE"]
    assert draft.save(text, pytest.fail)
    assert draft.read() == text


def test_no_text_yet(tmp_path: Path) -> None:
    assert Draft(tmp_path / "text.txt").read() == ""


def test_lines_are_edited_by_keys(composer: Composer, qtbot: QtBot) -> None:
    """Qt crashed here while an edit block was open around its keys."""
    field, key = composer.field, Qt.Key
    field.setFocus()
    lines = (key.Key_A, key.Key_Return, key.Key_B, *[key.Key_Return] * 3)
    for pressed in (*lines, key.Key_Left, key.Key_Up, key.Key_Up, key.Key_Backspace):
        QTest.keyClick(field, pressed)
        qtbot.wait(150)
    assert field.text == "ab\n\n\n"


def test_what_is_typed_or_pasted_replaces_the_selection_in_one_step(composer: Composer) -> None:
    field = composer.field
    QTest.keyClicks(field, "abc")
    for replace, expected in (
        (lambda: QTest.keyClicks(field, "x"), "x"),
        (lambda: field.insertFromMimeData(text_data("two\nlines")), "two\nlines"),
    ):
        field.selectAll()
        replace()
        assert field.text == expected
        field.undo()
        assert field.text == "abc"


def text_data(text: str) -> QMimeData:
    data = QMimeData()
    data.setText(text)
    return data
