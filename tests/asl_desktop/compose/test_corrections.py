"""Words that are signed, misread, corrected, taken back and exchanged."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from asl_desktop.compose import text_field
from asl_desktop.compose.composer import Composer
from asl_desktop.language import Language
from asl_desktop.main_window import MainWindow
from asl_desktop.settings import Settings
from tests.asl_desktop.compose.signing import NONE, Signer
from trainer.capture.opening import open_source
from trainer.capture.source import frames
from trainer.model import weights
from trainer.recognition.decoder import LANGUAGES, Decoder
from trainer.recognition.reader import Reader
from trainer.recognition.seen import Seen
from trainer.recognition.spelling_score import read_clip
from trainer.recognition.steady import Phase, Steady
from trainer.support.paths import DEFAULT_WEIGHTS, DEMO_CLIP, asset

ALT = Qt.KeyboardModifier.AltModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NO_KEY = Qt.KeyboardModifier.NoModifier

GELLO = ["GGH", "E", "L", "L", "O"]
"""Five signs of which the first is read as G, but may be an H."""


@pytest.fixture
def signer(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Signer:
    window.activateWindow()
    window.live.preview.setFocus()
    return Signer(window, monkeypatch)


@pytest.fixture
def composer(window: MainWindow, english: Decoder) -> Composer:
    window.composer.words.use(english)
    return window.composer


def press(key: Qt.Key, modifiers: Qt.KeyboardModifier = NO_KEY) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClick(widget, key, modifiers)


def sign(signer: Signer, signs: list[str], share: float = 0.97) -> None:
    """Holds signs that are surely read where they are one letter."""
    before = ""
    for one in signs:
        if one == before:
            signer.show(NONE, 0.4)
        signer.show(one, 0.8, share)
        before = one


def underline(composer: Composer, position: int) -> QTextCharFormat.UnderlineStyle:
    """The line below the letter before a position."""
    cursor = composer.field.textCursor()
    cursor.setPosition(position)
    return cursor.charFormat().underlineStyle()


def test_a_misread_word_is_corrected_when_the_hand_is_taken_away(
    signer: Signer, composer: Composer
) -> None:
    sign(signer, GELLO)
    assert composer.field.text == "GELLO"
    signer.show(NONE, 1.5)
    assert composer.field.text == "HELLO "
    line = QTextCharFormat.UnderlineStyle
    assert [underline(composer, n) for n in range(1, 7)] == [line.SingleUnderline] * 5 + [
        line.NoUnderline
    ]
    signer.show("A", 0.8)
    assert composer.field.text == "HELLO A"
    assert underline(composer, 7) == line.NoUnderline


@pytest.mark.parametrize("focus", ["preview", "text"])
@pytest.mark.parametrize("way", ["backspace", "undo"])
def test_one_key_takes_a_correction_back_and_the_next_is_a_plain_one(
    signer: Signer, composer: Composer, focus: str, way: str
) -> None:
    if focus == "text":
        composer.field.setFocus()
    modifiers = NO_KEY if focus == "text" else SHIFT
    keys = {"backspace": (Qt.Key.Key_Backspace, modifiers), "undo": (Qt.Key.Key_Z, CTRL)}
    sign(signer, GELLO)
    signer.show(NONE, 1.5)
    press(*keys[way])
    assert composer.field.text == "GELLO "
    assert composer.bar.words[0] == "HELLO", "it is still offered"
    press(*keys["backspace"])
    assert composer.field.text == "GELLO"
    press(Qt.Key.Key_Space, SHIFT)
    assert composer.field.text == "GELLO ", "what was refused is not corrected again"
    press(*keys["backspace"])
    press(*keys["backspace"])
    assert composer.field.text == "GELL"


def test_only_the_key_right_behind_a_correction_takes_it_back(
    signer: Signer, composer: Composer
) -> None:
    sign(signer, GELLO)
    signer.show(NONE, 1.5)
    signer.show("A", 0.8)
    press(Qt.Key.Key_Backspace, SHIFT)
    assert composer.field.text == "HELLO "
    press(Qt.Key.Key_Backspace, SHIFT)
    assert composer.field.text == "HELLO"


def test_corrections_can_be_switched_off(
    signer: Signer, composer: Composer, window: MainWindow, make_window: Callable[[], MainWindow]
) -> None:
    window.user_actions.text.correct.trigger()
    sign(signer, GELLO)
    signer.show(NONE, 1.5)
    assert composer.field.text == "GELLO "
    assert composer.bar.words[0] == "HELLO"
    assert not Settings().corrections
    window.close()
    assert not make_window().user_actions.text.correct.isChecked()


@pytest.mark.parametrize("accept", ["key", "mouse"])
def test_candidates_stay_behind_the_space_until_the_next_letter(
    signer: Signer, composer: Composer, accept: str
) -> None:
    sign(signer, GELLO)
    signer.show(NONE, 1.5)
    words = list(composer.bar.words)
    assert "GELLO" in words
    assert "HELLO" not in words
    number = words.index("GELLO")
    if accept == "key":
        press([Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3][number], ALT)
    else:
        QTest.mouseClick(composer.bar.buttons[number], Qt.MouseButton.LeftButton)
    assert composer.field.text == "GELLO "
    assert "HELLO" in composer.bar.words
    signer.show("B", 0.8)
    assert all(word.startswith("B") for word in composer.bar.words)


def test_what_is_read_with_doubt_is_offered_before_the_word_is_over(
    signer: Signer, composer: Composer
) -> None:
    sign(signer, GELLO)
    assert "HELLO" in composer.bar.words
    press([Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3][composer.bar.words.index("HELLO")], ALT)
    assert composer.field.text == "HELLO "
    signer.show(NONE, 1.5)
    assert composer.field.text == "HELLO "


def test_a_name_that_is_surely_read_stays(signer: Signer, composer: Composer) -> None:
    sign(signer, list("VOSKUIL"), share=0.9999)
    signer.show(NONE, 1.5)
    assert composer.field.text == "VOSKUIL "


def test_an_apostrophe_is_added_where_the_word_needs_one(
    signer: Signer, composer: Composer
) -> None:
    sign(signer, list("DONT"))
    signer.show(NONE, 1.5)
    sign(signer, list("ILL"))
    signer.show(NONE, 1.5)
    assert composer.field.text == "DON'T ILL "


def test_spanish_words_come_with_the_spanish_window(
    qtbot: QtBot, make_window: Callable[[], MainWindow]
) -> None:
    Settings().language = Language.SPANISH
    composer = make_window().composer
    composer.field.setFocus()
    QTest.keyClicks(composer.field, "espa")
    qtbot.waitUntil(lambda: "españa" in composer.bar.words)
    composer.field.clear_text()
    QTest.keyClicks(composer.field, "pregunt")
    assert composer.bar.words[0].startswith("pregunt")


def test_uncertain_letters_are_marked_by_shape_and_explained(
    signer: Signer, composer: Composer
) -> None:
    sign(signer, GELLO[:2])
    assert underline(composer, 1) == QTextCharFormat.UnderlineStyle.WaveUnderline
    assert underline(composer, 2) == QTextCharFormat.UnderlineStyle.NoUnderline
    assert tip_at(composer, 1) == "Not surely read: G or H"
    assert tip_at(composer, 2) == ""


def test_a_correction_says_what_was_read(signer: Signer, composer: Composer) -> None:
    sign(signer, GELLO)
    signer.show(NONE, 1.5)
    assert "Read as GELLO" in tip_at(composer, 3)
    assert "Read as GELLO" in tip_at(composer, 5)


def tip_at(composer: Composer, position: int) -> str:
    """The tool tip over the letter before a position."""
    field = composer.field
    cursor = field.textCursor()
    cursor.setPosition(position)
    point = field.cursorRect(cursor).center() - QPoint(4, 0)
    event = QHelpEvent(QEvent.Type.ToolTip, point, field.viewport().mapToGlobal(point))
    shown: list[str] = []
    with pytest.MonkeyPatch.context() as patch:
        # The one of the platform goes in its own time.
        patch.setattr(text_field, "QToolTip", SimpleNamespace(showText=_teller(shown)))
        QApplication.sendEvent(field.viewport(), event)
    return shown[0]


def _teller(shown: list[str]) -> Callable[..., None]:
    return lambda _, text, __: shown.append(text)


@pytest.mark.parametrize("way", ["typed", "pasted", "loaded", "one letter", "over a selection"])
def test_what_was_not_signed_is_never_touched(signer: Signer, composer: Composer, way: str) -> None:
    field = composer.field
    field.setFocus()
    if way == "typed":
        QTest.keyClicks(field, "GELLO")
    elif way == "pasted":
        data = QMimeData()
        data.setText("GELLO")
        field.insertFromMimeData(data)
    elif way == "loaded":
        field.restore("GELLO")
    elif way == "one letter":
        sign(signer, GELLO[:4])
        QTest.keyClicks(field, "O")
    else:
        sign(signer, GELLO)
        press(Qt.Key.Key_Left)
        press(Qt.Key.Key_Left, SHIFT)
        QTest.keyClicks(field, "L")
        press(Qt.Key.Key_End)
    before = field.text
    press(Qt.Key.Key_Space, SHIFT)
    assert field.text == before + " " == "GELLO "


def test_the_space_bar_ends_a_signed_word_too(signer: Signer, composer: Composer) -> None:
    sign(signer, GELLO)
    composer.field.setFocus()
    press(Qt.Key.Key_Space)
    assert composer.field.text == "HELLO "
    press(Qt.Key.Key_Space)
    assert composer.field.text == "HELLO  "


def test_a_letter_between_that_was_held_too_short_helps(signer: Signer, composer: Composer) -> None:
    sign(signer, ["W", "A", "TTN"])
    signer.show("E", 0.33, 0.97)
    sign(signer, ["R"])
    assert composer.field.text == "WATR"
    signer.show(NONE, 1.5)
    assert composer.field.text == "WATER "


def test_undo_and_redo_keep_what_was_seen(signer: Signer, composer: Composer) -> None:
    sign(signer, GELLO)
    for _ in range(3):
        press(Qt.Key.Key_Z, CTRL)
    composer.field.setFocus()
    composer.field.redo()
    assert composer.field.text == "GEL"
    sign(signer, [NONE, "L", "O"])
    signer.show(NONE, 1.5)
    assert composer.field.text == "HELLO "


def test_a_word_in_the_middle_of_a_text_is_corrected_there(
    signer: Signer, composer: Composer
) -> None:
    composer.field.restore("say  to her")
    cursor = composer.field.textCursor()
    cursor.setPosition(4)
    composer.field.setTextCursor(cursor)
    sign(signer, GELLO)
    signer.show(NONE, 1.5)
    assert composer.field.text == "say HELLO  to her"
    press(Qt.Key.Key_Backspace, SHIFT)
    assert composer.field.text == "say GELLO  to her"
    assert composer.field.textCursor().position() == len("say GELLO ")


def test_a_selection_is_never_marked_by_a_key(signer: Signer, composer: Composer) -> None:
    sign(signer, GELLO)
    composer.field.setFocus()
    composer.field.moveCursor(QTextCursor.MoveOperation.Start, QTextCursor.MoveMode.KeepAnchor)
    QTest.keyClick(composer.field, Qt.Key.Key_Control)
    assert underline(composer, 1) == QTextCharFormat.UnderlineStyle.WaveUnderline


def test_holding_the_last_letter_accepts_the_first_word_where_that_is_wanted(
    signer: Signer, composer: Composer, window: MainWindow
) -> None:
    sign(signer, list("HEL"))
    signer.show("L", 4, 0.97)
    assert composer.field.text == "HEL", "off at first: it might happen by accident"
    composer.field.clear_text()
    window.user_actions.text.accept_by_holding.trigger()
    assert Settings().accept_by_holding
    sign(signer, list("HEL"))
    first = composer.bar.words[0]
    empty = composer.bar.buttons[0].grab().toImage()
    signer.show("L", 0.6, 0.97)
    assert composer.bar.buttons[0].grab().toImage() != empty, "a bar fills"
    assert composer.field.text == "HEL"
    signer.show("L", 4, 0.97)
    assert composer.field.text == first + " ", "once"


def test_the_words_are_read_in_a_thread_when_they_are_needed(
    qtbot: QtBot, window: MainWindow
) -> None:
    composer = window.composer
    composer.field.setFocus()
    QTest.keyClicks(composer.field, "hel")
    qtbot.waitUntil(lambda: bool(composer.bar.words))
    assert composer.bar.words[0] == "help"


def test_words_that_cannot_be_read_are_told_and_typing_goes_on(
    qtbot: QtBot, signer: Signer, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LANGUAGES, "en", "words/none.txt")
    sign(signer, GELLO)
    qtbot.waitUntil(lambda: "none.txt" in window.banner.text)
    signer.show(NONE, 1.5)
    assert window.composer.field.text == "GELLO "


@pytest.mark.parametrize("way", ["held", "continuous"])
def test_words_of_a_drawn_hand_are_typed_through_the_default_network(
    signer: Signer, composer: Composer, window: MainWindow, way: str
) -> None:
    if way == "continuous":
        window.user_actions.text.continuous.trigger()
        assert Settings().continuous
    clip = read_clip(asset(DEMO_CLIP).with_suffix(".json"))
    reader = Reader(weights.load(asset(DEFAULT_WEIGHTS)))
    texts = []
    for frame in frames(open_source(str(clip.video))):
        if frame.seconds > clip.signs[8].end + 1.8:
            # HELLO THIS
            break
        signer.seconds = 100 + frame.seconds
        signer.show_once(reader.read(frame.image, clip.box(frame.seconds)), 15)
        texts.append(composer.field.text)
    assert texts[-1] == "HELLO THIS "
    assert ("HEL" in texts) is (way == "held"), "without holding, a word comes whole"


@pytest.mark.parametrize("switch", ["continuous", "freeze"])
def test_half_a_word_is_not_continued_after_a_switch(
    signer: Signer, composer: Composer, window: MainWindow, switch: str
) -> None:
    actions = window.user_actions
    actions.text.continuous.trigger()
    signer.show("B", 1.0)
    action = actions.freeze if switch == "freeze" else actions.text.continuous
    action.trigger()
    action.trigger()
    signer.show("A", 1.0)
    signer.show(NONE, 2.0)
    assert composer.field.text.strip() == "A"


def drawn(letter: str, taken_back: str = "") -> Steady:
    """A frame with which a J or Z ends."""
    return Steady(
        letter,
        (),
        1.0,
        Phase.LETTER,
        letter,
        Seen(letter),
        taken_back=taken_back,
        probability=0.97,
    )


def test_a_drawn_letter_replaces_the_one_that_it_begins_with(
    composer: Composer, signer: Signer
) -> None:
    sign(signer, ["I"])
    composer.take(drawn("J", "I"))
    sign(signer, ["O", "H", "N"])
    assert composer.field.text == "JOHN"
    signer.show(NONE, 1.5)
    assert composer.field.text == "JOHN "


def test_only_signed_letters_that_are_still_there_are_taken_back(
    composer: Composer, signer: Signer
) -> None:
    composer.field.restore("I")
    composer.take(drawn("J", "I"))
    assert composer.field.text == "IJ"
    composer.take(drawn("Z", "D"))
    assert composer.field.text == "IJZ"
    composer.take(drawn("Z"))
    assert composer.field.text == "IJZZ"
